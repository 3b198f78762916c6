"""目的外利用（外部提供）状況調査票.

That the form exists is known, its number and fields are not (domain §1.2): these are provisional, as the layout says.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from common.templatetags.wording import grouped, wareki_dense, wareki_plain
from printing.cells import Values
from printing.sheets import Sheet, register
from records.models import SurveyRow, SurveySheet

CODE = "survey-sheet"
TEMPLATE = "records/_sheet_survey.html"
# The tables of the sheet in their order; each takes the rows of its name from the values.
TABLES = ("uses", "provisions", "by_consent")


def survey_values(sheet: SurveySheet) -> Mapping[str, Any]:
    """year, department, submitted_on, and the rows of each of TABLES as texts; rows out of scope are left out."""
    found: dict[str, list[SurveyRow]] = {name: [] for name in TABLES}
    for row in sheet.rows.filter(in_scope=True).order_by("position", "pk"):
        found["by_consent" if row.by_consent else "uses" if row.use_id else "provisions"].append(row)
    return {
        "year": sheet.survey.year_label,
        "department": sheet.department.full_name.replace(" ", "　"),
        "submitted_on": wareki_plain(sheet.submitted_on),
        **{name: [_texts(row) for row in rows] for name, rows in found.items()},
        **{f"{name}_total": _total(rows) for name, rows in found.items()},
    }


def _texts(row: SurveyRow) -> dict[str, str]:
    notes = [row.note, f"増減の理由：{row.jump_reason}" if row.jump_reason else ""]
    return {
        "business": "　".join(filter(None, (row.activity_number, row.activity_name))),
        "counterpart": row.counterpart,
        "grounds": row.grounds,
        "persons": grouped(row.persons),
        "times": grouped(row.times),
        "ended_on": wareki_dense(row.ended_on),
        "note": "　".join(filter(None, notes)),
    }


def _total(rows: Sequence[SurveyRow]) -> str:
    """An unknown figure prints as nothing, never as 0."""
    known = [row.persons for row in rows if row.persons is not None]
    return grouped(sum(known)) if known else ""


def context(values: Values, layout: Mapping[str, Any], baseline: Values | None = None) -> dict[str, Any]:
    """The template's context (keys of `values`: see survey_values). A form without a baseline: nothing is marked."""
    wording = layout["wording"]
    columns = [(name, wording["columns"][name]) for name in wording["order"]]
    return {
        "sheet": {"code": layout["code"], "form_label": layout["form_label"], "title": layout["title"]},
        "head": [(wording["labels"][name], values.get(name, "")) for name in ("year", "department", "submitted_on")],
        "tables": [
            {
                "name": name,
                "title": wording["tables"][name],
                "headings": [(key, words) for key, words in columns],
                "rows": [[(key, row.get(key, "")) for key, _ in columns] for row in values.get(name, ())],
                "total": values.get(f"{name}_total", ""),
            }
            for name in TABLES
        ],
        "total_words": wording["total"],
        "none_words": wording["none"],
        "notes": wording["notes"],
        "width": len(columns),
    }


def _form_date(sheet: SurveySheet) -> date | None:
    """提出日 chooses the layout, so that an old sheet reprints unchanged."""
    return sheet.submitted_on


def register_survey_sheet() -> None:
    """Called once, while the application starts."""
    register(
        Sheet(
            code=CODE,
            title="状況調査票",
            template=TEMPLATE,
            queryset=SurveySheet.objects.select_related("survey", "department__parent").order_by("pk").all,
            values=survey_values,
            context=context,
            form_date=_form_date,
            label=str,
        )
    )
