"""Dates and figures in templates."""

from datetime import UTC, date, datetime

import pytest
from django.template import engines

from common.wareki import BLANK, parse


def rendered(source, value):
    return engines["django"].from_string(source).render({"value": value})


@pytest.mark.parametrize(
    ("value", "text", "dense"),
    [
        (date(2022, 1, 12), "令和4年1月12日（水）", "R4.1.12"),
        (datetime(2022, 1, 11, 15, 30, tzinfo=UTC), "令和4年1月12日（水）", "R4.1.12"),
        (parse("r4.6"), "令和4年6月", "R4.6"),
        (parse("令和3年 4月 1日以降継続"), "令和3年4月1日（木）以降継続", "R3.4.1以降継続"),
        (BLANK, "", ""),
        (None, "", ""),
    ],
)
def test_dates_stand_long_in_text_and_short_in_dense_columns(value, text, dense):
    assert rendered("{{ value|wareki }}", value) == text
    assert rendered("{{ value|wareki_dense }}", value) == dense


def test_a_caption_has_the_day_without_its_weekday():
    assert rendered("{{ value|wareki_plain }}", date(2022, 1, 12)) == "令和4年1月12日"
    assert rendered("{{ value|wareki_plain }}", None) == ""


def test_figures_have_commas_and_an_unknown_one_is_no_zero():
    assert rendered("{{ value|grouped }}", 1710634) == "1,710,634"
    assert rendered("{{ value|grouped }}", 0) == "0"
    assert rendered("{{ value|grouped }}", None) == ""
