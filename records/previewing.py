"""下見: the sheet's texts while somebody types, right or wrong."""

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass
from typing import Any

from common.boxes import text_in
from common.fields import PartialDateField
from common.wareki import PartialDate, Precision
from printing import sheets
from records.forms.records import RecordForm
from records.kinds import kind_of
from records.models import RecordVersion
from records.services.completeness import missing_fields
from records.texts import MAX_TEXT


@dataclass(frozen=True)
class Preview:
    """What a sheet would say: the record with what is typed, its values, the fields still to be filled, and whether a
    text was too long to be drawn.

    `missing_boxes` are the boxes of the missing fields, as data-missing of the sheet's frame.
    """

    draft: RecordVersion
    values: Mapping[str, Any]
    missing: list[str]
    missing_boxes: str
    too_long: bool


def preview(form: RecordForm, record: RecordVersion) -> Preview:
    """The sheet of `record`, with everything that stands in `form`, when bound, in place of what `record` holds.

    What the form refuses prints as typed, so that the paper shows the mistake too; only with a text that no sheet can
    hold the record prints as it was saved. The record is not changed.
    """
    # What saving would refuse is not drawn while it is typed either: a page of it costs everybody.
    too_long = form.is_bound and any(len(text) > MAX_TEXT for _, text in typed_texts(form))
    draft = _typed(form, record) if form.is_bound and not too_long else record
    missing = missing_fields(draft)
    boxes = dict.fromkeys(form.box_of(name) for name in missing)
    values = sheets.get(kind_of(record).sheet_code).values(draft)
    return Preview(draft, values, missing, " ".join(filter(None, boxes)), too_long)


def typed_texts(form: RecordForm) -> list[tuple[str, str]]:
    """Label and text of every field in which something was typed, in the order of the form."""
    found = []
    for name in form._meta.fields:
        if text := text_in(form[name]):
            found.append((str(form[name].label), text))
    return found


def _typed(form: RecordForm, record: RecordVersion) -> RecordVersion:
    form.is_valid()
    draft = copy(record)
    for name in form._meta.fields:
        setattr(draft, name, form.cleaned_data[name] if name in form.cleaned_data else _as_typed(form, draft, name))
    form.complete(draft)
    return draft


def _as_typed(form: RecordForm, record: RecordVersion, name: str) -> Any:
    text = form[name].value()
    column = record._meta.get_field(name)
    if isinstance(column, PartialDateField):
        return PartialDate(None, None, Precision.BLANK, str(text or ""))
    return getattr(record, name) if column.is_relation or text is None else text
