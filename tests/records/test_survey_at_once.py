"""状況調査と前回の案件, sixteen at once: one survey, one copy, and no answer lost."""

import pytest

from organization.models import Role, User
from records.models import Proposal, Survey, SurveyRow, SurveySheet
from records.services import answering, copying, surveying
from records.services.answering import StaleAnswers
from tests.organization.factories import person
from tests.records.factories import draft, section, token
from tests.records.survey_factories import DUE_ON, OPENED_ON, YEAR, answer, opened, record_in_force, survey_of_one
from tests.records.test_at_once import WRITERS, all_at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_sixteen_clicks_with_one_token_open_one_survey():
    record_in_force()
    office, key = person(Role.OFFICE).pk, token()

    def click(number):
        actor = User.objects.get(pk=office)
        return surveying.open_survey(year=YEAR, due_on=DUE_ON, token=key, actor=actor, on=OPENED_ON)

    assert {type(result) for result in all_at_once(click)} == {Survey}
    assert (Survey.objects.count(), SurveyRow.objects.count()) == (1, 1)


def test_sixteen_clicks_with_one_token_make_one_copy():
    earlier, key = draft(), token()
    clerk = person(Role.CLERK, earlier.department).pk

    def click(number):
        actor = User.objects.get(pk=clerk)
        return copying.copy_proposal(
            earlier, title="写し", department=earlier.department, as_change=False, token=key, actor=actor
        )

    assert {type(result) for result in all_at_once(click)} == {Proposal}
    assert Proposal.objects.count() == 2
    assert len(Proposal.objects.latest("pk").records()) == 1


def test_sixteen_clerks_on_a_row_each_all_keep_what_they_wrote():
    department = section("収納課")
    for number in range(WRITERS):
        record_in_force(department=department, activity_name=f"第{number}の業務")
    sheet = opened().sheets.get()
    rows = list(sheet.rows.all())
    clerk = person(Role.CLERK, department).pk

    def write(number):
        given = {row.pk: answer(row, **({"persons": number} if row == rows[number] else {})) for row in rows}
        actor = User.objects.get(pk=clerk)
        return answering.answer_survey(SurveySheet.objects.get(pk=sheet.pk), answers=given, actor=actor)

    assert all_at_once(write) == [1] * WRITERS
    assert [row.persons for row in sheet.rows.all()] == list(range(WRITERS))


def test_of_sixteen_clerks_on_one_row_one_writes_and_the_others_are_shown_it():
    sheet, row, clerk = survey_of_one()

    def write(number):
        actor = User.objects.get(pk=clerk.pk)
        return answering.answer_survey(sheet, answers={row.pk: answer(row, persons=number + 1)}, actor=actor)

    results = all_at_once(write)
    assert results.count(1) == 1
    assert sum(isinstance(result, StaleAnswers) for result in results) == WRITERS - 1
