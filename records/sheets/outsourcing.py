"""外部委託記録票（様式番号は仮）: the fields of the ward's papers on outsourcing (domain.md §1.8, §6.4)."""

from collections.abc import Mapping
from typing import Any

from printing.cells import Filler, Values

CODE = "outsourcing-record"
TEMPLATE = "records/_sheet_outsourcing_record.html"
_TEXTS = (
    "department", "activity_name", "subject", "purpose", "work", "partner", "items", "media", "volume", "subcontracts",
    "contract", "protection", "responsible",
)  # fmt: skip


def context(values: Values, layout: Mapping[str, Any], baseline: Values | None = None) -> dict[str, Any]:
    """The template's context from texts as printed; a key that is missing prints as the layout's blank.

    `values`: activity_number, department, activity_name, subject, purpose, work, partner, period_from, period_to,
    continues_from, continuing_clause, items, media, volume, subcontracts, contract, protection, council_date,
    consultation_number (the figure alone), responsible. With `baseline` (the same keys) what differs is marked.
    """
    form = Filler(values, layout, baseline)
    lines = ["period", "continues", *(["clause"] if values.get("continuing_clause") else [])]
    return {name: form.text_row(name) for name in _TEXTS} | {
        "sheet": form.heading(),
        "end": values.get("end", ""),
        "activity_number": form.number_row("activity_number"),
        "period": form.phrase_row(
            "period_from", lines, ["period_from", "period_to", "continues_from", "continuing_clause"]
        ),
        "council": form.phrase_row("council_date", ["council"], ["council_date", "consultation_number"]),
    }
