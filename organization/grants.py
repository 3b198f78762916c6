"""権限表の部品: scopes, grants and lines, of which the table is made."""

from dataclasses import dataclass, field
from enum import Enum

from organization.models.users import Role


class Scope(Enum):
    """範囲: on whose rows a grant holds."""

    WARD = "区全体"
    OWN = "自課"
    OWN_OR_SHARED = "自課と、他課に見えるもの"
    MINE = "本人"
    PROVIDER = "提供する側の課"
    ONCE_SUBMITTED = "区全体の、いちどは提出されたもの"
    ADDRESSED = "自課に照会されたもの"
    TECHNICAL = "技術確認の照会"


ANY: frozenset[str] | None = None


@dataclass(frozen=True)
class Grant:
    """What a role may: on the rows of a scope, while they are in one of the states (ANY: in every state)."""

    scope: Scope = Scope.WARD
    states: frozenset[str] | None = ANY


@dataclass(frozen=True)
class Rule:
    """One line of the table."""

    label: str
    grants: dict[Role, Grant] = field(default_factory=dict)
    needs_reason: bool = False


STAFF = [Role.CLERK, Role.HEAD, Role.OFFICE, Role.IT, Role.SECRETARIAT, Role.AUDITOR, Role.ADMIN]
DEPARTMENT = [Role.CLERK, Role.HEAD]


def page(label: str, *roles: Role) -> Rule:
    """A page for `roles` (else all staff) without a row of its own."""
    return Rule(label, {role: Grant() for role in roles or STAFF})


def own(*states: str) -> Grant:
    """On the rows of the own departments, in `states` (else in all)."""
    return Grant(Scope.OWN, frozenset(states) if states else ANY)


def ward(*states: str) -> Grant:
    """On all rows of the ward, in `states` (else in all)."""
    return Grant(Scope.WARD, frozenset(states) if states else ANY)
