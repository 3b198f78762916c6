"""Every spelling of a date that the sources print or that ux.md lets a clerk type."""

from datetime import date

import pytest

from common import wareki
from common.wareki import PartialDate, Precision, parse

DAYS = {
    # the papers of January 2022
    "令和4年4月1日": date(2022, 4, 1),
    "令和3年 4月 1日": date(2021, 4, 1),
    "令和 3 年 11 月 30 日": date(2021, 11, 30),
    "令和 3 年 6 月 2 5 日": date(2021, 6, 25),
    "令和2年11月20日付": date(2020, 11, 20),
    "（令和3年10月18日）": date(2021, 10, 18),
    "令和元年 10 月 1 日": date(2019, 10, 1),
    "平成 14 年 6 月 1 日": date(2002, 6, 1),
    "2001年7月1日": date(2001, 7, 1),
    # the minutes of January 2013
    "平 成 25年 1月 17日": date(2013, 1, 17),
    "平成 24年 12月 27日（木）": date(2012, 12, 27),
    "平成25年1月17日（木）": date(2013, 1, 17),
    "令和４年１月２４日": date(2022, 1, 24),
    # the press release
    "2021年（令和3年）12月3日": date(2021, 12, 3),
    # as typed
    "R4.6.1": date(2022, 6, 1),
    "r4.6.1": date(2022, 6, 1),
    "R4/6/1": date(2022, 6, 1),
    "R4-6-1": date(2022, 6, 1),
    "Ｒ４．６．１": date(2022, 6, 1),
    "令4.6.1": date(2022, 6, 1),
    "R元.5.1": date(2019, 5, 1),
    "R4年6月1日": date(2022, 6, 1),
    "R040601": date(2022, 6, 1),
    "４．６．１": date(2022, 6, 1),
    "4年6月1日": date(2022, 6, 1),
    "㋿4年6月1日": date(2022, 6, 1),
    "㍻31年4月30日": date(2019, 4, 30),
    "2022/6/1": date(2022, 6, 1),
    "2022-06-01": date(2022, 6, 1),
    "２０２２．６．１": date(2022, 6, 1),
    "2022年6月1日": date(2022, 6, 1),
    "20220601": date(2022, 6, 1),
    "令和3年（2021年）12月3日": date(2021, 12, 3),
    "令和4年2月11日（金・祝）": date(2022, 2, 11),
    "令和4年6月1日（水曜日）": date(2022, 6, 1),
    "R4−6−1": date(2022, 6, 1),  # the minus sign of an IME
}
PERIODS = {
    "令和4年6月": ("2022-06-01", "2022-06-30", "month"),
    "令和 4 年 4 月": ("2022-04-01", "2022-04-30", "month"),
    "平成２５年９月": ("2013-09-01", "2013-09-30", "month"),
    "平成２７年 1月": ("2015-01-01", "2015-01-31", "month"),
    "令和6年2月　日": ("2024-02-01", "2024-02-29", "month"),
    "【3年5月】": ("2021-05-01", "2021-05-31", "month"),
    "r4.6": ("2022-06-01", "2022-06-30", "month"),
    "2022/6": ("2022-06-01", "2022-06-30", "month"),
    "平成 25 年１月末": ("2013-01-31", "2013-01-31", "month_end"),
    "令和4年3月末現在": ("2022-03-31", "2022-03-31", "month_end"),
    "令和6年1月初旬": ("2024-01-01", "2024-01-10", "third"),
    "令和6年2月中旬": ("2024-02-11", "2024-02-20", "third"),
    "令和6年2月下旬": ("2024-02-21", "2024-02-29", "third"),
    "R6.1上旬": ("2024-01-01", "2024-01-10", "third"),
    "令和3年度": ("2021-04-01", "2022-03-31", "fiscal_year"),
    "平成23年度": ("2011-04-01", "2012-03-31", "fiscal_year"),
    "平成 28 年度": ("2016-04-01", "2017-03-31", "fiscal_year"),
    "令和元年度": ("2019-04-01", "2020-03-31", "fiscal_year"),
    "平成31年度": ("2019-04-01", "2020-03-31", "fiscal_year"),
    "昭和63年度": ("1988-04-01", "1989-03-31", "fiscal_year"),
    "2021年度": ("2021-04-01", "2022-03-31", "fiscal_year"),
    "令和4年": ("2022-01-01", "2022-12-31", "year"),
    "令和4年　月　日": ("2022-01-01", "2022-12-31", "year"),
    "平成24年": ("2012-01-01", "2012-12-31", "year"),
    "2021年（令和3年）": ("2021-01-01", "2021-12-31", "year"),
    "R4": ("2022-01-01", "2022-12-31", "year"),
    # an era gives only its own days, a western year all of them
    "昭和64年1月": ("1989-01-01", "1989-01-07", "month"),
    "平成元年1月": ("1989-01-08", "1989-01-31", "month"),
    "1989年1月": ("1989-01-01", "1989-01-31", "month"),
    "平成31年": ("2019-01-01", "2019-04-30", "year"),
    "令和元年": ("2019-05-01", "2019-12-31", "year"),
    "昭和元年": ("1926-12-25", "1926-12-31", "year"),
    "平成元年1月上旬": ("1989-01-08", "1989-01-10", "third"),
}
OPEN = {
    "令和3年 4月 1日以降継続": ("2021-04-01", "day", "令和3年4月1日（木）以降継続"),
    "平成12年4月 日以降継続": ("2000-04-01", "month", "平成12年4月以降継続"),
    "平成12年4月　日\n以降継続": ("2000-04-01", "month", "平成12年4月以降継続"),
    "令和 4 年 4 月以降": ("2022-04-01", "month", "令和4年4月以降継続"),
    "R4.4.1以降継続": ("2022-04-01", "day", "令和4年4月1日（金）以降継続"),
    "令和6年度以降継続": ("2024-04-01", "fiscal_year", "令和6年度以降継続"),
    "令和6年1月初旬以降継続": ("2024-01-01", "third", "令和6年1月上旬以降継続"),
}
TEMPLATES = [
    "",
    "　",
    "令和 年 月 日",
    "令和　　年　　月　　日",
    "年 月",
    "年 月 日",
    "　　　　年　　月　　日",
    "平成　年　月　日",
    "年 月 日から",
    "年 月 日まで",
    "年　月　日以降継続",
    "（令和　年　月　日）",
]
ECHOES = {
    "４．６．１": ("令和4年6月1日（水）", "R4.6.1"),
    "R4.6": ("令和4年6月", "R4.6"),
    "令和元年5月": ("令和元年5月", "R1.5"),
    "令和6年1月初旬": ("令和6年1月上旬", "R6.1上旬"),
    "平成 25 年１月末": ("平成25年1月末", "H25.1末"),
    "2019年度": ("令和元年度", "R1年度"),
    "2019年": ("2019年", "2019"),
    "２０２２年": ("令和4年", "R4"),
    "年　月　日": ("", ""),
}


