"""Out and in again: nothing changes, whatever stands in the cells."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.tables.characters import GETA, cp932_form, in_cp932, same_text
from common.tables.guards import guard, guard_typed, unguard
from common.tables.reading import read_table
from common.tables.writing import csv_bytes, xlsx_bytes

COLUMNS = ["業務登録番号", "業務の名称", "=備考"]

_FORMULAS = ["=", "+", "-", "@", "'", "''", "＝", "\t"]
_FORMATS = ['"', ",", "\n", "\r\n", "\r", " ", "_x000D_", "x005F_"]
_CHARACTERS = ["〜", "𠮷", "辻󠄀", "\ue000"]
_ODD = st.sampled_from([*_FORMULAS, *_FORMATS, *_CHARACTERS])
_ANY = st.characters(exclude_characters="\0", exclude_categories=("Cs",))
_JAPANESE = st.characters(min_codepoint=0x3041, max_codepoint=0x9FA0)
_TEXTS = st.lists(st.one_of(_ODD, _JAPANESE, _ANY), max_size=8).map("".join)
# An empty row is no row.
_ROWS = st.lists(st.lists(_TEXTS, min_size=3, max_size=3).filter(any), max_size=5)


def read(name: str, content: bytes) -> list[list[str]]:
    table = read_table(name, content)
    assert table.columns == COLUMNS
    return [row.cells for row in table.rows]


def _count(character: str, rows: list[list[str]]) -> int:
    return sum(cell.count(character) for row in rows for cell in row)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@given(rows=_ROWS)
def test_utf8_changes_nothing(encoding, rows):
    written = csv_bytes(COLUMNS, rows, encoding)
    assert written.replaced == []
    assert read("a.csv", written.content) == rows


@given(rows=_ROWS)
def test_excel_changes_nothing(rows):
    assert read("a.xlsx", xlsx_bytes(COLUMNS, rows)) == rows


@given(rows=_ROWS)
def test_cp932_changes_only_what_it_cannot_hold(rows):
    forms = [[cp932_form(cell) for cell in row] for row in rows]
    written = csv_bytes(COLUMNS, rows, "cp932")
    assert read("a.csv", written.content) == forms
    losses = sum(cell.count(GETA) for row in forms for cell in row) - sum(
        cell.count(GETA) for row in rows for cell in row
    )
    assert sum(each.becomes == GETA for each in written.replaced) == losses
    assert csv_bytes(COLUMNS, forms, "cp932").replaced == []


@given(rows=_ROWS)
def test_what_comes_back_is_the_same_text_as_what_is_stored(rows):
    returned = read("a.csv", csv_bytes(COLUMNS, rows, "cp932").content)
    assert len(returned) == len(rows)
    for row, back in zip(rows, returned, strict=True):
        assert all(same_text(stored, cell, "cp932") for stored, cell in zip(row, back, strict=True))


@given(text=_TEXTS)
def test_the_form_of_cp932_is_its_own_form(text):
    form = cp932_form(text)
    assert in_cp932(form)
    assert cp932_form(form) == form


@given(text=_TEXTS)
def test_a_guard_is_taken_off_again(text):
    assert unguard(guard(text)) == text
    assert unguard(guard_typed(text)) == text


@pytest.mark.parametrize(
    ("stored", "cell", "encoding", "same"),
    [
        ("𠮷田", "〓田", "cp932", True),
        ("𠮷田", "〓田", "utf-8", False),
        ("9〜10", "9～10", "cp932", True),
        ("9〜10", "9～10", "xlsx", False),
        ("一行\r\n二行", "一行\n二行", "xlsx", True),
        ("吉田", "〓田", "cp932", False),
        ("吉田", "高田", "cp932", False),
    ],
)
def test_a_cell_is_no_change_only_where_the_file_can_say_no_more(stored, cell, encoding, same):
    assert same_text(stored, cell, encoding) is same
