"""日付の書式: a whole day in the spellings that the ward prints."""

from collections.abc import Callable
from datetime import date

from common.wareki.eras import WEEKDAYS, WIDE_DIGITS, era_of, year_text


def _long(day: date) -> str:
    era = era_of(day)
    return f"{era.name}{year_text(era.year_of(day.year))}年{day.month}月{day.day}日"


def _short(day: date) -> str:
    era = era_of(day)
    return f"{era.letter}{era.year_of(day.year)}.{day.month}.{day.day}"


def _dual(day: date) -> str:
    era = era_of(day)
    return f"{day.year}年（{era.name}{year_text(era.year_of(day.year))}年）{day.month}月{day.day}日"


STYLES: dict[str, Callable[[date], str]] = {
    "long": _long,
    "wide": lambda day: _long(day).translate(WIDE_DIGITS),
    "short": _short,
    "dual": _dual,
    "weekday": lambda day: f"{_long(day)}（{WEEKDAYS[day.weekday()]}）",
}


def format_date(day: date, style: str = "long") -> str:
    """A day as the ward writes it. Styles, for 2022-01-24:

    - ``long``     令和4年1月24日 (papers, sheets; year 1 is 元年)
    - ``wide``     令和４年１月２４日 (papers of 2013)
    - ``short``    R4.1.24 (dense columns; year 1 is R1)
    - ``dual``     2022年（令和4年）1月24日 (press releases)
    - ``weekday``  令和4年1月24日（月） (running text on screen)

    KeyError for another style, ValueError for a day before 1873.
    """
    return STYLES[style](day)
