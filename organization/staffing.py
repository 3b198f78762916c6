"""異動・引継ぎ・代理: people who move on a day, and those who stand in for an absent head."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from history.writing import Actor
from organization import rules
from organization.errors import AlreadyStandsIn, LastAdministrator, NothingToHandOver, NotTheHead
from organization.models import Assignment, Department, HandOver, Role, User


def ending_charges(user: User, on: date) -> QuerySet[Assignment]:
    """異動で終わる担当: what the person holds on the day before and would hold on `on` too."""
    return Assignment.objects.filter(_running(on), user=user)


@transaction.atomic
def hand_over(
    user: User,
    *,
    on: date,
    actor: Actor,
    reason: str,
    successor: User | None = None,
    new_department: Department | None = None,
    new_role: Role | None = None,
) -> list[Assignment]:
    """異動: all charges of `user` end on `on` and go on with `successor`, who continues the open work from that day.

    A 代理 that the person holds, or that others hold for them, ends. `new_department` and `new_role` are the charge
    that the person begins on that day. Answers the charges that began. Raises NothingToHandOver, LastAdministrator,
    ReasonRequired, ValidationError.
    """
    rules.require_action(actor, "hand_over")
    charges = list(ending_charges(user, on).select_for_update(of=("self",)).select_related("department").order_by("pk"))
    if not charges:
        raise NothingToHandOver(user.name, on)
    begun = []
    for charge in charges:
        begun += _pass_on(charge, successor, on=on, actor=actor, reason=reason)
    for deputy in Assignment.objects.filter(stands_in_for=user).filter(_running(on)):
        end_charge(deputy, on=on, actor=actor, action="hand_over", reason=reason)
    if new_department is not None and new_role is not None:
        begun.append(_begin(user, new_department, new_role, on=on, actor=actor, reason=reason))
    if successor is not None:
        _keep_hand_over(user, successor, on=on, actor=actor, reason=reason)
    if any(charge.role == Role.ADMIN for charge in charges) and not _administrators(on).exists():
        raise LastAdministrator
    return begun


@transaction.atomic
def stand_in(
    charge: Assignment, *, deputy: User, valid_from: date, last_day: date, actor: Actor, reason: str
) -> Assignment:
    """代理: `deputy` acts as the head of `charge` from `valid_from` to `last_day`, both inclusive.

    Raises NotTheHead, AlreadyStandsIn, ReasonRequired, ValidationError.
    """
    rules.require_action(actor, "stand_in")
    charge = Assignment.objects.select_for_update(of=("self",)).get(pk=charge.pk)
    end = last_day + timedelta(days=1)
    if not _is_head_throughout(charge, valid_from, end):
        raise NotTheHead
    standing = Assignment.objects.filter(
        user=deputy, department=charge.department, role=charge.role, stands_in_for=charge.user
    )
    begun = Q(valid_from__isnull=True) | Q(valid_from__lt=end)
    if standing.filter(begun, Q(valid_to__isnull=True) | Q(valid_to__gt=valid_from)).exists():
        raise AlreadyStandsIn
    assignment = Assignment(
        user=deputy,
        department=charge.department,
        role=charge.role,
        valid_from=valid_from,
        valid_to=end,
        stands_in_for=charge.user,
    )
    assignment.full_clean()
    return assignment.save_as(actor, action="stand_in", reason=reason)


def end_charge(charge: Assignment, *, on: date, actor: Actor, action: str, reason: str) -> None:
    """担当の終了: `on` is the first day on which it is no longer held."""
    charge.valid_to = on
    charge.full_clean()
    charge.save_as(actor, action=action, reason=reason)


def move_charge(
    charge: Assignment, successor: Department | None, *, on: date, actor: Actor, reason: str
) -> Assignment | None:
    """組織改正による担当の移動: the charge ends on `on` and goes on in the successor; None when it only ends.

    One that would begin later begins in the successor; without a successor it ends on the day that it begins, which
    the database refuses, so that somebody decides about it first.
    """
    if successor is not None and charge.valid_from is not None and charge.valid_from >= on:
        charge.department = successor
        charge.full_clean()
        return charge.save_as(actor, action="reorganize", reason=reason)
    until = charge.valid_to
    end_charge(charge, on=on, actor=actor, action="reorganize", reason=reason)
    if successor is None or _holds(charge.user, successor, charge.role, charge.stands_in_for_id, on):
        return None
    moved = Assignment(
        user=charge.user,
        department=successor,
        role=charge.role,
        valid_from=on,
        valid_to=until,
        stands_in_for=charge.stands_in_for,
    )
    moved.full_clean()
    return moved.save_as(actor, action="reorganize", reason=reason)


def _pass_on(charge: Assignment, successor: User | None, *, on: date, actor: Actor, reason: str) -> list[Assignment]:
    end_charge(charge, on=on, actor=actor, action="hand_over", reason=reason)
    if successor is None or charge.stands_in_for_id is not None:
        return []
    if _holds(successor, charge.department, charge.role, None, on):
        return []
    return [_begin(successor, charge.department, charge.role, on=on, actor=actor, reason=reason)]


def _begin(user: User, department: Department, role: str, *, on: date, actor: Actor, reason: str) -> Assignment:
    charge = Assignment(user=user, department=department, role=role, valid_from=on)
    charge.full_clean()
    return charge.save_as(actor, action="hand_over", reason=reason)


def _keep_hand_over(user: User, successor: User, *, on: date, actor: Actor, reason: str) -> None:
    row = HandOver(before=user, after=successor, on=on)
    row.full_clean()
    row.save_as(actor, action="hand_over", reason=reason)


def _holds(user: User, department: Department, role: str, stands_in_for: int | None, on: date) -> bool:
    same = Assignment.objects.as_of(on).filter(user=user, department=department, role=role)
    return same.filter(valid_to__isnull=True, stands_in_for=stands_in_for).exists()


def _running(on: date) -> Q:
    """Begun before `on` and not ended by then."""
    return (Q(valid_from__isnull=True) | Q(valid_from__lt=on)) & (Q(valid_to__isnull=True) | Q(valid_to__gt=on))


def _is_head_throughout(charge: Assignment, first: date, end: date) -> bool:
    if charge.role != Role.HEAD or charge.stands_in_for_id is not None:
        return False
    begun = charge.valid_from is None or charge.valid_from <= first
    return begun and (charge.valid_to is None or charge.valid_to >= end)


def _administrators(on: date) -> QuerySet[Assignment]:
    return Assignment.objects.as_of(on).filter(role=Role.ADMIN, user__is_active=True)
