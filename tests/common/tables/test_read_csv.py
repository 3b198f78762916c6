"""CSV as the offices send it: read as it was meant, or refused with the row."""

import pytest

from common.tables.reading import read_table
from common.tables.shapes import Row, TableError

HEADER = "業務登録番号,業務の名称"


@pytest.mark.parametrize(
    ("encoding", "label"),
    [
        ("cp932", "CP932（Windowsの日本語、Shift_JIS）"),
        ("utf-8", "UTF-8（BOMなし）"),
        ("utf-8-sig", "UTF-8（BOMつき）"),
    ],
)
def test_the_encoding_is_found_and_named(encoding, label):
    table = read_table("業務.csv", f"{HEADER}\r\n0102-01,髙橋の業務①㈱\r\n".encode(encoding))
    assert (table.encoding, table.encoding_label) == (encoding, label)
    assert table.columns == ["業務登録番号", "業務の名称"]
    assert table.rows == [Row(2, ["0102-01", "髙橋の業務①㈱"])]
    assert table.warnings == []


@pytest.mark.parametrize("encoding", ["cp932", "utf-8", "utf-8-sig"])
def test_ten_thousand_japanese_rows_are_read(encoding):
    lines = [
        f'{number // 100:04d}-{number % 100:02d},"柴﨑の業務{number}\n（その{number % 7}）"' for number in range(10_000)
    ]
    table = read_table("a.csv", "\r\n".join([HEADER, *lines]).encode(encoding))
    assert table.encoding == encoding
    assert len(table.rows) == 10_000
    assert table.rows[-1] == Row(10_001, ["0099-99", "柴﨑の業務9999\n（その3）"])


def test_tabs_are_found_by_the_header():
    table = read_table("a.tsv", "番号\t名称\n0102-01\ta,b,c,d".encode())
    assert table.rows == [Row(2, ["0102-01", "a,b,c,d"])]


def test_a_tab_inside_quotes_is_no_delimiter():
    assert read_table("a.csv", '"番\t号","名\t称"\n1,2'.encode()).columns == ["番\t号", "名\t称"]


def test_the_columns_keep_the_order_of_the_file():
    assert read_table("a.csv", "業務の名称,所管課,業務登録番号\n".encode()).columns == [
        "業務の名称",
        "所管課",
        "業務登録番号",
    ]


def test_row_numbers_are_those_of_a_spreadsheet():
    table = read_table("a.csv", '\r\n番号,名称\r\n\r\n1,"二行\r\nにわたる"\r\n,\r\n2,次'.encode())
    assert table.rows == [Row(4, ["1", "二行\r\nにわたる"]), Row(6, ["2", "次"])]


def test_blanks_and_line_breaks_around_a_heading_are_no_part_of_it():
    assert read_table("a.csv", '" 業務\r\n登録番号　", 業務の名称\n1,2'.encode()).columns == [
        "業務登録番号",
        "業務の名称",
    ]


def test_empty_columns_at_the_end_are_left_out():
    table = read_table("a.csv", "番号,名称,,\n1,2,,\n".encode())
    assert table.columns == ["番号", "名称"]
    assert table.rows == [Row(2, ["1", "2"])]


