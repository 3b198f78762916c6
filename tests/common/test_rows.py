"""番号付きの行: what is typed into the table comes back as it was, and what cannot stand is named by its row."""

import pytest
from django.core.exceptions import ValidationError
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from common.rows import MOST_ROWS, Column, RowsField, RowsFormField, checked, date_in

COLUMNS = (
    Column("name", "名称", needed=True),
    Column("on", "日付", is_date=True),
    Column("side", "区別", choices={"a": "甲", "b": "乙"}),
)
ROW = {"name": "見本", "on": "令和4年4月1日", "side": "a"}
cells = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Z"]), min_size=1, max_size=20)


@given(st.lists(st.builds(lambda name, side: {"name": name, "on": "", "side": side}, cells, st.sampled_from("ab"))))
def test_what_a_browser_sends_comes_back_as_typed(rows):
    rows = rows[:MOST_ROWS]
    data = QueryDict(mutable=True)
    for column in COLUMNS:
        data.setlist(f"rows.{column.name}", [*(row[column.name] for row in rows), "", ""])
    field = RowsFormField(columns=COLUMNS)
    assert field.clean(field.widget.value_from_datadict(data, {}, "rows")) == rows


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"on": "R4.4.1"}, "1行目：「名称」を入力してください。"),
        (ROW | {"on": "令和4年2月30日"}, "1行目：令和4年2月30日"),
        (ROW | {"side": "c"}, "1行目：「区別」は、示された中から選んでください。"),
        (ROW | {"name": "あ" * 501}, "1行目：「名称」は500文字以内"),
        (ROW | {"name": "\x00"}, "制御文字"),
    ],
)
def test_names_the_row_that_cannot_stand(row, words):
    with pytest.raises(ValidationError) as refusal:
        checked([{}, row], COLUMNS)
    assert words in refusal.value.messages[0]


def test_empty_rows_are_left_out_and_too_many_refused():
    assert checked([{}, ROW, {"name": "  "}], COLUMNS) == [ROW]
    with pytest.raises(ValidationError, match="50行まで"):
        checked([ROW] * (MOST_ROWS + 1), COLUMNS)


def test_shown_in_words_and_dates_read():
    field = RowsField("行", COLUMNS)
    assert field.in_words([ROW, ROW | {"on": "", "side": ""}]) == "1 見本　令和4年4月1日　甲\n2 見本"
    assert date_in(ROW, "on").start.year == 2022
    assert date_in({"on": ""}, "on").is_blank


@pytest.mark.parametrize("value", [None, "x", [1], [{"name": "a"}], [{**ROW, "more": ""}], [dict.fromkeys(ROW, "")]])
def test_a_column_takes_nothing_of_another_shape(value):
    with pytest.raises(ValidationError):
        RowsField("行", COLUMNS).validate(value, None)
