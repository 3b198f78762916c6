"""検索文書の番号: what stands in a primary key, and in which order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.places import KEY_MASK, NO_NUMBER, Audience, Place, at_position, of_audience, position

PLACES = st.builds(
    Place,
    st.sampled_from(list(Audience)),
    st.integers(0, NO_NUMBER),
    st.integers(1, 31),
    st.integers(1, KEY_MASK),
)


@given(PLACES)
def test_says_what_it_was_made_of_and_fits_the_column(place):
    assert Place.of(place.id) == place
    assert 0 < place.id < 1 << 63


@given(PLACES, PLACES)
def test_stands_in_the_order_of_the_numbers_within_its_audience(one, other):
    low, high = of_audience(one.audience)
    assert (low <= other.id <= high) == (one.audience == other.audience)
    if one.audience == other.audience and one.position < other.position:
        assert one.id < other.id


@given(PLACES, PLACES)
def test_a_position_is_a_range(one, other):
    low, high = at_position(one.audience, one.position)
    assert (low <= other.id <= high) == ((one.audience, one.position) == (other.audience, other.position))


@pytest.mark.parametrize(("number", "place"), [("0001-02", 102), ("9999-99", 999_999), ("", NO_NUMBER)])
def test_the_position_is_the_number_and_last_without_one(number, place):
    assert position(number) == place < NO_NUMBER + 1
