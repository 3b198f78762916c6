"""案件と記録票の入力画面: one form a screen; field names are the services' argument names."""

from records.forms.paper_parts import AttachmentForm, ChecklistForm
from records.forms.papers import CreatePaperForm, PaperForm
from records.forms.proposals import AddRecordsForm, CreateProposalForm, EditProposalForm
from records.forms.records import FORMS, LinkageForm, OutOfPurposeForm
from records.forms.steps import (
    AcceptForm,
    ConfirmForm,
    DecideForm,
    ObjectForm,
    ReasonForm,
    ReportForm,
    ReviseForm,
    WithoutFieldsForm,
)

__all__ = [
    "FORMS",
    "AcceptForm",
    "AddRecordsForm",
    "AttachmentForm",
    "ChecklistForm",
    "ConfirmForm",
    "CreatePaperForm",
    "CreateProposalForm",
    "DecideForm",
    "EditProposalForm",
    "LinkageForm",
    "ObjectForm",
    "OutOfPurposeForm",
    "PaperForm",
    "ReasonForm",
    "ReportForm",
    "ReviseForm",
    "WithoutFieldsForm",
]
