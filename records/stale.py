"""編集の競合 of a 記録票: the row that was saved in between may be one of the sheets beside."""

from collections.abc import Iterable
from typing import Any

from django import forms

from common.rows import RowsField
from history import conflicts
from history.conflicts import Difference, Shown
from history.errors import StaleEdit
from records.forms.records import RecordForm, locks_text
from records.kinds import kind_of
from records.models import RecordVersion
from records.previewing import text_in


def refuse(form: RecordForm, stale: StaleEdit, siblings: Iterable[RecordVersion] = ()) -> list[Difference]:
    """Tell the bound `form` that somebody saved in between; the next attempt counts from what stands now.

    A sheet beside that was saved is named; `siblings` are those as they stand now.
    """
    current, shown = stale.current, _in_words_of(stale.current)
    if current.pk == form.instance.pk:
        conflicts.refuse(form, stale)
        return conflicts.conflicts(form, current, form._meta.fields, shown)
    form.data = form.data.copy()
    form.add_error(None, f"「{current}」の記録票：{stale}")
    form.data["sibling_locks"] = locks_text(siblings)
    return conflicts.conflicts(form, current, kind_of(current).shared_fields, shown)


def refuse_form(form: forms.BaseForm, stale: StaleEdit, fresh: forms.BaseForm) -> list[Difference]:
    """As `refuse`, for any form; `fresh` is the same form, unbound, of the row as it stands: every box is compared."""
    conflicts.refuse(form, stale)
    return [
        Difference(str(form[name].label), saved, typed)
        for name, field in form.fields.items()
        if _was_shown(form, name, field) and name in fresh.fields
        if (saved := _text(fresh, name)) != (typed := _text(form, name))
    ]


def typed_in(form: forms.BaseForm) -> list[tuple[str, str]]:
    """Label and text of every box in which something was typed, to be copied where it can no longer be saved."""
    shown = [name for name, field in form.fields.items() if not field.widget.is_hidden]
    texts = [(str(form[name].label), _text(form, name)) for name in shown]
    return [(label, text) for label, text in texts if text]


def _was_shown(form: forms.BaseForm, name: str, field: forms.Field) -> bool:
    """Whether the page that was sent had the box; a tick box that is not ticked is not sent."""
    if field.widget.is_hidden or isinstance(field, forms.FileField):
        return False
    return (
        isinstance(field, forms.BooleanField)
        or field.widget.value_from_datadict(form.data, form.files, form.add_prefix(name)) is not None
    )


def _text(form: forms.BaseForm, name: str) -> str:
    if isinstance(form.fields[name], forms.FileField):
        return ""
    if isinstance(form.fields[name], forms.BooleanField):
        return "印あり" if form[name].value() not in (None, False, "", "False") else "印なし"
    return "\n".join(text_in(form[name]).strip().splitlines())


def _in_words_of(record: RecordVersion) -> Shown:
    """Values as a person reads them; numbered rows one on a line."""
    words = conflicts.in_words(record.CODE_LISTS)

    def shown(name: str, value: Any) -> str:
        field = record._meta.get_field(name)
        return field.in_words(value) if isinstance(field, RowsField) else words(name, value)

    return shown
