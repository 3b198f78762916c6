"""会議の日程: a meeting is planned, convened, opened, closed or cancelled."""

from collections.abc import Mapping, Sequence
from datetime import date, time
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from common.wareki import format_date
from councils.lawful import OnlyReported, unlawful_items
from councils.models import Body, Meeting, MeetingStatus, Outcome, Term
from councils.numbering import next_meeting_number, rule_of, series_of
from councils.services.agenda import remove_agenda_item
from councils.services.attendance import call_members, require_all_within
from history.errors import DomainError
from history.writing import Actor
from organization import rules

EDITABLE = ("number", "held_on", "starts_at", "ends_at", "place", "is_public", "closed_ground", "observers")


class OutcomesRecorded(DomainError):
    """結果のある会議の日: what was decided carries the day on paper."""

    def __init__(self, meeting: Meeting) -> None:
        super().__init__(
            f"{meeting}には記録された結果があるため、開催日を変えられません。さきに結果の訂正で取り消してください。"
        )


class NotYetOpen(DomainError):
    """会議の日の前."""

    def __init__(self, meeting: Meeting) -> None:
        super().__init__(f"開催日（{format_date(meeting.held_on)}）より前には、開会できません。")


class HasBegun(DomainError):
    """開かれた会議の日: who was there cannot have been there on a day that is still to come."""

    def __init__(self, meeting: Meeting, day: date) -> None:
        super().__init__(
            f"{meeting}はすでに開会したか、出席が記入されているため、先の日（{format_date(day)}）に移せません。"
        )


class NumbersOfAnotherYear(DomainError):
    """諮問番号の数え方: the numbers of its 諮問 count in the 年度 or 期 of the day on which they were given."""

    def __init__(self, number: int) -> None:
        super().__init__(
            f"諮問第{number}号は、いまの開催日の年度（期）で数えた番号です。その外の日に移すには、さきに議題をはずしてください。"
        )


class ClosedTooEarly(DomainError):
    """閉会のあとの審議: what was dealt with was dealt with before the close."""

    def __init__(self, what: str, meeting: Meeting) -> None:
        super().__init__(f"{what}が、閉会の時刻（{meeting.ends_at:%H:%M}）より後です。")


class ItemsOpen(DomainError):
    """結果のない議題: a meeting does not end with an item hanging; what was put off is 継続審議."""

    def __init__(self, titles: Sequence[str]) -> None:
        words = "、".join(f"「{title}」" for title in titles)
        super().__init__(f"結果のない議題が残っています（{words}）。進行のページで、結果か継続審議を記録してください。")


