"""電算結合記録票（第5号様式）: its boxes, in the order of the paper (domain.md §1.7)."""

from collections.abc import Mapping
from typing import Any

from printing.cells import Filler, Values

CODE = "linkage-record"
TEMPLATE = "records/_sheet_linkage_record.html"


def context(values: Values, layout: Mapping[str, Any], baseline: Values | None = None) -> dict[str, Any]:
    """The template's context from texts as printed; a key that is missing prints as the layout's blank.

    `values`: activity_number ("0701-01" or ""), department, activity_name, purpose, linked_on, council_date,
    consultation_number (the figure alone), changed_on, change_council_date, change_consultation_number, partner,
    provided_items, received_items, responsible. With `baseline` (the same keys) what differs from it is marked.
    """
    form = Filler(values, layout, baseline)
    return {
        "sheet": form.heading(),
        "end": values.get("end", ""),
        "activity_number": form.number_row("activity_number"),
        "department": form.text_row("department"),
        "activity_name": form.text_row("activity_name"),
        "purpose": form.text_row("purpose"),
        "linked_on": form.phrase_row(
            "linked_on", ["linked_on", "council"], ["linked_on", "council_date", "consultation_number"]
        ),
        "changed_on": form.phrase_row(
            "changed_on",
            ["changed_on", "change_council"],
            ["changed_on", "change_council_date", "change_consultation_number"],
        ),
        "partner": form.text_row("partner"),
        "items": form.block_row("items", ["provided_items", "received_items"]),
        "responsible": form.text_row("responsible"),
    }
