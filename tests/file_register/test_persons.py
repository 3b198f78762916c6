"""本人の数: every spelling of a count, and what its bounds are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.persons import PersonsTextError, parse


@pytest.mark.parametrize(
    ("text", "lowest", "highest"),
    [
        ("1,234人", 1234, 1234),
        ("１，２３４", 1234, 1234),
        ("0人", 0, 0),
        ("約1,200人", 1150, 1250),
        ("約1,000人", 500, 1500),
        ("1,234名程度", 1234, 1234),
        ("約71万人", 705_000, 715_000),
        ("1万2000人", 12_000, 12_000),
        ("900〜1,100人", 900, 1100),
        ("900人から1,100人", 900, 1100),
        ("900-1100", 900, 1100),
        ("1,000人以上", 1000, None),
        ("1,000人超", 1001, None),
        ("1,000人以下", 0, 1000),
        ("1,000人未満", 0, 999),
        ("500〜1,000人未満", 500, 999),
        ("不明", None, None),
    ],
)
def test_reads_what_people_write(text, lowest, highest):
    found = parse(text)
    assert (found.lowest, found.highest, found.text) == (lowest, highest, text)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "人数として読めません"),
        ("多数", "「多数」は人数として読めません。"),
        ("1,100〜900人", "少ない方から"),
        ("0人未満", "0人未満という人数はありません。"),
        ("3,000,000,000人", "大きすぎます"),
        ("-5", "人数として読めません"),
        ("1.5万人", "人数として読めません"),
    ],
)
def test_refuses_the_rest_in_japanese(text, message):
    with pytest.raises(PersonsTextError, match=message):
        parse(text)


@given(st.integers(0, 2_000_000_000))
def test_an_exact_figure_is_its_own_bounds_in_every_spelling(number):
    for text in (f"{number}", f"{number:,}人", f"{number:,}名"):
        assert (parse(text).lowest, parse(text).highest) == (number, number)


@given(st.integers(0, 1_000_000_000))
def test_an_approximate_figure_lies_between_its_bounds(number):
    found = parse(f"約{number:,}人")
    assert found.lowest <= number <= found.highest
