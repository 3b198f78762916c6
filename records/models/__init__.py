"""案件と記録票: proposals, the versions of the records that they carry, and what these refer to."""

from records.models.buffers import EditBuffer
from records.models.criteria import Criterion, CriterionScope, Precedent
from records.models.grounds import ActGround, Ground, UseForm
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
from records.models.surveys import SheetStatus, Survey, SurveyPolicy, SurveyRow, SurveySheet, SurveyStatus

__all__ = [
    "ActGround",
    "Attachment",
    "Checklist",
    "ChecklistAnswer",
    "Confirmation",
    "Criterion",
    "CriterionScope",
    "EditBuffer",
    "Ground",
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
    "Precedent",
    "Proposal",
    "ProtectiveMeasure",
    "Provision",
    "ProvisionVersion",
    "RecordVersion",
    "Renewal",
    "SheetStatus",
    "Side",
    "Survey",
    "SurveyPolicy",
    "SurveyRow",
    "SurveySheet",
    "SurveyStatus",
    "UseForm",
]
