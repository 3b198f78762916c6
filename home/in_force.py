"""効力のある記録: which end soon and want a change, and which are new; one statement for all kinds of records."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db.models import CharField, F, Q, QuerySet, Value
from django.urls import reverse

from common.wareki import format_date
from home.waiting import SHOWN, Group, Row
from organization import rules
from organization.models import DepartmentKind, Role, User
from records.kinds import KINDS, RecordKind
from records.states import Status

# 「期間が終わる記録」: how long before the end a department is reminded (ux §1).
ENDING_DAYS = 90


def ending(user: User, today: date) -> Group | None:
    """期間が終わる記録: those whose 期間 ends within 90 days and that no change follows; None for other roles.

    The table's line says whose: a department its own, the office all of the ward (変更の起案, 決定後の訂正).
    """
    action = "correct_record" if rules.may(user, "correct_record") else "revise_record"
    if not user.roles_today & {Role.CLERK, Role.OFFICE} or not rules.may(user, action):
        return None
    # valid_to is the first day no longer in force.
    last = today + timedelta(days=ENDING_DAYS + 1)
    parts = [_ending_of(kind, user, action, today, last) for kind in KINDS.values()]
    found = list(parts[0].union(*parts[1:], all=True).order_by("valid_to", "pk"))
    rows = [_ending_row(each, today) for each in found[:SHOWN]]
    return Group("ending", "期間が終わる記録（90日以内）", "期限まで", "開く", rows, len(found))


def _ending_of(kind: RecordKind, user: User, action: str, today: date, last: date) -> QuerySet:
    """(kind, what a row shows) of the records of one kind; the same columns for all, so that one statement asks all."""
    records = kind.model.objects.filter(valid_to__gt=today, valid_to__lte=last)
    # A change follows, or an end was filed.
    ended = Q(replaced_by__ends_on__isnull=False) & ~Q(replaced_by__status=Status.WITHDRAWN)
    followed = records.filter(Q(replaced_by__valid_from__isnull=False) | ended).order_by().values("pk")
    mine = rules.permitted(records.exclude(pk__in=followed), user, action).order_by()
    return mine.values(
        "pk",
        "activity_name",
        "status",
        "valid_to",
        kind_code=Value(kind.code, output_field=CharField()),
        parent=F("proposal__department__parent__name"),
        parent_kind=F("proposal__department__parent__kind"),
        section=F("proposal__department__name"),
    )


def newest(user: User) -> list[Row]:
    """新しく効力が生じた記録: for people for whom nothing ever waits here; one statement for all kinds."""
    parts = [_in_force_of(kind, user) for kind in KINDS.values()]
    found = parts[0].union(*parts[1:], all=True).order_by("-valid_from", "-pk")[:SHOWN]
    return [_newest_row(each) for each in found]


def _in_force_of(kind: RecordKind, user: User) -> QuerySet:
    rows = rules.permitted(kind.model.objects.filter(valid_from__isnull=False), user, kind.view_page).order_by()
    code = Value(kind.code, output_field=CharField())
    return rows.values("pk", "activity_name", "department_name", "status", "valid_from", kind_code=code)


def _ending_row(found: Mapping[str, Any], today: date) -> Row:
    kind = KINDS[found["kind_code"]]
    last_day = found["valid_to"] - timedelta(days=1)
    division = found["parent"] if found["parent_kind"] == DepartmentKind.DIVISION else ""
    department = " ".join(filter(None, (division, found["section"])))
    return Row(
        title=found["activity_name"],
        url=reverse(kind.view_page, args=[found["pk"]]),
        detail=f"{kind.short}　{format_date(last_day)}まで　{department}",
        state=found["status"],
        state_words=str(Status(found["status"]).label),
        days_left=(last_day - today).days,
    )


def _newest_row(found: Mapping[str, Any]) -> Row:
    kind = KINDS[found["kind_code"]]
    return Row(
        title=found["activity_name"],
        url=reverse(kind.view_page, args=[found["pk"]]),
        detail=f"{kind.label}　{found['department_name']}",
        state=found["status"],
        state_words=str(Status(found["status"]).label),
        day=format_date(found["valid_from"], "short"),
    )
