"""書き出し of 状況調査: the columns of its lists as a file shows them."""

from collections.abc import Iterable
from datetime import date

from common import exporting
from common.exporting import Column, Export
from common.templatetags.wording import grouped, wareki_dense
from records.models import Survey, SurveyRow, SurveySheet

CONSENT_WORDS = {True: "同意による（合計にふくめない。公表した合計にふくまれるかは不明）", False: "対象"}
SURVEYS = [
    Column("年度", lambda survey: survey.year_label),
    Column("開始日", lambda survey: wareki_dense(survey.opened_on)),
    Column("回答期限", lambda survey: wareki_dense(survey.due_on)),
    Column("状態", lambda survey: survey.get_status_display()),
    Column("提出", lambda survey: f"{survey.submitted_count}／{survey.sheet_count}課"),
]
SHEETS = [
    Column("所管課", lambda sheet: sheet.department.full_name),
    Column("状態", lambda sheet: sheet.shown_state.label),
    Column("提出日", lambda sheet: wareki_dense(sheet.submitted_on)),
    Column("記入", lambda sheet: f"{sheet.answered}／{sheet.asked}行"),
    Column("目的外利用の延べ人数", lambda sheet: grouped(sheet.use_persons)),
    Column("外部提供の延べ人数", lambda sheet: grouped(sheet.provision_persons)),
    Column("督促した日", lambda sheet: wareki_dense(sheet.reminded_on)),
]
OWN_SHEETS = [
    Column("年度", lambda sheet: sheet.survey.year_label),
    Column("所管課", lambda sheet: sheet.department.full_name),
    Column("状態", lambda sheet: sheet.shown_state.label),
    Column("回答期限", lambda sheet: wareki_dense(sheet.survey.due_on)),
    Column("記入", lambda sheet: f"{sheet.answered}／{sheet.asked}行"),
]
ROWS = [
    Column("業務の名称", str),
    Column("業務登録番号", lambda row: row.activity_number),
    Column("所管課", lambda row: row.sheet.department.full_name),
    Column("区分", lambda row: row.kind_label),
    Column("提供する業務・提供先", lambda row: row.counterpart),
    Column("延べ人数", lambda row: grouped(row.persons)),
    Column("回数", lambda row: grouped(row.times)),
    Column("終了した日", lambda row: wareki_dense(row.ended_on)),
    Column("備考", lambda row: row.note),
    Column("増減の理由", lambda row: row.jump_reason),
    Column("調査の対象", lambda row: scope_words(row)),
]


def scope_words(row: SurveyRow) -> str:
    """対象, or why the row is in no sum; each line of a file says it, since a file has no room for a note."""
    return CONSENT_WORDS[row.by_consent] if row.in_scope else "対象外（年度に効力なし）"


def survey_list(surveys: Iterable[Survey], day: date) -> Export:
    """状況調査の一覧."""
    return exporting.of("状況調査", SURVEYS, surveys, day)


def sheet_list(survey: Survey, sheets: Iterable[SurveySheet], day: date) -> Export:
    """The sheets of one survey."""
    return exporting.of(f"{survey.year_label}状況調査_回答の状況", SHEETS, sheets, day)


def own_sheet_list(sheets: Iterable[SurveySheet], day: date) -> Export:
    """The sheets of one's own departments."""
    return exporting.of("状況調査票", OWN_SHEETS, sheets, day)


def row_list(survey: Survey, rows: Iterable[SurveyRow], day: date) -> Export:
    """All rows of one survey."""
    return exporting.of(f"{survey.year_label}状況調査_全行", ROWS, rows, day)
