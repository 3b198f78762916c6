"""編集の競合: both versions of what two people wrote, side by side."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from history.errors import StaleEdit
from records.forms.records import RecordForm, locks_text
from records.kinds import kind_of
from records.models import RecordVersion


@dataclass(frozen=True)
class Conflict:
    """One field that differs: what this person typed, and what stands saved."""

    label: str
    typed: str
    saved: str


def refuse(form: RecordForm, stale: StaleEdit, siblings: Iterable[RecordVersion] = ()) -> list[Conflict]:
    """Tell the bound `form` that somebody saved in between; the next attempt counts from what stands now.

    The row that was saved may be one of the sheets beside (`siblings`, as they stand now); then it is named.
    """
    form.data = form.data.copy()
    if stale.current.pk == form.instance.pk:
        form.add_error(None, str(stale))
        form.data["lock"] = stale.current.lock
        return conflicts(form, stale.current, form._meta.fields)
    form.add_error(None, f"「{stale.current}」の記録票：{stale}")
    form.data["sibling_locks"] = locks_text(siblings)
    return conflicts(form, stale.current, kind_of(stale.current).shared_fields)


def conflicts(form: RecordForm, current: RecordVersion, names: Iterable[str]) -> list[Conflict]:
    """Those fields of `names` in which the valid `form` differs from the row as it stands now."""
    found = []
    for name in names:
        if name not in form.cleaned_data:
            continue
        typed, saved = form.cleaned_data[name], getattr(current, name)
        if typed != saved:
            words = current.CODE_LISTS.get(name, {})
            found.append(Conflict(str(form[name].label), _shown(typed, words), _shown(saved, words)))
    return found


def _shown(value: Any, words: Mapping[str, str]) -> str:
    """A value as a person reads it; `words` are those of the boxes to tick."""
    if value is None:
        return ""
    if isinstance(value, list):
        return "、".join(words.get(one, one) if isinstance(one, str) else "　".join(one.values()) for one in value)
    return str(value)
