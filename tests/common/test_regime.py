"""Which rules hold on a day."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from common import regime
from common.regime import Body, Regime


@pytest.mark.parametrize(
    ("day", "expected", "data", "consults"),
    [
        (date(2000, 4, 1), Regime.ORDINANCE, "管理個人情報", True),
        (date(2023, 3, 31), Regime.ORDINANCE, "管理個人情報", True),
        (date(2023, 4, 1), Regime.ACT, "保有個人情報", False),
        (date(2030, 1, 1), Regime.ACT, "保有個人情報", False),
    ],
)
def test_the_law_took_the_place_of_the_ordinance_on_april_1_2023(day, expected, data, consults):
    rules = regime.on(day)
    assert (rules.regime, rules.managed_data, rules.consults_by_kind) == (expected, data, consults)


@pytest.mark.parametrize("body", Body)
def test_the_periods_of_each_body_leave_no_gap_and_do_not_overlap(body):
    periods = [rules for rules in regime.TABLE if body in rules.bodies]
    assert periods[0].first is None
    assert periods[-1].last is None
    for earlier, later in pairwise(periods):
        assert earlier.last + timedelta(days=1) == later.first


@pytest.mark.parametrize(
    ("body", "before", "after", "chapter5"),
    [
        (Body.ORDINARY, Regime.ORDINANCE, Regime.ACT, True),
        (Body.MEDICAL, Regime.ORDINANCE, Regime.MEDICAL, True),
        (Body.ASSEMBLY, Regime.ORDINANCE, Regime.ASSEMBLY, False),
    ],
)
def test_the_assembly_leaves_chapter_5_and_hospitals_stand_apart_on_april_1_2023(body, before, after, chapter5):
    assert regime.on(date(2023, 3, 31), body).regime == before
    assert regime.on(date(2023, 4, 1), body).regime == after
    assert regime.on(date(2023, 4, 1), body).chapter5 is chapter5


def test_what_no_source_says_of_the_assembly_stays_empty():
    rules = regime.on(date(2023, 4, 1), Body.ASSEMBLY)
    assert (rules.managed_data, rules.use_provision) == ("", "")
