"""案件と記録票: proposals, the versions of the records that they carry, and what these refer to."""

from records.models.buffers import EditBuffer
from records.models.checks import CheckAnswer
from records.models.criteria import Criterion, CriterionScope, Precedent
from records.models.endings import EndingAnswer, PeriodEnd, ReminderDay
from records.models.grounds import ActGround, Ground, UseForm
from records.models.inquiries import EntryKind, Inquiry, InquiryEntry, InquiryState, Party
from records.models.linkages import Linkage, LinkageVersion
from records.models.out_of_purpose import Confirmation, OutOfPurposeUse, OutOfPurposeUseVersion
from records.models.outsourcings import Outsourcing, OutsourcingVersion, Renewal
from records.models.papers import (
    Attachment,
    Checklist,
    ChecklistAnswer,
    MeasureKind,
    Paper,
    PaperAttachment,
    PaperSection,
    ProtectiveMeasure,
    Side,
)
from records.models.partners import Partner
from records.models.proposals import Proposal
from records.models.provisions import Provision, ProvisionVersion
from records.models.record_versions import RecordVersion
from records.models.retention import RetentionPeriod
from records.models.supervision import SUPERVISION_KINDS, SupervisionEntry
from records.models.surveys import SheetStatus, Survey, SurveyPolicy, SurveyRow, SurveySheet, SurveyStatus

__all__ = [
    "SUPERVISION_KINDS",
    "ActGround",
    "Attachment",
    "CheckAnswer",
    "Checklist",
    "ChecklistAnswer",
    "Confirmation",
    "Criterion",
    "CriterionScope",
    "EditBuffer",
    "EndingAnswer",
    "EntryKind",
    "Ground",
    "Inquiry",
    "InquiryEntry",
    "InquiryState",
    "Linkage",
    "LinkageVersion",
    "MeasureKind",
    "OutOfPurposeUse",
    "OutOfPurposeUseVersion",
    "Outsourcing",
    "OutsourcingVersion",
    "Paper",
    "PaperAttachment",
    "PaperSection",
    "Partner",
    "Party",
    "PeriodEnd",
    "Precedent",
    "Proposal",
    "ProtectiveMeasure",
    "Provision",
    "ProvisionVersion",
    "RecordVersion",
    "ReminderDay",
    "Renewal",
    "RetentionPeriod",
    "SheetStatus",
    "Side",
    "SupervisionEntry",
    "Survey",
    "SurveyPolicy",
    "SurveyRow",
    "SurveySheet",
    "SurveyStatus",
    "UseForm",
]
