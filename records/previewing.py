"""下見: the sheet's texts while somebody types, right or wrong."""

from collections.abc import Mapping
from copy import copy
from typing import Any

from common.fields import PartialDateField
from common.wareki import PartialDate, Precision
from printing import sheets
from records.forms.records import RecordForm
from records.kinds import kind_of
from records.models import RecordVersion


def typed_values(form: RecordForm, record: RecordVersion) -> Mapping[str, Any]:
    """The sheet's values with everything that stands in the bound `form`, in place of what `record` holds.

    What the form refuses prints as typed, so that the paper shows the mistake too. The record is not changed.
    """
    form.is_valid()
    draft = copy(record)
    for name in form._meta.fields:
        setattr(draft, name, form.cleaned_data[name] if name in form.cleaned_data else _as_typed(form, draft, name))
    return sheets.get(kind_of(record).sheet_code).values(draft)


def _as_typed(form: RecordForm, record: RecordVersion, name: str) -> Any:
    text = form[name].value()
    if isinstance(record._meta.get_field(name), PartialDateField):
        return PartialDate(None, None, Precision.BLANK, str(text or ""))
    return getattr(record, name) if name == "providing_department" or text is None else text
