"""権限表の中身（事故）: a department reports its own, the office completes; others do not see them."""

from organization.grants import Grant, Rule, own, ward
from organization.models.users import Role

REPORTED = "reported"
OPEN = "open"
CLOSED = "closed"

_SEE = {
    Role.CLERK: own(),
    Role.HEAD: own(),
    **{role: ward() for role in (Role.OFFICE, Role.AUDITOR, Role.SYSTEM)},
}


def _office(*states: str) -> dict[Role, Grant]:
    return {Role.OFFICE: ward(*states), Role.SYSTEM: ward(*states)}


INCIDENTS: dict[str, Rule] = {
    "incident_list": Rule("事故の一覧", _SEE),
    "view_incident": Rule("事故を見る", _SEE),
    "report_incident": Rule(
        "事故の報告",
        {Role.CLERK: own(), Role.HEAD: own(), Role.OFFICE: ward(), Role.SYSTEM: ward()},
    ),
    "edit_incident": Rule(
        "事故の編集", {Role.CLERK: own(REPORTED), Role.HEAD: own(REPORTED), **_office(REPORTED, OPEN)}
    ),
    "accept_incident": Rule("事故の受付", _office(REPORTED)),
    "close_incident": Rule("事故の終了", _office(OPEN)),
    "reopen_incident": Rule("事故の終了の取消し", _office(CLOSED), needs_reason=True),
    "cancel_incident": Rule("事故の取消", _office(REPORTED, OPEN), needs_reason=True),
}
