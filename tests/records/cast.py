"""Who may try an action, and proof that a refused or broken one wrote nothing."""

from typing import Any

from organization.models import Department, Role, User
from records.kinds import KINDS
from records.models import Partner, Precedent, Proposal
from records.states import Status
from tests.organization.factories import DepartmentFactory, UserFactory, person

REASON = "記入もれのため"
OWN = {"担当": Role.CLERK, "課長": Role.HEAD}
OTHERS = {
    "他課の担当": Role.CLERK,
    "他課の課長": Role.HEAD,
    "情報公開課": Role.OFFICE,
    "情報政策課": Role.IT,
    "審議会事務局": Role.SECRETARIAT,
    "監査": Role.AUDITOR,
    "管理者": Role.ADMIN,
}
NOBODY = "役割のない人"
TABLES = [
    Proposal,
    Partner,
    Precedent,
    *(table for kind in KINDS.values() for table in (kind.identity_model, kind.model)),
]


def all_but(*allowed: str) -> list[str]:
    """Everybody of the ward except `allowed`, for a parametrised test."""
    return [who for who in (*OWN, *OTHERS, NOBODY) if who not in allowed]


def states_but(*allowed: str) -> list[Status]:
    """Every state except `allowed`."""
    return [state for state in Status if state not in allowed]


def somebody(who: str, department: Department) -> User:
    """The person named `who`; 担当 and 課長 are those of `department`."""
    if who == NOBODY:
        return UserFactory()
    if who in OWN:
        return person(OWN[who], department)
    return person(OTHERS[who], DepartmentFactory(name="別の課"))


def everything() -> dict[str, list[Any]]:
    """All rows of the application's tables and of their histories."""
    found = {model.__name__: list(model.objects.order_by("pk").values()) for model in TABLES}
    return found | {f"{model.__name__} history": list(model.history.order_by("pk").values()) for model in TABLES}
