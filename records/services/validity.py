"""効力の期間: from the dates on a record's paper to the days on which it is in force.

The versions of one record that took effect follow each other; each ends on the first of: its own last day on paper, the
day on which the next one starts. Only `put_into_force`, `take_out_of_force` and
`take_back_force` write the two dates.
"""

from datetime import date, timedelta

from django.db.models import Q
from django.utils import timezone

from common.wareki import format_date
from history.writing import Actor
from records.kinds import kind_of
from records.models import RecordVersion
from records.models.record_versions import end_in_effect
from records.services.errors import (
    AlreadyChanged,
    ChangeTooEarly,
    Ended,
    InForce,
    RecordContradictory,
    SamePairInForce,
)
from registry.models import Activity


def put_into_force(record: RecordVersion, *, actor: Actor, action: str, reason: str = "") -> None:
    """Give a record its validity and end the version that it replaces; also after a correction of its dates.

    Raises ChangeTooEarly when the versions of the record would not start one after the other, SamePairInForce when
    another record says the same for the same time.
    """
    if record.is_end:
        _end_what_it_replaces(record, actor=actor, action=action, reason=reason)
        return
    start, own_end = period_on_paper(record)
    # Two files about one business may be decided at the same moment: the second waits, and sees the first.
    Activity.objects.select_for_update().filter(pk=record.activity_id).first()
    require_only_one(record, start, own_end)
    following = record.replaced_by.filter(valid_from__isnull=False).first()
    if following is not None and following.valid_from <= start:
        raise ChangeTooEarly(following.valid_from, start)
    if record.replaces is not None:
        require_later(start, record.replaces)
        end = earlier(period_on_paper(record.replaces)[1], start)
        _end_on(record.replaces, end, actor=actor, action=action, reason=reason)
    cut_short = following.valid_from if following else ended_on(record)
    record.valid_from, record.valid_to = start, earlier(own_end, cut_short)
    record.full_clean()
    record.save_as(actor, action=action, reason=reason)


def take_out_of_force(record: RecordVersion, *, actor: Actor, action: str, reason: str) -> None:
    """Undo `put_into_force` for a record whose first day has not come; the version before goes on as its paper says.

    Raises InForce for one that has been used already, AlreadyChanged for one that a later version follows.
    """
    if record.is_end:
        _undo_end(record, actor=actor, action=action, reason=reason)
        return
    if record.valid_from is not None:
        if record.valid_from <= timezone.localdate():
            raise InForce(record.valid_from)
        if record.replaced_by.filter(valid_from__isnull=False).exists():
            raise AlreadyChanged
    was_in_force, replaced = record.valid_from is not None, record.replaces
    record.valid_from = record.valid_to = None
    record.full_clean()
    record.save_as(actor, action=action, reason=reason)
    if was_in_force and replaced is not None:
        _end_on(replaced, period_on_paper(replaced)[1], actor=actor, action=action, reason=reason)


def take_back_force(record: RecordVersion, *, actor: Actor, action: str, reason: str) -> None:
    """Undo `put_into_force` of a decision that was entered wrongly, also of a record that has been used meanwhile.

    The caller has seen to it that nothing follows the record.
    """
    was_in_force, replaced = record.valid_from is not None, record.replaces
    record.valid_from = record.valid_to = None
    record.full_clean()
    record.save_as(actor, action=action, reason=reason)
    if replaced is not None and (was_in_force or record.is_end):
        _end_on(replaced, period_on_paper(replaced)[1], actor=actor, action=action, reason=reason)


def ended_on(record: RecordVersion) -> date | None:
    """First day no longer in force because a 終了 took effect; None when there is none."""
    end = record.replaced_by.filter(end_in_effect()).first()
    return end.ends_on + timedelta(days=1) if end is not None else None


def _end_what_it_replaces(record: RecordVersion, *, actor: Actor, action: str, reason: str) -> None:
    """終了: the version before ends after `ends_on`; raises RecordContradictory when it does not hold on that day."""
    if problems := end_problems(record):
        raise RecordContradictory([f"{record}：{problem}" for problem in problems])
    _end_on(record.replaces, record.ends_on + timedelta(days=1), actor=actor, action=action, reason=reason)
    record.full_clean()
    record.save_as(actor, action=action, reason=reason)


def _undo_end(record: RecordVersion, *, actor: Actor, action: str, reason: str) -> None:
    """The record that was to end goes on as its paper says; Ended once its last day is over."""
    after = record.ends_on + timedelta(days=1)
    took_effect = record.replaces.valid_to == after and record.replaces.valid_to != period_on_paper(record.replaces)[1]
    if took_effect and after <= timezone.localdate():
        raise Ended(record.ends_on)
    record.full_clean()
    record.save_as(actor, action=action, reason=reason)
    if took_effect:
        own_end = period_on_paper(record.replaces)[1]
        _end_on(record.replaces, own_end, actor=actor, action=action, reason=reason)


def end_problems(record: RecordVersion) -> list[str]:
    """What does not fit in a 終了: its day lies within the days on which the record is in force."""
    ended = record.replaces
    if ended.valid_from is None or record.ends_on < ended.valid_from:
        since = format_date(ended.valid_from) if ended.valid_from else "まだ始まっていません"
        return [f"終了する日は、効力の始まった日（{since}）以後の日にしてください。"]
    if ended.last_day is not None and record.ends_on >= ended.last_day:
        return [f"この記録は、{format_date(ended.last_day)}に期間が終わります。それより前の日にしてください。"]
    return []


def period_on_paper(record: RecordVersion) -> tuple[date, date | None]:
    """First day in force and first day no longer in force (the paper's last day …まで plus one; None: no end)."""
    return kind_of(record).period(record)


def starts_on(record: RecordVersion) -> date:
    """The first day in force, as the paper says."""
    return period_on_paper(record)[0]


def require_only_one(record: RecordVersion, start: date, end: date | None) -> None:
    """Raise SamePairInForce when another record of the same business and the same other side is in force meanwhile."""
    kind = kind_of(record)
    pair = kind.same_pair(record)
    if pair is None:
        return
    same_record = {kind.identity: getattr(record, f"{kind.identity}_id")}
    meanwhile = Q(valid_from__isnull=False) & (Q(valid_to__isnull=True) | Q(valid_to__gt=start))
    if end is not None:
        meanwhile &= Q(valid_from__lt=end)
    other = kind.model.objects.filter(pair, meanwhile).exclude(**same_record).order_by("valid_from").first()
    if other is not None:
        raise SamePairInForce(other, other.valid_from)


def require_later(start: date, previous: RecordVersion) -> None:
    """Raise ChangeTooEarly unless a change that starts on `start` comes after the start of what it replaces."""
    if previous.valid_from is not None and start <= previous.valid_from:
        raise ChangeTooEarly(start, previous.valid_from)


def earlier(one: date | None, other: date | None) -> date | None:
    """The earlier of two ends; None is no end."""
    return min(filter(None, (one, other)), default=None)


def _end_on(record: RecordVersion, day: date | None, *, actor: Actor, action: str, reason: str) -> None:
    if record.valid_to == day:
        return
    record.valid_to = day
    record.full_clean()
    record.save_as(actor, action=action, reason=reason)
