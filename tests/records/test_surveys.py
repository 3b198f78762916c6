"""状況調査: which records are asked, who answers, what is refused, and what the totals say."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from history.errors import ReasonRequired
from history.writing import SYSTEM
from notices.models import Notice
from organization.models import Role
from organization.reorganizing import NewDepartment, reorganize
from organization.rules import NotPermitted
from records import surveys
from records.kinds import OUT_OF_PURPOSE
from records.models import SheetStatus, Survey, SurveyPolicy, SurveyRow, SurveySheet, SurveyStatus
from records.services import amending, answering, surveying
from records.services.answering import AnswersMissing, AnswersRefused, RowNotHere, StaleAnswers, SurveyIsClosed
from records.services.surveying import DuePassed, NobodyToRemind, NothingToAsk, YearNotBegun
from records.states import Status
from tests.organization.factories import person
from tests.records.cast import all_but, somebody
from tests.records.factories import carry_on, change_of, section, submitted, token
from tests.records.survey_factories import (
    CONSENT,
    DUE_ON,
    IN_THE_YEAR,
    LAW,
    OPENED_ON,
    YEAR,
    answer,
    answered,
    late_record,
    opened,
    policy,
    record_in_force,
    submitted_sheet,
    survey_of_one,
    two_kinds,
)

pytestmark = pytest.mark.django_db
REASON = "人数の数え方が違うため"


def save(sheet, actor, **given):
    """One row of the sheet, answered."""
    row = sheet.rows.first()
    return answering.answer_survey(sheet, answers={row.pk: answer(row, **given)}, actor=actor)


# --- which records


def test_each_use_and_provision_in_force_in_the_year_has_one_row_and_those_by_consent_stand_apart():
    two_kinds()
    sheet = opened().sheets.get()
    rows = [(row.kind_label, row.activity_name, row.by_consent) for row in sheet.rows.all()]
    assert rows == [
        ("目的外利用", "目的外利用の業務", False),
        ("外部提供", "外部提供の業務", False),
        ("目的外利用", "同意の目的外利用の業務", True),
        ("外部提供", "同意の外部提供の業務", True),
    ]


@pytest.mark.parametrize(
    ("first", "last", "is_asked"),
    [
        ("平成31年4月1日", "令和2年3月31日", False),
        ("平成31年4月1日", "令和2年4月1日", True),
        ("令和3年3月31日", "令和3年12月31日", True),
        ("令和3年4月1日", "令和3年12月31日", False),
    ],
)
def test_a_record_is_asked_about_when_it_was_in_force_on_one_day_of_the_year(first, last, is_asked):
    record_in_force(period_from=first, period_to=last)
    assert [due.version.period_from.text for due in surveys.due_records(2020)] == ([first] if is_asked else [])


def test_a_record_by_consent_and_by_another_ground_is_asked_about():
    record_in_force(grounds=["consent", "law"])
    (due,) = surveys.due_records(YEAR)
    assert not due.by_consent


def test_a_record_that_turned_from_consent_to_law_within_the_year_is_asked_about_once():
    record = record_in_force(**CONSENT | {"period_to": "令和6年3月31日"})
    change = change_of(record, **LAW, period_from="令和4年10月1日", period_to="令和6年3月31日")
    carry_on(change, Status.REPORTED)
    (due,) = surveys.due_records(YEAR)
    assert (due.by_consent, due.starts_on) == (False, date(2022, 4, 1))


def test_a_record_that_no_decision_put_into_force_is_not_asked_about():
    submitted(OUT_OF_PURPOSE, **LAW | IN_THE_YEAR)
    with pytest.raises(NothingToAsk):
        opened()
    assert not Survey.objects.exists()


# --- opening


def test_the_people_of_each_department_are_told_and_nobody_else():
    record = record_in_force()
    clerk, head = (person(role, record.proposal.department) for role in (Role.CLERK, Role.HEAD))
    person(Role.CLERK, section("別の課"))
    person(Role.OFFICE)
    sheet = opened().sheets.get()
    told = Notice.objects.order_by("user")
    assert [notice.user for notice in told] == [clerk, head]
    assert {notice.url for notice in told} == {sheet.get_absolute_url()}
    assert "回答期限は令和5年5月8日です" in told[0].text


def test_a_year_has_one_survey_and_the_same_token_gives_it_back():
    record_in_force()
    key = token()
    call = {"year": YEAR, "due_on": DUE_ON, "actor": SYSTEM, "on": OPENED_ON}
    survey = surveying.open_survey(token=key, **call)
    assert surveying.open_survey(token=key, **call) == survey
    with pytest.raises(ValidationError):
        surveying.open_survey(token=token(), **call)
    assert SurveyRow.objects.count() == 1


def test_a_due_day_before_the_opening_and_a_year_to_come_are_refused():
    record_in_force()
    with pytest.raises(ValidationError, match="回答期限は、開始日より前"):
        opened(due_on=date(2023, 4, 2))
    with pytest.raises(YearNotBegun):
        opened(2023, on=date(2023, 3, 31))


@pytest.mark.parametrize("who", all_but("情報公開課"))
def test_only_the_office_opens_reminds_reads_anew_and_closes(who):
    record = record_in_force()
    survey = opened()
    actor = somebody(who, record.proposal.department)
    call = {"actor": actor, "on": OPENED_ON}
    for step in (surveying.refresh_survey, surveying.remind_survey, surveying.close_survey):
        with pytest.raises(NotPermitted):
            step(survey, **call)
    with pytest.raises(NotPermitted):
        surveying.open_survey(year=YEAR, due_on=DUE_ON, token=token(), **call)


@pytest.mark.parametrize("who", all_but("情報公開課"))
def test_only_the_office_moves_the_day_and_takes_the_closing_back(who):
    record = record_in_force()
    actor, given = somebody(who, record.proposal.department), {"due_on": DUE_ON, "reason": REASON, "on": OPENED_ON}
    survey = opened()
    with pytest.raises(NotPermitted):
        surveying.move_survey_due(survey, actor=actor, **given)
    surveying.close_survey(survey, actor=SYSTEM, on=OPENED_ON)
    with pytest.raises(NotPermitted):
        surveying.reopen_survey(survey, actor=actor, **given)


# --- departments through time


def test_a_department_renamed_within_the_year_answers_under_its_new_name():
    record = record_in_force()
    (new,) = reorganize(
        [record.proposal.department],
        [NewDepartment("納税課", record.proposal.department.parent)],
        on=date(2022, 10, 1),
        actor=SYSTEM,
        reason="組織改正のため",
    )
    assert opened().sheets.get().department == new


def test_departments_merged_within_the_year_answer_on_one_sheet():
    one, other = (record_in_force(activity_name=name).proposal.department for name in ("甲の業務", "乙の業務"))
    reorganize([one, other], [NewDepartment("税務課", one.parent)], on=date(2022, 10, 1), actor=SYSTEM, reason="統合")
    assert [row.activity_name for row in opened().sheets.get().rows.all()] == ["甲の業務", "乙の業務"]


def test_after_a_split_the_sheet_keeps_the_old_name_and_the_people_of_both_successors_may_answer():
    record = record_in_force()
    old = record.proposal.department
    halves = [NewDepartment("第一課", old.parent), NewDepartment("第二課", old.parent)]
    after = reorganize([old], halves, on=date(2022, 10, 1), actor=SYSTEM, reason="分割")
    sheet = opened().sheets.get()
    assert sheet.department == old
    for number, department in enumerate(after):
        assert save(sheet, person(Role.CLERK, department), persons=number) == 1


def test_who_took_over_a_department_after_the_opening_continues_its_sheet():
    sheet, row, _ = survey_of_one()
    old = sheet.department
    (new,) = reorganize([old], [NewDepartment("納税課", old.parent)], on=date(2023, 4, 10), actor=SYSTEM, reason="改称")
    save(sheet, person(Role.CLERK, new), persons=3)
    assert SurveyRow.objects.get(pk=row.pk).persons == 3
    late_record(new)
    surveying.refresh_survey(sheet.survey, actor=SYSTEM, on=date(2023, 4, 20))
    assert (SurveySheet.objects.count(), sheet.rows.count()) == (1, 2)


# --- answering


def test_a_department_saves_a_part_of_its_sheet_and_each_row_leaves_one_line_in_the_trail():
    two_kinds()
    sheet = opened().sheets.get()
    clerk = person(Role.CLERK, sheet.department)
    first, *others = sheet.rows.all()
    given = {row.pk: answer(row) for row in others} | {first.pk: answer(first, persons=0, times=0, note="利用なし")}
    assert answering.answer_survey(sheet, answers=given, actor=clerk) == 1
    first.refresh_from_db()
    assert (first.persons, first.times, first.note, first.lock) == (0, 0, "利用なし", 1)
    assert first.history.first().action == "answer_survey"
    assert [row.history.count() for row in others] == [1, 1, 1]


@pytest.mark.parametrize("who", all_but("担当", "課長"))
def test_answering_and_submitting_are_denied_to_everybody_else(who):
    sheet, row, _ = survey_of_one()
    actor = somebody(who, sheet.department)
    with pytest.raises(NotPermitted):
        save(sheet, actor, persons=1)
    with pytest.raises(NotPermitted):
        answering.submit_survey(sheet, actor=actor, on=DUE_ON)
    assert SurveyRow.objects.get(pk=row.pk).persons is None


def test_an_answer_to_a_row_of_another_sheet_is_refused():
    sheet, _, clerk = survey_of_one()
    other = SurveySheet(survey=sheet.survey, department=section("別の課")).save_as(SYSTEM, action="open_survey")
    row = sheet.rows.get()
    with pytest.raises(RowNotHere):
        answering.answer_survey(other, answers={row.pk: answer(row, persons=5)}, actor=SYSTEM)
    with pytest.raises(NotPermitted):
        answering.answer_survey(other, answers={}, actor=clerk)
    assert SurveyRow.objects.get().persons is None


@pytest.mark.parametrize(
    ("ended_on", "words"),
    [
        (date(2022, 3, 31), "効力の始まった日（令和4年4月1日）より前"),
        (date(2023, 4, 1), "調査の年度（令和4年4月1日から令和5年3月31日まで）の中の日"),
    ],
)
def test_an_end_before_the_start_or_outside_the_year_is_refused(ended_on, words):
    sheet, _, clerk = survey_of_one()
    with pytest.raises(AnswersRefused, match=words):
        save(sheet, clerk, persons=1, ended_on=ended_on)
    assert save(sheet, clerk, persons=1, ended_on=date(2023, 3, 31)) == 1


def test_a_record_that_the_sheet_ends_and_whose_own_sheet_goes_on_is_named():
    sheet, _, clerk = survey_of_one(period_to="令和6年3月31日")
    assert surveys.still_in_force(sheet) == []
    save(sheet, clerk, persons=1, ended_on=date(2022, 9, 30))
    assert surveys.still_in_force(sheet) == [OUT_OF_PURPOSE.model.objects.get()]


def test_a_record_that_ended_as_the_sheet_says_needs_no_further_file():
    sheet, _, clerk = survey_of_one()
    save(sheet, clerk, persons=1, ended_on=date(2023, 3, 31))
    assert surveys.still_in_force(sheet) == []


# --- last year's figure


@pytest.fixture
def after_last_year():
    """A use that was answered with 100 persons for 令和4年度, and its row of 令和5年度; the policy says 50 %."""
    policy()
    record = record_in_force(period_to="令和6年3月31日")
    submitted_sheet(opened().sheets.get(), persons=100)
    sheet = opened(2023, on=date(2024, 4, 1), due_on=date(2024, 5, 7)).sheets.get()
    return sheet, person(Role.CLERK, record.proposal.department)


@pytest.mark.parametrize(("persons", "is_jump"), [(50, False), (150, False), (49, True), (151, True), (0, True)])
def test_a_jump_of_more_than_half_up_or_down_asks_for_a_reason(after_last_year, persons, is_jump):
    sheet, clerk = after_last_year
    if is_jump:
        with pytest.raises(AnswersRefused, match="前年度（100人）から50％をこえて"):
            save(sheet, clerk, persons=persons)
        save(sheet, clerk, persons=persons, jump_reason="対象がかわった")
    else:
        save(sheet, clerk, persons=persons)
    assert sheet.rows.get().persons == persons


def test_the_percentage_is_that_of_the_policy_on_the_day_of_the_opening(after_last_year):
    sheet, clerk = after_last_year
    row = sheet.rows.get()
    limits = answering.Limits.of(sheet, [row])
    assert (limits.jump_percent, limits.before_of(row)) == (50, 100)
    old = SurveyPolicy.objects.get()
    old.valid_to = sheet.survey.opened_on
    old.full_clean()
    old.save_as(SYSTEM, action="edit_reference")
    new = SurveyPolicy(valid_from=old.valid_to, jump_percent=200, basis="改正")
    new.full_clean()
    new.save_as(SYSTEM, action="edit_reference")
    assert answering.Limits.of(sheet, [row]).jump_percent == 200
    assert save(sheet, clerk, persons=250) == 1


@pytest.mark.parametrize(
    ("persons", "before", "percent", "is_jump"),
    [(1, 0, 50, True), (0, 0, 50, False), (5, None, 50, False), (None, 5, 50, False), (500, 5, None, False)],
)
def test_a_figure_after_nothing_is_a_jump_and_without_a_figure_there_is_none(persons, before, percent, is_jump):
    assert surveys.is_jump(persons, before, percent) is is_jump


# --- two clerks


def test_two_clerks_on_different_rows_both_keep_what_they_wrote():
    two_kinds()
    sheet = opened().sheets.get()
    clerk = person(Role.CLERK, sheet.department)
    seen = list(sheet.rows.all())
    mine = {row.pk: answer(row, **({"persons": 5} if row == seen[0] else {})) for row in seen}
    others = {row.pk: answer(row, **({"persons": 7} if row == seen[1] else {})) for row in seen}
    answering.answer_survey(sheet, answers=others, actor=clerk)
    assert answering.answer_survey(sheet, answers=mine, actor=clerk) == 1
    assert [row.persons for row in sheet.rows.all()] == [5, 7, None, None]


def test_two_clerks_on_the_same_row_see_each_other():
    sheet, row, clerk = survey_of_one()
    save(sheet, clerk, persons=7)
    with pytest.raises(StaleAnswers) as refusal:
        answering.answer_survey(sheet, answers={row.pk: answer(row, persons=5)}, actor=clerk)
    assert [(one.pk, one.persons) for one in refusal.value.rows] == [(row.pk, 7)]
    assert SurveyRow.objects.get().persons == 7


# --- submission, return, closing


def test_a_sheet_is_submitted_when_each_row_has_its_figure_those_by_consent_may_stay_empty():
    two_kinds()
    sheet = opened().sheets.get()
    clerk = person(Role.CLERK, sheet.department)
    save(sheet, clerk, persons=1)
    with pytest.raises(AnswersMissing, match="外部提供「外部提供の業務」"):
        answering.submit_survey(sheet, actor=clerk, on=DUE_ON)
    answered(sheet)
    sheet = answering.submit_survey(sheet, actor=clerk, on=DUE_ON)
    assert (sheet.status, sheet.submitted_on) == (SheetStatus.SUBMITTED, DUE_ON)
    with pytest.raises(NotPermitted):
        save(sheet, clerk, persons=2)


def test_the_office_returns_a_sheet_with_a_reason_and_the_department_is_told():
    sheet, _, clerk = survey_of_one()
    office = person(Role.OFFICE)
    submitted_sheet(sheet)
    with pytest.raises(ReasonRequired):
        answering.return_survey(sheet, reason="", actor=office, on=DUE_ON)
    sheet = answering.return_survey(sheet, reason=REASON, actor=office, on=DUE_ON)
    assert (sheet.status, sheet.submitted_on, sheet.shown_state.label) == (SheetStatus.DRAFT, None, "返却")
    assert Notice.objects.filter(user=clerk).latest("pk").text.endswith(f"理由：{REASON}")
    submitted_sheet(sheet, persons=20)
    assert SurveySheet.objects.get().return_reason == ""


@pytest.mark.parametrize("who", all_but("情報公開課"))
def test_only_the_office_returns(who):
    sheet, _, _ = survey_of_one()
    submitted_sheet(sheet)
    with pytest.raises(NotPermitted):
        answering.return_survey(sheet, reason=REASON, actor=somebody(who, sheet.department), on=DUE_ON)


def test_a_closed_survey_takes_no_answer_and_counts_what_was_submitted_alone():
    first, second = (record_in_force(activity_name=name) for name in ("甲の業務", "乙の業務"))
    survey = opened()
    one, other = (survey.sheets.get(department=record.proposal.department) for record in (first, second))
    submitted_sheet(one, persons=30)
    answered(other, persons=500)
    survey = surveying.close_survey(survey, actor=person(Role.OFFICE), on=date(2023, 5, 9))
    other.refresh_from_db()
    assert (survey.status, other.status) == (SurveyStatus.CLOSED, SheetStatus.UNANSWERED)
    with pytest.raises(NotPermitted):
        save(other, person(Role.CLERK, other.department), persons=1)
    with pytest.raises(SurveyIsClosed):
        answering.return_survey(one, reason=REASON, actor=person(Role.OFFICE), on=DUE_ON)
    found = surveys.totals(YEAR)
    assert (found.out_of_purpose, found.provision, found.sheets, found.submitted) == (30, None, 2, 1)
    assert (found.is_closed, found.is_complete) == (True, False)


def test_a_closing_is_taken_back_and_who_had_not_answered_is_told_the_new_day():
    sheet, _, clerk = survey_of_one()
    office, late = person(Role.OFFICE), date(2023, 5, 9)
    survey = surveying.close_survey(sheet.survey, actor=office, on=late)
    given = {"actor": office, "on": late}
    with pytest.raises(ReasonRequired):
        surveying.reopen_survey(survey, due_on=date(2023, 5, 31), reason="", **given)
    with pytest.raises(DuePassed):
        surveying.reopen_survey(survey, due_on=DUE_ON, reason=REASON, **given)
    survey = surveying.reopen_survey(survey, due_on=date(2023, 5, 31), reason=REASON, **given)
    assert (survey.status, survey.closed_on, survey.due_on) == (SurveyStatus.OPEN, None, date(2023, 5, 31))
    assert f"令和5年5月31日になりました。理由：{REASON}" in Notice.objects.filter(user=clerk).latest("pk").text
    submitted_sheet(sheet, persons=30)
    assert surveys.totals(YEAR).out_of_purpose == 30


def test_the_day_is_moved_while_the_survey_is_under_way():
    sheet, _, _ = survey_of_one()
    given = {"due_on": date(2023, 6, 1), "reason": REASON, "actor": person(Role.OFFICE), "on": DUE_ON}
    assert surveying.move_survey_due(sheet.survey, **given).due_on == date(2023, 6, 1)
    surveying.close_survey(sheet.survey, actor=SYSTEM, on=DUE_ON)
    with pytest.raises(NotPermitted):
        surveying.move_survey_due(sheet.survey, **given)


def test_a_reminder_goes_to_those_who_have_not_submitted_and_once_a_day():
    first, second = (record_in_force(activity_name=name) for name in ("甲の業務", "乙の業務"))
    survey = opened()
    submitted_sheet(survey.sheets.get(department=first.proposal.department))
    waiting = person(Role.CLERK, second.proposal.department)
    person(Role.CLERK, first.proposal.department)
    office = person(Role.OFFICE)
    assert surveying.remind_survey(survey, actor=office, on=date(2023, 5, 9)) == 1
    assert [(notice.user, "過ぎています" in notice.text) for notice in Notice.objects.all()] == [(waiting, True)]
    with pytest.raises(NobodyToRemind):
        surveying.remind_survey(survey, actor=office, on=date(2023, 5, 9))
    assert surveying.remind_survey(survey, actor=office, on=date(2023, 5, 10)) == 1


def test_reading_anew_adds_what_came_into_force_since_and_gives_a_submitted_sheet_back():
    sheet, _, clerk = survey_of_one()
    submitted_sheet(sheet)
    late_record(sheet.department)
    assert surveys.unasked_count(sheet.survey) == 1
    assert surveying.refresh_survey(sheet.survey, actor=person(Role.OFFICE), on=DUE_ON) == 1
    sheet.refresh_from_db()
    assert (sheet.status, sheet.submitted_on, sheet.return_reason) == (SheetStatus.DRAFT, None, surveying.COUNTED)
    assert [one.persons for one in sheet.rows.all()] == [10, None]
    assert Notice.objects.filter(user=clerk, text__contains="ふえました").count() == 1
    assert surveying.refresh_survey(sheet.survey, actor=SYSTEM, on=DUE_ON) == 0
    assert surveys.unasked_count(sheet.survey) == 0


def test_a_record_corrected_out_of_the_year_keeps_its_row_and_is_no_longer_counted():
    sheet, row, _ = survey_of_one()
    submitted_sheet(sheet, persons=30)
    record = OUT_OF_PURPOSE.model.objects.get()
    values = {"period_from": "令和5年4月1日", "period_to": "令和6年3月31日"}
    amending.correct_record(
        record,
        values=values,
        reason="期間の誤り",
        evidence="審議会の会議要録",
        lock=record.lock,
        actor=person(Role.OFFICE),
    )
    surveying.refresh_survey(sheet.survey, actor=SYSTEM, on=DUE_ON)
    row.refresh_from_db()
    assert (row.in_scope, row.persons) == (False, 30)
    assert surveys.totals(YEAR).out_of_purpose is None


# --- what the database refuses


@pytest.mark.parametrize(
    ("changed", "name"),
    [
        ({"use": None}, "surveyrow_of_one_record"),
        ({"ended_on": date(2022, 3, 31)}, "surveyrow_ends_after_start"),
        ({"persons": -1}, "persons"),
        ({"times": -1}, "times"),
        ({"persons": 10_000_000_000}, "surveyrow_counts_within_reach"),
    ],
)
def test_the_database_refuses_a_row_that_cannot_be(changed, name):
    _, row, _ = survey_of_one()
    for field, value in changed.items():
        setattr(row, field, value)
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        row.save_as(SYSTEM, action="answer_survey")


def test_the_database_refuses_two_rows_of_one_record_and_a_submitted_sheet_without_a_day():
    sheet, row, _ = survey_of_one()
    row.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save_as(SYSTEM, action="open_survey")
    sheet.status = SheetStatus.SUBMITTED
    with pytest.raises(IntegrityError), transaction.atomic():
        sheet.save_as(SYSTEM, action="submit_survey")


def test_the_totals_keep_uses_provisions_and_consent_apart():
    two_kinds()
    sheet = opened().sheets.get()
    persons = dict(zip(sheet.rows.all(), [1, 20, 300, 4000], strict=True))
    answering.answer_survey(
        sheet, answers={row.pk: answer(row, persons=number) for row, number in persons.items()}, actor=SYSTEM
    )
    assert surveys.totals(YEAR).out_of_purpose is None
    answering.submit_survey(sheet, actor=SYSTEM, on=DUE_ON)
    found = surveys.totals(YEAR)
    assert (found.out_of_purpose, found.provision) == (1, 20)
    assert (found.out_of_purpose_by_consent, found.provision_by_consent) == (300, 4000)
    assert found.is_complete
