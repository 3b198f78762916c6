"""状況調査のページ, the office's side: the campaigns, who has answered, all rows, and the steps."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from common import exporting, fiscal_year
from common.paging import page_of
from common.views import answer_form, go_to
from history.errors import DomainError
from organization import rules
from records import survey_exports, surveys
from records.forms.surveys import MoveDueForm, OpenSurveyForm, SurveyStepForm
from records.models import SheetStatus, Survey, SurveyPolicy, SurveyRow
from records.services import surveying
from records.views.framing import list_frame

STATES = [("", "すべて"), *SheetStatus.choices]
KINDS = [("", "すべて"), ("use", "目的外利用"), ("provision", "外部提供")]
KIND_FILTERS = {"use": Q(use__isnull=False), "provision": Q(provision__isnull=False)}


def survey_list(request: HttpRequest) -> HttpResponse:
    """状況調査の一覧, newest first."""
    submitted = Count("sheets", filter=Q(sheets__status=SheetStatus.SUBMITTED))
    rows = rules.permitted(Survey.objects.all(), request.user, "view_survey")
    rows = rows.annotate(sheet_count=Count("sheets"), submitted_count=submitted).order_by("-fiscal_year")
    if exporting.asked(request):
        return exporting.answer(request, survey_exports.survey_list(rows, timezone.localdate()), rows)
    page = page_of(request, rows)
    listed = list_frame("状況調査", page, caption="状況調査の一覧。新しい年度の順。") | {
        "exports": exporting.menu(request)
    }
    context = {"list": listed, "page": page, "may_open": rules.may(request.user, "open_survey")}
    return render(request, "records/survey_list.html", context)


def view_survey(request: HttpRequest, pk: int) -> HttpResponse:
    """状況調査: the figures of the year, the sheets with who has not answered, and what may be done next."""
    survey = rules.find(Survey.objects.all(), request.user, "view_survey", pk=pk)
    asked = request.GET.get("status", "")
    rows = surveys.with_counts(survey.sheets.select_related("department__parent"))
    rows = rows.filter(status=asked) if asked in SheetStatus.values else rows
    rows = rows.order_by("department__parent__name", "department__name", "pk")
    if exporting.asked(request):
        return exporting.answer(request, survey_exports.sheet_list(survey, rows, timezone.localdate()), rows)
    page = page_of(request, rows)
    for sheet in page.rows:
        sheet.survey = survey
    listed = list_frame(str(survey), page, caption=f"{survey}の調査票。組織の順。", unit="課") | {
        "exports": exporting.menu(request),
        "filters": _choices("status", asked, STATES),
    }
    context = {
        "list": listed,
        "page": page,
        "survey": survey,
        "totals": surveys.totals(survey.fiscal_year),
        "unasked": surveys.unasked_count(survey) if survey.closed_on is None else 0,
        "open_now": rules.allowed(request.user, [step.action for step in STEPS], survey),
        "consent_is_open": surveys.CONSENT_IS_OPEN,
    }
    return render(request, "records/survey.html", context)


def survey_row_list(request: HttpRequest, pk: int) -> HttpResponse:
    """状況調査の行の一覧: every row of every department, with what was answered."""
    survey = rules.find(Survey.objects.all(), request.user, "survey_row_list", pk=pk)
    asked = request.GET.get("kind", "")
    rows = SurveyRow.objects.filter(survey=survey).select_related("sheet__department__parent")
    rows = rows.filter(KIND_FILTERS[asked]) if asked in KIND_FILTERS else rows
    rows = rows.order_by("by_consent", "activity_number", "pk")
    if exporting.asked(request):
        return exporting.answer(request, survey_exports.row_list(survey, rows, timezone.localdate()), rows)
    page = page_of(request, rows)
    listed = list_frame(
        f"{survey}の全行", page, caption=f"{survey}のすべての行。同意によるものは後。業務登録番号の順。"
    ) | {
        "exports": exporting.menu(request),
        "filters": _choices("kind", asked, KINDS),
    }
    context = {
        "list": listed,
        "rows": [(row, survey_exports.scope_words(row)) for row in page.rows],
        "survey": survey,
        "consent_is_open": surveys.CONSENT_IS_OPEN,
    }
    return render(request, "records/survey_row_list.html", context)


def open_survey(request: HttpRequest) -> HttpResponse:
    """状況調査の開始."""
    form = OpenSurveyForm(request.POST or None)
    if form.is_valid():
        try:
            survey = surveying.open_survey(actor=request.user, on=timezone.localdate(), **form.cleaned_data)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        except ValidationError as refusal:
            form.add_error(None, _in_words(refusal, form.cleaned_data["year"]))
        else:
            messages.success(request, f"{survey}を始め、{survey.sheets.count()}課に知らせました。")
            return go_to(request, survey.get_absolute_url())
    context = {"form": form, "policy": SurveyPolicy.objects.as_of(timezone.localdate()).first()}
    return answer_form(request, "records/open_survey.html", context, invalid=form.is_bound)


def _in_words(refusal: ValidationError, year: int) -> list[str]:
    """The constraint's words; for a year that has its survey already, which one."""
    if "fiscal_year" in getattr(refusal, "message_dict", {}):
        return [f"{fiscal_year.label(year)}の状況調査は、すでにあります。一覧から開いてください。"]
    return refusal.messages


