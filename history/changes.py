"""変更の記録: a row's history as a person reads it, field by field in Japanese labels."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db import models

from common.wareki import format_date


@dataclass(frozen=True)
class Change:
    """One field that a write changed; both sides as a person reads them."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Entry:
    """One write: when, who, what, why, and the fields it changed (none for the row's first)."""

    when: datetime
    actor_name: str
    actor_department: str
    actor_role: str
    action: str
    action_label: str
    reason: str
    subject: str
    changes: list[Change]


# Columns that follow from the write itself; a reader wants the fields of the form.
UNREAD_FIELDS = {"lock", "text_digest"}


def entries(rows: Iterable[models.Model], subjects: Mapping[models.Model, str] | None = None) -> list[Entry]:
    """The history of `rows` (tracked instances), newest first. One query for each table that they stand in.

    With `subjects`, the words for each row, what one request wrote by one action is one entry about several rows.
    Names behind foreign keys are asked only where `rows` do not bring them along (`select_related`).
    """
    rows = list(rows)
    trails = _trails(rows)
    found: list[tuple[datetime, int, str, Entry]] = []
    for row in rows:
        trail = trails[type(row), row.pk]
        names = _Names(row)
        subject = (subjects or {}).get(row, row.trail_subject)  # type: ignore[attr-defined]
        for before, after in zip([None, *trail], trail, strict=False):
            entry = _entry(row, before, after, names, subject)
            found.append((after.history_date, after.history_id, f"{after.request_id}/{after.action}", entry))
    if subjects:
        return _grouped(found)
    found.sort(key=lambda item: item[:2], reverse=True)
    return [entry for *_, entry in found]


def _trails(rows: Iterable[Any]) -> dict[tuple[type, Any], list[Any]]:
    """The history rows of each row, oldest first."""
    keys: dict[Any, list[Any]] = {}
    for row in rows:
        keys.setdefault(type(row), []).append(row.pk)
    found: dict[tuple[type, Any], list[Any]] = {(model, pk): [] for model, pks in keys.items() for pk in pks}
    for model, pks in keys.items():
        for entry in model.history.filter(**{f"{model._meta.pk.attname}__in": pks}).order_by("history_id"):
            found[model, getattr(entry, model._meta.pk.attname)].append(entry)
    return found


def _grouped(found: list[tuple[datetime, int, str, Entry]]) -> list[Entry]:
    """One entry for each request and action; what no request wrote (a command) stays by itself."""
    groups: dict[object, list[tuple[datetime, int, Entry]]] = {}
    for number, (when, serial, key, entry) in enumerate(found):
        groups.setdefault(number if key.startswith("/") else key, []).append((when, serial, entry))
    newest_first = sorted(groups.values(), key=lambda group: max(item[:2] for item in group), reverse=True)
    return [_joined([entry for *_, entry in group]) for group in newest_first]


def _joined(parts: list[Entry]) -> Entry:
    """The parts as one; a change that is the same on all of them is told once, others with the row's words."""
    if len(parts) == 1:
        return parts[0]
    subjects = list(dict.fromkeys(part.subject for part in parts))
    told: dict[Change, list[str]] = {}
    for part in parts:
        for change in part.changes:
            told.setdefault(change, []).append(part.subject)
    changes = [
        change if set(where) == set(subjects) else replace(change, label=f"{'、'.join(where)}　{change.label}")
        for change, where in told.items()
    ]
    reason = next((part.reason for part in parts if part.reason != part.action_label), parts[0].reason)
    return replace(parts[0], subject="、".join(subjects), changes=changes, reason=reason)


def _entry(row: models.Model, before: Any, after: Any, names: "_Names", subject: str) -> Entry:
    return Entry(
        when=after.history_date,
        actor_name=after.actor_name,
        actor_department=after.actor_department,
        actor_role=after.actor_role,
        action=after.action,
        action_label=after.action_label,
        reason=after.history_change_reason,
        subject=subject,
        changes=_changes(row, before, after, names) if before else [],
    )


def _changes(row: models.Model, before: Any, after: Any, names: "_Names") -> list[Change]:
    changed = []
    for field in row._meta.concrete_fields:
        old, new = getattr(before, field.attname), getattr(after, field.attname)
        if old != new and field.name not in UNREAD_FIELDS:
            changed.append(Change(str(field.verbose_name), names.shown(field, old), names.shown(field, new)))
    return changed


class _Names:
    """Texts of values; the names behind foreign keys are those that `row` has at hand, others are asked once each."""

    def __init__(self, row: models.Model) -> None:
        self._known: dict[tuple[type, Any], str] = {}
        for field in row._meta.concrete_fields:
            if field.remote_field is not None and field.is_cached(row):  # type: ignore[attr-defined]
                target = getattr(row, field.name)
                self._known[field.remote_field.model, field.value_from_object(row)] = (
                    "" if target is None else str(target)
                )

    def shown(self, field: models.Field, value: Any) -> str:
        """`value` of `field` as a person reads it; an empty text for nothing."""
        if value is None or value == "":
            return ""
        if field.remote_field is not None:
            return self._related(field.remote_field.model, value)
        if field.flatchoices:
            return str(dict(field.flatchoices).get(value, value))
        if isinstance(value, date):
            return format_date(value)
        if isinstance(value, bool):
            return "はい" if value else "いいえ"
        if hasattr(field, "in_words"):
            return field.in_words(value)
        if isinstance(value, list):
            texts = field.model.CODE_LISTS.get(field.name, {})  # type: ignore[attr-defined]
            return "、".join(str(texts.get(item, item)) for item in value)
        return str(value)

    def _related(self, model: Any, pk: Any) -> str:
        key = (model, pk)
        if key not in self._known:
            target = model._base_manager.filter(pk=pk).first()
            self._known[key] = str(target) if target is not None else str(pk)
        return self._known[key]
