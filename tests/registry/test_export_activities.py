"""業務登録の書き出し: harmless, in every page's order, with each lost character told."""

import io
from datetime import date
from urllib.parse import unquote

import pytest
from openpyxl import load_workbook
from tablib import Dataset

from common.tables.reading import read_table
from exchange import registers
from exchange.drafts import Outcome
from history.writing import SYSTEM
from registry.services import register_activity
from tests.records.cast import somebody
from tests.registry.factories import activity_draft, registered_activity, submitted_change_of

pytestmark = pytest.mark.django_db
URL = "/activities/"
FORMULA = "=cmd|' /C calc'!A0"


@pytest.fixture
def client_of(sign_in, department):
    return lambda who: sign_in(somebody(who, department))


def names(answer, name="a.csv"):
    return [row.cells[1] for row in read_table(name, answer.content).rows]


def test_the_file_is_named_in_japanese_with_its_day(department, client_of):
    registered_activity(department)
    answer = client_of("担当").get(URL, {"as_of": "R4.6.1", "export": "csv-cp932"})
    assert unquote(answer.headers["Content-Disposition"]) == "attachment; filename*=utf-8''業務登録_20220601.csv"
    assert answer.headers["Content-Type"] == "text/csv; charset=Windows-31J"
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert read_table("a.csv", answer.content).encoding == "cp932"


def test_all_pages_are_in_the_file_in_the_order_of_the_list(department, client_of):
    for number in range(60, 0, -1):
        registered_activity(department, name=f"業務{number}", number_as_printed=f"0102-{number:02d}")
    answer = client_of("担当").get(URL, {"export": "csv-utf8", "page": "2"})
    assert names(answer) == [f"業務{number}" for number in range(1, 61)]


@pytest.mark.parametrize(("who", "drafts"), [("担当", 1), ("他課の担当", 0)])
def test_a_file_tells_no_more_than_the_list(who, drafts, department, client_of):
    activity_draft(department, name="下書きの業務")
    assert len(names(client_of(who).get(URL, {"state": "draft", "export": "csv-utf8"}))) == drafts


@pytest.mark.parametrize("kind", ["csv-cp932", "csv-utf8"])
def test_a_formula_is_a_text_in_csv(kind, department, client_of):
    registered_activity(department, name=FORMULA)
    answer = client_of("担当").get(URL, {"export": kind})
    assert f'"\'{FORMULA}"'.encode() in answer.content
    assert f'"{FORMULA}"'.encode() not in answer.content
    assert names(answer) == [FORMULA]


def test_a_formula_is_a_text_in_excel(department, client_of):
    registered_activity(department, name=FORMULA)
    answer = client_of("担当").get(URL, {"export": "xlsx"})
    assert answer.headers["Content-Type"] == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    cell = load_workbook(io.BytesIO(answer.content)).active["B2"]
    assert (cell.value, cell.data_type, cell.number_format) == (FORMULA, "s", "@")
    assert names(answer, "a.xlsx") == [FORMULA]


@pytest.fixture
def two_odd(department):
    """Two businesses with characters that CP932 cannot hold."""
    registered_activity(department, name="一齐送信の業務", number_as_printed="0102-01")
    registered_activity(department, name="𠮷田辻󠄀の業務", number_as_printed="0102-02")


def test_before_characters_are_lost_a_page_tells_which_and_where(two_odd, client_of):
    answer = client_of("担当").get(URL, {"as_of": "R4.6.1", "export": "csv-cp932"})
    page = answer.content.decode()
    assert answer.headers["Content-Type"].startswith("text/html")
    assert "CP932で書けない文字が3か所あります" in page
    told = [(each.row, each.column, each.character, each.becomes) for each in answer.context["replaced"]]
    assert told == [
        (2, "業務の名称", "齐", "〓"),
        (3, "業務の名称", "𠮷", "〓"),
        (3, "業務の名称", "辻󠄀", "辻"),
    ]
    for kind in ("csv-cp932-replaced", "csv-cp932-report", "csv-utf8"):
        assert f'href="?as_of=R4.6.1&amp;export={kind}"' in page
    assert 'href="?as_of=R4.6.1"' in page


def test_the_file_can_be_had_all_the_same_with_the_report_beside_it(two_odd, client_of):
    client = client_of("担当")
    assert names(client.get(URL, {"export": "csv-cp932-replaced"})) == ["一〓送信の業務", "〓田辻の業務"]
    answer = client.get(URL, {"as_of": "R4.6.1", "export": "csv-cp932-report"})
    assert "業務登録_置換文字_20220601.csv" in unquote(answer.headers["Content-Disposition"])
    report = read_table("a.csv", answer.content)
    assert report.columns == ["行", "列", "文字", "文字コード", "書き出す文字"]
    assert [row.cells for row in report.rows] == [
        ["2", "業務の名称", "齐", "U+9F50", "〓"],
        ["3", "業務の名称", "𠮷", "U+20BB7", "〓"],
        ["3", "業務の名称", "辻󠄀", "U+8FBB U+E0100", "辻"],
    ]


@pytest.mark.parametrize("kind", ["csv-utf8", "xlsx"])
def test_the_other_files_lose_nothing(kind, two_odd, client_of):
    answer = client_of("担当").get(URL, {"export": kind})
    assert names(answer, "a.xlsx" if kind == "xlsx" else "a.csv") == ["一齐送信の業務", "𠮷田辻󠄀の業務"]


def test_many_lost_characters_are_counted_and_all_in_the_report(department, client_of):
    registered_activity(department, name="齐" * 100)
    registered_activity(department, name="𠮷" * 120)
    page = client_of("担当").get(URL, {"export": "csv-cp932"}).content.decode()
    assert "ほかに20か所あります" in page
    report = client_of("担当").get(URL, {"export": "csv-cp932-report"})
    assert len(read_table("a.csv", report.content).rows) == 220


def test_a_file_of_the_list_comes_in_again_as_the_same(department, client_of):
    first = registered_activity(department, number_as_printed="0102-01")
    register_activity(submitted_change_of(first, purpose="改めた目的"), on=date(2022, 4, 1), actor=SYSTEM)
    registered_activity(department, number_as_printed="0102-02")
    table = read_table("a.csv", client_of("担当").get(URL, {"export": "csv-utf8"}).content)
    dataset = Dataset(*[row.cells for row in table.rows], headers=table.columns)
    checked = (
        registers.get("registry").resource().check(dataset, [row.number for row in table.rows], today=date(2024, 4, 1))
    )
    assert dataset["登録年月日"] == ["R3.4.1", "R3.4.1"]
    assert [draft.outcome for draft in checked.drafts] == [Outcome.SAME, Outcome.SAME]


def test_an_empty_list_has_no_button_and_an_empty_file(department, client_of):
    client = client_of("担当")
    assert "書き出す" not in client.get(URL).content.decode()
    assert names(client.get(URL, {"export": "csv-cp932"})) == []


def test_the_day_of_the_list_is_the_day_of_the_rows(department, client_of):
    registered_activity(department, on=date(2021, 4, 1), name="前からの業務")
    registered_activity(department, on=date(2022, 4, 1), name="あとからの業務")
    assert names(client_of("担当").get(URL, {"as_of": "R4.3.31", "export": "csv-utf8"})) == ["前からの業務"]


@pytest.mark.parametrize("wanted", ["", "pdf", "csv"])
def test_what_is_no_format_shows_the_list(wanted, department, client_of):
    registered_activity(department)
    assert len(client_of("担当").get(URL, {"export": wanted}).context["rows"]) == 1
