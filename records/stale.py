"""編集の競合 of a 記録票: the row that was saved in between may be one of the sheets beside."""

from collections.abc import Iterable
from typing import Any

from common.rows import RowsField
from history import conflicts
from history.conflicts import Difference, Shown
from history.errors import StaleEdit
from records.forms.records import RecordForm, locks_text
from records.kinds import kind_of
from records.models import RecordVersion


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


def _in_words_of(record: RecordVersion) -> Shown:
    """Values as a person reads them; numbered rows one on a line."""
    words = conflicts.in_words(record.CODE_LISTS)

    def shown(name: str, value: Any) -> str:
        field = record._meta.get_field(name)
        return field.in_words(value) if isinstance(field, RowsField) else words(name, value)

    return shown
