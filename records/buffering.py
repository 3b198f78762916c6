"""書きかけの保存: autosave, without history and without a lock (architecture §4, Typing)."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.http import QueryDict

from organization.models import User
from records.kinds import kind_of
from records.models import EditBuffer, Paper, RecordVersion

# Fields that the form has only while there are sheets beside this one.
_OFFERED_BESIDE = ("same_for_all", "sibling_locks")
_LOCK_DIGITS = 10


def find(user: User, record: RecordVersion | Paper) -> EditBuffer | None:
    """What `user` typed into `record` and did not save, else the newest of those whose work they took over; or None."""
    buffers = EditBuffer.objects.filter(user__in=user.writer_ids_today, target=_target(record)).order_by("-saved_at")
    return max(buffers, key=lambda buffer: buffer.user_id == user.pk, default=None)


def keep(user: User, record: RecordVersion | Paper, typed: QueryDict, *, names: Iterable[str], at: datetime) -> None:
    """Remember the fields `names` of the form as typed, right or wrong; what else was sent is not kept."""
    data = {name: typed.getlist(name) for name in (*names, *_OFFERED_BESIDE) if name in typed}
    EditBuffer.objects.update_or_create(
        user=user,
        target=_target(record),
        defaults={"data": data, "base_lock": _lock_in(typed.get("lock", ""), record.lock), "saved_at": at},
    )


def _lock_in(text: str, present: int) -> int:
    """The lock as sent; `present` for what can be none."""
    lock = int(text) if text.isdecimal() and len(text) <= _LOCK_DIGITS else present
    return min(lock, present)


def forget(user: User, record: RecordVersion | Paper) -> None:
    """What was buffered is saved, or not wanted."""
    EditBuffer.objects.filter(user__in=user.writer_ids_today, target=_target(record)).delete()


def as_form_data(buffer: EditBuffer) -> Any:
    """The buffer as a form's data."""
    data = QueryDict(mutable=True)
    for name, values in buffer.data.items():
        data.setlist(name, values)
    return data


def _target(record: RecordVersion | Paper) -> str:
    code = "paper" if isinstance(record, Paper) else kind_of(record).code
    return f"{code}:{record.pk}"
