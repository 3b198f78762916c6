"""業務登録簿: the registered businesses, with the items that the ward has decided to publish."""

from collections.abc import Iterable
from datetime import date
from itertools import groupby, pairwise
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from common.wareki import format_date
from history.versions import in_force_on
from organization.models import Department
from public.entries import Entry, Event, Page, Ref, changed_items
from public.fields import ACTIVITY_FIELDS, PublicField
from public.models import PublicPolicy
from public.setting import Setting
from registry import sheets
from registry.models import ActivityStatus, ActivityVersion

KIND = "activities"
LABEL = "業務登録簿"
# An empty box would say that nothing was recorded.
NOT_PUBLIC = "（公表していない項目）"
_YES_NO = {"yes": "あり", "no": "なし"}
# The boxes of the 業務登録票 that show a public field; a field of the same name is its own box.
_BOXES = {"collection": ("collected_from", "collection_note")}
# They say when, not what: a change of nothing else is no change of what everybody reads.
_DATES = {"registered_on"}


def fields(setting: Setting) -> tuple[PublicField, ...]:
    """The items that are public today."""
    return tuple(field for field in ACTIVITY_FIELDS if field.key in setting.activity_fields)


def versions(setting: Setting, day: date) -> QuerySet:
    """The registrations in force on `day`; none while the ward does not publish them.

    Of a past day, businesses abolished since are left out unless the ward keeps their names.
    """
    found = _in_force(setting, day)
    if not setting.keeps_names:
        found = found.filter(_lasts(setting))
    if "number" in setting.activity_fields:
        return found.order_by(F("activity__number").asc(nulls_last=True), "name", "pk")
    return found.order_by("name", "pk")


def removed_since(setting: Setting, day: date) -> int:
    """How many businesses stood in the register on `day` and do no more; one statement."""
    return _in_force(setting, day).exclude(_lasts(setting)).count()


def _in_force(setting: Setting, day: date) -> QuerySet:
    found = sheets.printable().filter(status=ActivityStatus.REGISTERED)
    return found.filter(in_force_on(day)) if setting.activity_fields else found.none()


def _lasts(setting: Setting) -> Exists:
    now = ActivityVersion.objects.as_of(setting.today).filter(status=ActivityStatus.REGISTERED)
    return Exists(now.filter(activity=OuterRef("activity")))


def _all_texts(version: ActivityVersion) -> dict[str, str]:
    values: dict[str, Any] = dict(sheets.values(version))
    collected = "、".join(version.collected_from_labels)
    note = version.collection_note
    return values | {
        # As given by the office, never as somebody typed it.
        "number": version.activity.number or "",
        "item_kinds": "、".join(version.item_kind_labels),
        "collection": f"{collected}（{note}）" if collected and note else collected or note,
        "sensitive": "".join(_YES_NO[code] for code in values["sensitive"]),
        "deceased": "".join(_YES_NO[code] for code in values["deceased"]),
    }


def texts(version: ActivityVersion, setting: Setting) -> dict[str, str]:
    """The public items of a version from `versions`."""
    return texts_of(version, [field.key for field in fields(setting)])


def texts_of(version: ActivityVersion, keys: Iterable[str]) -> dict[str, str]:
    """The items of `keys`, whether they are public or not."""
    values = _all_texts(version)
    return {key: values[key] for key in keys}


def boxes(version: ActivityVersion, setting: Setting) -> dict[str, Any]:
    """What the 業務登録票 prints for everybody: the public boxes, and in all others that they are not public."""
    values = dict(sheets.values(version)) | {"number": version.activity.number or ""}
    public = {box for field in fields(setting) for box in _BOXES.get(field.key, (field.key,))}
    return {box: value if box in public else NOT_PUBLIC for box, value in values.items()}


def entry(version: ActivityVersion, setting: Setting, organ: str = "") -> Entry:
    """One row of `versions`; the department only where it is public."""
    values = texts(version, setting)
    ref = Ref(KIND, version.activity.token, values["name"])
    return Entry(ref, fields(setting), values, organ, values.get("department", ""))