@pytest.mark.parametrize("text", DAYS)
def test_a_day_is_read(text):
    assert parse(text) == PartialDate(DAYS[text], DAYS[text], Precision.DAY, text)


@pytest.mark.parametrize("text", PERIODS)
def test_a_period_is_read_with_its_first_and_last_day(text):
    start, end, precision = PERIODS[text]
    assert parse(text) == PartialDate(date.fromisoformat(start), date.fromisoformat(end), Precision(precision), text)


@pytest.mark.parametrize("text", OPEN)
def test_what_goes_on_has_no_end_and_starts_as_finely_as_it_is_written(text):
    start, basis, echo = OPEN[text]
    assert parse(text) == PartialDate(date.fromisoformat(start), None, Precision.OPEN, text, Precision(basis))
    assert parse(text).display() == echo


@pytest.mark.parametrize("text", TEMPLATES)
def test_a_template_not_filled_in_is_blank_and_stays_as_printed(text):
    read = parse(text)
    assert (read.start, read.end, read.precision, str(read)) == (None, None, Precision.BLANK, text)
    assert not read


@pytest.mark.parametrize("text", ECHOES)
def test_the_echo_says_what_was_understood(text):
    assert (parse(text).display(), parse(text).display(dense=True)) == ECHOES[text]


@pytest.mark.parametrize(
    ("text", "after", "start"),
    [
        ("8月", "令和2年6月", date(2020, 8, 1)),
        ("11月30日", "令和3年11月19日", date(2021, 11, 30)),
        ("12月3日（金）", "2021年（令和3年）12月3日", date(2021, 12, 3)),
        ("８月２８日", "平成24年度", date(2012, 8, 28)),
        ("18日", "平成24年12月26日（水）", date(2012, 12, 18)),
        ("２４年度", "平成25年1月17日", date(2012, 4, 1)),
        ("【4年3月】", "令和3年5月", date(2022, 3, 1)),
        ("3月末", "令和4年1月", date(2022, 3, 31)),
        ("1月初旬", "令和6年", date(2024, 1, 1)),
        ("64年1月7日", "昭和63年12月", date(1989, 1, 7)),
    ],
)
def test_what_is_left_out_comes_from_the_date_before(text, after, start):
    assert parse(text, after=parse(after)).start == start


