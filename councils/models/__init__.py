"""審議会の表."""

from councils.models.agenda import AgendaBlock, AgendaItem, BlockKind, Consultation, Subject
from councils.models.amendments import Amendment, AmendmentStage, ComparedProvision
from councils.models.bodies import Body, BodyKind, BodyRule, Quorum, Restart, Term
from councils.models.follow_ups import FollowUp, FollowUpKind, FollowUpStatus
from councils.models.meetings import (
    Answer,
    Attendance,
    Chairing,
    Convocation,
    Meeting,
    MeetingStatus,
    OfMeeting,
    Presence,
    WardAttendee,
)
from councils.models.members import Appointment, Category, Member, Office, OfficeHolding
from councils.models.minutes import Minutes, MinutesStatus, Utterance
from councils.models.papers import Distribution, MeetingAttachment, MeetingPaper
from councils.models.votes import APPROVALS, Extent, Method, Outcome, OutcomePhrase, Result, Vote

__all__ = [
    "APPROVALS",
    "AgendaBlock",
    "AgendaItem",
    "Amendment",
    "AmendmentStage",
    "Answer",
    "Appointment",
    "Attendance",
    "BlockKind",
    "Body",
    "BodyKind",
    "BodyRule",
    "Category",
    "Chairing",
    "ComparedProvision",
    "Consultation",
    "Convocation",
    "Distribution",
    "Extent",
    "FollowUp",
    "FollowUpKind",
    "FollowUpStatus",
    "Meeting",
    "MeetingAttachment",
    "MeetingPaper",
    "MeetingStatus",
    "Member",
    "Method",
    "Minutes",
    "MinutesStatus",
    "OfMeeting",
    "Office",
    "OfficeHolding",
    "Outcome",
    "OutcomePhrase",
    "Presence",
    "Quorum",
    "Restart",
    "Result",
    "Subject",
    "Term",
    "Utterance",
    "Vote",
    "WardAttendee",
]
