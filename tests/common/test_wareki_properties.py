"""What must hold for every date: written and read again it is the same, in all eras and precisions."""

from calendar import monthrange
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from common import fiscal_year, wareki
from common.wareki import DateTextError, PartialDate, Precision, format_date, parse
from common.wareki.eras import ERAS

BORDERS = [date.fromordinal(era.first.toordinal() + offset) for era in ERAS for offset in (-1, 0, 1)][1:]
days = st.one_of(
    st.dates(wareki.FIRST_DAY, date(2999, 3, 31)),
    st.dates(date(1985, 1, 1), date(2030, 12, 31)),
    st.sampled_from(BORDERS),
)


def _third(day):
    first = min((day.day - 1) // 10, 2) * 10 + 1
    return first, monthrange(day.year, day.month)[1] if first == 21 else first + 9


def western_period(day, precision):
    """The first and last day of the period around `day`, reckoned here a second time."""
    last = monthrange(day.year, day.month)[1]
    if precision == Precision.DAY:
        return day, day
    if precision == Precision.THIRD:
        first, final = _third(day)
        return day.replace(day=first), day.replace(day=final)
    if precision == Precision.MONTH:
        return day.replace(day=1), day.replace(day=last)
    if precision == Precision.MONTH_END:
        return day.replace(day=last), day.replace(day=last)
    if precision == Precision.YEAR:
        return date(day.year, 1, 1), date(day.year, 12, 31)
    year = max(fiscal_year.of(day), 1873)
    return date(year, 4, 1), date(year + 1, 3, 31)


def period_in_its_era(day, precision):
    """The days of that period in the era of `day`; a 年度 is never cut."""
    start, end = western_period(day, precision)
    era = wareki.era_of(day)
    if precision in {Precision.FISCAL_YEAR, Precision.MONTH_END}:
        return start, end
    return max(start, era.first), min(end, era.last)


closed = st.sampled_from([p for p in Precision if p not in {Precision.OPEN, Precision.BLANK}])


@st.composite
def partial_dates(draw):
    """A date of any precision, whole or cut by an era, closed or going on, or a blank."""
    precision = draw(closed)
    period = draw(st.sampled_from([western_period, period_in_its_era]))
    start, end = period(draw(days), precision)
    text = draw(st.text())
    kind = draw(st.sampled_from(["closed", "closed", "open", "blank"]))
    if kind == "open":
        return PartialDate(start, None, Precision.OPEN, text, basis=precision)
    return (
        PartialDate(None, None, Precision.BLANK, text) if kind == "blank" else PartialDate(start, end, precision, text)
    )


def refusal_of(text):
    """The words in which a text is refused, or None."""
    try:
        parse(text)
    except DateTextError as refusal:
        return str(refusal)
    return None


def meaning(value):
    return value.start, value.end, value.precision, value.basis


@given(partial_dates(), st.booleans())
def test_what_is_written_is_read_as_the_same_days_and_precision(value, dense):
    assert meaning(parse(value.display(dense))) == meaning(value)


@given(partial_dates())
def test_the_column_text_is_read_as_the_same_date(value):
    assert PartialDate.deserialise(value.serialise()) == value


@given(days, st.sampled_from(sorted(wareki.STYLES)))
def test_a_day_in_every_style_is_read_as_that_day(day, style):
    text = format_date(day, style)
    assert parse(text) == PartialDate(day, day, Precision.DAY, text) == PartialDate.of(day, style)


@given(days, st.sampled_from([" ", "　", "\n", "\u00a0", "\u200b"]))
def test_blanks_between_the_letters_change_nothing(day, blank):
    assert parse(blank.join(format_date(day, "wide"))).start == day


@given(st.dates(wareki.FIRST_DAY, date(2100, 12, 31)), st.sampled_from(ERAS))
def test_a_day_is_taken_in_its_own_era_only_and_the_refusal_offers_that_one(day, era):
    year = era.year_of(day.year)
    if year < 1:
        return
    text = f"{era.name}{year}年{day.month}月{day.day}日"
    if era.first <= day <= era.last:
        assert parse(text).start == day
        return
    with pytest.raises(DateTextError) as refusal:
        parse(text)
    assert refusal.value.offer == format_date(day)
    assert parse(text, as_printed=True).start == day


@given(st.text(alphabet="令和平成昭RHSr0123456789０１２元年月日度末初旬以降継続（）()./-－ 　木", max_size=14))
@example("令和99年99月99日")
@example("9999年12月31日")
@example("0000年度")
def test_any_text_is_read_or_refused_in_words(text):
    refusal = refusal_of(text)
    if refusal is None:
        value = parse(text)
        assert value.text == text
        assert value.is_blank or meaning(parse(value.display())) == meaning(value)
    else:
        assert refusal.endswith("。")


@given(days)
def test_every_day_belongs_to_exactly_one_era(day):
    assert [era for era in ERAS if era.first <= day <= era.last] == [wareki.era_of(day)]
