"""部分日付: a date as far as the paper gives it, with the paper's own spelling."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Self

from django.db.models import TextChoices

from common.wareki.eras import era_of, era_of_fiscal_year, year_text
from common.wareki.formats import format_date


class Precision(TextChoices):
    """精度: how much of the date is known; the label is what the field's echo shows beside it."""

    DAY = "day", "日まで"
    THIRD = "third", "旬まで"
    MONTH_END = "month_end", "月末"
    MONTH = "month", "月まで"
    YEAR = "year", "年まで"
    FISCAL_YEAR = "fiscal_year", "年度"
    OPEN = "open", "以降継続"
    BLANK = "blank", "記入なし"


_DAY = r"(?:[0-9]{4}-[0-9]{2}-[0-9]{2})?"
_SERIAL = re.compile(
    rf"(?P<start>{_DAY})/(?P<end>{_DAY})/(?P<precision>[a-z_]+)(?:-(?P<basis>[a-z_]+))?/(?P<text>.*)", re.S
)
# Of the words that `reading` lets follow a date, those that say how it is meant.
_QUALIFIER = re.compile(r"(現在|時点|頃|ごろ|予定)[\s)）\]］】]*\Z")


@dataclass(frozen=True)
class PartialDate:
    """部分日付: first and last day (both inclusive; None = none), precision, and the text exactly as typed.

    以降継続 has a start, no end, the precision `open`, and in `basis` the precision of its start; everywhere else
    `basis` equals `precision`. A blank has neither start nor end, and keeps its template as text
    (「令和　年　月　日」). True unless blank; `str()` is the text.
    """

    start: date | None
    end: date | None
    precision: Precision
    text: str
    basis: Precision | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "precision", Precision(self.precision))
        object.__setattr__(self, "basis", Precision(self.basis or self._usual_basis()))
        if not self._is_consistent():
            raise ValueError(f"not a partial date: {self.start} {self.end} {self.precision} {self.basis}")

    def _usual_basis(self) -> Precision:
        return Precision.DAY if self.precision == Precision.OPEN else self.precision

    def _is_consistent(self) -> bool:
        if self.precision == Precision.BLANK:
            return self.start is None and self.end is None
        if self.precision == Precision.OPEN:
            return self.start is not None and self.end is None
        return self.start is not None and self.end is not None and self.start <= self.end

    def __str__(self) -> str:
        return self.text

    def __bool__(self) -> bool:
        return not self.is_blank

    @property
    def is_blank(self) -> bool:
        """Whether nothing was filled in."""
        return self.precision == Precision.BLANK

    @property
    def is_open(self) -> bool:
        """Whether it goes on without an end (以降継続)."""
        return self.precision == Precision.OPEN

    @classmethod
    def of(cls, day: date, style: str = "long") -> Self:
        """A whole day; its text is written by `format_date` in `style`."""
        return cls(day, day, Precision.DAY, format_date(day, style))

    @classmethod
    def deserialise(cls, serial: str) -> Self:
        """The value of a column text `START/END/PRECISION/original`; ValueError for anything else."""
        match = _SERIAL.fullmatch(serial)
        if not match:
            raise ValueError(f"not START/END/PRECISION/original: {serial!r}")
        start, end = (date.fromisoformat(match[side]) if match[side] else None for side in ("start", "end"))
        basis = Precision(match["basis"]) if match["basis"] else None
        return cls(start, end, Precision(match["precision"]), match["text"], basis)

    def serialise(self) -> str:
        """The column text `START/END/PRECISION/original`.

        Days are ISO, a missing one is empty; the precision of an 以降継続 that starts with less than a day is followed
        by that of its start (`open-month`). The original comes last because it may hold any character.
        """
        kind = self.precision.value
        if self.basis != self._usual_basis():
            kind += f"-{self.basis}"
        return f"{self.start or ''}/{self.end or ''}/{kind}/{self.text}"

    @property
    def qualifier(self) -> str:
        """「ごろ」「予定」…: what the text adds to the date and its days do not say; usually empty."""
        found = _QUALIFIER.search(self.text)
        return found[1] if found and not self.is_blank else ""

    def told(self) -> str:
        """`display` with what the text says more: 昭和60年ごろ, 令和9年4月1日（木）予定."""
        return self.display() + self.qualifier

    def display(self, dense: bool = False) -> str:
        """理解した内容: what was understood, in canonical 和暦; empty for a blank.

        令和4年6月1日（水）, 令和4年6月, 令和6年1月上旬, 平成25年1月末, 令和3年度, 令和4年, 令和3年4月1日（木）以降継続.
        Dense: R4.6.1, R4.6, R6.1上旬, H25.1末, R3年度, R4, R3.4.1以降継続. A month or year that lies in two eras (typed
        in western years) stays western: 1989年1月.
        """
        if self.start is None:
            return ""
        written = _dense(self.start, self.end, self.basis) if dense else _long(self.start, self.end, self.basis)
        return written + ("以降継続" if self.is_open else "")


BLANK = PartialDate(None, None, Precision.BLANK, "")


def blank() -> PartialDate:
    """The date nobody has filled in; the default of every partial date column."""
    return BLANK


def _third_name(day_of_month: int) -> str:
    """上旬 (1–10), 中旬 (11–20) or 下旬 (21–end) for a day of the month."""
    return ("上旬", "中旬", "下旬", "下旬")[(day_of_month - 1) // 10]


def _year(start: date, end: date | None, long: bool) -> str:
    """令和4年 or R4; the western year when start and end are not of one era."""
    era = era_of(start)
    if end and era_of(end) != era:
        return f"{start.year}年" if long else str(start.year)
    year = era.year_of(start.year)
    return f"{era.name}{year_text(year)}年" if long else f"{era.letter}{year}"


def _fiscal_year(start: date, long: bool) -> str:
    era = era_of_fiscal_year(start.year)
    year = era.year_of(start.year)
    return f"{era.name}{year_text(year)}年度" if long else f"{era.letter}{year}年度"


def _suffix(start: date, basis: Precision | None) -> str:
    if basis == Precision.THIRD:
        return _third_name(start.day)
    return "末" if basis == Precision.MONTH_END else ""


def _long(start: date, end: date | None, basis: Precision | None) -> str:
    if basis == Precision.DAY:
        return format_date(start, "weekday")
    if basis == Precision.FISCAL_YEAR:
        return _fiscal_year(start, long=True)
    month = "" if basis == Precision.YEAR else f"{start.month}月"
    return _year(start, end, long=True) + month + _suffix(start, basis)


def _dense(start: date, end: date | None, basis: Precision | None) -> str:
    if basis == Precision.DAY:
        return format_date(start, "short")
    if basis == Precision.FISCAL_YEAR:
        return _fiscal_year(start, long=False)
    month = "" if basis == Precision.YEAR else f".{start.month}"
    return _year(start, end, long=False) + month + _suffix(start, basis)
