"""状況調査の実施: the office opens the yearly survey, reminds, reads the register anew, and closes it."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from common import fiscal_year
from common.wareki import format_date
from history.errors import DomainError
from history.writing import Actor
from notices.services import tell
from organization import rules
from organization.models import Assignment, Department, Role
from organization.models.departments import successors_on, with_predecessors
from records import surveys
from records.models import SheetStatus, Survey, SurveyRow, SurveySheet, SurveyStatus
from records.surveys import Due

COUNTED = "調査のあとに、この課の対象となる記録がふえました。"


class YearNotBegun(DomainError):
    """始まっていない年度: nothing can be in force in a fiscal year that is still to come."""

    def __init__(self, year: int) -> None:
        super().__init__(f"{fiscal_year.label(year)}は、まだ始まっていません。")


class NothingToAsk(DomainError):
    """対象の記録なし: no use and no provision was in force in the year."""

    def __init__(self, year: int) -> None:
        super().__init__(f"{fiscal_year.label(year)}に効力のあった目的外利用・外部提供の記録がありません。")


class NobodyToRemind(DomainError):
    """督促する相手なし: every department has answered, or was reminded today."""

    def __init__(self) -> None:
        super().__init__("督促する課がありません。提出していない課には、きょうすでに督促しています。")


class DuePassed(DomainError):
    """過ぎた回答期限: nobody can keep a day that is over."""

    def __init__(self) -> None:
        super().__init__("回答期限は、きょう以後の日にしてください。")


@transaction.atomic
def open_survey(*, year: int, due_on: date, token: UUID, actor: Actor, on: date, source_note: str = "") -> Survey:
    """状況調査の開始: a sheet for each department with a record in force in the year, told to its people.

    The same `token` again gives the first survey back. Raises YearNotBegun, NothingToAsk, ValidationError (one survey
    a year; a due day before the opening).
    """
    rules.require_action(actor, "open_survey")
    existing = Survey.objects.filter(token=token).first()
    if existing is not None:
        return existing
    if fiscal_year.first_day(year) > on:
        raise YearNotBegun(year)
    survey = Survey(fiscal_year=year, opened_on=on, due_on=due_on, token=token, source_note=source_note)
    if (existing := _write_once(survey, actor)) is not None:
        return existing
    found = surveys.due_records(year)
    if not found:
        raise NothingToAsk(year)
    for department, due in surveys.by_department(found, on).items():
        sheet = SurveySheet(survey=survey, department=department)
        sheet.full_clean()
        sheet.save_as(actor, action="open_survey")
        _add_rows(sheet, due, actor, "open_survey")
        _tell_department(sheet, f"{survey}が始まりました。回答期限は{format_date(due_on)}です。", on)
    return survey


def _write_once(survey: Survey, actor: Actor) -> Survey | None:
    """Write the survey; None, or the one of the same token that the first of two clicks wrote meanwhile."""
    try:
        survey.full_clean()
        survey.save_as(actor, action="open_survey")
    except (ValidationError, IntegrityError) as refusal:
        existing = Survey.objects.filter(token=survey.token).first()
        if existing is None and isinstance(refusal, IntegrityError):
            raise ValidationError({"fiscal_year": "この年度の状況調査は、すでにあります。"}) from refusal
        if existing is None:
            raise
        return existing
    return None


@transaction.atomic
def refresh_survey(survey: Survey, *, actor: Actor, on: date) -> int:
    """対象の読み直し: rows for records that came into force since, and the names as they read now; answers how many.

    A submitted sheet that gets a further row goes back to its department. A record that a correction took out of the
    year keeps its row, which is no longer counted.
    """
    survey = lock_survey(survey)
    rules.require(actor, "refresh_survey", survey)
    rows = {surveys.key_of_row(row): row for row in SurveyRow.objects.filter(survey=survey)}
    found = surveys.due_records(survey.fiscal_year)
    current = {due.key: due for due in found}
    for key, row in rows.items():
        _renew_row(row, current.get(key), actor)
    new = [due for due in found if due.key not in rows]
    for department, due in surveys.by_department(new, on).items():
        _ask_further(survey, department, due, actor, on)
    return len(new)


def _renew_row(row: SurveyRow, due: Due | None, actor: Actor) -> None:
    values = {"in_scope": due is not None, **(due.texts() if due else {})}
    if row.ended_on and due and row.ended_on < due.starts_on:
        values.pop("starts_on")  # what was answered stays; the sheet's page shows it beside the record
    if all(getattr(row, name) == value for name, value in values.items()):
        return
    for name, value in values.items():
        setattr(row, name, value)
    row.full_clean()
    row.save_as(actor, action="refresh_survey")


def _ask_further(survey: Survey, department: Department, due: list[Due], actor: Actor, on: date) -> None:
    # A department renamed since the opening answers on the sheet that still bears its old name.
    same = with_predecessors([department.pk], day=on)
    sheet = SurveySheet.objects.filter(survey=survey, department__in=same).order_by("-department").first()
    if sheet is None:
        sheet = SurveySheet(survey=survey, department=department)
    elif sheet.status == SheetStatus.SUBMITTED:
        sheet.status, sheet.submitted_on, sheet.return_reason = SheetStatus.DRAFT, None, COUNTED
    sheet.full_clean()
    sheet.save_as(actor, action="refresh_survey")
    _add_rows(sheet, due, actor, "refresh_survey")
    _tell_department(sheet, f"{survey}：{COUNTED}", on)


def _add_rows(sheet: SurveySheet, found: Iterable[Due], actor: Actor, action: str) -> None:
    last = sheet.rows.order_by("-position").values_list("position", flat=True).first() or 0
    for position, due in enumerate(found, start=last + 1):
        name, pk = due.key
        row = SurveyRow(survey=sheet.survey, sheet=sheet, position=position, **{f"{name}_id": pk}, **due.texts())
        row.full_clean()
        row.save_as(actor, action=action)


@transaction.atomic
def remind_survey(survey: Survey, *, actor: Actor, on: date) -> int:
    """督促: a notice to the departments that have not submitted, once a day; answers how many.

    Raises NobodyToRemind.
    """
    survey = lock_survey(survey)
    rules.require(actor, "remind_survey", survey)
    waiting = (
        survey.sheets.filter(status=SheetStatus.DRAFT).exclude(reminded_on=on).select_related("department__parent")
    )
    reminded = list(waiting)
    if not reminded:
        raise NobodyToRemind
    for sheet in reminded:
        sheet.reminded_on = on
        sheet.full_clean()
        sheet.save_as(actor, action="remind_survey")
        days = (survey.due_on - on).days
        when = f"あと{days}日です" if days >= 0 else "過ぎています"
        words = f"{survey}の調査票が、まだ提出されていません。回答期限（{format_date(survey.due_on)}）は、{when}。"
        _tell_department(sheet, words, on)
    return len(reminded)


@transaction.atomic
def close_survey(survey: Survey, *, actor: Actor, on: date) -> Survey:
    """状況調査の締切り: no further answer; sheets that were not submitted say so and are not counted."""
    survey = lock_survey(survey)
    rules.require(actor, "close_survey", survey)
    survey.status, survey.closed_on = SurveyStatus.CLOSED, on
    survey.full_clean()
    survey.save_as(actor, action="close_survey")
    for sheet in survey.sheets.filter(status=SheetStatus.DRAFT):
        sheet.status = SheetStatus.UNANSWERED
        sheet.full_clean()
        sheet.save_as(actor, action="close_survey")
    return survey


@transaction.atomic
def move_survey_due(survey: Survey, *, due_on: date, reason: str, actor: Actor, on: date) -> Survey:
    """回答期限の変更, told to the departments that have not submitted. Raises DuePassed, ReasonRequired."""
    survey = lock_survey(survey)
    rules.require(actor, "move_survey_due", survey)
    return _set_due(survey, due_on, "move_survey_due", reason, actor, on)


@transaction.atomic
def reopen_survey(survey: Survey, *, due_on: date, reason: str, actor: Actor, on: date) -> Survey:
    """締切りの取消し: sheets that were not submitted can be answered again, until a new day.

    Raises DuePassed, ReasonRequired.
    """
    survey = lock_survey(survey)
    rules.require(actor, "reopen_survey", survey)
    survey.status, survey.closed_on = SurveyStatus.OPEN, None
    for sheet in survey.sheets.filter(status=SheetStatus.UNANSWERED):
        sheet.status = SheetStatus.DRAFT
        sheet.full_clean()
        sheet.save_as(actor, action="reopen_survey", reason=reason)
    return _set_due(survey, due_on, "reopen_survey", reason, actor, on)


def _set_due(survey: Survey, due_on: date, action: str, reason: str, actor: Actor, on: date) -> Survey:
    if due_on < on:
        raise DuePassed
    survey.due_on = due_on
    survey.full_clean()
    survey.save_as(actor, action=action, reason=reason)
    for sheet in survey.sheets.filter(status=SheetStatus.DRAFT).select_related("department__parent"):
        _tell_department(sheet, f"{survey}の回答期限は、{format_date(due_on)}になりました。理由：{reason}", on)
    return survey


def lock_survey(survey: Survey) -> Survey:
    """The survey as it stands now; nobody else moves it or one of its sheets until the transaction ends."""
    return Survey.objects.select_for_update().get(pk=survey.pk)


def _tell_department(sheet: SurveySheet, words: str, on: date) -> None:
    """A notice to the clerks and heads of the department, or of those that took over from it."""
    people = Assignment.objects.as_of(on).filter(
        department__in=successors_on(sheet.department, on), role__in=[Role.CLERK, Role.HEAD], user__is_active=True
    )
    told = {charge.user for charge in people.select_related("user")}
    for user in sorted(told, key=lambda one: one.pk):
        tell(user, words, sheet.get_absolute_url())


def tell_returned(sheet: SurveySheet, reason: str, on: date) -> None:
    """返却の知らせ."""
    _tell_department(sheet, f"{sheet.survey}の調査票が返却されました。理由：{reason}", on)
