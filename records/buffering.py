"""書きかけの保存: autosave, without history and without a lock (architecture §4, Typing)."""

from datetime import datetime
from typing import Any

from django.http import QueryDict

from organization.models import User
from records.kinds import kind_of
from records.models import EditBuffer, RecordVersion

# Of the form's plumbing, not of what was typed.
_NOT_TYPED = {"csrfmiddlewaretoken"}


def find(user: User, record: RecordVersion) -> EditBuffer | None:
    """What `user` typed into `record` and did not save, else the newest of those whose work they took over; or None."""
    buffers = EditBuffer.objects.filter(user__in=user.writer_ids_today, target=_target(record)).order_by("-saved_at")
    return max(buffers, key=lambda buffer: buffer.user_id == user.pk, default=None)


def keep(user: User, record: RecordVersion, typed: QueryDict, *, at: datetime) -> None:
    """Remember the whole form as typed, right or wrong."""
    data = {name: values for name, values in typed.lists() if name not in _NOT_TYPED}
    lock = typed.get("lock", "")
    EditBuffer.objects.update_or_create(
        user=user,
        target=_target(record),
        defaults={"data": data, "base_lock": int(lock) if lock.isdecimal() else record.lock, "saved_at": at},
    )


def forget(user: User, record: RecordVersion) -> None:
    """What was buffered is saved, or not wanted."""
    EditBuffer.objects.filter(user__in=user.writer_ids_today, target=_target(record)).delete()


def as_form_data(buffer: EditBuffer) -> Any:
    """The buffer as a form's data."""
    data = QueryDict(mutable=True)
    for name, values in buffer.data.items():
        data.setlist(name, values)
    return data


def _target(record: RecordVersion) -> str:
    return f"{kind_of(record).code}:{record.pk}"
