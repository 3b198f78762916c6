"""案件と記録票のページ."""

from django.urls import path, register_converter

from records import views
from records.converters import RecordKindConverter
from records.kinds import KINDS

# The addresses under which each kind has its list and its records.
_FOLDERS = {
    "linkage": "linkages",
    "out-of-purpose": "out-of-purpose",
    "outsourcing": "outsourcings",
    "provision": "provisions",
}

register_converter(RecordKindConverter, "kind")

urlpatterns = [
    path("proposals/", views.proposal_list, name="proposal_list"),
    path("proposals/new/", views.create_proposal, name="create_proposal"),
    path("proposals/<int:pk>/", views.view_proposal, name="view_proposal"),
    path("proposals/<int:pk>/history/", views.proposal_history, name="proposal_history"),
    path("proposals/<int:pk>/checks/", views.proposal_checks, name="proposal_checks"),
    path("proposals/<int:pk>/checks/<slug:rule>/answer/", views.answer_check, name="answer_check"),
    path("proposals/<int:pk>/checks/<slug:rule>/take-back/", views.take_back_answer, name="take_back_answer"),
    path("proposals/<int:pk>/copy/", views.copy_proposal, name="copy_proposal"),
    path("proposals/<int:pk>/edit/", views.edit_proposal, name="edit_proposal"),
    path("proposals/<int:pk>/number/", views.number_proposal, name="number_proposal"),
    path("proposals/<int:pk>/filing/", views.filing_text, name="filing_text"),
    path("proposals/<int:pk>/filing.txt", views.export_filing_text, name="export_filing_text"),
    path("proposals/<int:pk>/filing.docx", views.export_filing_word, name="export_filing_word"),
    path("proposals/<int:pk>/records/new/", views.add_record, name="add_record"),
    path("records/<kind:kind>/<int:pk>/edit/", views.edit_record, name="edit_record"),
    path("records/<kind:kind>/<int:pk>/autosave/", views.autosave_record, name="autosave_record"),
    path("records/<kind:kind>/<int:pk>/discard/", views.discard_buffer, name="discard_buffer"),
    *(
        path(f"{folder}/{tail}", view, {"kind": KINDS[code]}, name=name)
        for code, folder in _FOLDERS.items()
        for tail, view, name in (
            ("", views.record_list, KINDS[code].list_page),
            ("<int:pk>/", views.view_record, KINDS[code].view_page),
        )
    ),
    path("partners/", views.partner_list, name="partner_list"),
    path("partners/new/", views.create_partner, name="create_partner"),
    path("partners/<int:pk>/", views.view_partner, name="view_partner"),
    path("partners/<int:pk>/edit/", views.edit_partner, name="edit_partner"),
    path("criteria/", views.criterion_list, name="criterion_list"),
    path("records/<kind:kind>/<int:pk>/sheet.pdf", views.print_record, name="print_record"),
    path("records/<kind:kind>/<int:pk>/remove/", views.remove_record, name="remove_record"),
    path("records/<kind:kind>/<int:pk>/revise/", views.revise_record, name="revise_record"),
    path("records/<kind:kind>/<int:pk>/supervision/", views.supervision, name="supervision"),
    path("records/<kind:kind>/<int:pk>/supervision/new/", views.add_supervision, name="add_supervision"),
    path("supervision/", views.supervision_list, name="supervision_list"),
    path("supervision/<int:pk>/correct/", views.correct_supervision, name="correct_supervision"),
    path("records/<kind:kind>/<int:pk>/ending/", views.answer_ending, name="answer_ending"),
    path("records/<kind:kind>/<int:pk>/correct/", views.correct_record, name="correct_record"),
    path("records/<kind:kind>/<int:pk>/end/", views.end_record, name="end_record"),
    path("records/<kind:kind>/<int:pk>/edit-end/", views.edit_end, name="edit_end"),
    path("activity-records/<int:pk>/end/", views.end_activity_records, name="end_activity_records"),
    path("proposals/<int:pk>/papers/new/", views.create_paper, name="create_paper"),
    path("papers/<int:pk>/", views.view_paper, name="view_paper"),
    path("papers/<int:pk>/edit/", views.edit_paper, name="edit_paper"),
    path("papers/<int:pk>/autosave/", views.autosave_paper, name="autosave_paper"),
    path("papers/<int:pk>/discard/", views.discard_paper_buffer, name="discard_paper_buffer"),
    path("papers/<int:pk>/remove/", views.remove_paper, name="remove_paper"),
    path("papers/<int:pk>/correct/", views.correct_paper, name="correct_paper"),
    path("papers/<int:pk>/paper.pdf", views.print_paper, name="print_paper"),
    path("papers/<int:pk>/paper.docx", views.export_paper, name="export_paper"),
    path("papers/<int:pk>/policies/", views.attach_policies, name="attach_policies"),
    path("attachments/<int:pk>/", views.view_attachment, name="view_attachment"),
    path("paper-attachments/<int:pk>/own/", views.own_attachment, name="own_attachment"),
    path("attachments/<int:pk>/edit/", views.edit_attachment, name="edit_attachment"),
    path("checklists/<int:pk>/", views.view_checklist, name="view_checklist"),
    path("checklists/<int:pk>/edit/", views.edit_checklist, name="edit_checklist"),
    path("checklists/<int:pk>/checklist.pdf", views.print_checklist, name="print_checklist"),
    path("proposals/<int:pk>/inquiries/new/", views.ask_inquiry, name="ask_inquiry"),
    path("inquiries/<int:pk>/", views.view_inquiry, name="view_inquiry"),
    path("inquiries/<int:pk>/answer/", views.answer_inquiry, name="answer_inquiry"),
    path("inquiries/<int:pk>/again/", views.ask_again, name="ask_again"),
    path("inquiries/<int:pk>/close/", views.close_inquiry, name="close_inquiry"),
    *views.STEP_URLS,
    path("surveys/", views.survey_list, name="survey_list"),
    path("surveys/new/", views.open_survey, name="open_survey"),
    path("surveys/<int:pk>/", views.view_survey, name="view_survey"),
    path("surveys/<int:pk>/rows/", views.survey_row_list, name="survey_row_list"),
    path("surveys/<int:pk>/refresh/", views.refresh_survey, name="refresh_survey"),
    path("surveys/<int:pk>/remind/", views.remind_survey, name="remind_survey"),
    path("surveys/<int:pk>/close/", views.close_survey, name="close_survey"),
    path("surveys/<int:pk>/due/", views.move_survey_due, name="move_survey_due"),
    path("surveys/<int:pk>/reopen/", views.reopen_survey, name="reopen_survey"),
    path("survey-sheets/", views.survey_sheet_list, name="survey_sheet_list"),
    path("survey-sheets/<int:pk>/", views.view_surveysheet, name="view_surveysheet"),
    path("survey-sheets/<int:pk>/answer/", views.answer_survey, name="answer_survey"),
    path("survey-sheets/<int:pk>/submit/", views.submit_survey, name="submit_survey"),
    path("survey-sheets/<int:pk>/return/", views.return_survey, name="return_survey"),
    path("survey-sheets/<int:pk>/sheet.pdf", views.print_survey_sheet, name="print_survey_sheet"),
]
