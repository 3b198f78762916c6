"""漏えい等報告の期限: from the day of knowing to the last day of each report, with the days off of the calendar."""

import json
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from common import leaks
from common.leaks import BY_CODE, Law, clocks
from common.working_days import is_closed, rolled

# known on, heads → the last day of the final report; what falls on a day off is told beside it.
FINAL = [
    ("2023-04-01", ["rule43-4"], "2023-05-01"),  # the first day of the duty; Sunday April 30
    ("2023-07-04", ["rule43-3"], "2023-09-01"),
    ("2023-10-13", ["rule43-3"], "2023-12-11"),
    ("2023-11-30", ["rule43-4"], "2024-01-04"),  # Friday December 29
    ("2023-12-01", ["rule43-4"], "2024-01-04"),  # Saturday December 30
    ("2024-01-31", ["rule43-1"], "2024-02-29"),  # the leap day itself
    ("2024-02-01", ["rule43-3"], "2024-04-01"),  # Sunday March 31
    ("2024-03-31", ["rule43-2"], "2024-04-30"),  # 昭和の日
    ("2024-04-04", ["rule43-4"], "2024-05-07"),  # 憲法記念日, and all of Golden Week behind it
    ("2024-04-05", ["rule43-4"], "2024-05-07"),
    ("2024-07-14", ["rule43-1"], "2024-08-13"),  # 山の日 on a Sunday, its Monday off
    ("2024-11-04", ["rule43-3"], "2025-01-06"),  # January 2, then a weekend
    ("2024-12-02", ["rule43-1"], "2025-01-06"),  # December 31
    ("2025-11-05", ["rule43-3"], "2026-01-05"),
    ("2025-12-05", ["rule43-4"], "2026-01-05"),  # Saturday January 3
    ("2026-04-04", ["rule43-1"], "2026-05-07"),  # Sunday May 3 moves its holiday to May 6
    ("2026-07-25", ["rule43-3"], "2026-09-24"),  # 国民の休日 between 敬老の日 and 秋分の日
    ("2026-08-22", ["rule43-2"], "2026-09-24"),
    ("2026-11-02", ["rule43-3"], "2027-01-04"),
    ("2027-04-01", ["rule43-1", "rule43-4"], "2027-04-30"),
    ("2023-12-01", ["rule43-1", "rule43-3"], "2024-01-29"),  # one head with sixty days gives them to the report
    ("2023-12-01", ["mynumber-4"], "2024-01-04"),
    ("2023-12-01", ["mynumber-2"], "2024-01-29"),
    ("2022-04-01", ["mynumber-1"], "2022-05-02"),  # before the Act's own duty; Saturday April 30, Sunday May 1
]


@pytest.mark.parametrize(("known", "heads", "final"), FINAL)
def test_the_final_report_is_due_on_the_thirtieth_or_sixtieth_day_or_the_next_working_day(known, heads, final):
    (clock,) = clocks(date.fromisoformat(known), [BY_CODE[code] for code in heads])
    assert clock.final_by == date.fromisoformat(final)


@pytest.mark.parametrize(
    ("known", "first", "last"),
    [
        ("2023-12-01", "2023-12-03", "2023-12-05"),
        ("2023-12-28", "2023-12-30", "2024-01-01"),  # no day off: the report is owed speedily
        ("2024-05-02", "2024-05-04", "2024-05-06"),
    ],
)
def test_the_prompt_report_is_due_on_the_third_to_the_fifth_day_whatever_day_that_is(known, first, last):
    (clock,) = clocks(date.fromisoformat(known), [BY_CODE["rule43-1"]])
    assert clock.prompt_by == (date.fromisoformat(first), date.fromisoformat(last))


def run(*arguments):
    out = StringIO()
    call_command("leak_report", *arguments, stdout=out)
    return out.getvalue()


def test_each_law_has_its_own_clock_and_the_earliest_final_day_is_told_first():
    told = json.loads(
        run("--known-on", "2023-12-01", "--heads", "rule43-3", "mynumber-4", "rule43-4", "--format", "json")
    )
    assert told["prompt_by"] == ["2023-12-03", "2023-12-05"]
    assert told["final_by"] == "2024-01-04"
    assert [(why["law"], why["heads"], why["final_by"]) for why in told["why"]] == [
        (Law.ACT.label, ["rule43-3", "rule43-4"], "2024-01-29"),
        (Law.MY_NUMBER.label, ["mynumber-4"], "2024-01-04"),
    ]


def test_without_a_head_nothing_is_owed():
    told = json.loads(run("--known-on", "R5.12.1", "--format", "json"))
    assert told == {"prompt_by": None, "final_by": None, "why": []}
    assert run("--known-on", "令和5年12月1日") == "報告の義務はありません。\n"


def test_the_days_are_told_in_words():
    words = run("--known-on", "2023-12-01", "--heads", "rule43-4")
    assert "規則第43条第4号" in words
    assert "確報は令和6年1月4日まで" in words


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--known-on", "2023-02-30"], "2月30日"),
        (["--known-on", "令和5年12月"], "日まで決まりません"),
        (["--known-on", "2023-12-01", "--heads", "rule43-9"], "「rule43-9」という号はありません"),
        (["--known-on", "2023-03-31", "--heads", "rule43-4"], "まだ適用されていません"),
    ],
)
def test_a_wrong_call_is_told_in_words(arguments, words):
    with pytest.raises(CommandError, match=words):
        run(*arguments)


def test_more_than_a_hundred_persons_are_a_hundred_and_one():
    assert [head.more_than for head in leaks.HEADS if head.more_than] == [100, 100]


DAYS = st.dates(min_value=date(2023, 4, 1), max_value=date(2040, 12, 31))


@given(DAYS, st.sets(st.sampled_from(sorted(BY_CODE)), min_size=1))
def test_no_final_day_is_a_day_off_or_before_its_thirtieth_day(known, codes):
    for clock in clocks(known, [BY_CODE[code] for code in codes]):
        days = 60 if any(head.is_long for head in clock.heads) else 30
        last = known + timedelta(days=days - 1)
        assert not is_closed(clock.final_by)
        assert last <= clock.final_by <= last + timedelta(days=12)
        assert all(is_closed(last + timedelta(days=gap)) for gap in range((clock.final_by - last).days))


@given(DAYS)
def test_a_working_day_stays_where_it_is(day):
    assert rolled(rolled(day)) == rolled(day)
    assert (rolled(day) == day) is not is_closed(day)
