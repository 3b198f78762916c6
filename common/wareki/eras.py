"""元号の表: which era a day belongs to.

Own code, because it is a table of five rows. The packages that carry it (japanera, jeraconv and the like) convert a day
of a known era into a date; none refuses a day outside its era, none knows 年度, 初旬 or a blank template, and that is
where the work lies.
"""

from dataclasses import dataclass
from datetime import date

# 明治5年太政官布告第337号: 明治6年1月1日 (1873-01-01) is the first day of the solar calendar.
FIRST_DAY = date(1873, 1, 1)


@dataclass(frozen=True)
class Era:
    """元号: its names, its first and last day (both inclusive), and the western year before its year 1."""

    name: str
    letter: str
    first: date
    last: date
    year_zero: int

    def year_of(self, western: int) -> int:
        """The era's year for a western year: 令和, 2022 -> 4."""
        return western - self.year_zero

    def western(self, year: int) -> int:
        """The western year for a year of the era: 令和, 4 -> 2022."""
        return self.year_zero + year


# First days: 令和 平成31年政令第143号, 平成 昭和64年政令第1号, 昭和 and 大正 the 改元詔書 of the day itself.
# The day of the change belongs to the new era, but for 平成 and 令和, which begin on the day after.
ERAS = (
    Era("明治", "M", FIRST_DAY, date(1912, 7, 29), 1867),
    Era("大正", "T", date(1912, 7, 30), date(1926, 12, 24), 1911),
    Era("昭和", "S", date(1926, 12, 25), date(1989, 1, 7), 1925),
    Era("平成", "H", date(1989, 1, 8), date(2019, 4, 30), 1988),
    Era("令和", "R", date(2019, 5, 1), date.max, 2018),
)
NEWEST = ERAS[-1]

ERA_PATTERN = "|".join(era.name for era in ERAS) + f"|[{''.join(era.letter + era.name[0] for era in ERAS)}]"
_BY_NAME = {name: era for era in ERAS for name in (era.name, era.name[0], era.letter)}


def era_named(name: str) -> Era:
    """The era for 令和, 令 or R (upper case); KeyError for anything else."""
    return _BY_NAME[name]


def era_of(day: date) -> Era:
    """The era of a day; ValueError before 1873."""
    for era in ERAS:
        if era.first <= day <= era.last:
            return era
    raise ValueError(f"no era for {day}: the table begins on {FIRST_DAY}")


def era_of_fiscal_year(year: int) -> Era:
    """年度の元号: the era on the last day of the calendar year, so 2019 is 令和元年度 and 1988 昭和63年度."""
    return era_of(max(date(year, 12, 31), FIRST_DAY))


def fiscal_year_days(year: int) -> tuple[date, date]:
    """年度の初日と末日: April 1 and the March 31 after it."""
    return date(year, 4, 1), date(year + 1, 3, 31)


def year_text(year: int) -> str:
    """元年 for year 1, else the figure; without 「年」."""
    return "元" if year == 1 else str(year)


WEEKDAYS = "月火水木金土日"
WIDE_DIGITS = str.maketrans("0123456789", "０１２３４５６７８９")
