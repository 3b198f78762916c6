"""案件と記録票のページ: read the request, ask the services, answer."""

from records.views.editor import autosave_record, discard_buffer, edit_record, remove_record
from records.views.lists import linkage_list, out_of_purpose_list, proposal_list
from records.views.proposals import (
    add_record,
    create_proposal,
    edit_proposal,
    proposal_history,
    view_proposal,
)
from records.views.records import correct_record, print_record, revise_record, view_linkage, view_use
from records.views.steps import STEP_URLS

__all__ = [
    "STEP_URLS",
    "add_record",
    "autosave_record",
    "correct_record",
    "create_proposal",
    "discard_buffer",
    "edit_proposal",
    "edit_record",
    "linkage_list",
    "out_of_purpose_list",
    "print_record",
    "proposal_history",
    "proposal_list",
    "remove_record",
    "revise_record",
    "view_linkage",
    "view_proposal",
    "view_use",
]
