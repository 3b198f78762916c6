"""案件のページ: detail, history, and the first steps of a draft."""

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from common.boxes import typed_in
from common.views import answer_form, go_to
from history import changes, conflicts
from history.conflicts import Difference
from history.errors import DomainError, StaleEdit
from organization import rules
from records import mentions
from records.forms import AddRecordsForm, CopyProposalForm, CreateProposalForm, EditProposalForm
from records.inquiring import of_file
from records.kinds import kind_of
from records.models import Proposal
from records.presenting import cards, open_steps, trail_subjects
from records.services import copying, drafting
from records.supervising import earlier_parts
from records.views.closing import answer_closed, was_open

# What else the page of a file offers, beside the steps.
RIGHTS = ("edit_proposal", "ask_inquiry", "number_proposal")
# How many earlier files the page of a new one offers to begin from; the others are found in their list.
EARLIER = 5


def view_proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """案件: its state, its sheets, and what may be done next."""
    proposal = rules.find(_proposals(), request.user, "view_proposal", pk=pk)
    records = proposal.records()
    steps, rights = open_steps(request.user, proposal, records, RIGHTS)
    context = {
        "proposal": proposal,
        "cards": cards(request.user, records),
        "papers": list(proposal.papers.in_use()),
        "steps": steps,
        "may_edit": "edit_proposal" in rights,
        "earlier_parts": earlier_parts(request.user, records),
        "inquiries": of_file(request.user, proposal, records),
        "mentions": mentions.shown(request.user, proposal),
        "may_number": "number_proposal" in rights,
        "may_ask": "ask_inquiry" in rights,
        "may_copy": proposal.department_id in request.user.department_ids_today
        and rules.may(request.user, "copy_proposal"),
    }
    return render(request, "records/proposal.html", context)


def proposal_history(request: HttpRequest, pk: int) -> HttpResponse:
    """案件の履歴: of the file and of every sheet in it."""
    proposal = rules.find(_proposals(), request.user, "proposal_history", pk=pk)
    subjects = trail_subjects(proposal)
    entries = changes.entries(subjects, subjects)
    return render(request, "records/proposal_history.html", {"proposal": proposal, "entries": entries})


def create_proposal(request: HttpRequest) -> HttpResponse:
    """案件の起案."""
    form = CreateProposalForm(request.POST or None, actor=request.user)
    if form.is_valid():
        proposal = drafting.create_proposal(actor=request.user, **form.cleaned_data)
        return go_to(request, "add_record", pk=proposal.pk)
    context = {"form": form, "earlier": copying.files_to_copy(request.user)[:EARLIER]}
    return answer_form(request, "records/create_proposal.html", context, invalid=form.is_bound)


def copy_proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """前回の案件からの起案: a new draft with the records and papers of an earlier file."""
    proposal = rules.find(_proposals(), request.user, "copy_proposal", pk=pk)
    initial = {"title": proposal.title, "department": proposal.department}
    form = CopyProposalForm(request.POST or None, actor=request.user, initial=initial)
    if form.is_valid():
        try:
            made = copying.copy_proposal(proposal, actor=request.user, **form.cleaned_data)
        except (DomainError, ValidationError) as refusal:
            form.add_error(None, getattr(refusal, "messages", str(refusal)))
        else:
            messages.success(request, "前回の案件を写して、下書きをつくりました。")
            return go_to(request, "view_proposal", pk=made.pk)
    context = {
        "form": form,
        "proposal": proposal,
        "records": [record for record in proposal.records() if not record.is_end],
        "papers": list(proposal.papers.in_use()),
    }
    return answer_form(request, "records/copy_proposal.html", context, invalid=form.is_bound)


def edit_proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """案件の件名と理由の編集; of a file that was handed on meanwhile, what was typed is given back."""
    try:
        proposal = rules.find(_proposals(), request.user, "edit_proposal", pk=pk)
    except rules.NotPermitted as refusal:
        if not was_open(request, "edit_proposal"):
            raise
        row = _proposals().get(pk=pk)
        return answer_closed(request, row, "案件", row, refusal, typed_in(EditProposalForm(request.POST)))
    form = EditProposalForm(request.POST or None, initial=_title_and_reason(proposal))
    stale: list[Difference] = []
    if form.is_valid():
        try:
            drafting.edit_proposal(proposal, actor=request.user, **form.cleaned_data)
        except StaleEdit as refusal:
            stale = conflicts.refuse_form(
                form, refusal, EditProposalForm(initial=_title_and_reason(_proposals().get(pk=pk)))
            )
        else:
            messages.success(request, "件名と理由を保存しました。")
            return go_to(request, "view_proposal", pk=pk)
    context = {"form": form, "proposal": proposal, "stale": stale}
    return answer_form(request, "records/edit_proposal.html", context, invalid=form.is_bound)


def add_record(request: HttpRequest, pk: int) -> HttpResponse:
    """記録票の追加: one sheet for each business chosen, in one step."""
    proposal = rules.find(_proposals(), request.user, "add_record", pk=pk)
    form = AddRecordsForm(request.POST or None, department=proposal.department)
    if form.is_valid():
        try:
            added = drafting.add_records(proposal, actor=request.user, **form.cleaned_data)
        except drafting.AlreadyRemoved as refusal:
            form.add_error(None, str(refusal))
            form.data = form.data.copy()
            form.data["token"] = uuid.uuid4()
        else:
            return go_to(request, "edit_record", kind=kind_of(added[0]), pk=added[0].pk)
    context = {"form": form, "proposal": proposal}
    return answer_form(request, "records/add_record.html", context, invalid=form.is_bound)


def _title_and_reason(proposal: Proposal) -> dict[str, object]:
    return {name: getattr(proposal, name) for name in ("title", "filing_reason", "lock")}


def _proposals() -> "Proposal.objects":
    return Proposal.objects.select_related("department__parent", "written_by", "retention")
