"""年度, April 1 to March 31."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common import fiscal_year, wareki


def test_march_belongs_to_the_year_before():
    assert (fiscal_year.of(date(2022, 3, 31)), fiscal_year.of(date(2022, 4, 1))) == (2021, 2022)


@pytest.mark.parametrize(
    ("year", "label"),
    [(2021, "令和3年度"), (2019, "令和元年度"), (2018, "平成30年度"), (1989, "平成元年度"), (1988, "昭和63年度")],
)
def test_a_year_is_named_by_the_era_at_its_new_years_eve(year, label):
    assert fiscal_year.label(year) == label


@given(st.integers(1873, 2998))
def test_the_label_is_read_as_that_year(year):
    read = wareki.parse(fiscal_year.label(year))
    assert (read.start, read.end) == (fiscal_year.first_day(year), fiscal_year.last_day(year))


@given(st.integers(1873, 2998))
def test_years_follow_each_other_without_a_gap(year):
    assert fiscal_year.last_day(year) + timedelta(days=1) == fiscal_year.first_day(year + 1)
    assert fiscal_year.of(fiscal_year.first_day(year)) == fiscal_year.of(fiscal_year.last_day(year)) == year
