"""組織と担当の画面: what a change of departments or people touches, as its preview shows it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.safestring import SafeString

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
    by_hand: SafeString | str = ""

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
        _in_split(user, share, ids, on, choices) if is_split else _touched(user, share, ids, on)
        for share in reassignment.shares()
    ]
    return Preview(_word(before, after), list(before), below, list(after), [g for g in groups if g.total], is_split)


def on_department(user: User, department: Department, day: date) -> list[Touched]:
    """この組織にあるもの: what a change of the department on `day` would touch."""
    groups = [
        replace(_touched(user, share, [department.pk], day), way=share.way.standing) for share in reassignment.shares()
    ]
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


def _touched(user: User, share: Share, departments: Collection[int], on: date) -> Touched:
    return Touched(share.label, share.way.value, *_read(user, share.affected(departments, on), share.view, share.text))


def _in_split(user: User, share: Share, departments: Collection[int], on: date, choices: Mapping[str, int]) -> Touched:
    if share.way is not Way.MOVES:
        by_hand = share.in_split(departments, on) if share.in_split else ""
        return replace(_touched(user, share, departments, on), by_hand=by_hand)
    options: dict[str, Choice] = {}
    for row in share.affected(departments, on):
        key = reassignment.key_of_row(share, row)
        # The first row, the one in force, gives the name.
        options.setdefault(key, Choice(key, share.text(row), choices.get(key)))
    found = list(options.values())
    return Touched(share.label, share.way.value, len(found), [one.text for one in found], 0, found)


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
