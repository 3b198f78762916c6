"""委員を名簿に加える: a member and the seat in a term."""

from datetime import date

from django.db import transaction
from django.db.models import Max

from councils.models import Appointment, Member, Term
from history.writing import Actor
from organization import rules


@transaction.atomic
def appoint(
    term: Term,
    *,
    surname: str,
    actor: Actor,
    given_name: str = "",
    distinction: str = "",
    category: str = "",
    starts_on: date | None = None,
    ends_on: date | None = None,
    source_note: str = "",
) -> Appointment:
    """委嘱: the member of the term's body by that name, or a new one, sits in `term` from now on.

    Raises ValidationError (the member has the seat already, days in the wrong order).
    """
    rules.require_action(actor, "appoint_member")
    name = {"surname": surname, "given_name": given_name, "distinction": distinction}
    member = Member.objects.filter(body=term.body, **name).first()
    if member is None:
        member = Member(body=term.body, source_note=source_note, **name)
        member.full_clean()
        member.save_as(actor, action="appoint_member")
    last = term.appointments.aggregate(last=Max("position"))["last"]
    row = Appointment(
        member=member,
        term=term,
        category=category,
        position=0 if last is None else last + 1,
        starts_on=starts_on,
        ends_on=ends_on,
        source_note=source_note,
    )
    row.full_clean()
    return row.save_as(actor, action="appoint_member")
