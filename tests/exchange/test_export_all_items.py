"""すべての項目の書き出し: from the list into a file, and from the file back, without a change."""

from datetime import date
from urllib.parse import unquote

import pytest
from django.urls import reverse
from tablib import Dataset

from common.tables.reading import read_table
from exchange import registers
from exchange.drafts import Outcome
from organization.models import Role
from tests.file_register.factories import changed_file, counted, registered_file
from tests.organization.factories import person
from tests.registry.factories import abolished_activity, activity_draft, registered_activity

pytestmark = pytest.mark.django_db
TODAY = date(2024, 4, 1)
CODES = ["departments", "files", "registry", "users"]
ODD = "=1+1 〜−‖ 𠮷田・辻󠄀\r\n'=引用"


@pytest.fixture
def ward():
    """Entries whose texts no file likes."""
    first = registered_activity(number_as_printed="１３０９－１４", name=f"一齐送信{ODD[:5]}", purpose=ODD)
    registered_activity(first.department, name="ほかの業務", number_as_printed="0102-01")
    abolished_activity(first.department, number_as_printed="1309-16")
    activity_draft(first.department, purpose=ODD)
    file = registered_file(first.department, activities=[first.activity], purpose=ODD)
    counted(file, "約1,200人")
    changed_file(file, date(2024, 1, 1), remarks=ODD)
    person(Role.ADMIN, first.department)
    return first


@pytest.fixture
def client(ward, sign_in):
    return sign_in(person(Role.OFFICE, ward.department))


def taken(client, code, kind, **query):
    url = reverse(registers.get(code).list_url)
    return client.get(url, {"as_of": "R6.4.1", "export": kind, "items": "all", **query})


@pytest.mark.parametrize("kind", ["csv-cp932-replaced", "csv-utf8", "xlsx"])
@pytest.mark.parametrize("code", CODES)
def test_a_file_of_all_items_comes_in_again_as_the_same(code, kind, client):
    answer = taken(client, code, kind)
    table = read_table("a.xlsx" if kind == "xlsx" else "a.csv", answer.content)
    resource = registers.get(code).resource()
    assert table.columns == [column.label for column in resource.columns]
    data = Dataset(*[row.cells for row in table.rows], headers=table.columns)
    found = resource.check(data, [row.number for row in table.rows], today=TODAY, encoding=table.encoding)
    others = [draft for draft in found.drafts if draft.outcome != Outcome.SAME]
    assert [(draft.title, draft.faults, draft.changes) for draft in others] == []
    assert len(table.rows) > 0


def test_the_rows_are_those_of_the_filtered_list(client):
    table = read_table("a.csv", taken(client, "registry", "csv-utf8", q="ほかの").content)
    assert [row.cells[table.columns.index("業務の名称")] for row in table.rows] == ["ほかの業務"]


def test_drafts_go_out_as_they_are(client):
    table = read_table("a.csv", taken(client, "registry", "csv-utf8", state="draft").content)
    assert [row.cells[table.columns.index("業務の目的")] for row in table.rows] == [ODD]


def test_the_file_says_that_it_has_all_items(client):
    names = unquote(taken(client, "registry", "csv-utf8").headers["Content-Disposition"])
    assert "業務登録_すべての項目_20240401.csv" in names


def test_lost_characters_of_any_item_are_told(client):
    answer = taken(client, "registry", "csv-cp932")
    assert ("業務の目的", "𠮷") in {(each.column, each.character) for each in answer.context["replaced"]}
    assert "export=csv-cp932-report&amp;items=all" in answer.content.decode()


def test_the_report_tells_what_stands_in_another_form_too(client):
    assert "波ダッシュ（〜）など" in taken(client, "registry", "csv-cp932").content.decode()
    rows = read_table("a.csv", taken(client, "registry", "csv-cp932-report").content).rows
    told = {(row.cells[2], row.cells[3], row.cells[4]) for row in rows}
    assert {("𠮷", "U+20BB7", "〓"), ("〜", "U+301C", "～"), ("−", "U+2212", "－"), ("‖", "U+2016", "∥")} <= told


@pytest.mark.parametrize("code", CODES)
def test_the_list_of_a_register_offers_all_its_items(code, client):
    page = client.get(reverse(registers.get(code).list_url), {"as_of": "R6.4.1"}).content.decode()
    assert "すべての項目（取込みできる形）" in page
    assert 'href="?as_of=R6.4.1&amp;export=xlsx&amp;items=all"' in page


def test_a_list_without_a_register_offers_its_own_columns_only(client):
    answer = client.get(reverse("linkage_list"))
    assert [group["label"] for group in answer.context["list"]["exports"]] == ["一覧の項目"]