@transaction.atomic
def create_meeting(
    *,
    body: Body,
    held_on: date,
    term: Term | None = None,
    number: int | None = None,
    starts_at: time | None = None,
    place: str = "",
    is_public: bool = True,
    closed_ground: str = "",
    token: UUID,
    actor: Actor,
    source_note: str = "",
) -> Meeting:
    """会議の登録: counted within what the body's rule says (`number`: else the next one).

    The same `token` again gives the first meeting back.
    Raises NoBodyRule, TermNeeded, ValidationError (a number twice, a day outside the 期, 非公開 without ground).
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
        is_public=is_public,
        closed_ground=closed_ground,
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


@transaction.atomic
def edit_meeting(meeting: Meeting, *, values: Mapping[str, Any], lock: int, actor: Actor) -> Meeting:
    """会議の編集: `values` of EDITABLE. A new day may be counted in another series (another 年度).

    Raises StaleEdit, OutcomesRecorded (the day of a meeting that has decided), HasBegun (a day ahead for one that was
    opened), OnlyReported (a day from which its 諮問 are none any more), OutsideAppointment, OutsideMeeting (who came
    does not fit the day or the times), NoBodyRule, TermNeeded, ValidationError.
    """
    meeting = _locked(meeting)
    rules.require(actor, "edit_meeting", meeting)
    meeting.check_lock(lock)
    if values["held_on"] != meeting.held_on:
        _require_movable(meeting, values["held_on"])
    for name in EDITABLE:
        setattr(meeting, name, values[name])
    if items := unlawful_items(meeting):
        raise OnlyReported(items[0].title)
    _require_same_count(meeting)
    restart = rule_of(meeting.body, meeting.held_on).session_restart
    meeting.series = series_of(restart, meeting.held_on, meeting.term)
    require_all_within(meeting)
    return _written(meeting, actor, "edit_meeting")


@transaction.atomic
def open_meeting(meeting: Meeting, *, actor: Actor) -> Meeting:
    """開会: the roster of the day is called where nobody did yet. Raises NotYetOpen."""
    meeting = _locked(meeting)
    rules.require(actor, "open_meeting", meeting)
    if timezone.localdate() < meeting.held_on:
        raise NotYetOpen(meeting)
    if meeting.term_id and not meeting.attendances.exists():
        call_members(meeting, actor=actor)
    meeting.status = MeetingStatus.OPEN
    return _written(meeting, actor, "open_meeting")


@transaction.atomic
def close_meeting(
    meeting: Meeting, *, starts_at: time, ends_at: time, actor: Actor, observers: int | None = None
) -> Meeting:
    """閉会: from when to when it was, and how many listened.

    Raises ItemsOpen while an item has no outcome, OutsideMeeting (somebody came after the close), ValidationError
    (times in the wrong order).
    """
    meeting = _locked(meeting)
    rules.require(actor, "close_meeting", meeting)
    open_items = meeting.items.filter(is_removed=False).exclude(outcome__is_undone=False)
    if titles := list(open_items.values_list("title", flat=True)):
        raise ItemsOpen(titles)
    meeting.starts_at, meeting.ends_at = starts_at, ends_at
    meeting.observers, meeting.status = observers, MeetingStatus.CLOSED
    require_all_within(meeting)
    _require_before_close(meeting)
    return _written(meeting, actor, "close_meeting")


@transaction.atomic
def cancel_meeting(meeting: Meeting, *, reason: str, actor: Actor) -> Meeting:
    """中止: its files wait for another agenda, its number is free again. Raises ReasonRequired."""
    meeting = _locked(meeting)
    rules.require(actor, "cancel_meeting", meeting)
    for item in meeting.items.filter(is_removed=False):
        remove_agenda_item(item, actor=actor, reason=reason)
    meeting.refresh_from_db()
    meeting.status, meeting.cancel_reason = MeetingStatus.CANCELLED, reason
    meeting.full_clean()
    return meeting.save_as(actor, action="cancel_meeting", reason=reason)


def _locked(meeting: Meeting) -> Meeting:
    return Meeting.objects.select_for_update(of=("self",)).select_related("body", "term").get(pk=meeting.pk)


def _require_same_count(meeting: Meeting) -> None:
    """A 諮問 that goes on from an earlier meeting keeps its number wherever it goes."""
    restart = rule_of(meeting.body, meeting.held_on).consultation_restart
    series = series_of(restart, meeting.held_on, meeting.term)
    for item in meeting.items.filter(is_removed=False, consultation__isnull=False).select_related("consultation"):
        number = item.consultation
        goes_on = number.items.exclude(meeting=meeting).exists()
        if number.series != series and not goes_on:
            raise NumbersOfAnotherYear(number.number)


def _require_before_close(meeting: Meeting) -> None:
    late = meeting.items.filter(is_removed=False, begun_at__gt=meeting.ends_at).first()
    if late is not None:
        raise ClosedTooEarly(f"「{late}」の審議に入った時刻（{late.begun_at:%H:%M}）", meeting)
    vote = meeting.votes.filter(is_removed=False, taken_at__gt=meeting.ends_at).first()
    if vote is not None:
        raise ClosedTooEarly(f"採決の時刻（{vote.taken_at:%H:%M}）", meeting)


def _require_movable(meeting: Meeting, day: date) -> None:
    if Outcome.objects.filter(item__meeting=meeting, is_undone=False).exists():
        raise OutcomesRecorded(meeting)
    has_begun = meeting.status == MeetingStatus.OPEN or meeting.attendances.filter(came=True).exists()
    if has_begun and day > timezone.localdate():
        raise HasBegun(meeting, day)


def _written(meeting: Meeting, actor: Actor, action: str) -> Meeting:
    """Checked and saved; a number that somebody took at the same moment is a refusal in words."""
    meeting.full_clean()
    try:
        with transaction.atomic():
            return meeting.save_as(actor, action=action)
    except IntegrityError as refusal:
        raise ValidationError({"number": "この回の会議はすでにあります。"}) from refusal
