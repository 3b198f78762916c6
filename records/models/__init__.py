"""案件と記録票: proposals and the versions of the records that they carry."""

from records.models.buffers import EditBuffer
from records.models.linkages import Linkage, LinkageVersion
from records.models.out_of_purpose import Confirmation, OutOfPurposeUse, OutOfPurposeUseVersion
from records.models.proposals import Proposal
from records.models.record_versions import RecordVersion

__all__ = [
    "Confirmation",
    "EditBuffer",
    "Linkage",
    "LinkageVersion",
    "OutOfPurposeUse",
    "OutOfPurposeUseVersion",
    "Proposal",
    "RecordVersion",
]
