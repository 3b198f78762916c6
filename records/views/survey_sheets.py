"""状況調査票のページ, the department's side: its sheets, the answers, the paper; and the office's return."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from common import exporting
from common.paging import ListPage, page_of
from common.views import answer_form, go_to
from history import changes, conflicts
from history.conflicts import Difference
from organization import rules
from printing import output, sheets
from printing.answering import answer_pdf
from records import survey_exports, surveys
from records.forms.surveys import LABELS, AnswerSurveyForm, ReturnSurveyForm, SurveyStepForm
from records.models import SurveyRow, SurveySheet
from records.services import answering
from records.services.answering import ANSWERED, AnswersRefused, RowNotHere, StaleAnswers
from records.sheets.survey import CODE
from records.views.framing import list_frame
from records.views.surveys import SurveyStep, take_step

SUBMIT = SurveyStep(
    "submit_survey", answering.submit_survey, "提出する",
    "調査票を情報公開課へ提出します。提出したあとは、返却されるまで直せません。",
    "状況調査票を提出しました。",
)  # fmt: skip
RETURN = SurveyStep(
    "return_survey", answering.return_survey, "返却する",
    "理由を添えて、調査票を所管課に返します。直したあと、もう一度提出してもらいます。",
    "調査票を返却しました。", refuses=True,
)  # fmt: skip


def survey_sheet_list(request: HttpRequest) -> HttpResponse:
    """自課の状況調査票の一覧, newest year first."""
    rows = rules.permitted(SurveySheet.objects.all(), request.user, "view_surveysheet")
    rows = surveys.with_counts(rows.select_related("survey", "department__parent"))
    rows = rows.order_by("-survey__fiscal_year", "department__parent__name", "department__name", "pk")
    if exporting.asked(request):
        return exporting.answer(request, survey_exports.own_sheet_list(rows, timezone.localdate()), rows)
    page = page_of(request, rows)
    listed = list_frame("状況調査票", page, caption="自課の状況調査票の一覧。新しい年度の順。")
    context = {"list": listed | {"exports": exporting.menu(request)}, "page": page}
    return render(request, "records/survey_sheet_list.html", context)


def view_surveysheet(request: HttpRequest, pk: int) -> HttpResponse:
    """状況調査票: as it prints, its state, and what may be done next."""
    sheet = rules.find(_sheets(), request.user, "view_surveysheet", pk=pk)
    steps = ["answer_survey", "submit_survey", *([] if sheet.survey.closed_on else ["return_survey"])]
    context = {
        "sheet": sheet,
        "fragment": _fragment(sheet),
        "counts": surveys.with_counts(SurveySheet.objects.filter(pk=sheet.pk)).get(),
        "open_now": rules.allowed(request.user, steps, sheet),
        "may_see_survey": rules.may(request.user, "view_survey"),
        "still_in_force": surveys.still_in_force(sheet),
        "consent_is_open": surveys.CONSENT_IS_OPEN,
        "entries": changes.entries([sheet]),
    }
    return render(request, "records/survey_sheet.html", context)


def answer_survey(request: HttpRequest, pk: int) -> HttpResponse:
    """状況調査の回答: the rows of one page; what is filled in is kept, whole or not."""
    sheet = rules.find(_sheets(), request.user, "answer_survey", pk=pk)
    page = page_of(request, sheet.rows.filter(in_scope=True).order_by("by_consent", "position", "pk"))
    form = AnswerSurveyForm(request.POST if request.method == "POST" else None, sheet=sheet, rows=page.rows)
    stale: list[Difference] = []
    if form.is_valid():
        try:
            number = answering.answer_survey(sheet, answers=form.answers(), actor=request.user)
        except StaleAnswers as refusal:
            stale = _differences(form, refusal.rows)
            form.refuse(refusal)
        except (AnswersRefused, RowNotHere) as refusal:
            form.add_error(None, str(refusal))
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
        else:
            messages.success(request, f"{number}行を保存しました。" if number else "変わったところはありません。")
            return _after_saving(request, sheet, page)
    context = {
        "sheet": sheet,
        "form": form,
        "page": page,
        "stale": stale,
        "lines": form.lines(by_consent=False),
        "consent_lines": form.lines(by_consent=True),
        "consent_is_open": surveys.CONSENT_IS_OPEN,
    }
    return answer_form(request, "records/answer_survey.html", context, invalid=form.is_bound)


def _after_saving(request: HttpRequest, sheet: SurveySheet, page: ListPage) -> HttpResponse:
    """「保存してつぎの行へ」 leads to the next rows while there are any, else back to the sheet."""
    if page.next and "next" in request.POST:
        return go_to(request, f"{request.path}{page.next}")
    return go_to(request, sheet.get_absolute_url())


def _differences(form: AnswerSurveyForm, rows: list[SurveyRow]) -> list[Difference]:
    shown = conflicts.in_words({})
    return [
        Difference(
            f"{row.kind_label}「{row}」の{LABELS[name]}",
            shown(name, getattr(row, name)),
            shown(name, form.cleaned_data[f"{name}_{row.pk}"]),
        )
        for row in rows
        for name in ANSWERED
        if getattr(row, name) != form.cleaned_data[f"{name}_{row.pk}"]
    ]


def submit_survey(request: HttpRequest, pk: int) -> HttpResponse:
    """状況調査票の提出."""
    return _take(request, pk, SUBMIT, SurveyStepForm)


def return_survey(request: HttpRequest, pk: int) -> HttpResponse:
    """状況調査票の返却."""
    return _take(request, pk, RETURN, ReturnSurveyForm)


def _take(request: HttpRequest, pk: int, step: SurveyStep, form_class: type[SurveyStepForm]) -> HttpResponse:
    sheet = rules.find(_sheets(), request.user, step.action, pk=pk)
    form = form_class(request.POST if request.method == "POST" else None)
    service = partial(step.service, sheet, actor=request.user, on=timezone.localdate())
    context: dict[str, Any] = {"step": step, "subject": sheet, "back": sheet.get_absolute_url()}
    return take_step(request, form, service, context | {"fragment": _fragment(sheet)}, step.done)


def print_survey_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """状況調査票の印刷: characters without a shape are asked about first."""
    sheet = rules.find(_sheets(), request.user, "print_survey_sheet", pk=pk)
    return answer_pdf(
        request,
        partial(output.print_one, sheets.get(CODE), sheet, timezone.localdate()),
        name=f"{CODE}-{sheet.pk}",
        record=str(sheet),
        back=sheet.get_absolute_url(),
    )


def _fragment(row: SurveySheet) -> Any:
    sheet = sheets.get(CODE)
    return sheets.render_fragment(sheet, sheet.values(row), sheets.layout_for(sheet, row, today=timezone.localdate()))


def _sheets() -> QuerySet:
    return SurveySheet.objects.select_related("survey", "department__parent")
