"""日付の確定: from the parts of a text to first and last day, refusing what never was."""

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date

from common.wareki.eras import ERAS, FIRST_DAY, NEWEST, WEEKDAYS, Era, era_of, fiscal_year_days, year_text
from common.wareki.errors import (
    BeforeSolarCalendarError,
    NoSuchDayError,
    NoSuchEraYearError,
    OutsideEraError,
    UnreadableError,
    WrongWeekdayError,
    YearMissingError,
    YearsDisagreeError,
)
from common.wareki.formats import format_date
from common.wareki.partial import PartialDate, Precision
from common.wareki.reading import Parts

_BEFORE = "明治5年（1872年）までの日付は旧暦のため、扱えません。明治6年1月1日からの日付を書いてください。"
LAST_YEAR = 2999  # so that every year of an era has three figures at most,
_LOOKS_WESTERN = 1000  # and one of four (令和2022年) is two habits mixed up
_THIRDS = {"初旬": (1, 10), "上旬": (1, 10), "中旬": (11, 20), "下旬": (21, 31)}


@dataclass(frozen=True)
class Span:
    """期間: first and last day, both inclusive, and how finely they were given."""

    start: date
    end: date
    precision: Precision


def resolve(parts: Parts, after: date | None, as_printed: bool) -> Span:
    """The days that the parts mean; a DateTextError names what is wrong.

    `after` lends the era, year and month that the text leaves out; `as_printed` lets a date stand outside its era.
    """
    parts = _with_era(parts, after)
    western = _western_year(parts, after)
    span = _span(parts, western, after)
    if span.start < FIRST_DAY:
        raise BeforeSolarCalendarError(_BEFORE)
    if parts.era:
        span = _within_era(span, parts.era, parts, as_printed)
    _check_weekday(span, parts)
    return span


def _with_era(parts: Parts, after: date | None) -> Parts:
    """A year without an era (4.6.1, 【3年5月】, ２４年度) is of the era of `after`; without that, of the newest."""
    if parts.year is None or parts.era or parts.western:
        return parts
    return replace(parts, era=era_of(after) if after and after >= FIRST_DAY else NEWEST)


def _western_year(parts: Parts, after: date | None) -> int:
    if parts.era and parts.year is not None:
        return _western_of_era(parts, parts.era, parts.year)
    if parts.western is not None:
        return parts.western
    if after is None:
        written = (f"{parts.month}月" if parts.month else "") + (parts.part or f"{parts.day}日" if parts.day else "")
        raise YearMissingError(f"「{written}」には年がありません。令和4年{written} のように、年から書いてください。")
    return after.year


def _western_of_era(parts: Parts, era: Era, year: int) -> int:
    if year == 0:
        raise NoSuchEraYearError(f"{era.name}0年という年はありません。{era.name}は元年からです。")
    if year >= _LOOKS_WESTERN:
        raise NoSuchEraYearError(f"{era.name}{year}年という年はありません。西暦ならば{year}年と書いてください。")
    western = era.western(year)
    if parts.western not in (None, western):
        right = f"{parts.western}年は{_names_of_year(parts.western)}です。" if parts.western >= FIRST_DAY.year else ""
        raise YearsDisagreeError(f"{parts.western}年と{era.name}{year_text(year)}年は同じ年ではありません。{right}")
    return western


def _names_of_year(western: int) -> str:
    """平成31年または令和元年 for 2019, 令和3年 for 2021."""
    eras = [era for era in ERAS if era.first.year <= western <= era.last.year]
    return "または".join(f"{era.name}{year_text(era.year_of(western))}年" for era in eras)


def _span(parts: Parts, western: int, after: date | None) -> Span:
    if western < FIRST_DAY.year - 1:
        raise BeforeSolarCalendarError(_BEFORE)
    if western > LAST_YEAR:
        raise NoSuchDayError(f"西暦{LAST_YEAR + 1}年からの日付は扱えません。")
    if parts.fiscal:
        return Span(*fiscal_year_days(western), Precision.FISCAL_YEAR)
    if parts.month is None and parts.day is None:
        return Span(date(western, 1, 1), date(western, 12, 31), Precision.YEAR)
    if parts.month is not None:
        return _span_in_month(parts, western, parts.month)
    if after is None or parts.western or parts.year is not None:
        raise YearMissingError(
            f"「{parts.day}日」には月がありません。令和4年8月{parts.day}日 のように、年から書いてください。"
        )
    return _span_in_month(parts, western, after.month)


def _span_in_month(parts: Parts, western: int, month: int) -> Span:
    if not 1 <= month <= 12:
        raise NoSuchDayError(f"{month}月という月はありません。")
    last = monthrange(western, month)[1]
    if parts.day is not None:
        if not 1 <= parts.day <= last:
            raise NoSuchDayError(f"{_written_year(parts, western)}{month}月{parts.day}日という日はありません。")
        day = date(western, month, parts.day)
        return Span(day, day, Precision.DAY)
    if parts.part in _THIRDS:
        first, final = _THIRDS[parts.part]
        return Span(date(western, month, first), date(western, month, min(final, last)), Precision.THIRD)
    if parts.part:  # 末, 末日: the last day itself (3月末現在 = March 31)
        return Span(date(western, month, last), date(western, month, last), Precision.MONTH_END)
    return Span(date(western, month, 1), date(western, month, last), Precision.MONTH)


def _written_year(parts: Parts, western: int) -> str:
    return f"{parts.era.name}{year_text(parts.year)}年" if parts.era and parts.year else f"{western}年"


def _within_era(span: Span, era: Era, parts: Parts, as_printed: bool) -> Span:
    """The days of the span that lie in the named era: 令和元年 begins on May 1, 昭和64年1月 ends on the 7th.

    A 年度 is not cut: 令和元年度 begins on April 1, a day of 平成31年. With no day left the date is refused, with the
    spelling of the right era as offer, or kept as printed.
    """
    if span.end < era.first or span.start > era.last:
        if as_printed:
            return span
        raise _outside_era(span, era, parts)
    if span.precision == Precision.FISCAL_YEAR:
        return span
    return replace(span, start=max(span.start, era.first), end=min(span.end, era.last))


def _outside_era(span: Span, era: Era, parts: Parts) -> OutsideEraError:
    offer = _offer(span)
    typed = _written_year(parts, span.start.year) + offer.partition("年")[2]
    if span.start > era.last:
        border = f"{era.name}は{format_date(era.last).removeprefix(era.name)}までです。"
    else:
        border = f"{era.name}は{format_date(era.first).removeprefix(era.name)}からです。"
    return OutsideEraError(f"{border}{typed}は{offer}です。", offer)


def _offer(span: Span) -> str:
    """The same days in the right era, spelt in full: 令和2年5月1日, 令和元年5月, 令和2年度."""
    if span.precision == Precision.DAY:
        return format_date(span.start)
    return PartialDate(span.start, span.end, span.precision, "").display()


def _check_weekday(span: Span, parts: Parts) -> None:
    if parts.weekday is None:
        return
    if span.precision != Precision.DAY:
        raise UnreadableError("曜日は、日まで書いた日付にだけつけてください。")
    right = WEEKDAYS[span.start.weekday()]
    if parts.weekday != right:
        raise WrongWeekdayError(
            f"{format_date(span.start)}は{right}曜日です（{parts.weekday}曜日と書かれています）。",
            format_date(span.start, "weekday"),
        )