@pytest.mark.parametrize("formula", ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(1)", "\t=1"])
def test_what_looks_like_a_formula_is_a_text(formula):
    assert read_table("a.csv", f'番号,名称\n1,"{formula}"\n'.encode()).rows == [Row(2, ["1", formula])]


def test_private_characters_are_kept_and_named():
    table = read_table("a.csv", "番号,氏名\n1,\ue000田\n2,山田\n".encode("cp932"))
    assert table.rows[0].cells == ["1", "\ue000田"]
    assert table.warnings == ["2行目「氏名」に外字（U+E000）があります。そのまま取り込みます。"]


def test_many_private_characters_are_counted():
    table = read_table("a.csv", ("氏名\n" + "\ue000\n" * 60).encode())
    assert len(table.warnings) == 51
    assert table.warnings[-1] == "外字はほかに10か所あります。"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "ファイルが空です"),
        (b"\r\n\r\n", "何も書かれていません"),
        (b"\xef\xbb\xbf", "何も書かれていません"),
        ("番号,名称\n1,2\n3\n".encode(), "3行目のセルは1個で、見出しの2列より少なく"),
        ("番号,名称\n1,2,余り\n".encode(), "2行目のC列に見出しのない値「余り」"),
        ("番号,,名称\n1,2,3\n".encode(), "1行目の見出しに空の列（B列）"),
        ("番号,名称, 番号\n1,2,3\n".encode(), "見出し「番号」が2列"),
        ('番号,名称\n1,"閉じない\n2,3\n'.encode(), "2行目の引用符の組が合いません"),
        ('番号,名称\n1,"閉じ"ない\n'.encode(), "2行目の引用符の組が合いません"),
        (f'番号,名称\n1,"{"長" * 140_000}"\n'.encode(), "2行目に長すぎる値"),
        ("番号,名称\n1,2".encode("utf-16"), "UTF-16です"),
        ("番号,名称\n1,2".encode("utf-16-be"), "読み取れない|UTF-16|NUL"),
        ("number,name\n1,2".encode("utf-16-le"), "UTF-16であるか"),
        ("業務登録番号,名称\n1,区民部の業務".encode("euc_jp"), "EUC-JPです"),
        ("業務登録番号,名称\n1,区民部の業務".encode("iso2022_jp"), "JIS（ISO-2022-JP）です"),
        ("番号,名称\n1,あ\0い".encode(), "2行目にNUL文字"),
        (b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff", "中身はプログラム（.exe）"),
        (b"%PDF-1.7\n%\xe2\xe3", "中身はPDF"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "中身は画像"),
        (b"PK\x03\x04rest", "中身はCSVではありません"),
        ("番号," * 200 + "番号\n", "列が多すぎます（201列）"),
        ("番号\n" + "1\n" * 100_001, "取り込めるのは100,000行まで"),
    ],
)
def test_what_is_no_table_is_refused_in_words(content, words):
    with pytest.raises(TableError, match=words):
        read_table("a.csv", content.encode() if isinstance(content, str) else content)


def test_the_first_byte_that_is_in_no_encoding_is_named_by_its_line():
    with pytest.raises(TableError, match="UTF-8でもCP932（Shift_JIS）でもありません。3行目に読み取れない文字（0xFD）"):
        read_table("a.csv", "番号,名称\r\n1,区民\r\n2,".encode("cp932") + b"\xfd\r\n")


def test_one_broken_byte_does_not_turn_utf8_into_another_encoding():
    content = f"{HEADER}\n0102-01,区民部収納課の業務\n0102-02,区".encode() + b"\xe3\x81\n"
    with pytest.raises(TableError, match="文字コードはUTF-8のようですが、3行目に読み取れない文字（0xE3）"):
        read_table("a.csv", content)


def test_a_broken_byte_after_the_mark_of_utf8_is_named():
    with pytest.raises(TableError, match="UTF-8（BOMつき）のようですが、2行目に読み取れない文字（0x93）"):
        read_table("a.csv", b"\xef\xbb\xbfa,b\n" + "日".encode("cp932"))


def test_half_width_kana_of_cp932_are_no_euc():
    assert read_table("a.csv", "氏名,カナ\n山田,ﾔﾏﾀﾞ ﾀﾛｳ ｻﾌﾞﾛｳ ｼﾞﾛｳ ｺﾞﾛｳ\n".encode("cp932")).encoding == "cp932"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("業務.xls", "古いExcelの形式"),
        ("業務.xlsm", "マクロつき"),
        ("業務.ods", "LibreOffice"),
        ("業務.exe", "この種類のファイル（.exe）"),
        ("業務", "この種類のファイル（拡張子なし）"),
    ],
)
def test_a_file_of_another_name_is_refused(name, words):
    with pytest.raises(TableError, match=words):
        read_table(name, "番号,名称\n1,2\n".encode())
