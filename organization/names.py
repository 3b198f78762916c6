"""組織の名称の移り変わり: the names under which a department's work was and is done, for whoever looks for it."""

from collections.abc import Iterable

from organization.models import Department, Succession
from organization.models.walking import reached


def names_through_time(departments: Iterable[int]) -> dict[int, list[str]]:
    """For each department: the full names of those before it and after it, without its own; two statements."""
    wanted = set(departments)
    forwards = list(Succession.objects.values_list("before_id", "after_id"))
    backwards = [(after, before) for before, after in forwards]
    related = {pk: (reached([pk], forwards) | reached([pk], backwards)) - {pk} for pk in wanted}
    named = Department.objects.filter(pk__in=set().union(*related.values())).select_related("parent")
    names = {row.pk: row.full_name for row in named}
    return {pk: list(dict.fromkeys(names[other] for other in sorted(others))) for pk, others in related.items()}


def named_by(departments: Iterable[int]) -> set[int]:
    """The departments in whose names or through whose successions these can be read: below, before and after them."""
    below = list(Department.objects.exclude(parent=None).values_list("parent_id", "pk"))
    ties = list(Succession.objects.values_list("before_id", "after_id"))
    inside = reached(departments, below)
    return reached(inside, ties) | reached(inside, [(after, before) for before, after in ties])
