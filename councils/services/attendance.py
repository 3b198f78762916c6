"""出欠: who is asked, who was there from when to when, and who took the chair."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from common.wareki import format_date
from councils.models import AgendaItem, Appointment, Attendance, Chairing, Meeting, Presence, WardAttendee
from councils.stretches import Stretch
from history.errors import DomainError
from history.writing import Actor
from organization import rules


class NotYetThere(DomainError):
    """会議の日の前の出席."""

    def __init__(self, meeting: Meeting) -> None:
        super().__init__(f"開催日（{format_date(meeting.held_on)}）より前には、出席を記入できません。")


class OutsideAppointment(DomainError):
    """委嘱期間の外: nobody sits in a meeting without a seat on that day."""

    def __init__(self, attendance: Attendance, meeting: Meeting) -> None:
        super().__init__(f"{attendance}は、{format_date(meeting.held_on)}には委嘱されていません。")


@dataclass(frozen=True)
class Entry:
    """出欠の行: what was typed for one member."""

    attendance: int
    answer: str
    answer_note: str
    came: bool | None
    stretches: Sequence[Stretch] = ((None, None),)


@transaction.atomic
def call_members(meeting: Meeting, *, actor: Actor) -> list[Attendance]:
    """名簿の読込み: everybody appointed on the day of the meeting who is not on its list yet."""
    rules.require(actor, "call_members", meeting)
    here = set(meeting.attendances.values_list("appointment", flat=True))
    roster = Appointment.objects.as_of(meeting.held_on).filter(term=meeting.term).exclude(pk__in=here)
    return [
        Attendance(meeting=meeting, appointment=appointment, position=len(here) + place).save_as(
            actor, action="call_members"
        )
        for place, appointment in enumerate(roster)
    ]


@transaction.atomic
def record_presence(
    attendance: Attendance,
    *,
    came: bool | None,
    actor: Actor,
    stretches: Sequence[Stretch] = ((None, None),),
) -> Attendance:
    """出席の記入: `came` (None: not known yet), and when; replaces what was entered before.

    Each stretch is (arrived, left); None: from the opening, to the close.
    Raises NotYetThere (before the meeting's day), OutsideAppointment, ValidationError.
    """
    meeting = attendance.meeting
    rules.require(actor, "record_presence", meeting)
    if came is not None and timezone.localdate() < meeting.held_on:
        raise NotYetThere(meeting)
    if came and not Appointment.objects.as_of(meeting.held_on).filter(pk=attendance.appointment_id).exists():
        raise OutsideAppointment(attendance, meeting)
    for presence in attendance.presences.filter(is_removed=False):
        presence.is_removed = True
        presence.save_as(actor, action="record_presence")
    attendance.came = came
    attendance.full_clean()
    attendance.save_as(actor, action="record_presence")
    for arrived_at, left_at in stretches if came else ():
        presence = Presence(attendance=attendance, arrived_at=arrived_at, left_at=left_at)
        presence.full_clean()
        presence.save_as(actor, action="record_presence")
    return attendance


@transaction.atomic
def record_presences(meeting: Meeting, entries: Sequence[Entry], *, actor: Actor) -> int:
    """出欠の記入 for the whole roster: only what differs is written; answers how many members that were.

    Raises what `record_presence` raises; then nothing is written.
    """
    rules.require(actor, "record_presence", meeting)
    changed = 0
    rows = meeting.attendances.select_related("appointment__member", "meeting").prefetch_related("presences")
    by_pk = {row.pk: row for row in rows}
    for entry in entries:
        row = by_pk[entry.attendance]
        answered = (entry.answer, entry.answer_note) != (row.answer, row.answer_note)
        moved = (entry.came, list(entry.stretches) if entry.came else []) != (row.came, stretches_of(row))
        row.answer, row.answer_note = entry.answer, entry.answer_note
        if moved:
            record_presence(row, came=entry.came, stretches=entry.stretches, actor=actor)
        elif answered:
            row.full_clean()
            row.save_as(actor, action="record_presence")
        changed += moved or answered
    return changed


def stretches_of(attendance: Attendance) -> list[Stretch]:
    """在席の時間, as it stands; nothing for who did not come."""
    return [(one.arrived_at, one.left_at) for one in attendance.presences.all() if not one.is_removed]


@transaction.atomic
def remove_chairing(chairing: Chairing, *, actor: Actor) -> Chairing:
    """議長の記入の取消し."""
    rules.require(actor, "remove_chairing", chairing.meeting)
    chairing.is_removed = True
    return chairing.save_as(actor, action="remove_chairing")


@transaction.atomic
def take_chair(
    meeting: Meeting,
    *,
    actor: Actor,
    office: str = "",
    attendance: Attendance | None = None,
    from_item: AgendaItem | None = None,
) -> Chairing:
    """議長: from an item of the agenda on, else from the opening."""
    rules.require(actor, "take_chair", meeting)
    chairing = Chairing(
        meeting=meeting,
        office=office,
        attendance=attendance,
        from_item=from_item,
        position=meeting.chairings.filter(is_removed=False).count(),
    )
    chairing.full_clean()
    return chairing.save_as(actor, action="take_chair")


@transaction.atomic
def name_ward_side(meeting: Meeting, titles: Sequence[str], *, actor: Actor) -> None:
    """区側の出席者: exactly these titles, in this order."""
    rules.require(actor, "name_ward_side", meeting)
    before = {row.title: row for row in meeting.ward_attendees.filter(is_removed=False)}
    for row in before.values():
        if row.title not in titles:
            row.is_removed = True
            row.save_as(actor, action="name_ward_side")
    for place, title in enumerate(titles):
        row = before.get(title) or WardAttendee(meeting=meeting, title=title)
        if row.pk is None or row.position != place:
            row.position = place
            row.full_clean()
            row.save_as(actor, action="name_ward_side")