def places(rows: QuerySet, setting: Setting) -> dict[int, tuple[str, str]]:
    """{department: (実施機関, 所管課)} of the businesses of `rows`; no statement if departments are not public."""
    if "department" not in setting.activity_fields:
        return {}
    named = Department.objects.filter(pk__in=rows.order_by().values("department"))
    return {row.pk: (row.lineage[-1].name, row.full_name) for row in named.select_related("parent__parent__parent")}


def page(key: UUID, setting: Setting) -> Page | None:
    """The business at this address as it stands today, None if it was never published."""
    known = list(
        sheets.printable()
        .filter(activity__token=key, status=ActivityStatus.REGISTERED, valid_from__lte=setting.today)
        .order_by("valid_from", "pk")
    )
    if not known:
        return None
    if not setting.activity_fields:
        return _closed(known, setting)
    current = next((row for row in reversed(known) if row.in_force(setting.today)), None)
    last = known[-1]
    name = last.name if current or setting.keeps_names else ""
    what = "廃止" if last.abolished_on else "終了"
    return Page(
        ref=Ref(KIND, key, name),
        register=KIND,
        label=LABEL,
        entry=entry(current, setting) if current else None,
        over="" if current else f"{format_date(last.valid_to)}に{what}しました。",
        over_on=None if current else last.valid_to,
        events=events(known, setting),
    )


def _closed(known: list[ActivityVersion], setting: Setting) -> Page | None:
    """A business that the ward published once and does no more; None if it never did."""
    first, ends = known[0].valid_from, known[-1].valid_to
    opened = PublicPolicy.objects.publishing_activities().filter(
        Q(valid_from=None) | Q(valid_from__lte=setting.today), Q(valid_to=None) | Q(valid_to__gt=first)
    )
    if ends is not None:
        opened = opened.filter(Q(valid_from=None) | Q(valid_from__lt=ends))
    if not opened.exists():
        return None
    ref = Ref(KIND, known[-1].activity.token, "")
    return Page(ref, KIND, LABEL, None, "この帳簿は、いまは公表していません。", None, [])


def events(rows: Iterable[ActivityVersion], setting: Setting) -> list[Event]:
    """登録・変更・廃止 of the businesses whose registered versions are `rows`, newest first."""
    in_order = sorted(rows, key=lambda row: (row.activity_id, row.valid_from, row.pk))
    by_activity = groupby(in_order, key=lambda row: row.activity_id)
    found = [event for _, known in by_activity for event in _events_of(list(known), setting)]
    return sorted(found, key=lambda event: event.day, reverse=True)


def _events_of(known: list[ActivityVersion], setting: Setting) -> list[Event]:
    last = known[-1]
    is_over = not last.in_force(setting.today)
    ref = Ref(KIND, last.activity.token, last.name if setting.keeps_names or not is_over else "")
    asked = tuple(field for field in fields(setting) if field.key not in _DATES)
    found = [Event(known[0].valid_from, "登録", ref, LABEL)]
    spoken = [(row.valid_from, texts(row, setting)) for row in known]
    for (_, before), (day, after) in pairwise(spoken):
        if items := changed_items(asked, before, after):
            found.append(Event(day, "変更", ref, LABEL, items))
    if is_over:
        found.append(Event(last.valid_to, "廃止" if last.abolished_on else "終了", ref, LABEL))
    return found


def newest(setting: Setting, limit: int) -> list[Event]:
    """The newest events of the register; two statements, none while it is closed."""
    if not setting.activity_fields:
        return []
    known = ActivityVersion.objects.filter(status=ActivityStatus.REGISTERED, valid_from__lte=setting.today)
    begun = known.order_by("-valid_from", "-pk").values("activity")[:limit]
    over = known.filter(abolished_on__lte=setting.today).order_by("-abolished_on", "-pk").values("activity")[:limit]
    rows = sheets.printable().filter(
        Q(activity__in=begun) | Q(activity__in=over), status=ActivityStatus.REGISTERED, valid_from__lte=setting.today
    )
    return events(rows, setting)[:limit]
