"""時刻の入力らん: what a person types for a time of day."""

from datetime import time

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from common.formfields import ClockField

MINUTES = st.times().map(lambda moment: moment.replace(second=0, microsecond=0))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("10:15", time(10, 15)),
        ("１０時１５分", time(10, 15)),
        ("午前10時", time(10)),
        ("午後３時半", time(15, 30)),
        ("午後12時05分", time(12, 5)),
        (" 9:05 ", time(9, 5)),
    ],
)
def test_a_time_is_read_as_people_write_it(typed, meant):
    assert ClockField().clean(typed) == meant


@pytest.mark.parametrize("typed", ["25:00", "10:61", "10", "昼", "午後", "10：1：5", "午後 13 00"])
def test_what_is_no_time_is_refused_in_words(typed):
    with pytest.raises(ValidationError, match="時刻として読めません"):
        ClockField().clean(typed)


def test_an_empty_box_may_stay_empty():
    assert ClockField(required=False).clean("") is None


@given(MINUTES)
def test_a_time_shown_in_the_box_is_read_back(moment):
    field = ClockField()
    assert field.clean(field.prepare_value(moment)) == moment
