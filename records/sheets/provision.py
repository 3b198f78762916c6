"""外部提供記録票（様式番号は仮）: mirrors 第3号様式, since no source shows the form (domain.md §1.6)."""

from collections.abc import Mapping
from typing import Any

from printing.cells import Filler, Values
from records.sheets.grounds import GROUND_PLACES, with_boxes

CODE = "provision-record"
TEMPLATE = "records/_sheet_provision_record.html"
_TEXTS = ("department", "activity_name", "partner", "purpose", "items", "demanded_measures", "responsible")


def context(values: Values, layout: Mapping[str, Any], baseline: Values | None = None) -> dict[str, Any]:
    """The template's context from texts as printed; a key that is missing prints as the layout's blank.

    `values`: activity_number, department, activity_name, partner, purpose, period_from, period_to, continues_from,
    continuing_clause, items, kinds, kinds_other, grounds, act_grounds, ground_law, ground_reason, council_date,
    consultation_number, criterion_article, criterion_type, forms, forms_other, demanded_measures, responsible. With
    `baseline` (the same keys) what differs is marked.
    """
    form = Filler(values, with_boxes(layout, values), baseline)
    lines = ["period", "continues", *(["clause"] if values.get("continuing_clause") else [])]
    return {name: form.text_row(name) for name in _TEXTS} | {
        "sheet": form.heading(),
        "end": values.get("end", ""),
        "activity_number": form.number_row("activity_number"),
        "period": form.phrase_row(
            "period_from", lines, ["period_from", "period_to", "continues_from", "continuing_clause"]
        ),
        "kinds": form.option_row("kinds", ["kinds_other"]),
        "grounds": form.option_row("grounds", GROUND_PLACES),
        "forms": form.option_row("forms", ["forms_other"], inline=True),
    }
