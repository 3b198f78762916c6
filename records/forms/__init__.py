"""案件と記録票の入力画面: one form a screen; field names are the services' argument names."""

from records.forms.checks import AnswerCheckForm
from records.forms.endings import EndingForm
from records.forms.errata import CorrectPaperForm
from records.forms.inquiries import AskInquiryForm, InquiryTextForm
from records.forms.linkage import LinkageForm
from records.forms.out_of_purpose import OutOfPurposeForm
from records.forms.outsourcing import OutsourcingForm
from records.forms.paper_parts import AttachmentForm, ChecklistForm, PoliciesForm
from records.forms.papers import CreatePaperForm, PaperForm
from records.forms.partners import PartnerForm
from records.forms.proposals import (
    AddRecordsForm,
    CopyProposalForm,
    CreateProposalForm,
    EditProposalForm,
    NumberForm,
)
from records.forms.provision import ProvisionForm
from records.forms.records import RecordForm
from records.forms.steps import (
    AcceptForm,
    ConfirmForm,
    DecideForm,
    ObjectForm,
    ReasonForm,
    RejectForm,
    ReportForm,
    ReviseForm,
    WithoutFieldsForm,
)
from records.forms.supervision import CorrectSupervisionForm, SupervisionForm

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
    "AnswerCheckForm",
    "AskInquiryForm",
    "AttachmentForm",
    "ChecklistForm",
    "ConfirmForm",
    "CopyProposalForm",
    "CorrectPaperForm",
    "CorrectSupervisionForm",
    "CreatePaperForm",
    "CreateProposalForm",
    "DecideForm",
    "EditProposalForm",
    "EndingForm",
    "InquiryTextForm",
    "LinkageForm",
    "NumberForm",
    "ObjectForm",
    "OutOfPurposeForm",
    "OutsourcingForm",
    "PaperForm",
    "PartnerForm",
    "PoliciesForm",
    "ProvisionForm",
    "ReasonForm",
    "RejectForm",
    "ReportForm",
    "ReviseForm",
    "SupervisionForm",
    "WithoutFieldsForm",
]
