"""年度: the fiscal year, April 1 to March 31, named by the calendar year in which it begins."""

from datetime import date

from common.wareki.eras import era_of_fiscal_year, fiscal_year_days, year_text


def of(day: date) -> int:
    """The fiscal year of a day: 2021 for 2022-03-31."""
    return day.year if day.month >= 4 else day.year - 1


def first_day(year: int) -> date:
    """April 1 of the fiscal year."""
    return fiscal_year_days(year)[0]


def last_day(year: int) -> date:
    """March 31 on which the fiscal year ends: 2022-03-31 for 2021."""
    return fiscal_year_days(year)[1]


def label(year: int) -> str:
    """令和3年度 for 2021, 令和元年度 for 2019.

    Named by the era of the year's December 31, so that a year in which the era changes has the new name, but 昭和63年度
    does not turn into a 平成0年度. ValueError before 1873.
    """
    era = era_of_fiscal_year(year)
    return f"{era.name}{year_text(era.year_of(year))}年度"
