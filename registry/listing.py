"""一覧: what the list of 業務登録 can be asked for, and its rows; every filter stands in the address."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.http import HttpRequest, QueryDict

from common import fiscal_year
from history.versions import in_force_on
from organization import rules
from organization.models import Department, User
from registry import statistics
from registry.models import UNDECIDED, ActivityStatus, ActivityVersion
from registry.search import VERSIONS

# What the list can show on a day.
USUAL_STATE = "in_force"
STATES: dict[str, str] = {
    USUAL_STATE: "有効",
    "coming": "効力の始まる前",
    "submitted": "提出済",
    "draft": "下書き",
    "abolished": "廃止",
    "withdrawn": "取下げ",
}
# Marks that narrow down whatever is shown.
MARKS = {"sensitive": ("要注意情報", "has_sensitive"), "deceased": ("死者に関する情報", "has_deceased")}


def state_condition(state: str, day: date) -> Q:
    """The versions that stand under one filter of the list."""
    registered = Q(status=ActivityStatus.REGISTERED)
    if state == USUAL_STATE:
        return registered & in_force_on(day)
    if state == "coming":
        return registered & Q(valid_from__gt=day)
    return registered & Q(abolished_on__lte=day) if state == "abolished" else Q(status=state)


@dataclass(frozen=True)
class Asked:
    """しぼりこみ: what the address asks for; what it says wrongly is not there."""

    query: QueryDict
    day: date
    text: str
    state: str
    marks: frozenset[str]
    department: int | None
    organ: int | None
    movement: str
    year: int | None

    @property
    def condition(self) -> Q:
        """The rows: one kind of event of a fiscal year, or one state on the day; narrowed down by the marks."""
        return self.shown & Q(**{MARKS[mark][1]: True for mark in self.marks})

    @property
    def shown(self) -> Q:
        """The rows before the marks."""
        if self.year is not None:
            return statistics.movement(self.movement, self.year)
        return state_condition(self.state, self.day)

    @property
    def words(self) -> str:
        """What is shown, in words: 「有効」, 「令和4年度の新規」."""
        if self.year is not None:
            return f"{fiscal_year.label(self.year)}の{statistics.MOVEMENTS[self.movement]}"
        return STATES[self.state]

    @property
    def is_usual(self) -> bool:
        """Whether nothing but the day is asked for."""
        narrowed = self.text or self.marks or self.department or self.organ or self.year
        return self.state == USUAL_STATE and not narrowed

    def keep(self) -> list[tuple[str, str]]:
        """The filters that the search box keeps: all but those that it has boxes for."""
        own = {"q", "as_of", "department", "page"}
        return [(name, value) for name, value in self.query.items() if name not in own]

    def address(self, **changed: str | None) -> str:
        """This list with some filters changed (None: without)."""
        query = self.query.copy()
        query.pop("page", None)
        for name, value in changed.items():
            query.pop(name, None)
            if value is not None:
                query[name] = value
        return f"?{query.urlencode()}"


def asked(request: HttpRequest, day: date) -> Asked:
    """Read the address."""
    get = request.GET
    state = get.get("state", "")
    movement, year = get.get("movement", ""), _number(get.get("year", ""))
    if movement not in statistics.MOVEMENTS or year is None or not statistics.is_year(year):
        movement, year = "", None
    return Asked(
        query=get,
        day=day,
        text=get.get("q", "").strip(),
        state=state if state in STATES else USUAL_STATE,
        marks=frozenset(mark for mark in MARKS if get.get(mark) == "1"),
        department=_number(get.get("department", "")),
        organ=_number(get.get("organ", "")),
        movement=movement,
        year=year,
    )


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def found(versions: QuerySet, wanted: Asked, organs: dict[int, Department]) -> QuerySet:
    """`versions` by the box (what the search finds of them), the department and the 実施機関."""
    if wanted.department is not None:
        versions = versions.filter(department=wanted.department)
    if wanted.organ is not None:
        versions = versions.filter(department__in=[pk for pk, organ in organs.items() if organ.pk == wanted.organ])
    if not wanted.text:
        return versions
    return versions.filter(VERSIONS.matches(wanted.text))


def figures(versions: QuerySet, wanted: Asked) -> dict[str, int]:
    """How many rows stand under each filter; one statement."""
    counts: dict[str, Any] = {
        code: Count("pk", filter=state_condition(code, wanted.day)) for code in STATES if wanted.year is None
    }
    for mark, (_, field) in MARKS.items():
        counts[mark] = Count("pk", filter=wanted.shown & Q(**{field: True}))
    counts["shown"] = Count("pk", filter=wanted.condition)
    counts["deceased_shown"] = Count("pk", filter=wanted.condition & Q(has_deceased=True))
    return versions.aggregate(**counts)


def chips(wanted: Asked, counted: dict[str, int], organs: dict[int, Department]) -> list[dict[str, Any]]:
    """The filters above the list, each with its figure; the rest of the address is kept."""
    shown = []
    if wanted.year is not None:
        shown.append(_chip(wanted.words, wanted.address(movement=None, year=None), True))
    for code, label in STATES.items():
        if code != USUAL_STATE and wanted.year is None:
            pressed = code == wanted.state
            shown.append(
                _chip(f"{label} {counted[code]:,}件", wanted.address(state=None if pressed else code), pressed)
            )
    for mark, (label, _) in MARKS.items():
        pressed = mark in wanted.marks
        url = wanted.address(**{mark: None if pressed else "1"})
        shown.append(_chip(f"{label} {counted[mark]:,}件", url, pressed))
    if wanted.organ in organs:
        shown.append(_chip(f"実施機関：{organs[wanted.organ].name}", wanted.address(organ=None), True))
    return shown


def _chip(label: str, url: str, pressed: bool) -> dict[str, Any]:
    return {"label": label, "url": url, "pressed": pressed}


def departments(versions: QuerySet) -> list[tuple[int, str]]:
    """所管課 that have businesses among `versions`, for the box of the list; one statement."""
    named = Department.objects.filter(pk__in=versions.order_by().values("department")).select_related("parent")
    return sorted(((row.pk, row.full_name) for row in named), key=lambda item: item[1])


def listed(versions: QuerySet, user: User) -> QuerySet:
    """Rows of the list in the order of the numbers, with `is_changing` where a change is under way in sight.

    Each knows its `first_registered_on`.
    """
    changes = ActivityVersion.objects.filter(activity=OuterRef("activity"), status__in=UNDECIDED)
    in_sight = rules.permitted(changes, user, "view_activityversion")
    rows = versions.with_first_registered_on().annotate(is_changing=Exists(in_sight))
    return rows.select_related("activity", "department__parent").order_by(
        F("activity__number").asc(nulls_last=True), "pk"
    )
