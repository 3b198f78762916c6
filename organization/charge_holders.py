"""担当者: who holds a charge on a day, to be told of something."""

from collections.abc import Iterable
from datetime import date

from organization.models import Assignment, Department, Role, User
from organization.models.departments import successors_on


def holders(roles: Iterable[Role], day: date, department: Department | None = None) -> list[User]:
    """The active people with one of `roles` on `day`, each once; of `department` or who does its work then."""
    charges = Assignment.objects.as_of(day).filter(role__in=list(roles), user__is_active=True)
    if department is not None:
        charges = charges.filter(department__in=successors_on(department, day))
    return list(User.objects.filter(pk__in=charges.values("user")).order_by("pk"))
