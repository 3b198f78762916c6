"""文章の書式: what is typed is what prints, and what Word leaves in a pasted text is put in order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from printing.prose.cleaning import BAR, clean
from printing.prose.reading import Kind, read, words
from printing.prose.setting import pieces

ALPHABET = "区氏名、。 　\t\n\r\v｜|(（1１)）.．ア・•※【】＜＞①<b>&\u00a0\u200b\uf0b7o"


def kinds(text):
    return [block.kind.value for block in read(text)]


@pytest.mark.parametrize(
    ("pasted", "cleaned"),
    [
        ("1行目\r\n2行目\v3行目\u2028四行目", "1行目\n2行目\n3行目\n四行目"),
        ("•\tシステム構成図\n\uf0b7　記録票\no\t方針\n· 仕様書", "・システム構成図\n・記録票\n・方針\n・仕様書"),
        ("(1)\tログを取る。\n１．\t概要\n・\t記録票\nア\t対象", "(1) ログを取る。\n１． 概要\n・ 記録票\nア 対象"),
        ("　　区民部　収納課　　\n\t氏名 ", "区民部　収納課\n氏名"),
        ("類 型\t事 例\n1 \t 行政施策", "類 型｜事 例\n1｜行政施策"),
        ("類型 | 事例", "類型｜事例"),
        ("一\n\n\n\n二\n", "一\n\n二"),
        ("氏\u200b名\ufeff\x07、\u00a0住所", "氏名、 住所"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("髙﨑辻\U000e0100が\u3099", "髙﨑辻\U000e0100が\u3099"),
    ],
)
def test_cleans_what_is_pasted(pasted, cleaned):
    assert clean(pasted) == cleaned


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("株式会社NTTデータ\n東京都江東区豊洲3-3-3", ["line", "line"]),
        ("【区が講じる保護措置】\nつぎの保護措置を講ずる。\n(1) 接続する。", ["group", "line", "item"]),
        ("【園児に係る情報項目】 氏名", ["line"]),
        (
            "1 概要\n現行の一斉メール配信システムは、平成28年度に導入し、令和2年度から使用を開始した。",
            ["heading", "prose"],
        ),
        ("１　事務\n(1)一\n（２）二\n①三\n⑷四\nア 五\n・六\n※七\n1．八", ["heading", *["item"] * 8]),
        ("3月 システムの運用\n25～30 万件\n1.5倍", ["line", "line", "line"]),
        ("一\n\n二", ["line", "gap", "line"]),
        ("・\n(1)", ["line", "line"]),
        ("類｜例\n1｜確認", ["table"]),
    ],
)
def test_reads_each_line_as_what_it_looks_like(text, expected):
    assert kinds(text) == expected


def test_a_row_without_its_first_cell_goes_on_in_the_row_above():
    text = "｜類 型｜事 例\n2｜業務間｜統計に関する業務（0703-15）\n｜｜母子保健に関する業務（0701-01）"
    (table,) = read(text)
    cells = [[[words(text, line) for line in cell] for cell in row] for row in table.rows]
    assert cells == [
        [[""], ["類 型"], ["事 例"]],
        [["2"], ["業務間"], ["統計に関する業務（0703-15）", "母子保健に関する業務（0701-01）"]],
    ]


def test_marks_fall_into_the_blocks_where_they_belong():
    old = "【送信】\n氏名、住所\n(1) 鍵を掛ける。"
    found = pieces("【送信】\n氏名、住所、性別\n(1) 鍵を掛ける。\n(2) ログを取る。", old)
    marked = [[run.text for run in piece.runs if run.changed] for piece in found]
    assert marked == [[], ["性別"], [], ["ログを取る。"]]


def test_markup_in_a_text_is_text():
    (piece,) = pieces("<script>alert(1)</script>")
    assert piece.html == "&lt;script&gt;alert(1)&lt;/script&gt;"


@given(st.text(ALPHABET, max_size=80))
def test_cleaning_twice_is_cleaning_once(text):
    assert clean(clean(text)) == clean(text)


@given(st.text(ALPHABET, max_size=80))
def test_what_is_typed_is_what_prints(text):
    text = clean(text)
    blocks = [(block.kind.value, words(text, block.span)) for block in read(text)]
    typed = [sorted(line.replace("\n", "").replace(BAR, "")) if kind == "table" else line for kind, line in blocks]
    assert _printed(pieces(text)) == typed


@given(st.text(ALPHABET, max_size=60), st.text(ALPHABET, max_size=60))
def test_marks_change_no_word(text, baseline):
    text = clean(text)
    assert _printed(pieces(text, clean(baseline))) == _printed(pieces(text))


@given(st.text(ALPHABET, max_size=60))
def test_blocks_follow_each_other_without_a_gap(text):
    text = clean(text)
    blocks = read(text)
    assert "\n".join(words(text, block.span) for block in blocks) == text
    assert all(block.rows == [] or block.kind is Kind.TABLE for block in blocks)


def _printed(found):
    """The words of each piece; those of a table, which is read cell by cell, in one fixed order."""
    return [
        sorted(_of_table(piece)) if piece.kind == "table" else "".join(run.text for run in piece.runs)
        for piece in found
    ]


def _of_table(piece):
    return "".join(run.text for row in piece.rows for cell in row for line in cell for run in line)
