"""組織の名称の移り変わり: the names under which a department's work was and is done, for whoever looks for it."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from organization.models import Department, Succession
from organization.models.walking import reached


class OtherName(NamedTuple):
    """前後の名称: of a unit before or after another, from `since` until the day before `until`; None: unknown."""

    name: str
    is_successor: bool
    since: date | None
    until: date | None


def names_through_time(departments: Iterable[int]) -> dict[int, list[OtherName]]:
    """For each department: the full names of those before it and after it, without its own; two statements.

    A name ends on the day it hands its work on, and a successor's begins on the day it takes it over.
    """
    wanted = set(departments)
    ties = list(Succession.objects.values_list("before_id", "after_id", "on"))
    after = [(before, later) for before, later, _ in ties]
    before = [(later, earlier) for earlier, later in after]
    ways = {pk: (reached([pk], before) - {pk}, reached([pk], after) - {pk}) for pk in wanted}
    everyone = {pk for earlier, later in ways.values() for pk in earlier | later}
    rows = Department.objects.filter(pk__in=everyone).select_related("parent").in_bulk()
    begins = {
        pk: row.valid_from or min((on for _, to, on in ties if to == pk), default=None) for pk, row in rows.items()
    }
    ends = {pk: row.valid_to for pk, row in rows.items()}
    handed_on = {pk: max((on for of, _, on in ties if of == pk), default=None) for pk in rows}
    return {
        pk: [OtherName(rows[one].full_name, False, begins[one], ends[one] or handed_on[one]) for one in sorted(earlier)]
        + [OtherName(rows[one].full_name, True, begins[one], ends[one]) for one in sorted(later - earlier)]
        for pk, (earlier, later) in ways.items()
    }


def named_by(departments: Iterable[int]) -> set[int]:
    """The departments in whose names or through whose successions these can be read: below, before and after them."""
    below = list(Department.objects.exclude(parent=None).values_list("parent_id", "pk"))
    ties = list(Succession.objects.values_list("before_id", "after_id"))
    inside = reached(departments, below)
    return reached(inside, ties) | reached(inside, [(after, before) for before, after in ties])
