"""照会のページ: ask, read the thread, answer, ask again, end it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from common.views import answer_form, go_to
from history.errors import DomainError
from organization import rules
from records.forms import AskInquiryForm, InquiryTextForm
from records.models import Inquiry, InquiryState, Proposal
from records.services import inquiries


def ask_inquiry(request: HttpRequest, pk: int) -> HttpResponse:
    """照会: a question on a file; what was typed stays when the file has moved on meanwhile."""
    rows = Proposal.objects.select_related("department__parent")
    proposal = rules.find(rows, request.user, "view_proposal", pk=pk)
    refusal = None if rules.may_on(request.user, "ask_inquiry", proposal) else rules.NotPermitted("ask_inquiry")
    if refusal and (request.method != "POST" or not rules.may(request.user, "ask_inquiry")):
        raise refusal
    form = AskInquiryForm(request.POST or None, proposal=proposal, actor=request.user)
    if refusal:
        form.add_error(None, str(refusal))
    elif form.is_valid():
        try:
            inquiry = inquiries.ask_inquiry(proposal, actor=request.user, **form.arguments())
        except (DomainError, ValidationError) as refusal:
            form.add_error(None, getattr(refusal, "messages", str(refusal)))
        else:
            messages.success(request, "照会しました。照会先に知らせました。")
            return go_to(request, inquiry)
    context = {"form": form, "proposal": proposal}
    return answer_form(request, "records/ask_inquiry.html", context, invalid=form.is_bound)


def view_inquiry(request: HttpRequest, pk: int) -> HttpResponse:
    """照会: the thread, and what may be done with it."""
    inquiry = rules.find(_inquiries(), request.user, "view_inquiry", pk=pk)
    return render(request, "records/inquiry.html", _context(request, inquiry))


def answer_inquiry(request: HttpRequest, pk: int) -> HttpResponse:
    """照会への回答."""
    return _write(request, pk, "answer_inquiry", inquiries.answer_inquiry, "回答する", "回答しました。")


def ask_again(request: HttpRequest, pk: int) -> HttpResponse:
    """再度の照会."""
    return _write(request, pk, "ask_again", inquiries.ask_again, "重ねて照会する", "重ねて照会しました。")


@require_POST
def close_inquiry(request: HttpRequest, pk: int) -> HttpResponse:
    """照会の終了."""
    inquiry = rules.find(_inquiries(), request.user, "close_inquiry", pk=pk)
    try:
        inquiries.close_inquiry(inquiry, actor=request.user)
    except inquiries.NotTheAsker as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "照会を終えました。")
    return go_to(request, inquiry)


def _write(
    request: HttpRequest, pk: int, action: str, service: Callable[..., Any], button: str, done: str
) -> HttpResponse:
    """A text for the thread; what was typed stays on the page when somebody else was faster."""
    inquiry = rules.find(_inquiries(), request.user, "view_inquiry", pk=pk)
    if request.method != "POST":
        rules.require(request.user, action, inquiry)
    form = InquiryTextForm(request.POST or None)
    if form.is_valid():
        try:
            service(inquiry, actor=request.user, **form.cleaned_data)
        except (DomainError, ValidationError) as refusal:
            form.add_error(None, getattr(refusal, "messages", str(refusal)))
        else:
            messages.success(request, done)
            return go_to(request, inquiry)
    context = _context(request, _inquiries().get(pk=pk)) | {"form": form, "button": button}
    return answer_form(request, "records/write_inquiry.html", context, invalid=form.is_bound)


def _context(request: HttpRequest, inquiry: Inquiry) -> dict[str, Any]:
    asks = inquiry.state != InquiryState.CLOSED and inquiries.is_asker(inquiry, request.user)
    return {
        "inquiry": inquiry,
        "proposal": inquiry.proposal,
        "entries": list(inquiry.entries.all()),
        "may_answer": rules.may_on(request.user, "answer_inquiry", inquiry),
        "may_ask_again": asks and inquiry.state == InquiryState.ANSWERED,
        "may_close": asks,
    }


def _inquiries() -> Any:
    return Inquiry.objects.select_related("proposal__department__parent", "provider__parent", "paper")
