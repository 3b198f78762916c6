"""条例改正 as a sheet (print_sheet code `amendment`): as the paper of 2022-01-24, 新旧対照表 on the back."""

from collections.abc import Mapping
from typing import Any

from councils.comparing import compared, shortened
from councils.models import Amendment
from printing.prose.cleaning import clean
from printing.prose.setting import pieces
from printing.sheets import Sheet, register

CODE = "amendment"


def values(row: Amendment) -> Mapping[str, Any]:
    """number (資料番号 or empty), dated, sender, title, lead, sections by key, headings of the table, provisions."""
    pairs = [(one.old_text, one.new_text) for one in row.provisions.filter(is_removed=False)]
    return {
        "number": getattr(row, "printed_number", ""),
        "dated": row.dated,
        "sender": row.sender,
        "title": row.title,
        "lead": row.lead,
        "ordinance": row.ordinance,
        "reason": row.reason,
        "content": row.content,
        "effective": row.effective,
        "comparison": row.comparison_note,
        "headings": (row.old_heading, row.new_heading),
        "provisions": shortened(pairs) if row.shortens else pairs,
    }


def context(values: Mapping[str, Any], layout: Mapping[str, Any], baseline: object = None) -> dict[str, Any]:
    """The template's context (keys of `values`: see above)."""
    labels, phrases = layout["wording"]["labels"], layout["wording"]["phrases"]
    given = {name: values.get(name, "") for name in ("number", "dated", "sender", "title", "lead", "ordinance")}
    return {
        "sheet": {"code": layout["code"], "title": layout["title"]},
        **given,
        "lead": pieces(clean(given["lead"])) if given["lead"] else [],
        "sections": [
            (labels[key], pieces(clean(values.get(key, ""))))
            for key in ("reason", "content", "effective", "comparison")
        ],
        "table_title": phrases["table"].format(ordinance=given["ordinance"]),
        "headings": values.get("headings", ("", "")),
        "rows": [compared(old, new) for old, new in values.get("provisions", ())],
    }


def register_amendment() -> None:
    """Called once, while the application starts."""
    register(
        Sheet(
            code=CODE,
            title="条例改正",
            template="councils/_sheet_amendment.html",
            queryset=Amendment.objects.select_related("body").order_by("pk").all,
            values=values,
            context=context,
            form_date=lambda row: row.effective_on,
            label=str,
        )
    )
