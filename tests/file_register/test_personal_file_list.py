"""個人情報ファイルの一覧: what each person finds, on which day, in how many statements."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from common.tables.reading import read_table
from exchange.lives import Life
from file_register.migrating import migrate_files
from file_register.services import abolish_personal_file
from history.writing import SYSTEM
from printing.layouts import seed_layouts
from tests.file_register.factories import (
    change_of,
    changed_file,
    counted,
    file_draft,
    published,
    registered_file,
    submitted_file,
)
from tests.organization.factories import DepartmentFactory
from tests.records.cast import somebody
from tests.registry.factories import registered_activity

pytestmark = pytest.mark.django_db
URL = "/personal-files/"


def names(answer):
    return [row.version.name for row in answer.context["rows"]]


@pytest.fixture
def client_of(sign_in, department):
    return lambda who: sign_in(somebody(who, department))


@pytest.mark.parametrize("who", ["担当", "課長", "情報公開課", "他課の担当", "監査", "情報政策課", "管理者"])
def test_shows_registered_files_to_all_staff(who, department, client_of):
    registered_file(department)
    assert len(names(client_of(who).get(URL))) == 1


@pytest.mark.parametrize(
    ("who", "seen"), [("担当", 1), ("情報公開課", 1), ("監査", 1), ("他課の担当", 0), ("管理者", 0)]
)
def test_shows_drafts_to_their_department_the_office_and_the_auditors(who, seen, department, client_of):
    file_draft(department)
    submitted_file(department)
    client = client_of(who)
    assert len(names(client.get(URL, {"state": "draft"}))) == seen
    assert len(names(client.get(URL, {"state": "submitted"}))) == seen


def test_shows_what_was_in_force_on_the_day_asked_for(department, client_of):
    first = registered_file(department, name="はじめの名称")
    changed_file(first, date(2026, 4, 1), name="あとの名称")
    client = client_of("他課の担当")
    assert names(client.get(URL, {"as_of": "R8.3.31"})) == ["はじめの名称"]
    assert names(client.get(URL, {"as_of": "R8.4.1"})) == ["あとの名称"]
    assert names(client.get(URL, {"as_of": "R8.3.31", "state": "coming"})) == ["あとの名称"]


def test_shows_an_abolished_file_once_under_its_last_name(department, client_of):
    last = changed_file(registered_file(department, name="はじめ"), date(2024, 4, 1), name="おわり")
    abolish_personal_file(last, on=date(2026, 4, 1), reason="事業の終了", actor=SYSTEM)
    client = client_of("担当")
    assert names(client.get(URL, {"as_of": "R8.4.1", "state": "abolished"})) == ["おわり"]
    assert names(client.get(URL, {"as_of": "R8.3.31", "state": "abolished"})) == []


def test_says_what_the_rule_says_of_each_file_on_that_day(department, client_of):
    version = counted(counted(registered_file(department), "1,000人"), "999人", date(2026, 3, 31))
    published(version)
    (row,) = client_of("担当").get(URL, {"as_of": "R8.3.30"}).context["rows"]
    assert (row.decision.outcome, row.duty, row.register) == ("required", None, "個人情報ファイル簿")
    answer = client_of("担当").get(URL, {"as_of": "R8.3.31"})
    assert answer.context["rows"][0].duty.kind.label == "消除"
    assert "999人" in answer.content.decode()
    assert "要対応：消除" in answer.content.decode()


def test_finds_files_by_register_and_by_what_is_still_to_be_done(department, client_of):
    counted(registered_file(department, name="未公表"), "1,000人")
    published(counted(registered_file(department, name="公表済"), "1,000人"))
    counted(registered_file(department, name="小さい"), "10人")
    client = client_of("情報公開課")
    assert names(client.get(URL, {"register": "act"})) == ["公表済"]
    assert sorted(names(client.get(URL, {"register": "none"}))) == ["小さい", "未公表"]
    answer = client.get(URL, {"duty": "1"})
    assert names(answer) == ["未公表"]
    assert "要対応 1件" in [chip["label"] for chip in answer.context["list"]["filters"]]


def test_finds_the_files_of_a_business_and_keeps_the_filter(department, client_of):
    business = registered_activity(department, number_as_printed="1309-14").activity
    registered_file(department, name="この業務の", activities=[business])
    registered_file(department, name="ほかの業務の")
    answer = client_of("担当").get(URL, {"activity": business.pk})
    assert names(answer) == ["この業務の"]
    assert ("activity", str(business.pk)) in answer.context["list"]["keep"]
    assert answer.context["list"]["filters"][-1]["label"] == "業務 1309-14"


@pytest.mark.parametrize("query", [{"activity": "x"}, {"activity": "9" * 30}, {"state": "?"}, {"register": "?"}])
def test_leaves_out_what_is_no_filter(query, department, client_of):
    registered_file(department)
    assert len(names(client_of("担当").get(URL, query))) == 1


@pytest.mark.parametrize("text", ["不登校", "実態を調査"])
def test_finds_a_file_by_a_part_of_its_name_or_purpose(text, department, client_of):
    registered_file(department)
    registered_file(department, name="給食費ファイル", purpose="給食費を集める。")
    assert names(client_of("担当").get(URL, {"q": text})) == ["不登校実態調査ファイル"]


def test_says_that_a_change_is_under_way_only_to_those_who_may_see_it(department, client_of):
    change_of(registered_file(department))
    assert "変更の手続中" in client_of("担当").get(URL).content.decode()
    assert "変更の手続中" not in client_of("他課の担当").get(URL).content.decode()


def test_without_rows_says_so(client_of):
    assert "この条件にあう個人情報ファイルはありません" in client_of("担当").get(URL).content.decode()


def test_asks_the_same_statements_however_many_rows(department, client_of):
    client, figures = client_of("担当"), []
    for more in (5, 46):
        for number in range(more):
            version = registered_file(DepartmentFactory(name=f"第{number}課"))
            published(counted(version, "1,000人"))
        with CaptureQueriesContext(connection) as statements:
            page = client.get(URL).context["list"]["pager"]
        figures.append((len(statements), len(page.rows)))
    assert [rows for _, rows in figures] == [5, 50]
    assert figures[0][0] == figures[1][0] <= 9
    assert len(names(client.get(URL + page.next))) == 1


def test_the_figures_of_a_day_before_the_act_are_those_of_the_old_registration(department, client_of):
    registered_file(department, on=date(2020, 4, 1))
    answer = client_of("監査").get(URL, {"as_of": "R4.3.31"})
    assert len(names(answer)) == 1
    page = answer.content.decode()
    assert "有効 1件" in page
    assert "要対応 0件" in page


def test_what_came_in_from_the_paper_register_is_marked_in_the_list_its_file_and_on_its_page(department, client_of):
    life = Life(values={"name": "移したファイル", "department": department}, registered_on=date(2013, 4, 1))
    migrate_files([life], actor=SYSTEM, reason="台帳.csv")
    registered_file(department)
    client, mark = client_of("担当"), 'title="紙の台帳から移した登録です">移行</span>'
    assert client.get(URL).content.decode().count(mark) == 1
    table = read_table("a.csv", client.get(URL, {"export": "csv-utf8"}).content)
    assert sorted(row.cells[-1] for row in table.rows) == ["有効", "有効 移行"]
    seed_layouts(SYSTEM)
    page = client.get(reverse("view_personalfile", args=[life.newest.file_id])).content.decode()
    assert page.count(mark) == 2  # the heading and the version
