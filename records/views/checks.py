"""提出前の点検のページ: what the rules found, where it is mended, and the answers 「該当なし」."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from common.boxes import typed_in
from common.views import answer_form
from history import conflicts
from history.errors import DomainError, StaleEdit
from organization import rules
from organization.models import User
from records.checks import RULES
from records.checks.comparing import comparisons
from records.checks.places import Place, places
from records.checks.running import Checked, check_file
from records.forms import AnswerCheckForm
from records.models import Proposal
from records.services import checks as services
from records.views.closing import answer_closed, was_open


@dataclass(frozen=True)
class CheckCard:
    """One finding on the page: the result, where it is mended, and the form for an answer (None: not theirs)."""

    result: Checked
    places: list[Place]
    form: AnswerCheckForm | None


def proposal_checks(request: HttpRequest, pk: int) -> HttpResponse:
    """提出前の点検; `?number=` answers only how many are open, for the file's own page."""
    proposal = rules.find(_proposals(), request.user, "proposal_checks", pk=pk)
    if "number" in request.GET:
        return render(request, "records/_checks_number.html", {"checks": check_file(proposal)})
    return render(request, "records/proposal_checks.html", _context(request.user, proposal))


@require_POST
def answer_check(request: HttpRequest, pk: int, rule: str) -> HttpResponse:
    """該当なしの答え: written, or the page once more with what was typed."""
    form = _form(_known(rule), data=request.POST)
    try:
        proposal = rules.find(_proposals(), request.user, "answer_check", pk=pk)
    except rules.NotPermitted as refusal:
        if not was_open(request, "answer_check"):
            raise
        row = _proposals().get(pk=pk)
        return answer_closed(request, row, "点検への答え", row, refusal, typed_in(form))
    if form.is_valid():
        try:
            services.answer_check(proposal, rule=rule, actor=request.user, **form.cleaned_data)
        except StaleEdit as refusal:
            conflicts.refuse(form, refusal)
        except ValidationError as refusal:
            form.add_error("reason", refusal.messages)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"「{RULES[rule].name}」に該当なしと答えました。")
            return _back(proposal, rule)
    context = _context(request.user, proposal, {rule: form})
    return answer_form(request, "records/proposal_checks.html", context, invalid=True)


@require_POST
def take_back_answer(request: HttpRequest, pk: int, rule: str) -> HttpResponse:
    """答えの取消し."""
    proposal = rules.find(_proposals(), request.user, "take_back_answer", pk=pk)
    lock = request.POST.get("lock", "")
    try:
        number = int(lock) if lock.isdecimal() else -1
        services.take_back_answer(proposal, rule=_known(rule), lock=number, actor=request.user)
    except StaleEdit as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"「{RULES[rule].name}」への答えを取り消しました。")
    return _back(proposal, rule)


def _context(user: User, proposal: Proposal, typed: dict[str, AnswerCheckForm] | None = None) -> dict[str, Any]:
    """The page; `typed`: the form that was refused, by its rule."""
    checks = check_file(proposal)
    open_now = rules.allowed(user, ("answer_check", "edit_proposal"), proposal)
    cards = [_card(one, checks.reading, open_now, typed or {}) for one in checks.found]
    lists = comparisons(checks.reading)
    return {"proposal": proposal, "checks": checks, "cards": cards, "lists": lists, "refused": (typed or {}).values()}


def _card(one: Checked, reading: Any, open_now: set[str], typed: dict[str, AnswerCheckForm]) -> CheckCard:
    code = one.rule.code
    form = None
    if "answer_check" in open_now and not one.is_stop:
        answer = one.answer
        initial = {"reason": answer.reason if answer else "", "lock": one.lock}
        form = typed.get(code) or _form(code, initial=initial)
    return CheckCard(one, places(one.rule, reading, may_edit="edit_proposal" in open_now), form)


def _form(code: str, **given: Any) -> AnswerCheckForm:
    return AnswerCheckForm(given.get("data"), initial=given.get("initial"), auto_id=f"{code}_%s")


def _known(rule: str) -> str:
    if rule not in RULES:
        raise Http404
    return rule


def _back(proposal: Proposal, rule: str) -> HttpResponse:
    response = HttpResponse(status=303)
    response.headers["Location"] = f"{reverse('proposal_checks', args=[proposal.pk])}#check-{rule}"
    return response


def _proposals() -> Any:
    return Proposal.objects.select_related("department__parent")
