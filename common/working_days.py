"""開庁日: the days on which public offices are closed, and the next one on which they are not.

行政機関の休日に関する法律第1条第1項: Saturdays and Sundays, the public holidays (jpholiday), December 29 to January 3.
"""

from datetime import date, timedelta

import jpholiday

_SATURDAY = 5


def is_closed(day: date) -> bool:
    """休日: whether public offices are closed on `day`."""
    year_end = (day.month, day.day) >= (12, 29) or (day.month, day.day) <= (1, 3)
    return day.weekday() >= _SATURDAY or year_end or jpholiday.is_holiday(day)


def rolled(day: date) -> date:
    """`day` itself where the offices are open, else the next day on which they are."""
    while is_closed(day):
        day += timedelta(days=1)
    return day
