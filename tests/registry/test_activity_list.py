"""業務登録の一覧: what each person finds, on which day, in how many statements."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from common.tables.reading import read_table
from exchange.lives import Life
from history.writing import SYSTEM
from registry.migrating import migrate_activities
from registry.services import abolish_activity, register_activity
from tests.organization.factories import DepartmentFactory, OrganFactory
from tests.records.cast import somebody
from tests.registry.factories import (
    activity_draft,
    change_of,
    registered_activity,
    submitted_activity,
    submitted_change_of,
)

pytestmark = pytest.mark.django_db
URL = "/activities/"


def names(answer):
    return [version.name for version, *_ in answer.context["rows"]]


@pytest.fixture
def client_of(sign_in, department):
    return lambda who: sign_in(somebody(who, department))


@pytest.mark.parametrize("who", ["担当", "課長", "情報公開課", "他課の担当", "監査", "情報政策課", "管理者"])
def test_shows_registered_businesses_to_all_staff(who, department, client_of):
    registered_activity(department, name="登録した業務")
    assert names(client_of(who).get(URL)) == ["登録した業務"]


@pytest.mark.parametrize(
    ("who", "drafts"),
    [("担当", 1), ("課長", 1), ("情報公開課", 1), ("監査", 1), ("他課の担当", 0), ("情報政策課", 0), ("管理者", 0)],
)
def test_shows_drafts_to_their_department_the_office_and_the_auditors(who, drafts, department, client_of):
    activity_draft(department)
    submitted_activity(department)
    client = client_of(who)
    assert len(names(client.get(URL, {"state": "draft"}))) == drafts
    assert len(names(client.get(URL, {"state": "submitted"}))) == drafts


def test_shows_what_was_in_force_on_the_day_asked_for(department, client_of):
    registered_activity(department, on=date(2021, 4, 1), name="前からの業務")
    registered_activity(department, on=date(2022, 4, 1), name="あとからの業務")
    client = client_of("担当")
    assert names(client.get(URL, {"as_of": "R4.3.31"})) == ["前からの業務"]
    assert names(client.get(URL, {"as_of": "R4.4.1"})) == ["前からの業務", "あとからの業務"]
    assert names(client.get(URL, {"as_of": "R4.3.31", "state": "coming"})) == ["あとからの業務"]


def test_keeps_a_day_that_does_not_exist_and_says_so(department, client_of):
    page = client_of("担当").get(URL, {"as_of": "令和4年2月30日"}).content.decode()
    assert "令和4年2月30日という日はありません。" in page
    assert 'value="令和4年2月30日"' in page


def test_stands_in_the_order_of_the_numbers_with_those_without_one_at_the_end(department, client_of):
    registered_activity(department, name="番号なし")
    registered_activity(department, name="二番", number_as_printed="1309-14")
    registered_activity(department, name="一番", number_as_printed="（0703-15）")
    assert names(client_of("担当").get(URL)) == ["一番", "二番", "番号なし"]


@pytest.mark.parametrize("text", ["0703-15", "（0703-15）", "０７０３－１５", "0703", "母子"])
def test_finds_a_business_by_its_number_or_a_part_of_its_name(text, department, client_of):
    registered_activity(department, name="母子保健に関する業務", number_as_printed="0703-15")
    registered_activity(department, name="指導に関する業務", number_as_printed="1303-02")
    assert names(client_of("担当").get(URL, {"q": text})) == ["母子保健に関する業務"]


def test_says_that_a_change_is_under_way_only_to_those_who_may_see_it(department, client_of):
    change_of(registered_activity(department))
    assert "変更の手続中" in client_of("担当").get(URL).content.decode()
    assert "変更の手続中" not in client_of("他課の担当").get(URL).content.decode()


def test_names_the_columns_and_the_kinds_of_items(department, client_of):
    registered_activity(department, item_kinds=["health", "other"])
    page = client_of("担当").get(URL).content.decode()
    columns = ["業務登録番号", "業務の名称", "所管課", "記録の種別", "登録年月日", "状態"]
    assert re.findall(r'<th scope="col"[^>]*>([^<]*)</th>', page) == columns
    assert "心身健康・その他" in page


def test_the_day_of_registration_is_that_of_the_first_version(department, client_of):
    first = registered_activity(department)
    register_activity(submitted_change_of(first), on=date(2022, 4, 1), actor=SYSTEM)
    page = client_of("担当").get(URL).content.decode()
    assert '<td class="num">R3.4.1</td>' in page
    assert "R4.4.1" not in page


def test_marks_what_came_in_from_the_paper_register(department, client_of):
    life = Life(values={"name": "移した業務", "department": department}, registered_on=date(2000, 4, 1))
    migrate_activities([life], actor=SYSTEM, reason="台帳.csv")
    registered_activity(department)
    client = client_of("担当")
    assert client.get(URL).content.decode().count('title="紙の台帳から移した登録です">移行</span>') == 1
    table = read_table("a.csv", client.get(URL, {"export": "csv-utf8"}).content)
    assert sorted(row.cells[-1] for row in table.rows) == ["有効", "有効 移行"]


def test_counts_each_state_in_the_filter_that_leads_to_it(department, client_of):
    activity_draft(department)
    registered_activity(department)
    client = client_of("担当")
    filters = client.get(URL, {"q": "指導"}).context["list"]["filters"]
    assert [chip["label"] for chip in filters] == [
        "効力の始まる前 0件", "提出済 0件", "下書き 1件", "廃止 0件", "取下げ 0件",
        "要注意情報 0件", "死者に関する情報 0件",
    ]  # fmt: skip
    assert len(names(client.get(URL + filters[2]["url"]))) == 1


def test_without_rows_says_so(client_of):
    assert "この条件にあう業務はありません" in client_of("担当").get(URL).content.decode()


def test_offers_a_new_business_to_those_who_may_start_one(client_of):
    assert "業務を登録する" in client_of("担当").get(URL).content.decode()
    assert "業務を登録する" not in client_of("監査").get(URL).content.decode()


def test_asks_at_most_seven_statements_however_many_rows(department, client_of):
    client, figures = client_of("担当"), []
    for more in (5, 46):
        for _ in range(more):
            registered_activity(department)
        with CaptureQueriesContext(
            connection,
        ) as statements:
            page = client.get(URL).context["list"]["pager"]
        figures.append((len(statements), len(page.rows)))
    assert [rows for _, rows in figures] == [5, 50]
    assert figures[0][0] == figures[1][0] <= 7
    assert page.words == "1〜50件目（51件）"
    assert len(names(client.get(URL + page.next))) == 1


@pytest.fixture
def marked(department):
    """Three businesses: with sensitive information, with information on the dead, with neither."""
    registered_activity(department, name="要注意の業務", has_sensitive=True)
    registered_activity(department, name="死者の業務", has_deceased=True)
    registered_activity(department, name="ふつうの業務")


@pytest.mark.parametrize(("mark", "expected"), [("sensitive", ["要注意の業務"]), ("deceased", ["死者の業務"])])
def test_narrows_down_to_marked_businesses_by_a_filter_with_its_figure(mark, expected, marked, client_of):
    client = client_of("他課の担当")
    labels = {chip["label"]: chip["url"] for chip in client.get(URL).context["list"]["filters"]}
    words = {"sensitive": "要注意情報 1件", "deceased": "死者に関する情報 1件"}[mark]
    answer = client.get(URL + labels[words])
    assert names(answer) == expected
    assert answer.context["list"]["count"] == "有効 1件"
    pressed = [chip for chip in answer.context["list"]["filters"] if chip["pressed"]]
    assert len(names(client.get(URL + pressed[0]["url"]))) == 3


@pytest.mark.parametrize(("day", "said"), [("R5.3.31", False), ("R5.4.1", True)])
def test_names_the_dead_in_its_count_since_the_law_parts_them(day, said, marked, client_of):
    page = client_of("担当").get(URL, {"as_of": day}).content.decode()
    assert ("この件数には、死者に関する情報をふくむ業務 1件が入っています。" in page) is said


def test_narrows_down_to_a_department_that_its_box_offers(department, client_of):
    other = DepartmentFactory(name="収納課")
    registered_activity(department, name="ここの業務")
    registered_activity(other, name="あちらの業務")
    client = client_of("監査")
    (box,) = client.get(URL).context["list"]["selects"]
    assert {name for _, name, _ in box["options"]} == {department.full_name, other.full_name}
    answer = client.get(URL, {"department": other.pk, "sensitive": ""})
    assert names(answer) == ["あちらの業務"]
    assert f'<option value="{other.pk}" selected>' in answer.content.decode()


def test_offers_no_department_whose_only_business_is_somebody_elses_draft(department, client_of):
    activity_draft(DepartmentFactory(name="収納課"))
    (box,) = client_of("担当").get(URL).context["list"]["selects"]
    assert box["options"] == []


def test_narrows_down_to_an_organ(department, client_of):
    registered_activity(department, name="ここの業務")
    board = OrganFactory(name="教育委員会")
    registered_activity(DepartmentFactory(name="指導室", parent=board), name="あちらの業務")
    answer = client_of("監査").get(URL, {"organ": board.pk})
    assert names(answer) == ["あちらの業務"]
    assert "実施機関：教育委員会" in answer.content.decode()


@pytest.mark.parametrize(
    ("movement", "expected"), [("new", ["あと", "終わり"]), ("abolished", ["終わり"]), ("changed", ["前"])]
)
def test_shows_the_movement_of_a_fiscal_year(movement, expected, department, client_of):
    change = submitted_change_of(registered_activity(department, name="前", number_as_printed="0101-01"))
    register_activity(change, on=date(2022, 7, 1), actor=SYSTEM)
    registered_activity(department, on=date(2022, 4, 1), name="あと", number_as_printed="0101-02")
    ended = registered_activity(department, on=date(2023, 3, 1), name="終わり", number_as_printed="0101-03")
    abolish_activity(ended, on=date(2023, 3, 31), reason="終了", actor=SYSTEM)
    answer = client_of("担当").get(URL, {"movement": movement, "year": "2022"})
    assert names(answer) == expected
    assert answer.context["list"]["count"].startswith("令和4年度の")


@pytest.mark.parametrize(
    "query",
    [{"movement": "new"}, {"movement": "x", "year": "2022"}, {"movement": "new", "year": "99999"}, {"department": "x"}],
)
def test_takes_what_it_does_not_understand_for_not_asked(query, department, client_of):
    registered_activity(department, name="登録した業務")
    assert names(client_of("担当").get(URL, query)) == ["登録した業務"]


def test_search_box_keeps_the_filters(marked, client_of):
    keep = client_of("担当").get(URL, {"deceased": "1", "q": "業務", "page": "1"}).context["list"]["keep"]
    assert keep == [("deceased", "1")]


def test_paper_says_the_day_and_every_condition(client_of, department):
    registered_activity(department, name="保健の業務")
    client = client_of("担当")
    asked = {"q": "保健", "as_of": "R6.4.1", "department": department.pk}
    page = client.get(URL, asked).content.decode()
    (said,) = re.findall(r'<p class="on-paper">(.*?)</p>', page, re.DOTALL)
    assert said.strip().startswith("基準日：令和6年4月1日　探すことば：「保健」")
    assert department.name in said
