"""状況調査のページ: what the office and a department see and type."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from home.bench.pages import rows_a_page
from home.bench.timing import statements
from home.bench.visitors import Visitor
from organization.models import Role
from records.models import Survey, SurveyRow, SurveySheet
from records.services import answering, surveying
from tests.home.test_exports import exported, shown
from tests.organization.factories import person
from tests.printing.papers import text_of
from tests.records.factories import section, token
from tests.records.survey_factories import (
    YEAR,
    answer,
    answered,
    opened,
    policy,
    record_in_force,
    submitted_sheet,
    survey_of_one,
    two_kinds,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("layouts")]
UNKNOWN = "本人の同意による利用・提供がふくまれるかどうかは、資料からは分かりません"


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def page(client, name, *arguments, query=""):
    answer = client.get(reverse(name, args=arguments) + query)
    assert answer.status_code == 200, answer.content.decode()
    return answer.content.decode()


def typed(sheet, **given):
    """The form of a sheet as it is first shown, but for `given` (「persons」 of the first row)."""
    found = {}
    for row in sheet.rows.all():
        found |= {f"{name}_{row.pk}": "" for name in answering.ANSWERED} | {f"lock_{row.pk}": row.lock}
    first = sheet.rows.first()
    return found | {f"{name}_{first.pk}": value for name, value in given.items()}


def send(client, sheet, data):
    return client.post(reverse("answer_survey", args=[sheet.pk]), data)


@pytest.mark.parametrize("text", ["1234", "１２３４", "1,234", "１，２３４人", " 1234 "])
def test_figures_are_read_as_people_write_them(text):
    sheet, row, clerk = survey_of_one()
    assert send(signed_in(clerk), sheet, typed(sheet, persons=text)).status_code == 303
    row.refresh_from_db()
    assert row.persons == 1234


@pytest.mark.parametrize("text", ["-1", "－１", "たくさん", "1.5", "12a", "99999999999", "約100"])
def test_what_is_no_figure_is_refused_beside_its_box_and_kept(text):
    sheet, _, clerk = survey_of_one()
    refused = send(signed_in(clerk), sheet, typed(sheet, persons=text, note="備考の文"))
    shown = refused.content.decode()
    assert refused.status_code == 422
    assert "延べ人数は、" in shown
    assert f'value="{text}"' in shown
    assert 'value="備考の文"' in shown
    assert SurveyRow.objects.get().persons is None


def test_an_end_before_the_start_is_refused_beside_its_box():
    sheet, _, clerk = survey_of_one()
    refused = send(signed_in(clerk), sheet, typed(sheet, persons="1", ended_on="R4.3.31"))
    assert refused.status_code == 422
    assert "効力の始まった日（令和4年4月1日）より前にはできません" in refused.content.decode()


def test_a_sheet_that_ends_a_record_leads_to_the_file_that_ends_it():
    sheet, row, clerk = survey_of_one(period_to="令和6年3月31日")
    client = signed_in(clerk)
    assert send(client, sheet, typed(sheet, persons="1", ended_on="R4.9.30")).status_code == 303
    shown = page(client, "view_surveysheet", sheet.pk)
    assert "記録票は効力が続いています" in shown
    assert row.use.versions.get().get_absolute_url() in shown


def test_the_opening_says_whether_a_jump_will_be_asked_about():
    office = signed_in(person(Role.OFFICE))
    assert "いま始めると、理由を求めません" in page(office, "open_survey")
    policy(30)
    assert "30％をこえて増減した行" in page(office, "open_survey")


def test_a_jump_shows_last_years_figure_and_is_saved_with_a_word_of_reason():
    policy()
    record = record_in_force(period_to="令和6年3月31日")
    submitted_sheet(opened().sheets.get(), persons=1000)
    sheet = opened(2023, on=timezone.localdate(), due_on=timezone.localdate()).sheets.get()
    client = signed_in(person(Role.CLERK, record.proposal.department))
    assert "前年度の延べ人数：1,000人" in page(client, "answer_survey", sheet.pk)
    refused = send(client, sheet, typed(sheet, persons="2000", note="残る文"))
    assert refused.status_code == 422
    assert "50％をこえて増減しています" in refused.content.decode()
    assert 'value="残る文"' in refused.content.decode()
    assert send(client, sheet, typed(sheet, persons="2000", jump_reason="対象の拡大")).status_code == 303
    assert sheet.rows.get().jump_reason == "対象の拡大"


def test_a_stale_answer_shows_both_and_is_saved_by_the_second_try():
    sheet, row, clerk = survey_of_one()
    client, before = signed_in(clerk), typed(sheet, persons="5")
    answering.answer_survey(sheet, answers={row.pk: answer(row, persons=7, note="ほかの人")}, actor=clerk)
    refused = send(client, sheet, before)
    shown = refused.content.decode()
    assert refused.status_code == 422
    assert "ほかの人が同じ行を保存しました" in shown
    assert re.search(r"の延べ人数</th><td>7</td><td><span class=\"chg\">5</span>", shown)
    lock = re.search(rf'name="lock_{row.pk}" value="(\d+)"', shown)[1]
    assert send(client, sheet, before | {f"lock_{row.pk}": lock}).status_code == 303
    assert sheet.rows.get().persons == 5


def test_a_department_saves_in_parts_and_submits_when_all_is_there():
    two_kinds()
    sheet = opened().sheets.get()
    client = signed_in(person(Role.CLERK, sheet.department))
    assert send(client, sheet, typed(sheet, persons="3")).status_code == 303
    refused = client.post(reverse("submit_survey", args=[sheet.pk]))
    assert refused.status_code == 422
    assert "延べ人数を記入していない行があります" in refused.content.decode()
    answered(sheet)
    assert client.post(reverse("submit_survey", args=[sheet.pk])).status_code == 303
    assert "提出済" in page(client, "view_surveysheet", sheet.pk)
    assert client.get(reverse("answer_survey", args=[sheet.pk])).status_code == 403


def test_a_sheet_of_another_department_does_not_exist_for_a_clerk_and_a_closed_one_cannot_be_answered():
    sheet, _, clerk = survey_of_one()
    stranger = signed_in(person(Role.CLERK, section("別の課")))
    for name in ("view_surveysheet", "answer_survey", "submit_survey", "print_survey_sheet"):
        assert stranger.get(reverse(name, args=[sheet.pk])).status_code == 404
    surveying.close_survey(sheet.survey, actor=person(Role.OFFICE), on=timezone.localdate())
    assert send(signed_in(clerk), sheet, typed(sheet, persons="1")).status_code == 403
    assert "未提出のまま締切" in page(signed_in(clerk), "view_surveysheet", sheet.pk)


def test_rows_by_consent_stand_apart_and_the_open_question_is_told_on_page_list_and_sheet():
    two_kinds()
    sheet = opened().sheets.get()
    clerk, office = signed_in(person(Role.CLERK, sheet.department)), signed_in(person(Role.OFFICE))
    shown = page(clerk, "answer_survey", sheet.pk)
    assert (
        shown.index("外部提供の業務") < shown.index("本人の同意だけによるもの") < shown.index("同意の目的外利用の業務")
    )
    for text in (
        shown,
        page(clerk, "view_surveysheet", sheet.pk),
        page(office, "view_survey", sheet.survey_id),
        page(office, "survey_row_list", sheet.survey_id),
    ):
        assert UNKNOWN in text
    exported = office.get(reverse("survey_row_list", args=[sheet.survey_id]) + "?export=csv-cp932").content.decode(
        "cp932"
    )
    assert exported.count("公表した合計にふくまれるかは不明") == 2
    pdf = clerk.get(reverse("print_survey_sheet", args=[sheet.pk])).content
    assert "本人の同意による利用・提供がふくまれるかどうか" in text_of(pdf).replace("\n", "")


def test_the_sheet_prints_each_row_its_sums_and_that_its_number_is_provisional():
    two_kinds()
    sheet = submitted_sheet(opened().sheets.get(), persons=1234, note="窓口")
    answer = signed_in(person(Role.CLERK, sheet.department)).get(reverse("print_survey_sheet", args=[sheet.pk]))
    assert answer.headers["Content-Type"] == "application/pdf"
    text = text_of(answer.content).replace("\n", "")
    for words in ("様式番号・項目は仮", "令和4年度", "目的外利用の業務", "1,234", "令和5年5月8日", "窓口"):
        assert words in text


def test_the_office_opens_a_survey_and_is_told_that_a_year_has_one_already():
    record_in_force()
    office = signed_in(person(Role.OFFICE))
    data = {"year": YEAR, "due_on": "令和20年5月8日", "token": token()}
    assert office.post(reverse("open_survey"), data).status_code == 303
    assert "1課に知らせました" in page(office, "survey_list") or Survey.objects.get().sheets.count() == 1
    again = office.post(reverse("open_survey"), data | {"token": token()})
    assert again.status_code == 422
    assert "令和4年度の状況調査は、すでにあります" in again.content.decode()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"due_on": ""}, "回答期限を入力してください"),
        ({"due_on": "令和4年"}, "年月日まで"),
        ({"due_on": "R4.1.1"}, "回答期限は、開始日より前にはできません"),
        ({"year": "1999"}, "年度は、示された中から選んでください"),
        ({"year": "abc"}, "年度は、示された中から選んでください"),
    ],
)
def test_a_wrong_opening_is_refused_in_words(data, words):
    record_in_force()
    office = signed_in(person(Role.OFFICE))
    refused = office.post(reverse("open_survey"), {"year": YEAR, "due_on": "令和20年5月8日", "token": token()} | data)
    assert refused.status_code == 422
    assert words in refused.content.decode()
    assert not Survey.objects.exists()


def test_the_office_sees_who_has_not_answered_and_reminds_them():
    sheet, _, _ = survey_of_one()
    office = signed_in(person(Role.OFFICE))
    shown = page(office, "view_survey", sheet.survey_id)
    assert sheet.department.full_name in shown
    assert "回答中" in shown
    assert "未集計" in shown
    assert office.post(reverse("remind_survey", args=[sheet.survey_id])).status_code == 303
    again = office.post(reverse("remind_survey", args=[sheet.survey_id]))
    assert again.status_code == 422
    assert "督促する課がありません" in again.content.decode()
    assert sheet.department.full_name not in page(office, "view_survey", sheet.survey_id, query="?status=submitted")


def test_the_first_pages_name_what_waits():
    sheet, _, clerk = survey_of_one()
    home = page(signed_in(clerk), "home")
    assert "回答待ちの状況調査" in home
    assert reverse("view_surveysheet", args=[sheet.pk]) in home
    office = page(signed_in(person(Role.OFFICE)), "home")
    assert "実施中の状況調査" in office
    assert "提出 0／1課" in office
    submitted_sheet(sheet)
    assert "回答待ちの状況調査" not in page(signed_in(clerk), "home")


def test_a_long_sheet_is_answered_page_by_page():
    department = section("収納課")
    for number in range(3):
        record_in_force(department=department, activity_name=f"第{number}の業務")
    sheet = opened().sheets.get()
    client = signed_in(person(Role.CLERK, department))
    first, second, third = sheet.rows.all()
    with rows_a_page(2):
        assert "第2の業務" not in page(client, "answer_survey", sheet.pk)
        onward = send(client, sheet, typed(sheet, persons="1") | {"next": "1"})
        assert onward.headers["Location"].endswith("/answer/?page=2")
        client.post(onward.headers["Location"], {f"persons_{third.pk}": "3", f"lock_{third.pk}": "0"})
    assert [row.persons for row in sheet.rows.all()] == [1, None, 3]
    assert second.history.count() == 1 < first.history.count() + 1


def test_lists_and_sheets_ask_the_same_number_of_statements_for_many_rows():
    department = two_kinds()
    survey = opened()
    sheet = survey.sheets.get()
    office, clerk = signed_in(person(Role.OFFICE)), signed_in(person(Role.CLERK, department))
    pages = [
        (office, reverse("survey_list")),
        (office, reverse("view_survey", args=[survey.pk])),
        (office, reverse("survey_row_list", args=[survey.pk])),
        (clerk, reverse("survey_sheet_list")),
        (clerk, reverse("view_surveysheet", args=[sheet.pk])),
        (clerk, reverse("answer_survey", args=[sheet.pk])),
    ]
    few = [statements(lambda client=client, url=url: client.get(url)) for client, url in pages]
    two_kinds(department, mark="（二つめ）")
    for number in range(3):
        record_in_force(activity_name=f"業務{number}", department=section(f"第{number}課"))
    surveying.refresh_survey(survey, actor=person(Role.OFFICE), on=timezone.localdate())
    assert SurveySheet.objects.count() == 4
    assert [statements(lambda client=client, url=url: client.get(url)) for client, url in pages] == few
    assert max(few) <= 10


def test_the_files_of_the_lists_hold_what_their_pages_show():
    department = two_kinds()
    survey = opened()
    answered(survey.sheets.get(), persons=12_345)
    office, clerk = (Visitor(user) for user in (person(Role.OFFICE), person(Role.CLERK, department)))
    of_survey = [reverse(name, args=[survey.pk]) for name in ("view_survey", "survey_row_list")]
    for visitor, urls in ((office, of_survey), (clerk, [reverse("survey_sheet_list")])):
        for url in urls:
            assert exported(visitor, url, "csv-utf8") == shown(visitor, url)
    assert len(exported(office, f"{of_survey[1]}?kind=provision", "xlsx")) == 3


def test_the_office_moves_the_day_and_takes_a_closing_back_on_the_page():
    sheet, _, _ = survey_of_one()
    survey, office = sheet.survey, signed_in(person(Role.OFFICE))
    given = {"due_on": "", "reason": "回答がおくれているため"}
    refused = office.post(reverse("move_survey_due", args=[survey.pk]), given)
    assert (refused.status_code, "回答がおくれているため" in refused.content.decode()) == (422, True)
    day = timezone.localdate()
    assert office.post(reverse("move_survey_due", args=[survey.pk]), given | {"due_on": str(day)}).status_code == 303
    surveying.close_survey(survey, actor=person(Role.OFFICE), on=day)
    assert reverse("reopen_survey", args=[survey.pk]) in page(office, "view_survey", survey.pk)
    assert office.post(reverse("reopen_survey", args=[survey.pk]), given | {"due_on": str(day)}).status_code == 303
    assert "提出する" in page(signed_in(person(Role.CLERK, sheet.department)), "view_surveysheet", sheet.pk)
