"""年度の表: 個人情報に係る事務処理ミス of a fiscal year, as the 運用状況 report prints them (表6; §5.1, §6.10)."""

from collections.abc import Sequence
from dataclasses import dataclass

from incidents.models import Counted, Incident, Quantity


@dataclass(frozen=True)
class Line:
    """表の行: its number through the whole table, the case, its 所管, and its figures."""

    number: int
    incident: Incident
    departments: Sequence[str]
    quantities: Sequence[Quantity]

    @property
    def month(self) -> str:
        """「2022-01」; the year alone where no month is known."""
        day = self.incident.occurred_on
        known = day.start.isoformat() if day.start else ""
        return known[:7] if day.end and day.start and day.end.month == day.start.month else known[:4]


def lines(year: int) -> list[Line]:
    """The cases that occurred in the year: by kind in the ward's order, in each by when they occurred."""
    rows = (
        Incident.objects.in_fiscal_year(year)
        .select_related("kind")
        .prefetch_related("departments", "quantities")
        .order_by("kind__position", "kind", "occurred_on__start", "pk")
    )
    return [
        Line(
            number,
            row,
            [share.name for share in row.departments.all() if not share.is_removed],
            [one for one in row.quantities.all() if not one.is_removed and one.counted == Counted.AFFECTED],
        )
        for number, row in enumerate(rows, start=1)
    ]
