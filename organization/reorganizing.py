"""組織改正: rename, merge, split and abolish departments on a day, with all that is theirs, in one transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.db.models import Model, Q

from common.text import name_key
from history.writing import Actor
from organization import reassignment, rules
from organization.errors import (
    HasSections,
    KindsDiffer,
    LastAdministrator,
    NamedTwice,
    NameTaken,
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
    _hold_parents(before, after)
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
    _check_names(before, after, on)
    if not after and (left := _without_keeper(before, on)):
        raise WorkWithoutKeeper(left)


def _hold_parents(before: Sequence[Department], after: Sequence[Department | NewDepartment]) -> None:
    """Nobody else begins a unit under the same ones meanwhile: their names are compared next."""
    above = {one.parent.pk for one in after if one.parent is not None} | {one.parent_id for one in before}
    list(Department.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=above - {None}).order_by("pk"))


def _check_names(before: Sequence[Department], after: Sequence[Department | NewDepartment], on: date) -> None:
    """Raise NameTaken or NamedTwice where a new unit, or one that goes over with its 部, would not be told apart."""
    ending = [one.pk for one in before]
    seen: set[tuple[int | None, str]] = set()
    for one in after:
        if not isinstance(one, NewDepartment):
            continue
        if other := _unit(one, on).namesake(apart_from=ending):
            raise NameTaken(one.name, other.name, str(other.parent))
        place = (one.parent.pk if one.parent else None, name_key(one.name))
        if place in seen:
            raise NamedTwice(one.name, str(one.parent or ""))
        seen.add(place)
    if len(after) == 1:
        _check_names_below(before, after[0], on)


def _check_names_below(before: Sequence[Department], after: Department | NewDepartment, on: date) -> None:
    """The units of the 部 before come into being again under the one after."""
    there = children_of([after], on) if isinstance(after, Department) else []
    seen = {name_key(one.name) for one in there if one.parent_id not in {gone.pk for gone in before}}
    for child in children_of(before, on):
        if name_key(child.name) in seen:
            raise NamedTwice(child.name, after.name)
        seen.add(name_key(child.name))


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


def _unit(new: NewDepartment, on: date, kind: str = "") -> Department:
    """The unit as it will be, not saved."""
    return Department(
        kind=kind,
        name=new.name,
        parent=new.parent,
        head_title=new.head_title,
        valid_from=on,
        is_medical=new.is_medical,
        is_assembly=new.is_assembly,
    )


def _create(new: NewDepartment, kind: str, change: _Change) -> Department:
    department = _unit(new, change.on, kind)
    # Not its `clean`: those before still stand under their names, and `_check_names` has compared the others.
    department.clean_fields()
    department.validate_constraints()
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
