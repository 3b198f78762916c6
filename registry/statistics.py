"""登録状況: the yearly movement of the register for each 実施機関, as the wards publish it (domain §1.4).

A and the closing figure are what is in force on March 31; B, C and D are counted by the dates from which a first
version, an abolition and a change hold. The trail is never read: it tells when something was typed, not since when it
was true.
"""

from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, F, Min, Q

from common import fiscal_year, regime
from history.versions import in_force_on
from organization.models import Department, DepartmentKind
from registry.models import ActivityStatus, ActivityVersion

REGISTERED = Q(status=ActivityStatus.REGISTERED)
# 動き: the three kinds of events, with their words.
MOVEMENTS = {"new": "新規", "abolished": "廃止", "changed": "変更"}

FIRST_YEAR, LAST_YEAR = 1873, 9998  # the solar calendar begins on 1873-01-01; dates end with 9999


@dataclass(frozen=True)
class Figures:
    """年度末(A)、新規(B)、廃止(C)、変更(D)、年度末(A+B−C), in businesses; D counts events.

    Beside the table: businesses that came from or went to another 実施機関 (in neither B nor C), and how many of those
    at the end hold information on the dead.
    """

    start: int = 0
    new: int = 0
    abolished: int = 0
    changed: int = 0
    end: int = 0
    moved_in: int = 0
    moved_out: int = 0
    deceased: int = 0

    def __add__(self, other: "Figures") -> "Figures":
        return Figures(**{each.name: getattr(self, each.name) + getattr(other, each.name) for each in fields(self)})

    @property
    def balanced(self) -> bool:
        """検算: whether what is in force at the end is what the movements leave."""
        return self.start + self.new - self.abolished + self.moved_in - self.moved_out == self.end


@dataclass(frozen=True)
class Row:
    """One 実施機関 of the table."""

    organ: Department
    figures: Figures


@dataclass(frozen=True)
class Move:
    """移管: `count` changes of the year that took a business from one 実施機関 to another."""

    before: Department
    after: Department
    count: int


@dataclass(frozen=True)
class Status:
    """登録状況 of a fiscal year: a row for each 実施機関 that existed in it or has a figure, in the order of entry."""

    year: int
    rows: list[Row]
    total: Figures
    moves: list[Move]

    @property
    def balanced(self) -> bool:
        """検算 of every row and of the total."""
        return all(row.figures.balanced for row in self.rows) and self.total.balanced


def is_year(year: int) -> bool:
    """Whether the calendar that the ward's papers are written in has such a fiscal year."""
    return FIRST_YEAR <= year < LAST_YEAR


def movement(kind: str, year: int) -> Q:
    """The versions that are one event of `kind` ("new", "abolished", "changed") in the fiscal year."""
    days = (fiscal_year.first_day(year), fiscal_year.last_day(year))
    if kind == "abolished":
        return REGISTERED & Q(abolished_on__range=days)
    if kind == "changed":
        return _follows(days) & Q(moved=False)
    return REGISTERED & Q(valid_from__range=days, replaces__isnull=True)


def _follows(days: tuple[date, date]) -> Q:
    """The versions that took the place of another within `days`: by a 変更, or by a 組織改正 (which is no event)."""
    return REGISTERED & Q(valid_from__range=days, replaces__isnull=False)


def stock(day: date) -> Q:
    """The versions in force on `day`."""
    return REGISTERED & in_force_on(day)


def opening_day(year: int) -> date:
    """年度末(A): March 31 before the fiscal year."""
    return fiscal_year.first_day(year) - timedelta(days=1)


def first_year() -> int | None:
    """The fiscal year in which the oldest registration took effect; None for an empty register."""
    oldest = ActivityVersion.objects.filter(REGISTERED).aggregate(day=Min("valid_from"))["day"]
    return fiscal_year.of(oldest) if oldest else None


def organs_by_department() -> dict[int, Department]:
    """{department: the 実施機関 at the top of its branch}; one statement."""
    departments = {department.pk: department for department in Department.objects.order_by("pk")}
    return {pk: _top(department, departments) for pk, department in departments.items()}


def registration_status(year: int) -> Status:
    """登録状況 of the fiscal year `year`, in three statements however many businesses there are."""
    organ_of = organs_by_department()
    figures: dict[Department, Figures] = {organ: Figures() for organ in organ_of.values() if _existed_in(organ, year)}
    for department, counted in _counted(year):
        organ = organ_of[department]
        figures[organ] = figures.get(organ, Figures()) + counted
    moves = _moves(year, organ_of)
    for move in moves:
        figures[move.after] += Figures(moved_in=move.count)
        figures[move.before] = figures.get(move.before, Figures()) + Figures(moved_out=move.count)
    rows = [Row(organ, figures[organ]) for organ in sorted(figures, key=lambda organ: organ.pk)]
    return Status(year, rows, sum((row.figures for row in rows), Figures()), moves)


def notes(status: Status) -> list[str]:
    """注: what the five columns do not show; nothing when there is nothing of the kind."""
    lines = [
        f"{move.before.name}から{move.after.name}へ移った業務 {move.count:,}件は、新規にも廃止にも数えていません。"
        for move in status.moves
    ]
    last = fiscal_year.last_day(status.year)
    deceased = deceased_note("年度末の件数", status.total.deceased, last)
    return [*lines, deceased] if deceased else lines


def deceased_note(what: str, number: int, day: date) -> str:
    """死者に関する情報: said wherever businesses with such information are counted; empty while no law parts them."""
    article = regime.on(day).living_only
    if not (number and article):
        return ""
    return (
        f"{what}には、死者に関する情報をふくむ業務 {number:,}件が入っています。"
        f"死者に関する情報は、法の個人情報ではありません（{article}）。"
    )


def _counted(year: int) -> list[tuple[int, Figures]]:
    closing = stock(fiscal_year.last_day(year))
    conditions = {
        "start": stock(opening_day(year)),
        "end": closing,
        "deceased": closing & Q(has_deceased=True),
        **{kind: movement(kind, year) for kind in MOVEMENTS},
    }
    counts: Any = {name: Count("pk", filter=condition) for name, condition in conditions.items()}
    grouped = ActivityVersion.objects.filter(REGISTERED).order_by().values("department").annotate(**counts)
    found = [(row.pop("department"), Figures(**row)) for row in grouped]
    return [(department, figures) for department, figures in found if figures != Figures()]


def _moves(year: int, organ_of: dict[int, Department]) -> list[Move]:
    days = (fiscal_year.first_day(year), fiscal_year.last_day(year))
    changes = ActivityVersion.objects.filter(_follows(days)).exclude(department=F("replaces__department"))
    grouped = changes.order_by().values("department", "replaces__department").annotate(number=Count("pk"))
    found: dict[tuple[Department, Department], int] = {}
    for row in grouped:
        pair = organ_of[row["replaces__department"]], organ_of[row["department"]]
        if pair[0] != pair[1]:
            found[pair] = found.get(pair, 0) + row["number"]
    ordered = sorted(found.items(), key=lambda item: (item[0][0].pk, item[0][1].pk))
    return [Move(before, after, count) for (before, after), count in ordered]


def _top(department: Department, departments: dict[int, Department]) -> Department:
    while department.kind != DepartmentKind.ORGAN and department.parent_id is not None:
        department = departments[department.parent_id]
    return department


def _existed_in(organ: Department, year: int) -> bool:
    began = organ.valid_from is None or organ.valid_from <= fiscal_year.last_day(year)
    return began and (organ.valid_to is None or organ.valid_to > fiscal_year.first_day(year))
