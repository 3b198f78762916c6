"""Excel as the offices send it: each cell as a person would type it, and no book that harms its reader."""

import io
import zipfile
from datetime import date, datetime, time

import pytest
from openpyxl.worksheet.formula import ArrayFormula

from common.tables import limits
from common.tables.reading import read_table
from common.tables.shapes import Row, TableError
from common.wareki import parse
from tests.common.tables.books import book, repacked, with_sheet, zipped

SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'
)


def cells(content: bytes) -> list[list[str]]:
    return [row.cells for row in read_table("業務.xlsx", content).rows]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (102, "102"),
        (5.0, "5"),
        (0.1 + 0.2, "0.3"),
        (1e20, "100000000000000000000"),
        (True, "TRUE"),
        ("0102-01", "0102-01"),
        (date(2022, 3, 31), "2022-03-31"),
        (datetime.fromisoformat("2022-03-31 09:05"), "2022-03-31 09:05"),
        (time(9, 5), "09:05"),
        (None, ""),
        ("令和4年3月31日", "令和4年3月31日"),
    ],
)
def test_a_cell_becomes_the_text_that_a_person_types(value, text):
    assert cells(book(["番号", "値"], ["1", value])) == [["1", text]]


def test_a_date_reads_as_a_date_of_the_ward():
    [[text]] = cells(book(["登録年月日"], [date(2022, 3, 31)]))
    assert parse(text).start == date(2022, 3, 31)


def test_zeros_that_the_sheet_shows_are_kept():
    assert cells(book(["番号"], [102], formats={"A2": "0000"})) == [["0102"]]


def test_rows_keep_their_numbers_and_short_rows_are_filled_up():
    table = read_table("a.xlsx", book([], ["番号", "名称", None], [], ["1"]))
    assert table.columns == ["番号", "名称"]
    assert table.rows == [Row(4, ["1", ""])]
    assert (table.encoding, table.encoding_label) == ("xlsx", "Excel（.xlsx）")


def test_only_the_first_sheet_is_read_and_that_is_said():
    table = read_table("a.xlsx", book(["番号"], ["1"], more_sheets=["控え"]))
    assert table.columns == ["番号"]
    assert table.warnings == ["シートは2枚あります。最初のシート「Sheet」だけを読み取りました。"]


def test_a_formula_without_a_value_is_read_as_a_text():
    table = read_table(
        "a.xlsx", book(["番号", "名称"], ["1", "=cmd|' /C calc'!A0"], ["2", ArrayFormula("B3", "=SUM(1)")])
    )
    assert [row.cells[1] for row in table.rows] == ["=cmd|' /C calc'!A0", "=SUM(1)"]
    assert "数式のセル" in table.warnings[0]


def test_a_formula_with_a_value_is_read_as_its_value():
    rows = '<row r="1"><c r="A1" t="str"><v>番号</v></c></row><row r="2"><c r="A2"><f>1+1</f><v>2</v></c></row>'
    assert cells(with_sheet(SHEET.format(rows))) == [["2"]]


def test_furigana_are_no_part_of_a_text():
    cell = '<c r="A{}" t="inlineStr"><is><t>{}</t><rPh sb="0" eb="2"><t>ヤマダ</t></rPh></is></c>'
    rows = "".join(f'<row r="{row}">{cell.format(row, text)}</row>' for row, text in ((1, "氏名"), (2, "山田")))
    assert cells(with_sheet(SHEET.format(rows))) == [["山田"]]


def test_a_size_that_the_sheet_only_declares_is_not_believed():
    xml = SHEET.format(
        '<row r="1"><c r="A1" t="str"><v>番号</v></c></row><row r="2"><c r="A2" t="str"><v>1</v></c></row>'
    )
    xml = xml.replace("<sheetData>", '<dimension ref="A1:XFD1048576"/><sheetData>')
    assert cells(with_sheet(xml)) == [["1"]]


@pytest.mark.parametrize(
    ("xml", "words"),
    [
        (SHEET.format('<row r="999999999999"><c t="str"><v>番号</v></c></row>'), "保存し直して"),
        (SHEET.format('<row r="1"><c r="ZZZ1" t="str"><v>番号</v></c></row>'), "保存し直して|見出しに空の列"),
        (SHEET.format('<row r="1"><c t="s"><v>77</v></c></row>'), "保存し直して"),
        (SHEET.format("<row"), "保存し直して"),
        (
            '<!DOCTYPE a [<!ENTITY b "bbbbbbbb"><!ENTITY c "&b;&b;&b;&b;">]>'
            + SHEET.format('<row r="1"><c t="str"><v>&c;</v></c></row>'),
            "保存し直して",
        ),
        (SHEET.format(""), "何も書かれていません"),
    ],
)
def test_a_book_made_to_harm_its_reader_is_refused(xml, words):
    with pytest.raises(TableError, match=words):
        cells(with_sheet(xml))


def _bomb() -> bytes:
    return repacked({"xl/worksheets/sheet1.xml": b" " * (limits.MAX_UNPACKED - 1_000_000)})


def _lying_bomb() -> bytes:
    """Declares one byte for what unpacks to far more."""
    content = bytearray(_bomb())
    with zipfile.ZipFile(io.BytesIO(bytes(content))) as archive:
        size = archive.getinfo("xl/worksheets/sheet1.xml").file_size
    return bytes(content).replace(size.to_bytes(4, "little"), (1).to_bytes(4, "little"))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (_bomb, "中身が大きすぎます"),
        (_lying_bomb, "壊れているか"),
        (lambda: repacked({f"xl/media/{number}.png": b"" for number in range(1_001)}), "中身が大きすぎます"),
        (lambda: zipped({"word/document.xml": b"<a/>"}), "壊れているか"),
        (lambda: b"PK\x03\x04 and nothing more", "壊れているか"),
        (lambda: "番号,名称\n1,2\n".encode(), "壊れているか"),
        (lambda: repacked({"xl/workbook.xml": b"<a"}), "保存し直して"),
        (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "パスワード"),
        (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"Workbook", "古いExcelの形式"),
    ],
    ids=["bomb", "lying bomb", "entries", "word", "cut", "csv", "xml", "password", "xls"],
)
def test_what_is_no_book_is_refused(content, words):
    with pytest.raises(TableError, match=words):
        cells(content())


def test_a_sheet_unpacking_to_more_than_allowed_is_refused_while_it_is_unpacked(monkeypatch):
    content = book(["番号"], *[[f"業務{number}"] for number in range(100)])
    monkeypatch.setattr(limits, "MAX_UNPACKED", 1_000)
    with pytest.raises(TableError, match="中身が大きすぎます"):
        cells(content)
