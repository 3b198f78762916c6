"""測りかた: two calls in turn, medians, one line for each pair."""

import gc
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from statistics import median

from django.db import connection
from django.test.utils import CaptureQueriesContext

WARM_UP = 3
STATEMENTS = "statements"
MEGABYTES = "MB"


@dataclass(frozen=True)
class Line:
    """One measured line.

    `value` and `floor` are medians in `unit` ("ms", or "MB" of Python's memory at its peak), `ratio` is value ÷ floor
    and should not exceed `target`. With the unit "statements" both are exact counts, `ratio` must be 1 and `target` is
    the largest `value`.
    """

    name: str
    database: str
    value: float
    unit: str
    floor: float
    ratio: float
    target: float

    @property
    def holds(self) -> bool:
        """Whether the line is within its target."""
        if self.unit == STATEMENTS:
            return self.value == self.floor and self.value <= self.target
        return self.ratio <= self.target

    def as_json(self) -> dict[str, str | float]:
        """The keys of architecture.md §5."""
        return asdict(self)


def timed(name: str, ours: Callable[[], object], floor: Callable[[], object], *, target: float, rounds: int) -> Line:
    """`ours` against `floor`: A B A B …, so that whatever else the machine does falls on both; medians of `rounds`."""
    for _ in range(WARM_UP):
        ours()
        floor()
    gc.collect()
    pairs = [(milliseconds(ours), milliseconds(floor)) for _ in range(rounds)]
    return line(name, median(a for a, _ in pairs), median(b for _, b in pairs), target=target)


def line(name: str, value: float, floor: float, *, target: float, unit: str = "ms") -> Line:
    """A line from its two figures."""
    return Line(name, connection.vendor, round(value, 3), unit, round(floor, 3), round(value / floor, 5), target)


def milliseconds(call: Callable[[], object]) -> float:
    """How long one call takes."""
    begun = time.perf_counter()
    call()
    return (time.perf_counter() - begun) * 1000


def statements(call: Callable[[], object]) -> int:
    """How many SQL statements one call sends, those of its transactions included."""
    with CaptureQueriesContext(connection) as captured:
        call()
    return len(captured)
