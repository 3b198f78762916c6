"""編集の競合: both versions of what two people wrote, side by side."""

from dataclasses import dataclass
from typing import Any

from history.errors import StaleEdit
from records.forms.records import RecordForm
from records.models import RecordVersion


@dataclass(frozen=True)
class Conflict:
    """One field that differs: what this person typed, and what stands saved."""

    label: str
    typed: str
    saved: str


def refuse(form: RecordForm, stale: StaleEdit) -> list[Conflict]:
    """Tell the bound `form` that somebody saved in between; the next attempt counts from what stands now."""
    form.add_error(None, str(stale))
    form.data = form.data.copy()
    form.data["lock"] = stale.current.lock
    return conflicts(form, stale.current)


def conflicts(form: RecordForm, current: RecordVersion) -> list[Conflict]:
    """The fields in which the valid `form` differs from the row as it stands now, in the order of the paper."""
    found = []
    for name in form._meta.fields:
        typed, saved = form.cleaned_data[name], getattr(current, name)
        if typed != saved:
            found.append(Conflict(str(form[name].label), _shown(typed), _shown(saved)))
    return found


def _shown(value: Any) -> str:
    if value is None:
        return ""
    return "、".join(value) if isinstance(value, list) else str(value)
