"""権限表: the one table of who may do what (architecture §3.5); pages, lists, buttons, admin and commands ask it.

A row that a person may not see does not exist for them (404); a row they see but may not act on is refused (403).
The tables themselves stand in `organization.permissions`; here is how they are read.
"""

from collections.abc import Iterable

from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.shortcuts import get_object_or_404

from history.errors import DomainError
from history.writing import Actor, SystemActor
from organization.models.users import Assignment, Role, User
from organization.permissions import ANY, RULES, Grant, Rule, Scope

__all__ = [
    "ANY",
    "RULES",
    "Grant",
    "NotPermitted",
    "Rule",
    "Scope",
    "allowed",
    "charges",
    "find",
    "may",
    "may_on",
    "permitted",
    "require",
    "require_action",
]


class NotPermitted(DomainError):
    """権限なし: the role, the department or the present state refuses the action."""

    def __init__(self, action: str) -> None:
        self.action = action
        super().__init__(
            f"「{RULES[action].label}」はできません。担当の役割・所管課か、いまの状態では行えない操作です。"
        )


def charges(actor: Actor, action: str) -> list[Assignment]:
    """Today's charges whose role has `action`, on whatever row; none for the system."""
    grants = RULES[action].grants
    return [charge for charge in actor.assignments_today if charge.role in grants] if isinstance(actor, User) else []


def may(actor: Actor, action: str) -> bool:
    """Whether `actor` has `action` at all, on some row or page. A misspelt action is a KeyError."""
    if isinstance(actor, SystemActor):
        return Role.SYSTEM in RULES[action].grants
    return bool(charges(actor, action))


def permitted(rows: QuerySet, actor: Actor, action: str) -> QuerySet:
    """The rows of `rows` on which `actor` may do `action` today: the union over their charges, each by itself."""
    if isinstance(actor, SystemActor):
        grant = RULES[action].grants.get(Role.SYSTEM)
        return rows.filter(_condition(grant, actor, set(), rows.model)) if grant else rows.none()
    return rows.filter(_union(actor, action, charges(actor, action), rows.model))


def may_on(actor: Actor, action: str, row: Model) -> bool:
    """Whether `actor` may do `action` on `row` in its present state."""
    return permitted(type(row)._default_manager.filter(pk=row.pk), actor, action).exists()


def allowed(actor: Actor, actions: Iterable[str], row: Model) -> set[str]:
    """Those of `actions` that `actor` may do on `row` as it stands: one statement for all."""
    asked = [action for action in actions if may(actor, action)]
    if not asked:
        return set()
    rows = type(row)._default_manager
    same_row = rows.filter(pk=OuterRef("pk"))
    answers = rows.filter(pk=row.pk).values(**{action: Exists(permitted(same_row, actor, action)) for action in asked})
    found = answers.first() or {}
    return {action for action in asked if found.get(action)}


def require_action(actor: Actor, action: str) -> None:
    """Raise NotPermitted unless `actor` has `action` at all; for rows that do not exist yet."""
    if not may(actor, action):
        raise NotPermitted(action)


def require(actor: Actor, action: str, row: Model) -> None:
    """Raise NotPermitted unless `actor` may do `action` on `row` as it stands in the database.

    Of a person with several charges it notes which of them allow it: the trail names these. One statement.
    """
    able = charges(actor, action)
    if len(able) > 1:
        actor.charges_used[action] = able = _fitting(actor, action, able, row)
        allowed = bool(able)
    else:
        allowed = may_on(actor, action, row)
    if not allowed:
        raise NotPermitted(action)


def find(rows: QuerySet, actor: Actor, action: str, **lookup: object) -> Model:
    """The one row of `lookup`: Http404 when out of sight, NotPermitted when seen but not theirs to act on."""
    view = f"view_{rows.model._meta.model_name}"
    row = get_object_or_404(permitted(rows, actor, view), **lookup)
    if action != view:
        require(actor, action, row)
    return row


def _fitting(actor: User, action: str, able: list[Assignment], row: Model) -> list[Assignment]:
    """Those of the charges `able` that allow `action` on `row`."""
    manager = type(row)._default_manager
    same_row = manager.filter(pk=OuterRef("pk"))
    asked = {
        f"charge_{charge.pk}": Exists(same_row.filter(_union(actor, action, [charge], type(row)))) for charge in able
    }
    answers = manager.filter(pk=row.pk).values(**asked).first() or {}
    return [charge for charge in able if answers.get(f"charge_{charge.pk}")]


def _union(actor: Actor, action: str, able: list[Assignment], model: type[Model]) -> Q:
    """What the charges `able` allow together: each on the departments that it reaches, none on those of another.

    Charges with the same grant are asked at once: a scope over two departments is the union over each of them.
    """
    by_grant: dict[Grant, list[Assignment]] = {}
    for charge in able:
        by_grant.setdefault(RULES[action].grants[Role(charge.role)], []).append(charge)
    condition = Q(pk__in=[])
    for grant, held in by_grant.items():
        condition |= _condition(grant, actor, actor.departments_of(held), model)
    return condition


def _condition(grant: Grant, actor: Actor, departments: set[int], model: type[Model]) -> Q:
    path = getattr(model, "STATUS_PATH", "status")  # of what belongs to a file, the file's state
    states = Q() if grant.states is ANY else Q(**{f"{path}__in": grant.states})
    if grant.scope is Scope.MINE:
        return model.belonging_to(actor) & states
    return _scope(grant.scope, departments, model) & states


def _scope(scope: Scope, departments: set[int], model: type[Model]) -> Q:
    if scope is Scope.WARD:
        return ~Q(pk__in=[])  # an empty Q would vanish from the union
    if scope is Scope.ONCE_SUBMITTED:
        return model.once_submitted()
    if scope is Scope.PROVIDER:
        return model.provided_by(departments)
    if scope is Scope.ADDRESSED:
        return model.addressed_to(departments)
    if scope is Scope.TECHNICAL:
        return model.put_to_it()
    if scope is Scope.OWN_OR_SHARED:
        return model.owned_by(departments) | model.shared_with(departments)
    return model.owned_by(departments)
