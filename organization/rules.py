"""権限表: the one table of who may do what (architecture §3.5); pages, lists, buttons, admin and commands ask it.

A row that a person may not see does not exist for them (404); a row they see but may not act on is refused (403).
The tables themselves stand in `organization.permissions`; here is how they are read.
"""

from django.db.models import Model, Q, QuerySet
from django.shortcuts import get_object_or_404

from history.errors import DomainError
from history.writing import Actor, SystemActor
from organization.models.users import Role, User
from organization.permissions import ANY, RULES, Grant, Rule, Scope

__all__ = [
    "ANY",
    "RULES",
    "Grant",
    "NotPermitted",
    "Rule",
    "Scope",
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


def _grants(actor: Actor, rule: Rule) -> list[Grant]:
    if isinstance(actor, SystemActor):
        return [rule.grants[Role.SYSTEM]] if Role.SYSTEM in rule.grants else []
    if not isinstance(actor, User):
        return []
    return [rule.grants[Role(role)] for role in sorted(actor.roles_today) if role in rule.grants]


def may(actor: Actor, action: str) -> bool:
    """Whether `actor` has `action` at all, on some row or page. A misspelt action is a KeyError."""
    return bool(_grants(actor, RULES[action]))


def permitted(rows: QuerySet, actor: Actor, action: str) -> QuerySet:
    """The rows of `rows` on which `actor` may do `action` today: the union over their charges."""
    condition = Q(pk__in=[])
    for grant in _grants(actor, RULES[action]):
        condition |= _scope(grant.scope, actor, rows.model) & _states(grant.states)
    return rows.filter(condition)


def may_on(actor: Actor, action: str, row: Model) -> bool:
    """Whether `actor` may do `action` on `row` in its present state."""
    return permitted(type(row)._default_manager.filter(pk=row.pk), actor, action).exists()


def require_action(actor: Actor, action: str) -> None:
    """Raise NotPermitted unless `actor` has `action` at all; for rows that do not exist yet."""
    if not may(actor, action):
        raise NotPermitted(action)


def require(actor: Actor, action: str, row: Model) -> None:
    """Raise NotPermitted unless `actor` may do `action` on `row` as it stands in the database."""
    if not may_on(actor, action, row):
        raise NotPermitted(action)


def find(rows: QuerySet, actor: Actor, action: str, **lookup: object) -> Model:
    """The one row of `lookup`: Http404 when out of sight, NotPermitted when seen but not theirs to act on."""
    view = f"view_{rows.model._meta.model_name}"
    row = get_object_or_404(permitted(rows, actor, view), **lookup)
    if action != view:
        require(actor, action, row)
    return row


def _states(states: frozenset[str] | None) -> Q:
    return Q() if states is ANY else Q(status__in=states)


def _scope(scope: Scope, actor: Actor, model: type[Model]) -> Q:
    if scope is Scope.WARD:
        return ~Q(pk__in=[])  # an empty Q would vanish from the union
    if not isinstance(actor, User):
        return Q(pk__in=[])
    departments = actor.department_ids_today
    if scope is Scope.PROVIDER:
        return model.provided_by(departments)
    if scope is Scope.OWN_OR_SHARED:
        return model.owned_by(departments) | model.shared_with(departments)
    return model.owned_by(departments)
