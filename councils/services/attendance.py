"""出欠: who is asked, who was there from when to when, and who took the chair."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from common.wareki import format_date
from councils.models import (
    AgendaItem,
    Answer,
    Appointment,
    Attendance,
    Chairing,
    Meeting,
    OfficeHolding,
    Presence,
    WardAttendee,
)
from councils.stretches import Stretch
from councils.stretches import format_stretches as written
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


class OutsideMeeting(DomainError):
    """会議の時間の外: nobody comes after the close or leaves before the opening."""

    def __init__(self, attendance: Attendance, words: str) -> None:
        super().__init__(f"{attendance}の在席の時間が、会議の時間の外です（{words}）。")


class StaleAttendance(DomainError):
    """出欠の競合: somebody else wrote about the same members since the page was opened. `rows`: as they stand now."""

    def __init__(self, rows: Sequence[Attendance]) -> None:
        self.rows = rows
        words = "、".join(f"{row}＝{_in_words(saved_row(row))}" for row in rows)
        super().__init__(
            f"ページを開いたあとに、ほかの人が同じ委員の出欠を保存しました（いまの内容：{words}）。"
            "入力した内容とくらべて、よければもう一度保存してください。"
        )


@dataclass(frozen=True)
class Row:
    """出欠の行: what stands, or was typed, for one member. `stretches`: none unless the member came."""

    answer: str
    answer_note: str
    came: bool | None
    stretches: tuple[Stretch, ...] = ()


@dataclass(frozen=True)
class Entry:
    """出欠の記入: what was typed for one member, and what the page had shown before."""

    attendance: int
    typed: Row
    shown: Row


@transaction.atomic
def call_members(meeting: Meeting, *, actor: Actor) -> list[Attendance]:
    """名簿の読込み: everybody appointed on the day of the meeting who is not on its list yet."""
    meeting = _locked(meeting)
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
    Raises NotYetThere (before the meeting's day), OutsideAppointment, OutsideMeeting, ValidationError.
    """
    meeting = attendance.meeting
    rules.require(actor, "record_presence", meeting)
    if came is not None and timezone.localdate() < meeting.held_on:
        raise NotYetThere(meeting)
    if came and not Appointment.objects.as_of(meeting.held_on).filter(pk=attendance.appointment_id).exists():
        raise OutsideAppointment(attendance, meeting)
    require_within(attendance, stretches if came else (), meeting)
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
    """出欠の記入 for the whole roster: only who was changed on the page is written; answers how many members that were.

    Two secretaries at the door may write at once: a member whom only the other changed stays as the other wrote.
    Raises StaleAttendance (both changed the same member), and what `record_presence` raises; then nothing is written.
    """
    meeting = _locked(meeting)
    rules.require(actor, "record_presence", meeting)
    rows = meeting.attendances.select_related("appointment__member", "meeting").prefetch_related("presences")
    by_pk = {row.pk: row for row in rows}
    changed = [one for one in entries if one.typed not in (one.shown, saved_row(by_pk[one.attendance]))]
    if stale := [by_pk[one.attendance] for one in changed if one.shown != saved_row(by_pk[one.attendance])]:
        raise StaleAttendance(stale)
    for entry in changed:
        row, typed, saved = by_pk[entry.attendance], entry.typed, saved_row(by_pk[entry.attendance])
        row.answer, row.answer_note = typed.answer, typed.answer_note
        if (typed.came, typed.stretches) != (saved.came, saved.stretches):
            record_presence(row, came=typed.came, stretches=typed.stretches, actor=actor)
        else:
            row.full_clean()
            row.save_as(actor, action="record_presence")
    return len(changed)


def saved_row(attendance: Attendance) -> Row:
    """出欠の行, as it stands."""
    came = attendance.came
    return Row(attendance.answer, attendance.answer_note, came, tuple(stretches_of(attendance) if came else ()))


def require_within(attendance: Attendance, stretches: Sequence[Stretch], meeting: Meeting) -> None:
    """Raise OutsideMeeting where a stretch lies before the opening or behind the close that `meeting` knows."""
    for arrived_at, left_at in stretches:
        if arrived_at and meeting.ends_at and arrived_at >= meeting.ends_at:
            raise OutsideMeeting(attendance, f"来場{arrived_at:%H:%M}、閉会{meeting.ends_at:%H:%M}")
        if left_at and meeting.starts_at and left_at <= meeting.starts_at:
            raise OutsideMeeting(attendance, f"退場{left_at:%H:%M}、開会{meeting.starts_at:%H:%M}")


def require_all_within(meeting: Meeting) -> None:
    """Raise OutsideMeeting or OutsideAppointment where somebody's presence does not fit the meeting's day and times."""
    came = meeting.attendances.filter(came=True).select_related("appointment__member").prefetch_related("presences")
    seated = set(Appointment.objects.as_of(meeting.held_on).values_list("pk", flat=True))
    for attendance in came:
        if attendance.appointment_id not in seated:
            raise OutsideAppointment(attendance, meeting)
        require_within(attendance, stretches_of(attendance), meeting)


def stretches_of(attendance: Attendance) -> list[Stretch]:
    """在席の時間, as it stands; nothing for who did not come."""
    return [(one.arrived_at, one.left_at) for one in attendance.presences.all() if not one.is_removed]


def _in_words(row: Row) -> str:
    came = {None: "出欠は未記入", True: "出席", False: "欠席"}[row.came]
    return "・".join(filter(None, [f"回答{Answer(row.answer).label}", row.answer_note, came, written(row.stretches)]))


def _locked(meeting: Meeting) -> Meeting:
    """The meeting as it stands, so that two who write about its members wait for each other."""
    return Meeting.objects.select_for_update(of=("self",)).select_related("body", "term").get(pk=meeting.pk)


@transaction.atomic
def remove_chairing(chairing: Chairing, *, actor: Actor) -> Chairing:
    """議長の記入の取消し."""
    rules.require(actor, "remove_chairing", chairing.meeting)
    chairing.is_removed = True
    return chairing.save_as(actor, action="remove_chairing")


def office_holders(meeting: Meeting) -> dict[str, Attendance]:
    """会長・副会長 on the day of the meeting, by their office, among the members on its list."""
    holdings = OfficeHolding.objects.as_of(meeting.held_on)
    rows = meeting.attendances.select_related("appointment__member")
    held = {one.appointment_id: one.office for one in holdings.filter(appointment__in=rows.values("appointment"))}
    return {held[row.appointment_id]: row for row in rows if row.appointment_id in held}


@transaction.atomic
def take_chair(
    meeting: Meeting,
    *,
    actor: Actor,
    office: str = "",
    attendance: Attendance | None = None,
    from_item: AgendaItem | None = None,
) -> Chairing:
    """議長: from an item of the agenda on, else from the opening; the holder of the office, where one is known."""
    rules.require(actor, "take_chair", meeting)
    attendance = attendance or office_holders(meeting).get(office)
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
