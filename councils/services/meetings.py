"""会議の日程: a meeting is planned, convened, opened, closed or cancelled."""

from datetime import date, time
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from councils.models import Body, Meeting, Term
from councils.numbering import next_meeting_number, rule_of, series_of
from history.writing import Actor
from organization import rules


@transaction.atomic
def create_meeting(
    *,
    body: Body,
    held_on: date,
    term: Term | None = None,
    number: int | None = None,
    starts_at: time | None = None,
    place: str = "",
    token: UUID,
    actor: Actor,
    source_note: str = "",
) -> Meeting:
    """会議の登録: counted within what the body's rule says (`number`: else the next one).

    The same `token` again gives the first meeting back.
    Raises NoBodyRule, TermNeeded, ValidationError (a number twice).
    """
    rules.require_action(actor, "create_meeting")
    if (existing := Meeting.objects.filter(token=token).first()) is not None:
        return existing
    series = series_of(rule_of(body, held_on).session_restart, held_on, term)
    meeting = Meeting(
        body=body,
        term=term,
        series=series,
        number=number or next_meeting_number(body, series),
        held_on=held_on,
        starts_at=starts_at,
        place=place,
        token=token,
        source_note=source_note,
    )
    try:
        meeting.full_clean()
        with transaction.atomic():
            return meeting.save_as(actor, action="create_meeting")
    except IntegrityError as refusal:
        # Two clicks, or two secretaries, at the same moment: the first has written.
        if (existing := Meeting.objects.filter(token=token).first()) is not None:
            return existing
        raise ValidationError({"number": "この回の会議はすでにあります。"}) from refusal
