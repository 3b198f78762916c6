"""編集の競合: what two people wrote, field by field, for every form that saves with a `lock`."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from history.errors import DomainError, StaleEdit

# (name of a field, its value) → the value as a person reads it
Shown = Callable[[str, Any], str]


@dataclass(frozen=True)
class Difference:
    """One line that differs between two states: its label, and both as a person reads them."""

    label: str
    before: str
    after: str


def in_words(code_lists: Mapping[str, Mapping[str, str]]) -> Shown:
    """Values as text, the codes of ticked boxes in the words that `code_lists` has for a field."""

    def shown(name: str, value: Any) -> str:
        if value is None:
            return ""
        if not isinstance(value, list):
            return str(value)
        words = code_lists.get(name, {})
        return "、".join(words.get(code, code) for code in value)

    return shown


def conflicts(form: forms.BaseForm, current: Any, names: Iterable[str], shown: Shown) -> list[Difference]:
    """Those fields of `names` in which the valid `form` (after) differs from the row as it stands saved (before)."""
    found = []
    for name in names:
        if name not in form.cleaned_data:
            continue
        typed, saved = form.cleaned_data[name], getattr(current, name)
        if typed != saved:
            found.append(Difference(str(form[name].label), shown(name, saved), shown(name, typed)))
    return found


def refuse(form: forms.BaseForm, stale: StaleEdit) -> None:
    """Tell the bound `form` that somebody saved in between; the next attempt counts from what stands now."""
    form.add_error(None, str(stale))
    again: Any = form.data.copy()  # type: ignore[attr-defined]
    again["lock"] = stale.current.lock  # type: ignore[attr-defined]
    form.data = again


def tell(form: forms.BaseForm, refusal: DomainError | ValidationError) -> None:
    """What a service refuses: at its field where the form has it, else above the form."""
    if isinstance(refusal, DomainError):
        form.add_error(None, str(refusal))
        return
    told = refusal.error_dict if hasattr(refusal, "error_dict") else {"": refusal.error_list}
    for name, words in told.items():
        form.add_error(name if name in form.fields else None, words)
