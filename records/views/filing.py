"""起案のページ: 文書番号・保存年限, and the text of the 起案 to be taken along."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header

from common.views import answer_form, go_to
from history.errors import StaleEdit
from organization import rules
from records.filing import Filing, filing
from records.forms import NumberForm
from records.models import Proposal
from records.services.documents import number_proposal as number

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def number_proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """文書番号・保存年限の記入."""
    proposal = rules.find(_proposals(), request.user, "number_proposal", pk=pk)
    form = NumberForm(request.POST or None, proposal=proposal, day=timezone.localdate())
    if form.is_valid():
        try:
            number(proposal, actor=request.user, **form.cleaned_data)
        except StaleEdit as stale:
            form.add_error(None, f"{stale} いまの文書番号は「{stale.current.document_number}」です。")
            form.data = form.data.copy()
            form.data["lock"] = stale.current.lock
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
        else:
            messages.success(request, "文書番号と保存年限を保存しました。")
            return go_to(request, "view_proposal", pk=pk)
    context = {"form": form, "proposal": proposal}
    return answer_form(request, "records/number_proposal.html", context, invalid=form.is_bound)


def filing_text(request: HttpRequest, pk: int) -> HttpResponse:
    """起案文: to be read and copied."""
    proposal = rules.find(_proposals(), request.user, "filing_text", pk=pk)
    context = {
        "proposal": proposal,
        "filing": _filing(proposal),
        "may_number": rules.may_on(request.user, "number_proposal", proposal),
    }
    return render(request, "records/filing_text.html", context)


def export_filing_text(request: HttpRequest, pk: int) -> HttpResponse:
    """起案文の書出し: UTF-8, with the line ends of the ward's machines."""
    proposal = rules.find(_proposals(), request.user, "export_filing_text", pk=pk)
    content = _filing(proposal).text.replace("\n", "\r\n").encode()
    return _download(content, "text/plain; charset=utf-8", proposal, "txt")


def export_filing_word(request: HttpRequest, pk: int) -> HttpResponse:
    """起案文の書出し（Word）."""
    proposal = rules.find(_proposals(), request.user, "export_filing_word", pk=pk)
    return _download(_filing(proposal).as_word(), WORD, proposal, "docx")


def _download(content: bytes, content_type: str, proposal: Proposal, suffix: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response.headers["Content-Disposition"] = content_disposition_header(True, f"起案文_{proposal.title[:60]}.{suffix}")
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _filing(proposal: Proposal) -> Filing:
    return filing(proposal, proposal.records(), day=timezone.localdate())


def _proposals() -> Any:
    return Proposal.objects.select_related("department__parent", "written_by", "retention")
