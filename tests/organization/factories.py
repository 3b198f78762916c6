"""Departments and people for tests; every row is written as the system, with its history."""

from typing import Any

import factory

from history.writing import SYSTEM
from organization.models import Assignment, Department, DepartmentKind, Role, User


class TrackedFactory(factory.django.DjangoModelFactory):
    """A factory of tracked rows: validated, then written through `save_as` as the system."""

    class Meta:
        abstract = True

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> Any:
        row = model_class(*args, **kwargs)
        row.full_clean()
        return row.save_as(SYSTEM, action="edit_organization", reason="試験のため")


class OrganFactory(TrackedFactory):
    """実施機関."""

    class Meta:
        model = Department

    kind = DepartmentKind.ORGAN
    name = "区長"


class DivisionFactory(TrackedFactory):
    """部."""

    class Meta:
        model = Department

    kind = DepartmentKind.DIVISION
    name = "区民部"
    parent = factory.SubFactory(OrganFactory)


class DepartmentFactory(TrackedFactory):
    """課."""

    class Meta:
        model = Department

    kind = DepartmentKind.SECTION
    name = "収納課"
    parent = factory.SubFactory(DivisionFactory)
    head_title = factory.LazyAttribute(lambda row: f"{row.name}長")


class UserFactory(TrackedFactory):
    """利用者, who cannot sign in by password; tests sign in with force_login."""

    class Meta:
        model = User

    username = factory.Sequence(lambda number: f"user{number}")
    name = factory.LazyAttribute(lambda row: f"練馬 {row.username}")
    password = "!"


class AssignmentFactory(TrackedFactory):
    """担当."""

    class Meta:
        model = Assignment

    user = factory.SubFactory(UserFactory)
    department = factory.SubFactory(DepartmentFactory)
    role = Role.CLERK


def person(role: Role, department: Department | None = None, name: str = "") -> User:
    """A user with one charge, today and always."""
    user = UserFactory(name=name) if name else UserFactory()
    AssignmentFactory(user=user, department=department or DepartmentFactory(name="別の課"), role=role)
    return user
