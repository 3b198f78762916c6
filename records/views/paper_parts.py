"""添付資料とチェックリストのページ."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from common.boxes import typed_in
from common.views import answer_form, go_to
from files.errors import FileRefused
from history import conflicts
from history.conflicts import Difference
from history.errors import StaleEdit
from organization import rules
from printing import output, sheets
from printing.answering import answer_pdf
from printing.models import SheetLayout
from records.forms import AttachmentForm, ChecklistForm, PoliciesForm
from records.models import Attachment, Checklist, Paper, PaperAttachment
from records.papers.sheets import CHECKLIST, PAPER, checklist_values
from records.services import paper_parts as services
from records.services.policies import attach_policies as attach
from records.services.policies import offered_policies
from records.views.closing import answer_closed, was_open


def view_attachment(request: HttpRequest, pk: int) -> HttpResponse:
    """添付資料: its content, and the papers that it serves."""
    attachment = rules.find(_attachments(), request.user, "view_attachment", pk=pk)
    context = {
        "attachment": attachment,
        "proposal": attachment.proposal,
        "papers": (papers := list(attachment.papers.in_use().select_related("paper__proposal__department"))),
        "may_own": {row.pk for row in papers if services.may_own(request.user, row, papers)},
        "may_edit": rules.may_on(request.user, "edit_attachment", attachment),
    }
    return render(request, "records/attachment.html", context)


def edit_attachment(request: HttpRequest, pk: int) -> HttpResponse:
    """添付資料の編集; of a file that was handed on meanwhile, what was typed is given back."""
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    try:
        attachment = rules.find(_attachments(), request.user, "edit_attachment", pk=pk)
    except rules.NotPermitted as refusal:
        if not was_open(request, "edit_attachment"):
            raise
        row = _attachments().get(pk=pk)
        typed = typed_in(AttachmentForm(*posted, attachment=row))
        return answer_closed(request, row, "添付資料", row.proposal, refusal, typed)
    form = AttachmentForm(*posted, attachment=attachment)
    stale: list[Difference] = []
    if form.is_valid():
        try:
            services.edit_attachment(attachment, actor=request.user, **form.cleaned_data)
        except StaleEdit as refusal:
            stale = conflicts.refuse_form(form, refusal, AttachmentForm(attachment=_attachments().get(pk=pk)))
        except FileRefused as refusal:
            form.add_error("upload", str(refusal))
        else:
            messages.success(request, "添付資料を保存しました。")
            return go_to(request, "view_attachment", pk=pk)
    context = {
        "form": form,
        "attachment": attachment,
        "proposal": attachment.proposal,
        "stale": stale,
        "served": attachment.papers.in_use().filter(is_omitted=False).select_related("paper"),
    }
    return answer_form(request, "records/edit_attachment.html", context, invalid=form.is_bound)


@require_POST
def own_attachment(request: HttpRequest, pk: int) -> HttpResponse:
    """この資料だけの添付にする: what a paper shares with others becomes its own, to be changed or replaced."""
    row = get_object_or_404(PaperAttachment.objects.in_use().select_related("paper__proposal", "attachment"), pk=pk)
    rules.find(Paper.objects.in_use(), request.user, "own_attachment", pk=row.paper_id)
    own = services.own_attachment(row, actor=request.user)
    messages.success(request, "この資料だけの添付にしました。ほかの資料の添付は変わりません。")
    return go_to(request, "edit_attachment", pk=own.pk)


def attach_policies(request: HttpRequest, pk: int) -> HttpResponse:
    """相手方の文書の添付: chosen among the policies of the partners of the file."""
    papers = Paper.objects.in_use().select_related("proposal__department__parent")
    paper = rules.find(papers, request.user, "attach_policies", pk=pk)
    policies = offered_policies(paper.proposal, request.user)
    form = PoliciesForm(request.POST or None, paper=paper, policies=policies)
    if form.is_valid():
        layout = sheets.layout_for(sheets.get(PAPER), paper, today=timezone.localdate())
        try:
            attach(paper, layout=layout, actor=request.user, **form.cleaned_data)
        except StaleEdit as refusal:
            conflicts.refuse(form, refusal)
        else:
            messages.success(request, "添付資料に加えました。")
            return go_to(request, "edit_paper", pk=pk)
    context = {"form": form, "paper": paper, "policies": policies, "proposal": paper.proposal}
    return answer_form(request, "records/attach_policies.html", context, invalid=form.is_bound)


def view_checklist(request: HttpRequest, pk: int) -> HttpResponse:
    """別紙チェックリスト."""
    checklist = rules.find(_checklists(), request.user, "view_checklist", pk=pk)
    layout = _layout(checklist)
    context = {
        "checklist": checklist,
        "layout": layout,
        "proposal": checklist.paper.proposal,
        "fragment": sheets.render_fragment(sheets.get(CHECKLIST), checklist_values(checklist), layout),
        "may_edit": rules.may_on(request.user, "edit_checklist", checklist),
    }
    return render(request, "records/checklist.html", context)


def edit_checklist(request: HttpRequest, pk: int) -> HttpResponse:
    """別紙チェックリストの記入; of a file that was handed on meanwhile, what was typed is given back."""
    try:
        checklist = rules.find(_checklists(), request.user, "edit_checklist", pk=pk)
    except rules.NotPermitted as refusal:
        if not was_open(request, "edit_checklist"):
            raise
        row = _checklists().get(pk=pk)
        typed = typed_in(ChecklistForm(request.POST, checklist=row, layout=_layout(row)))
        return answer_closed(request, row, "チェックリスト", row.paper.proposal, refusal, typed)
    layout = _layout(checklist)
    form = ChecklistForm(request.POST or None, checklist=checklist, layout=layout)
    stale: list[Difference] = []
    if form.is_valid():
        given = {"layout": layout, "answers": form.answers(), "lock": form.cleaned_data["lock"]}
        try:
            services.edit_checklist(checklist, actor=request.user, **given)
        except StaleEdit as refusal:
            fresh = ChecklistForm(checklist=_checklists().get(pk=pk), layout=layout)
            stale = conflicts.refuse_form(form, refusal, fresh)
        else:
            messages.success(request, "チェックリストを保存しました。")
            return go_to(request, "view_checklist", pk=pk)
    context = {
        "form": form,
        "checklist": checklist,
        "layout": layout,
        "proposal": checklist.paper.proposal,
        "stale": stale,
    }
    return answer_form(request, "records/edit_checklist.html", context, invalid=form.is_bound)


def print_checklist(request: HttpRequest, pk: int) -> HttpResponse:
    """別紙チェックリストの印刷."""
    checklist = rules.find(_checklists(), request.user, "print_checklist", pk=pk)
    return answer_pdf(
        request,
        partial(output.print_one, sheets.get(CHECKLIST), checklist, timezone.localdate()),
        name=f"checklist-{checklist.pk}",
        record=checklist,
        back=checklist.get_absolute_url(),
    )


def _attachments() -> Any:
    return Attachment.objects.select_related("proposal__department__parent", "file")


def _checklists() -> Any:
    rows = Checklist.objects.filter(paper__is_removed=False)
    return rows.select_related("paper__proposal__department__parent").prefetch_related("answers")


def _layout(checklist: Checklist) -> SheetLayout:
    return sheets.layout_for(sheets.get(CHECKLIST), checklist, today=timezone.localdate())