@dataclass(frozen=True)
class SurveyStep:
    """One step of a survey: who carries it out, and the words of its page; `done` is told with what it answers."""

    action: str
    service: Callable[..., Any]
    button: str
    explanation: str
    done: str
    refuses: bool = False
    form: type[SurveyStepForm] = SurveyStepForm


STEPS = [
    SurveyStep(
        "refresh_survey", surveying.refresh_survey, "対象を読み直す",
        "調査を始めたあとに効力が生じた記録を、調査票に加えます。提出済の調査票に行が加わるときは、その課に返します。",
        "対象を読み直し、{result}件を加えました。",
    ),
    SurveyStep(
        "remind_survey", surveying.remind_survey, "督促する",
        "まだ提出していない課の担当と課長に、お知らせを送ります。同じ日に二度は送りません。",
        "{result}課に督促しました。",
    ),
    SurveyStep(
        "close_survey", surveying.close_survey, "締め切る",
        "締め切ったあとは、回答も返却もできません。提出していない課は「未提出のまま締切」になり、合計にふくまれません。",
        "締め切りました。", refuses=True,
    ),
    SurveyStep(
        "move_survey_due", surveying.move_survey_due, "回答期限を変える",
        "まだ提出していない課に、新しい期限と理由を知らせます。",
        "回答期限を変えました。", form=MoveDueForm,
    ),
    SurveyStep(
        "reopen_survey", surveying.reopen_survey, "締切りを取り消す",
        "未提出のまま締め切られた課が、新しい期限まで回答できるようになり、そのことを知らせます。",
        "締切りを取り消しました。", form=MoveDueForm,
    ),
]  # fmt: skip


def _step(step: SurveyStep) -> Callable[..., HttpResponse]:
    def view(request: HttpRequest, pk: int) -> HttpResponse:
        survey = rules.find(Survey.objects.all(), request.user, step.action, pk=pk)
        form = step.form(request.POST if request.method == "POST" else None)
        service = partial(step.service, survey, actor=request.user, on=timezone.localdate())
        context = {"step": step, "subject": survey, "back": survey.get_absolute_url()}
        return take_step(request, form, service, context, step.done)

    view.__doc__ = step.explanation
    return view


def take_step(
    request: HttpRequest, form: SurveyStepForm, service: Callable[..., Any], context: dict[str, Any], done: str
) -> HttpResponse:
    """Ask, carry out, go back; a refusal is shown on the step's own page with what was typed."""
    if form.is_valid():
        try:
            result = service(**form.arguments())
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
        else:
            messages.success(request, done.format(result=result))
            return go_to(request, context["back"])
    return answer_form(request, "records/survey_step.html", context | {"form": form}, invalid=form.is_bound)


refresh_survey, remind_survey, close_survey, move_survey_due, reopen_survey = (_step(step) for step in STEPS)


def _choices(name: str, asked: str, choices: list[tuple[str, str]]) -> list[dict[str, Any]]:
    return [
        {"label": label, "url": f"?{name}={value}" if value else "?", "pressed": value == asked}
        for value, label in choices
    ]
