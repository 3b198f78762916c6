"""情報項目の一覧: two lists differ by their items, never by order, brackets, width or 「・」."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records.checks.items import Mark, missing, read_items, split_items

NAMES = [
    "氏名",
    "住所",
    "生年月日",
    "続柄",
    "平熱",
    "登降園時刻",
    "取引明細",
    "口座の有無",
    "保育区分",
    "メールアドレス",
]
names = st.lists(st.sampled_from(NAMES), unique=True, min_size=1)
brackets = st.sampled_from(
    ["{}", "{}（該当する場合）", "(口座がある場合){}", "{}(身長、体重(BMI))", " {} ", "{}等", "{}。"]
)
separators = st.sampled_from(["、", "\n", "，", "、 ", "・", "および", "及び"])


def texts(items):
    return [item.text for item in items]


@st.composite
def written(draw, given_names):
    """A list as somebody writes it: another order, brackets behind or before a name, any separator."""
    text = ""
    for name in draw(st.permutations(given_names)):
        text += (draw(separators) if text else "") + draw(brackets).format(name)
    return text


@given(st.data(), names)
def test_the_same_items_in_any_writing_do_not_differ(data, chosen):
    one = split_items(data.draw(written(chosen)))
    other = split_items(data.draw(written(chosen)))
    assert missing(one, other) == missing(other, one) == []


@given(st.data(), names, st.sampled_from(NAMES))
def test_an_item_that_only_one_list_has_is_found_whatever_the_writing(data, chosen, more):
    rest = [name for name in chosen if name != more]
    longer = split_items(data.draw(written([*rest, more])))
    shorter = split_items(data.draw(written(rest)))
    assert any(more in item.text for item in missing(longer, shorter))
    assert missing(shorter, longer) == []


@given(st.text(max_size=60))
def test_any_text_can_be_read(text):
    items = read_items(text).all
    assert missing(items, items) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("卒・退園年月日", "卒、退園年月日"),
        ("口座の有無、 (口座がある場合)取引明細", "口座の有無、取引明細（口座有の場合）"),
        ("身体記録(身長、体重、カウプ指数(BMIと同じ。))", "身体記録（身長、体重）"),
        ("ＩＤ、氏　名", "ID、氏 名"),
        ("学年・組", "組・学年"),
        ("・氏名\n・住所", "(1) 氏名\n(2) 住所"),
    ],
)
def test_brackets_width_and_marks_make_no_difference(one, other):
    first, second = read_items(one).all, read_items(other).all
    assert missing(first, second) == missing(second, first) == []


def test_the_missing_item_is_named_as_it_is_written():
    paper, sheet = split_items("検温・排泄記録、平熱"), split_items("平熱、検温")
    assert texts(missing(paper, sheet)) == ["検温・排泄記録"]
    assert missing(sheet, paper) == []


@pytest.mark.parametrize("heading", ["【区が{}項目】", "{}項目", "〔{}管理個人情報〕"])
def test_a_heading_says_which_way_the_items_go(heading):
    text = f"{heading.format('送信する')}\n氏名、住所\n{heading.format('受信する')}\n口座の有無"
    lists = read_items(text)
    assert (texts(lists.sent), texts(lists.received)) == (["氏名", "住所"], ["口座の有無"])


@pytest.mark.parametrize("same", ["送信する項目と同じ。", "送信する項目に同じ"])
def test_the_same_as_sent_is_the_list_once_more(same):
    lists = read_items(f"【区が送信する項目】\n氏名、住所\n【区が受信する項目】\n{same}")
    assert texts(lists.received) == ["氏名", "住所"]


def test_a_heading_without_a_direction_is_no_item():
    assert texts(read_items("【保護者に係る情報項目】\n氏名").all) == ["氏名"]


@pytest.mark.parametrize(
    ("item", "marks"),
    [
        ("アレルギー情報", [Mark.SENSITIVE]),
        ("必要となるデータ（在外選挙人登録、犯罪歴等）", [Mark.SENSITIVE]),
        ("備考", [Mark.FREE_TEXT]),
        ("在園中のきょうだい名", [Mark.THIRD_PERSON]),
        ("保護者氏名", []),
    ],
)
def test_an_item_bears_its_marks(item, marks):
    (found,) = split_items(item)
    assert found.marks == marks


def test_a_bracket_says_what_is_written_into_free_text():
    told, untold = split_items("日誌（連絡帳記載内容）、備考")
    assert (told.is_explained, untold.is_explained) == (True, False)
