"""案件と記録票の入力画面: one form a screen; field names are the services' argument names."""

from records.forms.linkage import LinkageForm
from records.forms.out_of_purpose import OutOfPurposeForm
from records.forms.outsourcing import OutsourcingForm
from records.forms.paper_parts import AttachmentForm, ChecklistForm
from records.forms.papers import CreatePaperForm, PaperForm
from records.forms.partners import PartnerForm
from records.forms.proposals import AddRecordsForm, CopyProposalForm, CreateProposalForm, EditProposalForm
from records.forms.provision import ProvisionForm
from records.forms.records import RecordForm
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

FORMS: dict[str, type[RecordForm]] = {
    "linkage": LinkageForm,
    "out-of-purpose": OutOfPurposeForm,
    "outsourcing": OutsourcingForm,
    "provision": ProvisionForm,
}

__all__ = [
    "FORMS",
    "AcceptForm",
    "AddRecordsForm",
    "AttachmentForm",
    "ChecklistForm",
    "ConfirmForm",
    "CopyProposalForm",
    "CreatePaperForm",
    "CreateProposalForm",
    "DecideForm",
    "EditProposalForm",
    "LinkageForm",
    "ObjectForm",
    "OutOfPurposeForm",
    "OutsourcingForm",
    "PaperForm",
    "PartnerForm",
    "ProvisionForm",
    "ReasonForm",
    "ReportForm",
    "ReviseForm",
    "WithoutFieldsForm",
]
