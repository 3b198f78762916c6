"""下見: the sheet's texts while somebody types, right or wrong."""

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass
from typing import Any

from common.fields import PartialDateField
from common.wareki import PartialDate, Precision
from printing import sheets
from records.forms.records import RecordForm
from records.kinds import kind_of
from records.models import RecordVersion
from records.services.completeness import missing_fields


@dataclass(frozen=True)
class Preview:
    """What a sheet would say: its values, and the boxes that must still be filled, as data-missing of its frame."""

    values: Mapping[str, Any]
    missing_boxes: str


def preview(form: RecordForm, record: RecordVersion) -> Preview:
    """The sheet of `record`, with everything that stands in `form`, when bound, in place of what `record` holds.

    What the form refuses prints as typed, so that the paper shows the mistake too. The record is not changed.
    """
    draft = _typed(form, record) if form.is_bound else record
    boxes = dict.fromkeys(form.box_of(name) for name in missing_fields(draft))
    return Preview(sheets.get(kind_of(record).sheet_code).values(draft), " ".join(filter(None, boxes)))


def _typed(form: RecordForm, record: RecordVersion) -> RecordVersion:
    form.is_valid()
    draft = copy(record)
    for name in form._meta.fields:
        setattr(draft, name, form.cleaned_data[name] if name in form.cleaned_data else _as_typed(form, draft, name))
    return draft


def _as_typed(form: RecordForm, record: RecordVersion, name: str) -> Any:
    text = form[name].value()
    if isinstance(record._meta.get_field(name), PartialDateField):
        return PartialDate(None, None, Precision.BLANK, str(text or ""))
    return getattr(record, name) if name == "providing_department" or text is None else text
