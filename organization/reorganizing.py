"""組織改正: rename, merge, split and abolish departments on a day, with all that is theirs, in one transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.db.models import Model, Q

from history.writing import Actor
from organization import reassignment, rules
from organization.errors import (
    HasSections,
    KindsDiffer,
    LastAdministrator,
    NoDepartment,
    NotThere,
    SuccessorNotChosen,
    WorkWithoutKeeper,
)
from organization.models import Assignment, Department, Role
from organization.reassignment import Share, Way
from organization.services import succeed

ACTION = "reorganize"


@dataclass(frozen=True)
class NewDepartment:
    """新しい組織: a unit that comes into being with the change."""

    name: str
    parent: Department | None = None
    head_title: str = ""
    is_medical: bool = False
    is_assembly: bool = False

    @property
    def full_name(self) -> str:
        """As of a department that exists: 「区民部 収納課」."""
        shown = self.parent is not None and self.parent.kind == "division"
        return f"{self.parent.name} {self.name}" if shown and self.parent else self.name


@dataclass
class _Change:
    """One change under way: who does it when and why, and who follows whom."""

    on: date
    actor: Actor
    reason: str
    followers: dict[int, list[Department]] = field(default_factory=dict)


@transaction.atomic
def reorganize(
    before: Sequence[Department],
    after: Sequence[Department | NewDepartment],
    *,
    on: date,
    actor: Actor,
    reason: str,
    choices: Mapping[str, int] | None = None,
) -> list[Department]:
    """組織改正: from `on`, `after` takes the place of `before`; nothing in `after` abolishes. Answers those after.

    What moves goes to the one successor, or in a split to `after[choices[key]]`, where the key is that of
    `reassignment.key_of_row`. 課 of a 部 come into being again under its successor. Raises the refusals of
    `organization.errors`, ReasonRequired, NotPermitted, ValidationError; then nothing is written.
    """
    rules.require_action(actor, ACTION)
    before = list(Department.objects.select_for_update(of=("self",)).filter(pk__in=[one.pk for one in before]))
    check(before, after, on=on)
    had_administrator = _has_administrator(on)
    change = _Change(on, actor, reason)
    created = [_create(one, before[0].kind, change) if isinstance(one, NewDepartment) else one for one in after]
    _succeed(before, created, change)
    _reassign(change, choices or {})
    if had_administrator and not _has_administrator(on):
        raise LastAdministrator
    return created


def check(before: Sequence[Department], after: Sequence[Department | NewDepartment], *, on: date) -> None:
    """Raise what refuses this change, short of the choices of a split; for the preview and for the change itself."""
    if not before:
        raise NoDepartment
    existing = [one for one in after if isinstance(one, Department)]
    gone = [one for one in before if not _can_end(one, on)] + [one for one in existing if not one.exists_on(on)]
    if gone:
        raise NotThere([one.full_name for one in gone], on)
    if len({one.kind for one in [*before, *existing]}) > 1:
        raise KindsDiffer
    if len(after) != 1 and (children := [one.full_name for one in children_of(before, on)]):
        raise HasSections(children)
    if not after and (left := _without_keeper(before, on)):
        raise WorkWithoutKeeper(left)


def children_of(departments: Sequence[Department], on: date) -> list[Department]:
    """The units right below, that exist when the change comes."""
    below = Department.objects.filter(parent__in=[one.pk for one in departments]).select_related("parent")
    return list(below.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on)).order_by("pk"))


def descendants_of(departments: Sequence[Department], on: date) -> list[Department]:
    """All units below, that exist when the change comes; one statement for each level of the tree."""
    found: list[Department] = []
    level = children_of(departments, on)
    while level:
        found += level
        level = children_of(level, on)
    return found


def _can_end(department: Department, on: date) -> bool:
    return department.exists_on(on) and (department.valid_from is None or department.valid_from < on)


def _without_keeper(before: Sequence[Department], on: date) -> dict[str, int]:
    ids = [one.pk for one in before]
    asked = [share for share in reassignment.shares() if share.needs_successor]
    counts = {share.label: share.affected(ids, on).count() for share in asked}
    return {label: count for label, count in counts.items() if count}


def _create(new: NewDepartment, kind: str, change: _Change) -> Department:
    department = Department(
        kind=kind,
        name=new.name,
        parent=new.parent,
        head_title=new.head_title,
        valid_from=change.on,
        is_medical=new.is_medical,
        is_assembly=new.is_assembly,
    )
    department.full_clean()
    return department.save_as(change.actor, action=ACTION, reason=change.reason)


def _succeed(before: Sequence[Department], after: list[Department], change: _Change) -> None:
    """End `before`, tie it to `after`, and do the same one level below: a unit under a new 部 is a new unit."""
    below = children_of(before, change.on)
    succeed(list(before), after, on=change.on, actor=change.actor, reason=change.reason)
    change.followers |= {one.pk: after for one in before}
    for child in below:
        again = NewDepartment(child.name, after[0], child.head_title, child.is_medical, child.is_assembly)
        _succeed([child], [_create(again, child.kind, change)], change)


def _reassign(change: _Change, choices: Mapping[str, int]) -> None:
    missing: set[str] = set()
    for share in reassignment.shares():
        if share.way is not Way.MOVES or share.move is None:
            continue
        for row in list(share.affected(change.followers, change.on)):
            after = change.followers[getattr(row, f"{share.field}_id")]
            chosen = _chosen(share, row, after, choices)
            if chosen is None and after:
                missing.add(reassignment.key_of_row(share, row))
                continue
            share.move(row, chosen, on=change.on, actor=change.actor, reason=change.reason)
    if missing:
        raise SuccessorNotChosen(len(missing))


def _chosen(share: Share, row: Model, after: list[Department], choices: Mapping[str, int]) -> Department | None:
    if len(after) == 1:
        return after[0]
    index = choices.get(reassignment.key_of_row(share, row), -1)
    return after[index] if 0 <= index < len(after) else None


def _has_administrator(on: date) -> bool:
    return Assignment.objects.as_of(on).filter(role=Role.ADMIN, user__is_active=True).exists()
