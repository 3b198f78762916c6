"""件数・人数: read with their units, written back alike, and never added over units."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidents.figures import UNITS, Figure, parse
from incidents.models import Certainty, Quantity
from incidents.models.quantities import MixedUnits, total, totals


@pytest.mark.parametrize(
    ("typed", "figures"),
    [
        ("2名分", [Figure(2, "名分")]),
        ("２名分", [Figure(2, "名分")]),
        ("2人", [Figure(2, "名分")]),
        ("1,234名分", [Figure(1234, "名分")]),
        ("約100件", [Figure(100, "件", "", Certainty.ABOUT)]),
        ("101名分以上", [Figure(101, "名分", "", Certainty.AT_LEAST)]),
        ("発信履歴28件", [Figure(28, "件", "発信履歴")]),
        ("1名分\n\n1件", [Figure(1, "名分"), Figure(1, "件")]),
        ("", []),
    ],
)
def test_figures_are_read_as_people_write_them(typed, figures):
    assert parse(typed) == figures


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("36", "単位がありません"),
        ("数名分", "読めません"),
        ("0名分", "1以上"),
        ("1000000000名分", "以下"),
        ("約5名分以上", "どちらか"),
        ("-3名分", "読めません"),
    ],
)
def test_what_is_no_figure_with_a_unit_is_refused_in_words(typed, words):
    with pytest.raises(ValueError, match=words):
        parse(typed)


@given(
    st.integers(1, 999_999_999),
    st.sampled_from([unit for unit in UNITS if unit not in ("名", "人", "人分", "世帯分")]),
    st.sampled_from(Certainty.values),
    st.sampled_from(["", "発信履歴", "写真"]),
)
def test_a_figure_reads_back_as_it_is_written(value, unit, certainty, of_what):
    row = Quantity(value=value, unit=unit, certainty=certainty, of_what=of_what)
    assert parse(str(row)) == [Figure(value, unit, of_what, certainty)]


def test_figures_of_different_units_are_never_added():
    rows = [
        Quantity(value=17, unit="名分"),
        Quantity(value=1, unit="件"),
        Quantity(value=28, unit="件", of_what="発信履歴"),
    ]
    assert total(rows[:1] * 2) == 34
    with pytest.raises(MixedUnits, match="単位のちがう数は合計できません"):
        total(rows[:2])
    with pytest.raises(MixedUnits):
        total(rows[1:])
    assert totals(rows) == {"名分": 17, "件": 1, "発信履歴件": 28}
