"""編集の競合: what two people wrote, field by field, for every form that saves with a `lock`."""

from collections.abc import Callable, Iterable, Mapping
from copy import copy
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from common.boxes import one_text
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


def refuse_form(form: forms.BaseForm, stale: StaleEdit, fresh: forms.BaseForm) -> list[Difference]:
    """As `refuse`; answers every box that differs from `fresh`, the same form, unbound, of the row as it stands."""
    refuse(form, stale)
    for name in form.fields:  # of a row that is saved together with another, the other's too
        if name.endswith("_lock") and name in fresh.fields:
            form.data[name] = fresh[name].value()  # type: ignore[index]  # a copy since `refuse`
    return [
        Difference(str(form[name].label), saved, typed)
        for name in form.fields
        if name in fresh.fields and _was_shown(form, name)
        if (saved := one_text(fresh[name])) != (typed := one_text(form[name])) and not _is_same(form, fresh, name)
    ]


def reopened(form: forms.BaseForm, shown: Mapping[str, Any]) -> forms.BaseForm:
    """The form as it opens, unbound, with `shown` in its boxes."""
    fresh = copy(form)
    fresh.is_bound, fresh.data, fresh.initial = False, {}, dict(shown)
    fresh._bound_fields_cache = {}  # type: ignore[attr-defined]  # else the boxes of `form`
    return fresh


def _was_shown(form: forms.BaseForm, name: str) -> bool:
    """Whether the page that was sent had the box; a tick box that is not ticked is not sent."""
    field = form.fields[name]
    if field.widget.is_hidden or isinstance(field, forms.FileField):
        return False
    return isinstance(field, forms.BooleanField) or form[name].data is not None


def _is_same(form: forms.BaseForm, fresh: forms.BaseForm, name: str) -> bool:
    """Whether two texts are one value in two spellings, as a day is in 和暦 and in the calendar."""
    field = form.fields[name]
    try:
        return bool(field.clean(form[name].data) == field.clean(fresh[name].value()))
    except ValidationError:
        return False


def tell(form: forms.BaseForm, refusal: DomainError | ValidationError) -> None:
    """What a service refuses: at its field where the form has it, else above the form."""
    if isinstance(refusal, DomainError):
        form.add_error(None, str(refusal))
        return
    told = refusal.error_dict if hasattr(refusal, "error_dict") else {"": refusal.error_list}
    for name, words in told.items():
        form.add_error(name if name in form.fields else None, words)
