"""目的外利用記録票（第3号様式）: its boxes, in the order of the paper (domain.md §1.5)."""

from collections.abc import Mapping
from typing import Any

from printing.cells import Filler, Values
from records.sheets.grounds import GROUND_PLACES, with_boxes

CODE = "out-of-purpose-record"
TEMPLATE = "records/_sheet_out_of_purpose_record.html"


def context(values: Values, layout: Mapping[str, Any], baseline: Values | None = None) -> dict[str, Any]:
    """The template's context from texts as printed; a key that is missing prints as the layout's blank.

    `values`: using_number, using_department, using_activity_name, purpose, providing_number, providing_department,
    providing_activity_name, period_from, period_to, continues_from, kinds, kinds_other, grounds, ground_law,
    council_date, consultation_number (the figure alone), criterion_article, criterion_type, forms, forms_other,
    responsible. kinds, grounds and forms are lists of the codes in the layout's option lists; `act_grounds` are the
    codes of the Act's boxes, where these hold (records.sheets.grounds). With `baseline` (the same keys) what differs
    from it is marked.
    """
    form = Filler(values, with_boxes(layout, values), baseline)
    rows = {
        key: form.text_row(key)
        for key in (
            "using_department",
            "using_activity_name",
            "purpose",
            "providing_department",
            "providing_activity_name",
            "responsible",
        )
    }
    return rows | {
        "sheet": form.heading(),
        "end": values.get("end", ""),
        "using_number": form.number_row("using_number"),
        "providing_number": form.number_row("providing_number"),
        "period": form.phrase_row(
            "period_from", ["period", "continues"], ["period_from", "period_to", "continues_from"]
        ),
        "kinds": form.option_row("kinds", ["kinds_other"]),
        "grounds": form.option_row("grounds", GROUND_PLACES),
        "forms": form.option_row("forms", ["forms_other"], inline=True),
    }
