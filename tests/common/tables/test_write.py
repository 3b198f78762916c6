"""What is written: harmless, and in CP932 with each loss told."""

import io

import pytest
from openpyxl import load_workbook

from common.tables.reading import read_table
from common.tables.shapes import Replacement, TableError
from common.tables.writing import csv_bytes, xlsx_bytes

FORMULA = "=cmd|' /C calc'!A0"


def test_what_cp932_cannot_hold_becomes_geta_and_is_told_with_its_place():
    written = csv_bytes(["番号", "氏名"], [["1", "山田"], ["2", "𠮷田の一齐送信"]], "cp932")
    assert written.content.decode("cp932") == '"番号","氏名"\r\n"1","山田"\r\n"2","〓田の一〓送信"\r\n'
    assert written.replaced == [
        Replacement(3, "氏名", "𠮷", "U+20BB7", "〓"),
        Replacement(3, "氏名", "齐", "U+9F50", "〓"),
    ]


def test_a_character_of_a_variant_keeps_its_base():
    written = csv_bytes(["氏名"], [["辻󠄀"], ["齐󠄀"]], "cp932")
    assert written.content.decode("cp932") == '"氏名"\r\n"辻"\r\n"〓"\r\n'
    assert [(each.code_point, each.becomes) for each in written.replaced] == [
        ("U+8FBB U+E0100", "辻"),
        ("U+9F50 U+E0100", "〓"),
    ]


def test_a_heading_is_written_like_any_cell():
    assert csv_bytes(["⑴"], [], "cp932").replaced == [Replacement(1, "⑴", "⑴", "U+2474", "〓")]


def test_the_characters_of_windows_stand_in_for_their_twins_without_a_loss():
    written = csv_bytes(["値"], [["〜−‖—¢£¬¥‾¦か\u3099ハ\u309a"]], "cp932")
    assert written.content.decode("cp932") == '"値"\r\n"～－∥―￠￡￢￥￣￤がパ"\r\n'
    assert written.replaced == []
    assert [(each.character, each.becomes) for each in written.twins] == [
        *zip("〜−‖—¢£¬¥‾¦", "～－∥―￠￡￢￥￣￤", strict=True), ("か\u3099", "が"), ("ハ\u309a", "パ"),
    ]  # fmt: skip
    assert written.twins[0] == Replacement(2, "値", "〜", "U+301C", "～")


def test_single_bytes_without_a_character_are_not_written():
    assert [each.character for each in csv_bytes(["値"], [["\x80\uf8f0"]], "cp932").replaced] == ["\x80", "\uf8f0"]


def test_private_characters_of_windows_are_kept():
    written = csv_bytes(["値"], [["\ue000"]], "cp932")
    assert written.replaced == []
    assert read_table("a.csv", written.content).rows[0].cells == ["\ue000"]


def test_utf8_carries_a_mark_for_excel_and_replaces_nothing():
    written = csv_bytes(["氏名"], [["𠮷"]], "utf-8-sig")
    assert written.content == b"\xef\xbb\xbf" + '"氏名"\r\n"𠮷"\r\n'.encode()
    assert written.replaced == []


def test_another_encoding_is_a_mistake_of_the_caller():
    with pytest.raises(ValueError, match="euc_jp"):
        csv_bytes(["値"], [], "euc_jp")


@pytest.mark.parametrize("encoding", ["cp932", "utf-8", "utf-8-sig"])
@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "'="])
def test_no_cell_of_a_csv_begins_like_a_formula(start, encoding):
    content = csv_bytes(["値"], [[f"{start}1+1"]], encoding).content.decode(encoding)
    assert f'"\'{start}1+1"' in content


def test_a_formula_in_excel_is_a_text_of_the_type_text():
    sheet = load_workbook(io.BytesIO(xlsx_bytes(["値"], [[FORMULA], ["#N/A"], ["1"]]))).active
    assert [(cell.value, cell.data_type, cell.number_format) for (cell,) in sheet.iter_rows(min_row=2)] == [
        (FORMULA, "s", "@"),
        ("#N/A", "s", "@"),
        ("1", "s", "@"),
    ]


def test_excel_has_a_bold_frozen_header_and_columns_as_wide_as_their_texts():
    sheet = load_workbook(
        io.BytesIO(xlsx_bytes(["番号", "名称"], [["1", "住民情報システムの運用"]], "業務:登録"))
    ).active
    assert sheet.title == "業務・登録"
    assert sheet.freeze_panes == "A2"
    assert [cell.font.bold for cell in sheet[1]] == [True, True]
    assert [sheet.column_dimensions[letter].width for letter in "AB"] == [8, 24]


def test_a_text_too_long_for_excel_is_refused_with_its_place():
    with pytest.raises(TableError, match="3行目の「内容」は32,768字あり"):
        xlsx_bytes(["内容"], [["短い"], ["長" * 32_768]])


def test_rows_as_wide_as_the_header_only():
    with pytest.raises(ValueError, match="zip"):
        csv_bytes(["番号", "名称"], [["1"]], "cp932")
