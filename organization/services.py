"""組織の手続: every write of departments, users and charges."""

from datetime import date

from django.db import transaction

from history.writing import Actor
from organization import rules
from organization.models import Assignment, Department, Role, Succession, User, Ward


@transaction.atomic
def name_ward(name: str, *, actor: Actor) -> Ward:
    """区: set the one ward of this database."""
    rules.require_action(actor, "edit_organization")
    ward = Ward.objects.first() or Ward()
    ward.name = name
    ward.full_clean()
    return ward.save_as(actor, action="edit_organization")


@transaction.atomic
def add_department(*, actor: Actor, **values: object) -> Department:
    """組織の追加; `values` are the fields of Department. Raises ValidationError."""
    rules.require_action(actor, "edit_organization")
    department = Department(**values)
    department.full_clean()
    return department.save_as(actor, action="edit_organization")


@transaction.atomic
def succeed(before: list[Department], after: list[Department], *, on: date, actor: Actor, reason: str) -> None:
    """組織の改正: from `on`, `after` does the work of `before` (rename, merge, split); `before` ends that day.

    Records keep the names that were printed; who may act on them follows the succession.
    """
    rules.require_action(actor, "reorganize")
    for department in before:
        department.valid_to = on
        department.full_clean()
        department.save_as(actor, action="reorganize", reason=reason)
        for successor in after:
            succession = Succession(before=department, after=successor, on=on)
            succession.full_clean()
            succession.save_as(actor, action="reorganize", reason=reason)


@transaction.atomic
def add_user(*, username: str, name: str, password: str | None, actor: Actor) -> User:
    """利用者の追加; without a password the person cannot sign in until one is set. Raises ValidationError."""
    rules.require_action(actor, "edit_organization")
    user = User(username=username, name=name)
    user.set_password(password)
    user.full_clean()
    return user.save_as(actor, action="edit_organization")


@transaction.atomic
def assign(
    user: User, department: Department, role: Role, *, actor: Actor, valid_from: date | None = None,
    stands_in_for: User | None = None,
) -> Assignment:  # fmt: skip
    """担当の付与. Raises ValidationError."""
    rules.require_action(actor, "edit_organization")
    assignment = Assignment(
        user=user, department=department, role=role, valid_from=valid_from, stands_in_for=stands_in_for
    )
    assignment.full_clean()
    return assignment.save_as(actor, action="edit_organization")


def one_at_a_time(department: Department) -> None:
    """起案の順番: let nobody else begin anything of `department` until the transaction ends.

    The second click of two then finds what the first made; rows that point to the department can still be written.
    """
    Department.objects.select_for_update(of=("self",), no_key=True).get(pk=department.pk)
