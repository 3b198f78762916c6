"""登録のできごと: what happened to a business, told from the trail of its versions."""

import itertools
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from exchange.lives import ACTION as IMPORT
from registry.models import ActivityVersion


@dataclass(frozen=True)
class Event:
    """登録・変更・廃止・取下げ・移行・訂正: the day, who did it and when, why, and the version that it made or ended.

    `is_migrated`: it came in from the old paper register, past the procedure.
    """

    kind: str
    day: date
    actor: str
    written: datetime
    reason: str
    version: ActivityVersion
    is_migrated: bool = False


# What an import writes on a version when it ends it: told by the version that follows, or by the abolition.
_ENDING = {"valid_to", "abolished_on", "abolition_reason", "lock"}


def events(versions: list[ActivityVersion]) -> list[Event]:
    """登録、変更、廃止、取下げ of a business and what imports did to it, newest first; one statement.

    Each has its day, actor and reason; the reason of an import is the name of its file.
    """
    trails: dict[int, list[Any]] = defaultdict(list)
    for row in ActivityVersion.history.filter(id__in=[version.pk for version in versions]).order_by("history_id"):
        trails[row.id].append(row)
    found = [
        event
        for version in versions
        for tell in (_events_of, _imports_of)
        for event in tell(version, trails[version.pk])
    ]
    return sorted(found, key=lambda event: (event.day, event.kind == "廃止"), reverse=True)


def _events_of(version: ActivityVersion, trail: list[Any]) -> Iterator[Event]:
    """By the steps of the procedure."""
    written: dict[str, Any] = {}
    for row in trail:
        # The version that a change ends is written under the change's name too; its own registration came first.
        written.setdefault(row.action, row)
    if registration := written.get("register_activity"):
        # A change tells its reason when it is begun, not when it is registered.
        why = written.get("revise_activity", registration)
        kind = "変更" if version.replaces_id else "登録"
        yield _event(kind, version.registered_on or version.valid_from, registration, version, why)
    if version.abolished_on and (abolition := written.get("abolish_activity")):
        yield _event("廃止", version.abolished_on, abolition, version)
    if withdrawal := written.get("withdraw_activity"):
        yield _event("取下げ", _day_of(withdrawal), withdrawal, version)


def _imports_of(version: ActivityVersion, trail: list[Any]) -> Iterator[Event]:
    """By files: old entries as they came in, and what later ones corrected or ended."""
    # A version that a 組織改正 made of a migrated one is marked too, but did not come in so.
    if trail and trail[0].is_migrated and not trail[0].moved:
        kind = "変更" if version.replaces_id else "移行"
        yield _event(kind, version.registered_on or version.valid_from, trail[0], version, is_migrated=True)
        if trail[0].abolished_on and version.abolished_on:
            yield _event("廃止", version.abolished_on, trail[0], version, is_migrated=True)
    for before, after in itertools.pairwise(trail):
        if after.action != IMPORT:
            continue
        is_abolition = not before.abolished_on and after.abolished_on and version.abolished_on
        if is_abolition:
            yield _event("廃止", version.abolished_on, after, version)
        if _is_corrected(before, after):
            yield _event("取込みによる訂正", _day_of(after), after, version)


def _is_corrected(before: Any, after: Any) -> bool:
    """Whether more than its end was written on a version, or an end that it had already."""
    unread = _ENDING if not before.abolished_on else {"lock"}
    names = [field.attname for field in ActivityVersion._meta.concrete_fields if field.name not in unread]
    return any(getattr(before, name) != getattr(after, name) for name in names)


def _day_of(row: Any) -> date:
    return timezone.localtime(row.history_date).date()


def _event(
    kind: str, day: date, row: Any, version: ActivityVersion, why: Any = None, *, is_migrated: bool = False
) -> Event:
    actor = f"{row.actor_name}（{row.actor_department}）" if row.actor_department else row.actor_name
    reason = (why or row).history_change_reason
    return Event(kind, day, actor, row.history_date, reason, version, is_migrated)
