"""Which rules hold on a day."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from common import regime
from common.regime import Regime


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


def test_the_periods_leave_no_gap_and_do_not_overlap():
    assert regime.TABLE[0].first is None
    assert regime.TABLE[-1].last is None
    for earlier, later in pairwise(regime.TABLE):
        assert earlier.last + timedelta(days=1) == later.first