def test_the_date_before_may_be_a_plain_date():
    assert parse("8月", after=date(2020, 6, 1)).end == date(2020, 8, 31)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("平成32年5月1日", date(2020, 5, 1), date(2020, 5, 1)),
        ("平成31年5月", date(2019, 5, 1), date(2019, 5, 31)),
        ("平成32年度", date(2020, 4, 1), date(2021, 3, 31)),
        ("昭和64年1月8日", date(1989, 1, 8), date(1989, 1, 8)),
        ("平成31年4月", date(2019, 4, 1), date(2019, 4, 30)),
    ],
)
def test_as_printed_keeps_the_text_and_computes_the_true_days(text, start, end):
    printed = parse(text, as_printed=True)
    assert (printed.start, printed.end, printed.text) == (start, end, text)


def test_the_echo_of_what_is_printed_past_its_era_has_the_right_era():
    assert parse("平成32年5月1日", as_printed=True).display() == "令和2年5月1日（金）"


def test_a_day_is_written_in_the_five_styles_of_the_papers():
    day = date(2022, 1, 24)
    written = {style: wareki.format_date(day, style) for style in wareki.STYLES}
    assert written == {
        "long": "令和4年1月24日",
        "wide": "令和４年１月２４日",
        "short": "R4.1.24",
        "dual": "2022年（令和4年）1月24日",
        "weekday": "令和4年1月24日（月）",
    }


def test_the_first_year_of_an_era_is_gannen_but_in_dense_columns():
    day = date(2019, 5, 1)
    assert wareki.format_date(day) == "令和元年5月1日"
    assert wareki.format_date(day, "short") == "R1.5.1"
    assert wareki.format_date(day, "dual") == "2019年（令和元年）5月1日"


@pytest.mark.parametrize(
    ("last_day", "name", "next_name"),
    [
        (date(1912, 7, 29), "明治45年7月29日", "大正元年7月30日"),
        (date(1926, 12, 24), "大正15年12月24日", "昭和元年12月25日"),
        (date(1989, 1, 7), "昭和64年1月7日", "平成元年1月8日"),
        (date(2019, 4, 30), "平成31年4月30日", "令和元年5月1日"),
    ],
)
def test_an_era_ends_on_its_last_day(last_day, name, next_name):
    next_day = date.fromordinal(last_day.toordinal() + 1)
    assert (wareki.format_date(last_day), wareki.format_date(next_day)) == (name, next_name)
    assert (parse(name).start, parse(next_name).start) == (last_day, next_day)


def test_the_first_day_of_the_solar_calendar_is_read():
    assert parse("明治6年1月1日").start == date(1873, 1, 1) == wareki.FIRST_DAY
