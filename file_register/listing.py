"""一覧: which files a list shows on a day, and its filters."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest

from file_register import duties
from file_register.kinds import UNDECIDED, FileStatus, PublicRegister
from file_register.models import PersonalFileVersion
from file_register.presenting import state_of
from file_register.publication import Decision
from file_register.search import VERSIONS
from history.versions import in_force_on
from organization import rules
from organization.models import User
from registry.models import Activity
from search.marking import Passage

USUAL_STATE = "in_force"
STATES: dict[str, str] = {
    USUAL_STATE: "有効",
    "coming": "効力の始まる前",
    "submitted": "提出済",
    "draft": "下書き",
    "abolished": "廃止",
    "withdrawn": "取下げ",
}
# The public registers as filters of the list, and the files that wait for something to be done with them.
REGISTERS = {
    **{choice.value: f"公表：{choice.label}" for choice in PublicRegister},
    "none": "公表していない",
}


@dataclass(frozen=True)
class Asked:
    """しぼりこみ: what the address asks for, understood."""

    day: date
    state: str
    text: str
    register: str
    duty: bool
    activity: Activity | None


def understand(request: HttpRequest, day: date) -> Asked:
    """The filters of the address; what is none of ours is left out."""
    given = request.GET
    number = given.get("activity", "")
    is_number = number.isascii() and number.isdecimal() and len(number) < 19
    return Asked(
        day=day,
        state=given.get("state") if given.get("state") in STATES else USUAL_STATE,
        text=given.get("q", "").strip(),
        register=given.get("register") if given.get("register") in REGISTERS else "",
        duty=given.get("duty") == "1",
        activity=Activity.objects.filter(pk=int(number)).first() if is_number else None,
    )


def state_condition(state: str, day: date) -> Q:
    """The versions of `found` that stand under one state of the list."""
    registered = Q(status=FileStatus.REGISTERED)
    if state == USUAL_STATE:
        return registered & in_force_on(day)
    if state == "coming":
        return registered & Q(valid_from__gt=day)
    if state == "abolished":
        return registered & Q(file__abolished_on__lte=day, has_newer=False)
    return Q(status=state)


def found(user: User, asked: Asked) -> QuerySet:
    """The versions that `user` may see under the search, the business and the register asked for, in every state."""
    rows = rules.permitted(PersonalFileVersion.objects.all(), user, "view_personalfileversion")
    if asked.text:
        rows = rows.filter(VERSIONS.matches(asked.text))
    if asked.activity is not None:
        rows = rows.filter(pk__in=PersonalFileVersion.objects.serving(asked.activity.pk).values("pk"))
    newer = PersonalFileVersion.objects.filter(replaces=OuterRef("pk")).exclude(status=FileStatus.WITHDRAWN)
    rows = duties.with_facts(rows.annotate(has_newer=Exists(newer)), asked.day)
    if asked.register:
        rows = rows.filter(entry_register=None if asked.register == "none" else asked.register)
    return rows


def figures(rows: QuerySet, asked: Asked) -> dict[str, int]:
    """How many of `rows` stand under each state; under "duty" those that wait for something; under "shown" the list.

    One statement.
    """
    day = asked.day
    conditions = {code: state_condition(code, day) for code in STATES}
    conditions["duty"] = duties.waiting(day)
    conditions["shown"] = conditions["duty" if asked.duty else asked.state]
    return rows.aggregate(**{code: Count("pk", filter=condition) for code, condition in conditions.items()})


def listed(rows: QuerySet, user: User, asked: Asked) -> QuerySet:
    """Rows of the list in the order of department and name, with `is_changing` where a change is under way in sight."""
    # What waits may have ended: the entry of a file that the ward holds no longer is still to be struck out.
    rows = rows.filter(duties.waiting(asked.day) if asked.duty else state_condition(asked.state, asked.day))
    changes = PersonalFileVersion.objects.filter(file=OuterRef("file"), status__in=UNDECIDED)
    rows = rows.annotate(is_changing=Exists(rules.permitted(changes, user, "view_personalfileversion")))
    return rows.select_related("file", "department__parent").order_by("department__name", "name", "pk")


def address(request: HttpRequest) -> str:
    """The filters as they stand in the address, without the page."""
    query = request.GET.copy()
    query.pop("page", None)
    return query.urlencode()


@dataclass(frozen=True)
class Row:
    """One line of the list."""

    version: PersonalFileVersion
    state: tuple[str, str]
    decision: Decision
    duty: duties.Duty | None
    register: str
    old: Passage | None = None


def row(version: PersonalFileVersion, day: date, old: Passage | None = None) -> Row:
    """A row of `listed` with what the rule says of it, and the old text by which it was found; no statement."""
    decision, duty = duties.judged(version, day=day)
    register = PublicRegister(version.entry_register).label if version.entry_register else ""
    return Row(version, state_of(version, day, version.file), decision, duty, register, old)


def chips(request: HttpRequest, asked: Asked, counted: Mapping[str, int]) -> list[dict[str, Any]]:
    """The filters above the list, each with the address that puts it on or takes it off."""
    found_chips = [
        _chip(request, "state", code, f"{label} {counted[code]:,}件", pressed=code == asked.state)
        for code, label in STATES.items()
        if code != USUAL_STATE
    ]
    found_chips += [
        _chip(request, "register", code, label, pressed=code == asked.register) for code, label in REGISTERS.items()
    ]
    found_chips.append(_chip(request, "duty", "1", f"要対応 {counted['duty']:,}件", pressed=asked.duty))
    if asked.activity is not None:
        label = f"業務 {asked.activity}"
        found_chips.append(_chip(request, "activity", str(asked.activity.pk), label, pressed=True))
    return found_chips


def _chip(request: HttpRequest, name: str, value: str, label: str, *, pressed: bool) -> dict[str, Any]:
    query = request.GET.copy()
    for each in ("page", name):
        query.pop(each, None)
    if not pressed:
        query[name] = value
    return {"label": label, "url": f"?{query.urlencode()}", "pressed": pressed}
