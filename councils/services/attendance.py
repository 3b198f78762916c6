"""出欠: who is asked, who was there from when to when, and who took the chair."""

from collections.abc import Sequence
from datetime import time

from django.db import transaction

from councils.models import AgendaItem, Appointment, Attendance, Chairing, Meeting, Presence, WardAttendee
from history.writing import Actor
from organization import rules


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
    came: bool,
    actor: Actor,
    arrived_at: time | None = None,
    left_at: time | None = None,
    note: str = "",
) -> Attendance:
    """出席の記入: `came`, and the stretch of time (None: from the opening, to the close); replaces what was entered."""
    rules.require(actor, "record_presence", attendance.meeting)
    for presence in attendance.presences.filter(is_removed=False):
        presence.is_removed = True
        presence.save_as(actor, action="record_presence")
    attendance.came = came
    attendance.full_clean()
    attendance.save_as(actor, action="record_presence")
    if came:
        presence = Presence(attendance=attendance, arrived_at=arrived_at, left_at=left_at, note=note)
        presence.full_clean()
        presence.save_as(actor, action="record_presence")
    return attendance


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
