"""What is refused, and in which words."""

from datetime import date

import pytest

from common.wareki import BLANK, DateTextError, PartialDate, Precision, format_date, parse
from common.wareki.errors import (
    AmbiguousError,
    BeforeSolarCalendarError,
    NoSuchDayError,
    NoSuchEraYearError,
    OutsideEraError,
    UnreadableError,
    WrongWeekdayError,
    YearMissingError,
    YearsDisagreeError,
)

REFUSED = [
    ("令和4年2月30日", NoSuchDayError, "令和4年2月30日という日はありません。"),
    ("R4.2.30", NoSuchDayError, "令和4年2月30日という日はありません。"),
    ("2023/2/29", NoSuchDayError, "2023年2月29日という日はありません。"),
    ("令和4年6月0日", NoSuchDayError, "令和4年6月0日という日はありません。"),
    ("令和4年13月", NoSuchDayError, "13月という月はありません。"),
    ("9999年度", NoSuchDayError, "西暦3000年からの日付は扱えません。"),
    ("令和2022年6月1日", NoSuchEraYearError, "令和2022年という年はありません。西暦ならば2022年と書いてください。"),
    ("0000年", BeforeSolarCalendarError, "明治5年（1872年）までの日付は旧暦のため、扱えません。"),
    ("令和0年", NoSuchEraYearError, "令和0年という年はありません。令和は元年からです。"),
    ("R0.5.1", NoSuchEraYearError, "令和0年という年はありません。令和は元年からです。"),
    ("令和0年度", NoSuchEraYearError, "令和0年という年はありません。令和は元年からです。"),
    ("明治5年12月31日", BeforeSolarCalendarError, "明治5年（1872年）までの日付は旧暦のため、扱えません。"),
    ("明治元年", BeforeSolarCalendarError, "明治5年（1872年）までの日付は旧暦のため、扱えません。"),
    ("明治5年度", BeforeSolarCalendarError, "明治5年（1872年）までの日付は旧暦のため、扱えません。"),
    ("1872/12/31", BeforeSolarCalendarError, "明治5年（1872年）までの日付は旧暦のため、扱えません。"),
    ("2021年（令和4年）12月3日", YearsDisagreeError, "2021年と令和4年は同じ年ではありません。2021年は令和3年です。"),
    ("令和4年（2021年）", YearsDisagreeError, "2021年と令和4年は同じ年ではありません。2021年は令和3年です。"),
    ("2019年（令和2年）6月", YearsDisagreeError, "2019年は平成31年または令和元年です。"),
    ("平成25年1月17日（火）", WrongWeekdayError, "平成25年1月17日は木曜日です（火曜日と書かれています）。"),
    ("令和4年6月（水）", UnreadableError, "曜日は、日まで書いた日付にだけつけてください。"),
    ("8月", YearMissingError, "「8月」には年がありません。"),
    ("12月3日（金）", YearMissingError, "「12月3日」には年がありません。"),
    ("18日", YearMissingError, "「18日」には年がありません。"),
    ("4.6", AmbiguousError, "「R4.6」または「4月6日」と書いてください。"),
    ("令和4年　月5日", UnreadableError, "日付として読めません。"),
    ("令和　年4月1日", UnreadableError, "日付として読めません。"),
    ("令和", UnreadableError, "「令和」は日付として読めません。"),
    ("未定", UnreadableError, "「未定」は日付として読めません。R4.6.1、令和4年6月、2022/6/1 のように書いてください。"),
    ("2022/6-1", UnreadableError, "日付として読めません。"),
    ("令和3年11月30日から令和4年3月31日まで", UnreadableError, "日付を1つだけ書いてください。"),
    ("令和4年6月1日\x00", UnreadableError, "日付として読めません。"),
]
OUTSIDE = {
    "昭和64年1月8日": ("昭和は64年1月7日までです。昭和64年1月8日は平成元年1月8日です。", "平成元年1月8日"),
    "平成32年5月1日": ("平成は31年4月30日までです。平成32年5月1日は令和2年5月1日です。", "令和2年5月1日"),
    "H32.5.1": ("平成は31年4月30日までです。平成32年5月1日は令和2年5月1日です。", "令和2年5月1日"),
    "平成31年5月": ("平成は31年4月30日までです。平成31年5月は令和元年5月です。", "令和元年5月"),
    "令和元年4月": ("令和は元年5月1日からです。令和元年4月は平成31年4月です。", "平成31年4月"),
    "令和元年4月末": ("令和は元年5月1日からです。令和元年4月末は平成31年4月末です。", "平成31年4月末"),
    "昭和64年1月中旬": ("昭和は64年1月7日までです。昭和64年1月中旬は平成元年1月中旬です。", "平成元年1月中旬"),
    "平成32年": ("平成は31年4月30日までです。平成32年は令和2年です。", "令和2年"),
    "平成32年度": ("平成は31年4月30日までです。平成32年度は令和2年度です。", "令和2年度"),
    "昭和64年度": ("昭和は64年1月7日までです。昭和64年度は平成元年度です。", "平成元年度"),
    "2020年（平成32年）5月": ("平成は31年4月30日までです。平成32年5月は令和2年5月です。", "令和2年5月"),
    "大正15年12月25日": ("大正は15年12月24日までです。大正15年12月25日は昭和元年12月25日です。", "昭和元年12月25日"),
    "明治45年7月30日": ("明治は45年7月29日までです。明治45年7月30日は大正元年7月30日です。", "大正元年7月30日"),
}


