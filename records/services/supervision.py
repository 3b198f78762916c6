"""監督: entries about a running 外部委託 or 電算結合; what a coming 変更 is asked about (前回承認分の検証)."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from common.wareki import format_date
from history.errors import DomainError
from history.writing import Actor
from organization import rules
from records.kinds import LINKAGE, OUTSOURCING, kind_of
from records.models import RecordVersion, SupervisionEntry
from records.services.locks import lock_record

SUPERVISED = (LINKAGE, OUTSOURCING)
FIELDS = ("kind", "on", "count", "by_whom", "text")


class NotSupervised(DomainError):
    """監督の記録のない種類: only what others do for the ward, or do with its computers, is supervised."""

    def __init__(self) -> None:
        super().__init__("監督の記録は、外部委託と電算結合に付けます。")


class NotRunning(DomainError):
    """効力のない委託・結合: there is nothing to supervise on that day."""

    def __init__(self, day: date) -> None:
        super().__init__(f"{format_date(day)}に効力のある委託または結合ではありません。日を確かめてください。")


class NotYet(DomainError):
    """先の日の記録: what has not happened is no entry."""

    def __init__(self) -> None:
        super().__init__("日が、きょうより先の日になっています。")


def is_supervised(record: RecordVersion) -> bool:
    """Whether records of this kind have entries."""
    return kind_of(record) in SUPERVISED


@transaction.atomic
def add_supervision(record: RecordVersion, *, values: Mapping[str, Any], token: UUID, actor: Actor) -> SupervisionEntry:
    """監督の記録の追加: `values` by FIELDS. The same `token` again gives the first one back.

    Raises NotSupervised, NotRunning, NotYet, ValidationError for what the kind of entry asks.
    """
    record = lock_record(record)
    rules.require(actor, "add_supervision", record)
    existing = SupervisionEntry.objects.filter(token=token).first()
    if existing is not None:
        return existing
    entry = SupervisionEntry(token=token, **_identity(record))
    _fill(entry, values)
    _require_running(record, entry.on)
    entry.full_clean()
    return entry.save_as(actor, action="add_supervision")


@transaction.atomic
def correct_supervision(
    entry: SupervisionEntry,
    *,
    values: Mapping[str, Any],
    reason: str,
    lock: int,
    actor: Actor,
    is_struck: bool | None = None,
) -> SupervisionEntry:
    """監督の記録の訂正, or its being struck out; the trail keeps what stood before.

    Raises StaleEdit, NotRunning, NotYet, ValidationError.
    """
    entry = SupervisionEntry.objects.select_for_update(of=("self",)).get(pk=entry.pk)
    rules.require(actor, "correct_supervision", entry)
    entry.check_lock(lock)
    before = entry.on
    _fill(entry, values)
    if entry.on != before:
        _require_running(newest_version(entry), entry.on)
    if is_struck is not None:
        entry.is_struck = is_struck
    entry.full_clean()
    return entry.save_as(actor, action="correct_supervision", reason=reason)


def entries_of(record: RecordVersion) -> QuerySet:
    """All entries of what `record` is a version of, newest first; none for a kind that is not supervised."""
    if not is_supervised(record):
        return SupervisionEntry.objects.none()
    return SupervisionEntry.objects.filter(**_identity(record))


def since(record: RecordVersion, day: date) -> list[SupervisionEntry]:
    """The entries of what `record` is a version of, from `day` on, newest first; one statement."""
    return list(entries_of(record).in_use().filter(on__gte=day))


def decided_on(record: RecordVersion) -> date | None:
    """The day of the decision about a version: the council's, else that of the report, else its first day in force."""
    council = (record.change_council_date if kind_of(record).change_bracket and record.is_change else None) or (
        record.council_date
    )
    return council.start or record.reported_on or record.valid_from


def last_decision(record: RecordVersion) -> date | None:
    """前回の決定: of a 変更, that about what it replaces; of a first version its own. None while there is none."""
    return decided_on(record.replaces or record)


def newest_version(entry: SupervisionEntry) -> RecordVersion:
    """The version that took effect last of what the entry is about."""
    versions = (entry.linkage or entry.outsourcing).versions
    return versions.filter(valid_from__isnull=False).select_related("proposal").order_by("-valid_from", "-pk").first()


def _identity(record: RecordVersion) -> dict[str, Any]:
    if not is_supervised(record):
        raise NotSupervised
    name = kind_of(record).identity
    return {name: getattr(record, name)}


def _fill(entry: SupervisionEntry, values: Mapping[str, Any]) -> None:
    for name in FIELDS:
        if name in values:
            setattr(entry, name, values[name])


def _require_running(record: RecordVersion, on: date) -> None:
    """In force on that day or today: a 誓約書 is signed before the work begins."""
    today = timezone.localdate()
    if on > today:
        raise NotYet
    kind = kind_of(record)
    versions = kind.model.objects.filter(**{kind.identity: getattr(record, kind.identity)})
    if not (versions.as_of(on) | versions.as_of(today)).exists():
        raise NotRunning(on)
