"""人数: as people write it, with the bounds between which the truth lies."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.persons import PersonsTextError, parse


@pytest.mark.parametrize(
    ("text", "lowest", "highest"),
    [
        ("1,234人", 1234, 1234),
        ("１２３４", 1234, 1234),
        ("0人", 0, 0),
        ("約1,200人", 1150, 1250),
        ("1,000人程度", 500, 1500),
        ("900〜1,100人", 900, 1100),
        ("900人から1100人", 900, 1100),
        ("1,000人以上", 1000, None),
        ("1,000人超", 1001, None),
        ("1,000人未満", 0, 999),
        ("1,000人以下", 0, 1000),
        ("約71万人", 705_000, 715_000),
        ("1万2,500人", 12_500, 12_500),
        ("不明", None, None),
    ],
)
def test_is_read_with_its_bounds_and_kept_as_typed(text, lowest, highest):
    counted = parse(text)
    assert (counted.text, counted.lowest, counted.highest) == (text, lowest, highest)


@pytest.mark.parametrize("text", ["", "たくさん", "-5人", "1.5人", "1,100〜900人", "0人未満", "99999999999人"])
def test_is_refused_when_it_is_no_count(text):
    with pytest.raises(PersonsTextError):
        parse(text)


@given(st.integers(0, 2_000_000_000), st.sampled_from(["{:,}人", "{}", "{:,}名", "約{:,}人", "{:,}人程度"]))
def test_of_any_size_lies_between_its_bounds(number, shape):
    counted = parse(shape.format(number))
    assert counted.lowest <= number <= counted.highest
