"""組織と担当の画面: what a change of departments or people touches, as its preview shows it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import QuerySet

from organization import reassignment, rules
from organization.models import Department, User
from organization.reassignment import Share, Way
from organization.reorganizing import NewDepartment, descendants_of
from organization.staffing import ending_charges

SHOWN = 20


@dataclass(frozen=True)
class Choice:
    """分割の承継先: one moved row and which of the departments after was chosen for it (None: not yet)."""

    key: str
    text: str
    chosen: int | None


@dataclass(frozen=True)
class Touched:
    """改正または異動でうごくもの: one kind; `hidden` rows exist that this person may not read."""

    label: str
    way: str
    total: int
    titles: list[str]
    hidden: int
    choices: list[Choice] = field(default_factory=list)

    @property
    def more(self) -> int:
        """Rows that may be read but do not stand in the list."""
        return self.total - self.hidden - len(self.titles)


@dataclass(frozen=True)
class Preview:
    """組織改正の確認: what ends, what begins, what is touched."""

    word: str
    ending: list[Department]
    below: list[Department]
    after: list[Department | NewDepartment]
    touched: list[Touched]
    is_split: bool


def preview(
    user: User,
    before: Sequence[Department],
    after: Sequence[Department | NewDepartment],
    on: date,
    choices: Mapping[str, int],
) -> Preview:
    """What `organization.reorganizing.reorganize` would do; three statements at most for each kind of rows."""
    below = descendants_of(before, on)
    is_split = len(after) > 1
    ids = [one.pk for one in [*before, *below]]
    groups = [
        _touched(user, share, ids, on, choices if is_split and share.way is Way.MOVES else None)
        for share in reassignment.shares()
    ]
    return Preview(_word(before, after), list(before), below, list(after), [g for g in groups if g.total], is_split)


def on_department(user: User, department: Department, day: date) -> list[Touched]:
    """この組織にあるもの: what a change of the department on `day` would touch."""
    groups = [_touched(user, share, [department.pk], day, None) for share in reassignment.shares()]
    return [group for group in groups if group.total]


def on_move(user: User, person: User, on: date) -> list[Touched]:
    """異動でうごくもの: the charges that end and the open work of `person` under them."""
    charges = list(ending_charges(person, on).select_related("department__parent", "stands_in_for").order_by("pk"))
    titles = [f"{charge.department.full_name}　{charge.title}" for charge in charges]
    groups = [Touched("終わる担当", "この日から後任の担当になります（代理は終わります）", len(titles), titles, 0)]
    departments = {charge.department_id for charge in charges}
    for work in reassignment.open_work():
        rows = work.rows(person.writer_ids_today, departments)
        group = _read(user, rows, work.view, work.text)
        groups.append(Touched(work.label, "この日から後任が続けます", *group))
    return [group for group in groups if group.total]


def _touched(
    user: User, share: Share, departments: Collection[int], on: date, choices: Mapping[str, int] | None
) -> Touched:
    rows = share.affected(departments, on)
    total, titles, hidden = _read(user, rows, share.view, share.text)
    if choices is None:
        return Touched(share.label, share.way.value, total, titles, hidden)
    options = [_choice(share, row, choices) for row in rows]
    return Touched(share.label, share.way.value, total, [one.text for one in options], 0, options)


def _choice(share: Share, row: Any, choices: Mapping[str, int]) -> Choice:
    key = reassignment.key_of_row(share, row)
    return Choice(key, share.text(row), choices.get(key))


def _read(user: User, rows: QuerySet, view: str, text: Any) -> tuple[int, list[str], int]:
    """How many there are, the first titles that `user` may read, and how many may not be read by them."""
    total = rows.count()
    if not total or not view:
        return total, [], total
    readable = rules.permitted(rows, user, view)
    return total, [text(row) for row in readable[:SHOWN]], total - readable.count()


def _word(before: Sequence[Department], after: Sequence[Department | NewDepartment]) -> str:
    if not after:
        return "廃止"
    if len(after) > 1:
        return "分割"
    return "統合" if len(before) > 1 or isinstance(after[0], Department) else "改称"
