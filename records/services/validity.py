"""効力の期間: from the dates on a record's paper to the days on which it is in force."""

from datetime import date, timedelta

from history.writing import Actor
from records.models import LinkageVersion, RecordVersion


def put_into_force(record: RecordVersion, *, actor: Actor, action: str, reason: str = "") -> None:
    """Give a record its validity, and end the version that it replaces on the same day, unless it was over before."""
    record.valid_from, record.valid_to = period_on_paper(record)
    if record.replaces is not None:
        own_end = period_on_paper(record.replaces)[1]
        end = min(own_end, record.valid_from) if own_end else record.valid_from
        _end_on(record.replaces, end, actor=actor, action=action, reason=reason)
    record.full_clean()
    record.save_as(actor, action=action, reason=reason)


def take_out_of_force(record: RecordVersion, *, actor: Actor, action: str, reason: str) -> None:
    """Undo `put_into_force` for a record that never took effect; the version before goes on as its paper says."""
    if record.valid_from is not None and record.replaces is not None:
        _end_on(record.replaces, period_on_paper(record.replaces)[1], actor=actor, action=action, reason=reason)
    record.valid_from = record.valid_to = None
    record.full_clean()
    record.save_as(actor, action=action, reason=reason)


def period_on_paper(record: RecordVersion) -> tuple[date, date | None]:
    """First day in force and first day no longer in force (the paper's last day …まで plus one; None: no end)."""
    if isinstance(record, LinkageVersion):
        return (record.changed_on if record.is_change else record.linked_on).start, None
    first = record.applied_on or record.period_from or record.continues_from
    return first.start, record.period_to.end + timedelta(days=1) if record.period_to else None


def _end_on(record: RecordVersion, day: date | None, *, actor: Actor, action: str, reason: str) -> None:
    record.valid_to = day
    record.full_clean()
    record.save_as(actor, action=action, reason=reason)