@pytest.mark.parametrize(("text", "kind", "words"), REFUSED)
def test_the_fault_is_named(text, kind, words):
    with pytest.raises(kind) as refusal:
        parse(text)
    assert words in str(refusal.value)


@pytest.mark.parametrize("text", OUTSIDE)
def test_a_date_outside_its_era_is_refused_with_the_right_one(text):
    message, offer = OUTSIDE[text]
    with pytest.raises(OutsideEraError) as refusal:
        parse(text)
    assert (str(refusal.value), refusal.value.offer) == (message, offer)
    assert parse(offer).start is not None


def test_a_wrong_weekday_is_answered_with_the_right_one():
    with pytest.raises(WrongWeekdayError) as refusal:
        parse("令和4年6月1日（火）")
    assert refusal.value.offer == "令和4年6月1日（水）"


@pytest.mark.parametrize("text", ["令和4年2月30日", "令和0年", "明治5年", "8月", "nonsense"])
def test_as_printed_takes_no_day_that_never_was(text):
    with pytest.raises(DateTextError):
        parse(text, as_printed=True)


def test_a_blank_before_lends_no_year():
    with pytest.raises(YearMissingError):
        parse("8月", after=BLANK)


def test_a_long_text_is_shown_cut():
    with pytest.raises(UnreadableError, match="「" + "あ" * 30 + "…」は日付として読めません。"):
        parse("あ" * 1000)


def test_a_day_before_the_solar_calendar_has_no_spelling():
    with pytest.raises(ValueError, match="1872-12-31"):
        format_date(date(1872, 12, 31))


@pytest.mark.parametrize(
    ("start", "end", "precision"),
    [
        (None, None, Precision.DAY),
        (date(2022, 6, 1), None, Precision.MONTH),
        (date(2022, 6, 2), date(2022, 6, 1), Precision.MONTH),
        (date(2022, 6, 1), date(2022, 6, 1), Precision.OPEN),
        (date(2022, 6, 1), date(2022, 6, 1), Precision.BLANK),
    ],
)
def test_days_that_do_not_fit_the_precision_make_no_date(start, end, precision):
    with pytest.raises(ValueError, match="not a partial date"):
        PartialDate(start, end, precision, "")


@pytest.mark.parametrize(
    "serial", ["", "令和4年6月", "2022-06-01/2022-06-30/monthly/R4.6", "2022-13-01//open/x", "2022"]
)
def test_a_column_text_of_another_shape_is_refused(serial):
    with pytest.raises(ValueError):
        PartialDate.deserialise(serial)
