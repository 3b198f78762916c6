"""和暦: dates as the ward writes them, read and written (domain: forms of the sources, architecture: partial dates)."""

from datetime import date

from common.wareki.eraless import readings_without_era
from common.wareki.eras import FIRST_DAY, era_of
from common.wareki.errors import DateTextError
from common.wareki.formats import STYLES, format_date
from common.wareki.partial import BLANK, PartialDate, Precision, blank
from common.wareki.reading import is_template, read, squeeze
from common.wareki.resolving import resolve

__all__ = [
    "BLANK",
    "FIRST_DAY",
    "STYLES",
    "DateTextError",
    "PartialDate",
    "Precision",
    "blank",
    "era_of",
    "format_date",
    "parse",
    "readings_without_era",
]


def parse(text: str, after: date | PartialDate | None = None, as_printed: bool = False) -> PartialDate:
    """日付の文字列を読む: what a typed or printed date text means; the text itself is kept exactly.

    Reads 和暦 in full and short (令和4年6月1日, 令4.6.1, R4/6/1, R040601, 元年, ㋿), western (2022/6/1, 20220601) and
    both (2021年（令和3年）12月3日), down to a day, a third of a month (初旬 = 1–10), a month's end, a month, a year or
    a 年度; 以降継続 (no end); a weekday in brackets, which must be right; and a template not filled in (a blank).

    `after` is the date written before this one: it lends its year (8月), its year and month (18日), or its era
    (【3年5月】, ２４年度). A year with no era and no `after` is of the newest era: 4.6.1 is 令和4年6月1日.
    `as_printed` takes a date outside its era (平成32年5月1日) at its true day, for papers that stand as printed.

    A month, third or year named by its era has only the days of that era: 昭和64年 ends on January 7.
    Raises a DateTextError (a ValueError) whose text is Japanese and names the fault, with `.offer` where there is one.
    """
    if is_template(squeeze(text)):
        return PartialDate(None, None, Precision.BLANK, text)
    parts = read(text)
    span = resolve(parts, after.start if isinstance(after, PartialDate) else after, as_printed)
    if parts.is_open:
        return PartialDate(span.start, None, Precision.OPEN, text, basis=span.precision)
    return PartialDate(span.start, span.end, span.precision, text)
