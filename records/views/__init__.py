"""案件と記録票のページ: read the request, ask the services, answer."""

from records.views.checks import answer_check, proposal_checks, take_back_answer
from records.views.criteria import criterion_list
from records.views.editor import autosave_record, discard_buffer, edit_record, remove_record
from records.views.endings import answer_ending
from records.views.filing import export_filing_text, export_filing_word, filing_text, number_proposal
from records.views.inquiries import answer_inquiry, ask_again, ask_inquiry, close_inquiry, view_inquiry
from records.views.lists import proposal_list, record_list
from records.views.paper_parts import (
    attach_policies,
    edit_attachment,
    edit_checklist,
    own_attachment,
    print_checklist,
    view_attachment,
    view_checklist,
)
from records.views.papers import (
    autosave_paper,
    correct_paper,
    create_paper,
    discard_paper_buffer,
    edit_paper,
    export_paper,
    print_paper,
    remove_paper,
    view_paper,
)
from records.views.partners import create_partner, edit_partner, partner_list, view_partner
from records.views.proposals import (
    add_record,
    copy_proposal,
    create_proposal,
    edit_proposal,
    proposal_history,
    view_proposal,
)
from records.views.record_ends import edit_end, end_activity_records, end_record
from records.views.records import correct_record, print_record, revise_record, view_record
from records.views.steps import STEP_URLS
from records.views.supervision import add_supervision, correct_supervision, supervision, supervision_list
from records.views.survey_sheets import (
    answer_survey,
    print_survey_sheet,
    return_survey,
    submit_survey,
    survey_sheet_list,
    view_surveysheet,
)
from records.views.surveys import (
    close_survey,
    move_survey_due,
    open_survey,
    refresh_survey,
    remind_survey,
    reopen_survey,
    survey_list,
    survey_row_list,
    view_survey,
)

__all__ = [
    "STEP_URLS",
    "add_record",
    "add_supervision",
    "answer_check",
    "answer_ending",
    "answer_inquiry",
    "answer_survey",
    "ask_again",
    "ask_inquiry",
    "attach_policies",
    "autosave_paper",
    "autosave_record",
    "close_inquiry",
    "close_survey",
    "copy_proposal",
    "correct_paper",
    "correct_record",
    "correct_supervision",
    "create_paper",
    "create_partner",
    "create_proposal",
    "criterion_list",
    "discard_buffer",
    "discard_paper_buffer",
    "edit_attachment",
    "edit_checklist",
    "edit_end",
    "edit_paper",
    "edit_partner",
    "edit_proposal",
    "edit_record",
    "end_activity_records",
    "end_record",
    "export_filing_text",
    "export_filing_word",
    "export_paper",
    "filing_text",
    "move_survey_due",
    "number_proposal",
    "open_survey",
    "own_attachment",
    "partner_list",
    "print_checklist",
    "print_paper",
    "print_record",
    "print_survey_sheet",
    "proposal_checks",
    "proposal_history",
    "proposal_list",
    "record_list",
    "refresh_survey",
    "remind_survey",
    "remove_paper",
    "remove_record",
    "reopen_survey",
    "return_survey",
    "revise_record",
    "submit_survey",
    "supervision",
    "supervision_list",
    "survey_list",
    "survey_row_list",
    "survey_sheet_list",
    "take_back_answer",
    "view_attachment",
    "view_checklist",
    "view_inquiry",
    "view_paper",
    "view_partner",
    "view_proposal",
    "view_record",
    "view_survey",
    "view_surveysheet",
]
