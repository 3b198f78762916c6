"""資料のページ: write it, look at it, print it, take it to Word."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Exists, Model, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST

from common.views import answer_form, go_to
from history import changes, conflicts
from history.conflicts import Difference
from history.errors import DomainError, StaleEdit
from organization import rules
from printing import output, sheets
from printing.answering import answer_pdf
from printing.models import SheetLayout
from records import buffering
from records.errata import Erratum, paper_errata
from records.forms import CorrectPaperForm, CreatePaperForm, PaperForm
from records.models import Paper, PaperAttachment, Proposal
from records.papers.composing import compose, heading_of
from records.papers.layouts import offered, with_headings
from records.papers.packet import print_packet
from records.papers.previewing import preview, typed_texts
from records.papers.sheets import PAPER, paper_pictures, paper_values, printed_values
from records.papers.word import as_docx
from records.services import papers as services
from records.services.paper_errata import correct_paper as correct
from records.services.policies import takes_policies
from records.states import SETTLED
from records.views.closing import answer_closed

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
CLOSED = "この資料は、いまは編集できません。入力した内容は保存していませんが、この画面に残っています。"
MAX_NUMBER = 20  # characters of a 資料番号


def view_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """資料: the paper, its attachments and its checklists."""
    paper = rules.find(_papers(), request.user, "view_paper", pk=pk)
    layout = _layout(paper)
    context = {
        "paper": paper,
        "proposal": paper.proposal,
        "layout": layout,
        "fragment": sheets.render_fragment(sheets.get(PAPER), paper_values(paper), layout),
        "attachments": paper.attachments.in_use().select_related("attachment"),
        "checklists": with_headings(layout.wording, paper.checklists.all()),
        "may_edit": rules.may_on(request.user, "edit_paper", paper),
        "may_correct": rules.may_on(request.user, "correct_paper", paper),
        "errata": _errata(paper, layout) if paper.proposal.status in SETTLED else [],
    }
    return render(request, "records/paper.html", context)


def _errata(paper: Paper, layout: SheetLayout) -> list[Erratum]:
    """What was corrected; the trail is asked only where there can be anything."""
    parts = layout.wording["sections"]
    headings = {part["key"]: heading_of(part, paper.heading_choices).replace("\n", "") for part in parts}
    rows = {section: headings.get(section.key) or "本文" for section in paper.sections.all()}
    subjects: dict[Model, str] = {paper: "資料", **rows}
    return paper_errata(changes.entries(subjects, subjects))


def correct_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """資料の正誤: an obvious slip, with the reason."""
    paper = rules.find(_papers(), request.user, "correct_paper", pk=pk)
    layout = _layout(paper)
    form = CorrectPaperForm(request.POST or None, paper=paper, layout=layout)
    if form.is_valid():
        try:
            corrected = correct(paper, layout=layout, actor=request.user, **form.arguments())
        except StaleEdit as refusal:
            conflicts.refuse(form, refusal)
        except (DomainError, ValidationError) as refusal:
            form.add_error(None, getattr(refusal, "messages", str(refusal)))
        else:
            messages.success(request, "正誤を記入しました。")
            for copy in corrected.left:
                where = f"変更中の資料「{copy}」（{copy.proposal}）"
                messages.warning(request, f"{where}には、写せないところがありました。所管課に伝えてください。")
            return go_to(request, paper)
    context = {"form": form, "paper": paper, "proposal": paper.proposal}
    return answer_form(request, "records/correct_paper.html", context, invalid=form.is_bound)


def create_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """資料の追加."""
    proposal = rules.find(Proposal.objects.select_related("department__parent"), request.user, "create_paper", pk=pk)
    form = CreatePaperForm(request.POST or None, layouts=offered(timezone.localdate()), actor=request.user)
    if form.is_valid():
        paper = services.create_paper(proposal, actor=request.user, **form.cleaned_data)
        return go_to(request, "edit_paper", pk=paper.pk)
    context = {"form": form, "proposal": proposal}
    return answer_form(request, "records/create_paper.html", context, invalid=form.is_bound)


def edit_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """資料の編集: 保存 writes it and forgets what was buffered; a stale edit shows both versions."""
    try:
        paper = rules.find(_papers(), request.user, "edit_paper", pk=pk)
    except rules.NotPermitted as refusal:
        if request.method != "POST" or not rules.may(request.user, "edit_paper"):
            raise
        return _closed(request, pk, refusal)
    return _save_paper(request, paper) if request.method == "POST" else _show_editor(request, paper)


def _show_editor(request: HttpRequest, paper: Paper) -> HttpResponse:
    buffer = buffering.find(request.user, paper)
    layout = _layout(paper)
    form = _form(paper, layout, buffering.as_form_data(buffer) if buffer else None)
    context = _context(paper, layout, form) | {"buffer": buffer, "stale": []}
    return render(request, "records/edit_paper.html", context)


def _save_paper(request: HttpRequest, paper: Paper) -> HttpResponse:
    layout = _layout(paper)
    form = _form(paper, layout, request.POST)
    stale: list[Difference] = []
    if form.is_valid():
        try:
            services.edit_paper(
                paper, layout=layout, entry=form.entry(), lock=form.cleaned_data["lock"], actor=request.user
            )
        except StaleEdit as refusal:
            stale = _refuse(form, refusal)
        else:
            buffering.forget(request.user, paper)
            messages.success(request, "資料を保存しました。")
            return go_to(request, "edit_paper", pk=paper.pk)
    context = _context(paper, layout, form) | {"buffer": None, "stale": stale}
    return answer_form(request, "records/edit_paper.html", context, invalid=True)


def _lines(paper: Paper) -> list[PaperAttachment]:
    """The attachments of the paper; `is_shared`: another paper has it too, or it is kept with another file."""
    others = PaperAttachment.objects.in_use().filter(attachment=OuterRef("attachment"), is_omitted=False)
    rows = paper.attachments.in_use().select_related("attachment")
    rows = list(rows.annotate(others=Exists(others.exclude(pk=OuterRef("pk")))))
    for row in rows:
        foreign = row.attachment.proposal_id != paper.proposal_id
        row.is_shared = (row.others or foreign) and not row.is_omitted and not row.attachment.is_record
    return rows


def _refuse(form: PaperForm, stale: StaleEdit) -> list[Difference]:
    """Somebody saved in between: every box side by side; the next attempt counts from what stands now."""
    current = _papers().get(pk=stale.current.pk)
    return conflicts.refuse_form(form, stale, _form(current, _layout(current), None))


def _closed(request: HttpRequest, pk: int, refusal: rules.NotPermitted) -> HttpResponse:
    """編集できない状態: what was typed is given back to be copied (409)."""
    paper = _papers().get(pk=pk)
    form = _form(paper, _layout(paper), request.POST)
    return answer_closed(request, paper, "資料", paper.proposal, refusal, typed_texts(form))


@require_POST
def autosave_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """資料の自動保存: keep what is being typed, and answer with the paper as it would print."""
    try:
        paper = rules.find(_papers(), request.user, "autosave_paper", pk=pk)
    except rules.NotPermitted as refusal:
        if not rules.may(request.user, "autosave_paper"):
            raise
        return HttpResponse(f"{CLOSED}{refusal}", status=409, content_type="text/plain; charset=utf-8")
    layout = _layout(paper)
    form = _form(paper, layout, request.POST)
    buffering.keep(request.user, paper, request.POST, names=form.fields, at=timezone.now())
    return render(request, "records/_autosaved.html", _preview_context(paper, layout, form))


@require_POST
def discard_paper_buffer(request: HttpRequest, pk: int) -> HttpResponse:
    """書きかけを捨てる: back to what was last saved."""
    paper = rules.find(_papers(), request.user, "discard_paper_buffer", pk=pk)
    buffering.forget(request.user, paper)
    messages.success(request, "書きかけを捨て、保存した内容に戻しました。")
    return go_to(request, "edit_paper", pk=pk)


@require_POST
def remove_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """資料の取りやめ."""
    paper = rules.find(_papers(), request.user, "remove_paper", pk=pk)
    services.remove_paper(paper, actor=request.user)
    messages.success(request, "資料を1つ取りやめました。")
    return go_to(request, "view_proposal", pk=paper.proposal_id)


def print_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """資料の印刷; `?number=` prints a 資料番号 in its box, `?whole=1` adds what is attached and the 記録票."""
    paper = rules.find(_papers(), request.user, "print_paper", pk=pk)
    paper.printed_number = request.GET.get("number", "").strip()[:MAX_NUMBER]
    today, whole = timezone.localdate(), request.GET.get("whole") == "1"
    return answer_pdf(
        request,
        partial(print_packet, paper, today) if whole else partial(output.print_one, sheets.get(PAPER), paper, today),
        name=f"paper-{paper.pk}",
        record=paper,
        back=paper.get_absolute_url(),
    )


def export_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """資料の書出し: the same paper as .docx."""
    paper = rules.find(_papers(), request.user, "export_paper", pk=pk)
    content = as_docx(compose(printed_values(paper), _layout(paper).as_mapping()), paper_pictures(paper))
    response = HttpResponse(content, content_type=WORD)
    response.headers["Content-Disposition"] = content_disposition_header(True, f"{str(paper)[:60]}.docx")
    return response


def _papers() -> Any:
    return Paper.objects.in_use().select_related("proposal__department__parent").prefetch_related("sections")


def _layout(paper: Paper) -> SheetLayout:
    return sheets.layout_for(sheets.get(PAPER), paper, today=timezone.localdate())


def _form(paper: Paper, layout: SheetLayout, data: Any) -> PaperForm:
    sections = list(paper.sections.all())
    return PaperForm(
        data,
        paper=paper,
        layout=layout,
        texts={section.key: section.text for section in sections},
        old_texts={section.key: section.baseline_text for section in sections},
        measures=list(paper.measures.in_use()),
    )


def _context(paper: Paper, layout: SheetLayout, form: PaperForm) -> dict[str, Any]:
    rows = form.rows()
    context = _preview_context(paper, layout, form)
    missing = context.pop("missing")
    return {
        "paper": paper,
        "proposal": paper.proposal,
        "layout": layout,
        "form": form,
        "rows": [(row, row.key in missing) for row in rows],
        "attachments": (lines := _lines(paper)),
        "shared": {line.pk for line in lines if line.is_shared},
        "takes_policies": takes_policies(layout),
        **context,
    }


def _preview_context(paper: Paper, layout: SheetLayout, form: PaperForm) -> dict[str, Any]:
    """What the editor and the answer to an autosave both show of what is typed."""
    shown = preview(form, paper, layout)
    return {
        "fragment": shown.fragment,
        "missing": shown.missing,
        "missing_boxes": " ".join(shown.missing),
        "missing_links": [(form[f"text_{key}"].id_for_label, form[f"text_{key}"].label) for key in shown.missing],
        "missing_words": "未記入",
        "too_long": shown.too_long,
    }
