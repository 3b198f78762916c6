"""案件の歩みのページ: one page a step, which asks what the step needs and calls its service."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path

from common.views import answer_form, go_to
from history.errors import DomainError
from organization import rules
from organization.models import User
from records.checks.running import check_file
from records.forms import (
    AcceptForm,
    ConfirmForm,
    DecideForm,
    ObjectForm,
    ReasonForm,
    RejectForm,
    ReportForm,
    WithoutFieldsForm,
)
from records.kinds import kind_of
from records.models import OutOfPurposeUseVersion, Proposal
from records.presenting import sheet_fragment
from records.services import inquiries, settling, steps, undoing
from records.services.locks import StaleStep, file_version, require_version


@dataclass(frozen=True)
class StepPage:
    """One step: its action, what it asks, who carries it out, and the words of its page."""

    action: str
    service: Callable[..., Any]
    form: type[WithoutFieldsForm]
    button: str
    explanation: str
    done: str
    refuses: bool = False


PROPOSAL_STEPS = [
    StepPage(
        "request_approval", steps.request_approval, WithoutFieldsForm, "課長の確認に出す",
        "所管課の課長に確認を求めます。承認されるまで、内容は変えられません。", "課長の確認に出しました。",
    ),
    StepPage(
        "submit_proposal", steps.submit_proposal, WithoutFieldsForm, "提出する",
        "自ら起案した案件を、課長として直接提出します。その旨が履歴に残ります。", "情報公開課へ提出しました。",
    ),
    StepPage(
        "approve_proposal", steps.approve_proposal, WithoutFieldsForm, "承認して提出する",
        "個人情報保護管理責任者として承認し、情報公開課へ提出します。目的外利用は、提供する課にも見えるようになります。",
        "承認し、情報公開課へ提出しました。",
    ),
    StepPage(
        "send_back_proposal", steps.send_back_proposal, ReasonForm, "担当へ差し戻す",
        "理由を添えて、課の担当に戻します。", "担当へ差し戻しました。", refuses=True,
    ),
    StepPage(
        "return_proposal", steps.return_proposal, ReasonForm, "差し戻す",
        "理由を添えて、所管課に戻します。直したあと、課長がもう一度承認します。",
        "所管課へ差し戻しました。", refuses=True,
    ),
    StepPage(
        "accept_proposal", settling.accept_proposal, AcceptForm, "受理する",
        "審議会への経路を確かめて受理します。報告する記録票は、適用日から効力をもちます。", "受理しました。",
    ),
    StepPage(
        "decide_proposal", settling.decide_proposal, DecideForm, "決定を記入する",
        "諮問した記録票に、審議会の日付と諮問番号を書き込みます。", "審議会の決定を記入しました。",
    ),
    StepPage(
        "reject_proposal", settling.reject_proposal, RejectForm, "不承認を記入する",
        "諮問した記録票に、審議会の日付と諮問番号を書き込み、不承認とします。効力は生じません。",
        "審議会の不承認を記入しました。", refuses=True,
    ),
    StepPage(
        "report_proposal", settling.report_proposal, ReportForm, "報告済にする",
        "事前一括承認基準などにより報告した記録票を、報告済にします。審議会事項のらんは空欄のままです。",
        "報告済にしました。",
    ),
    StepPage(
        "undo_decision", undoing.undo_decision, ReasonForm, "結果を取り消す",
        "誤って記入した審議会の結果を取り消します。書き込んだ日付と諮問番号は消え、案件は審議会を待つ状態に戻ります。"
        "取り消したことと理由は、履歴に残ります。", "審議会の結果を取り消しました。", refuses=True,
    ),
    StepPage(
        "withdraw_proposal", steps.withdraw_proposal, ReasonForm, "取り下げる",
        "この案件を取り下げます。もとに戻すことはできません。", "取り下げました。", refuses=True,
    ),
]  # fmt: skip

# Before these the checks are shown once more: the department's two ways on, and the office's review.
CHECKED = {"request_approval", "submit_proposal", "approve_proposal", "accept_proposal", "return_proposal"}
# The office is told of questions without an answer before these; they keep nothing back.
SETTLING = {"accept_proposal", "decide_proposal", "reject_proposal", "report_proposal"}

PROVIDER_STEPS = [
    StepPage(
        "confirm_provision", steps.confirm_provision, ConfirmForm, "確認する",
        "提供する側の課として、この目的外利用に支障がないことを確認します。", "提供課の確認を記入しました。",
    ),
    StepPage(
        "object_to_provision", steps.object_to_provision, ObjectForm, "異議を出す",
        "提供する側の課として、異議とその理由を情報公開課に伝えます。", "異議を記入しました。", refuses=True,
    ),
]  # fmt: skip


def _take_step(request: HttpRequest, page: StepPage, row: Any, proposal: Proposal) -> HttpResponse:
    """Ask, carry out, go back to the file; a refusal is shown on the step's own page with what was typed.

    The page shows the sheets as they stand, and carries the version of the file that it shows.
    """
    version = file_version(proposal)
    records = proposal.records()
    extra = {"records": records} if page.form is AcceptForm else {}
    data = request.POST if request.method == "POST" else None
    form = page.form(data, initial={"version": version}, **extra)
    if form.is_valid():
        try:
            _carry_out(page, form, row, proposal, request.user)
        except StaleStep as refusal:
            form.add_error(None, str(refusal))
            form.data = form.data.copy()
            form.data["version"] = version
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
        else:
            messages.success(request, page.done)
            return go_to(request, "view_proposal", pk=proposal.pk)
    shown = records if row == proposal else [row]
    sheets = [(record, kind_of(record), sheet_fragment(record)) for record in shown]
    warning = inquiries.warning(proposal) if page.action in SETTLING else ""
    context = {"warning": warning, "page": page, "form": form, "proposal": proposal, "row": row, "sheets": sheets}
    if page.action in CHECKED:
        context["checks"] = check_file(proposal)
    return answer_form(request, "records/step.html", context, invalid=form.is_bound)


@transaction.atomic
def _carry_out(page: StepPage, form: WithoutFieldsForm, row: Any, proposal: Proposal, actor: User) -> None:
    """The step, on the version of the file that the person has seen."""
    require_version(proposal, form.cleaned_data["version"])
    page.service(row, actor=actor, **form.arguments())


def _proposal_step(page: StepPage) -> Callable[..., HttpResponse]:
    def view(request: HttpRequest, pk: int) -> HttpResponse:
        rows = Proposal.objects.select_related("department__parent")
        proposal = rules.find(rows, request.user, page.action, pk=pk)
        return _take_step(request, page, proposal, proposal)

    view.__doc__ = page.explanation
    return view


def _provider_step(page: StepPage) -> Callable[..., HttpResponse]:
    def view(request: HttpRequest, pk: int) -> HttpResponse:
        rows = OutOfPurposeUseVersion.objects.select_related("proposal__department__parent")
        use = rules.find(rows, request.user, page.action, pk=pk)
        return _take_step(request, page, use, use.proposal)

    view.__doc__ = page.explanation
    return view


STEP_URLS: list[URLPattern] = [
    *(
        path(f"proposals/<int:pk>/{page.action.removesuffix('_proposal')}/", _proposal_step(page), name=page.action)
        for page in PROPOSAL_STEPS
    ),
    *(
        path(f"out-of-purpose/<int:pk>/{page.action}/", _provider_step(page), name=page.action)
        for page in PROVIDER_STEPS
    ),
]
