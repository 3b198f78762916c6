"""A meeting that is on: members called and present, an agenda with files that wait for the council."""

from datetime import date

from django.utils import timezone

from councils.models import AgendaItem, BlockKind, Meeting, MeetingStatus, Subject, Term
from councils.services.agenda import add_block, add_item, give_number
from councils.services.attendance import call_members, record_presence
from history.writing import SYSTEM
from records.models import Proposal
from records.services.scheduling import schedule_proposal
from tests.councils.factories import AppointmentFactory, TermFactory, meeting_of
from tests.records.factories import COUNCIL_DATE


def sitting(*, members: int = 7, present: int = 7, held_on: date = COUNCIL_DATE, term: Term | None = None) -> Meeting:
    """A meeting that is open, with `present` of `members` in the room from the opening on."""
    term = term or TermFactory()
    for _ in range(members):
        AppointmentFactory(term=term)
    meeting = meeting_of(term, held_on=held_on)
    called = call_members(meeting, actor=SYSTEM)
    # Nobody can be said to have come to a meeting of tomorrow.
    for place, attendance in enumerate(called if held_on <= timezone.localdate() else []):
        record_presence(attendance, came=place < present, actor=SYSTEM)
    meeting.status = MeetingStatus.OPEN
    return meeting.save_as(SYSTEM, action="create_meeting")


def consulted(meeting: Meeting, proposal: Proposal, number: int | None = None) -> AgendaItem:
    """The file on the agenda as a 諮問 with its number."""
    schedule_proposal(proposal, actor=SYSTEM)
    block = meeting.blocks.filter(kind=BlockKind.CONSULTATION).first()
    block = block or add_block(meeting, kind=BlockKind.CONSULTATION, actor=SYSTEM)
    item = add_item(block, title=proposal.title, subject=Subject.PROPOSAL, proposal=proposal, actor=SYSTEM)
    give_number(item, number=number, actor=SYSTEM)
    return item


def told(meeting: Meeting, title: str = "監査について", proposal: Proposal | None = None) -> AgendaItem:
    """An item of a block of 報告."""
    block = meeting.blocks.filter(kind=BlockKind.REPORT).first()
    block = block or add_block(meeting, kind=BlockKind.REPORT, actor=SYSTEM)
    if proposal is not None:
        schedule_proposal(proposal, actor=SYSTEM)
    return add_item(block, title=title, subject=Subject.FREE, proposal=proposal, actor=SYSTEM)
