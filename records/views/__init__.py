"""案件と記録票のページ: read the request, ask the services, answer."""

from records.views.criteria import criterion_list
from records.views.editor import autosave_record, discard_buffer, edit_record, remove_record
from records.views.lists import proposal_list, record_list
from records.views.partners import create_partner, edit_partner, partner_list, view_partner
from records.views.proposals import (
    add_record,
    create_proposal,
    edit_proposal,
    proposal_history,
    view_proposal,
)
from records.views.records import correct_record, print_record, revise_record, view_record
from records.views.steps import STEP_URLS

__all__ = [
    "STEP_URLS",
    "add_record",
    "autosave_record",
    "correct_record",
    "create_partner",
    "create_proposal",
    "criterion_list",
    "discard_buffer",
    "edit_partner",
    "edit_proposal",
    "edit_record",
    "partner_list",
    "print_record",
    "proposal_history",
    "proposal_list",
    "record_list",
    "remove_record",
    "revise_record",
    "view_partner",
    "view_proposal",
    "view_record",
]
