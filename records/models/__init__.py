"""案件と記録票: proposals and the versions of the records that they carry."""

from records.models.buffers import EditBuffer
from records.models.linkages import Linkage, LinkageVersion
from records.models.out_of_purpose import Confirmation, OutOfPurposeUse, OutOfPurposeUseVersion
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
from records.models.proposals import Proposal
from records.models.record_versions import RecordVersion

__all__ = [
    "Attachment",
    "Checklist",
    "ChecklistAnswer",
    "Confirmation",
    "EditBuffer",
    "Linkage",
    "LinkageVersion",
    "MeasureKind",
    "OutOfPurposeUse",
    "OutOfPurposeUseVersion",
    "Paper",
    "PaperAttachment",
    "PaperSection",
    "Proposal",
    "ProtectiveMeasure",
    "RecordVersion",
    "Side",
]
