"""はじめの画面のうち、状況調査: what a department has to answer, and how far the office's survey is."""

from datetime import date

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from common.wareki import format_date
from home.waiting import SHOWN, Group, Row
from organization import rules
from organization.models import User
from records.models import SheetStatus, Survey, SurveySheet, SurveyStatus


def groups(user: User, today: date) -> list[Group]:
    """回答待ちの状況調査 of one's departments and 実施中の状況調査 of the office; one statement each."""
    makers = [("answer_survey", _to_answer), ("close_survey", _under_way)]
    found = [make(user, today) for action, make in makers if rules.may(user, action)]
    return [group for group in found if group.total]


def _to_answer(user: User, today: date) -> Group:
    """The nearest due day first."""
    asked = Q(rows__in_scope=True, rows__by_consent=False)
    sheets = rules.permitted(SurveySheet.objects.all(), user, "answer_survey")
    sheets = sheets.select_related("survey", "department__parent").annotate(
        asked=Count("rows", filter=asked), answered=Count("rows", filter=asked & Q(rows__persons__isnull=False))
    )
    rows = [
        Row(
            title=f"{sheet.survey.year_label}の状況調査",
            url=sheet.get_absolute_url(),
            detail=f"{sheet.department.full_name}　記入 {sheet.answered}／{sheet.asked}行{_late(sheet, today)}",
            state=sheet.shown_state.code,
            state_words=sheet.shown_state.label,
            day=format_date(sheet.survey.due_on, "short"),
        )
        for sheet in sheets.order_by("survey__due_on", "pk")
    ]
    url = reverse("survey_sheet_list")
    return Group("surveys", "回答待ちの状況調査", "回答期限", "回答する", rows[:SHOWN], len(rows), url)


def _late(sheet: SurveySheet, today: date) -> str:
    return "　期限を過ぎています" if sheet.survey.due_on < today else ""


def _under_way(user: User, today: date) -> Group:
    surveys: QuerySet = rules.permitted(Survey.objects.filter(status=SurveyStatus.OPEN), user, "close_survey")
    counted = surveys.annotate(
        sheet_count=Count("sheets"), submitted_count=Count("sheets", filter=Q(sheets__status=SheetStatus.SUBMITTED))
    )
    rows = [
        Row(
            title=str(survey),
            url=survey.get_absolute_url(),
            detail=f"提出 {survey.submitted_count}／{survey.sheet_count}課",
            state="in_force",
            state_words=survey.get_status_display(),
            day=format_date(survey.due_on, "short"),
        )
        for survey in counted.order_by("due_on", "pk")
    ]
    url = reverse("survey_list")
    return Group("surveys_under_way", "実施中の状況調査", "回答期限", "開く", rows[:SHOWN], len(rows), url)
