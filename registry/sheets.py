"""業務登録票: its boxes and where their texts come from (domain §1.4).

The ward's own form is not among the papers at hand: its number is not certain, and its boxes follow the field set of
domain §1.4. Number, title, words and options are rows (`SheetLayout`), to be set right without touching code.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet

from common.business_number import BusinessNumberError, parse
from common.wareki import PartialDate, format_date
from exchange import batches
from exchange.batches import Batch
from printing.cells import Filler, Values
from printing.sheets import Sheet, register
from registry import links
from registry.models import ActivityVersion

CODE = "activity"
TEMPLATE = "registry/_sheet_activity.html"
_TEXTS = ["name", "purpose", "department", "responsible", "subjects", "persons", "items", "forms", "media"]
_DATES = ["started_on", "registered_on", "changed_on", "abolished_on"]


def context(values: Values, layout: Mapping[str, Any], baseline: Values | None = None) -> dict[str, Any]:
    """The template's context from texts as printed; a key that is missing prints as the layout's blank.

    `values`: number ("1309-14" or ""), name, purpose, department, responsible, subjects, persons, item_kinds, items,
    collected_from, collection_note, forms, media, sensitive, deceased, started_on, registered_on, changed_on,
    abolished_on, and the names of links.BOXES. item_kinds, collected_from, sensitive, deceased and the links are lists
    of codes of the layout's option lists. A layout without a link's label has no row for it.
    With `baseline` (the same keys) what differs from it is marked.
    """
    form = Filler(values, layout, baseline)
    return {
        "sheet": form.heading(),
        "number": form.number_row("number"),
        **{key: form.text_row(key) for key in [*_TEXTS, *_DATES]},
        "item_kinds": form.option_row("item_kinds"),
        "collected_from": form.option_row("collected_from", ["collection_note"], inline=True),
        "sensitive": form.option_row("sensitive", inline=True),
        "deceased": form.option_row("deceased", inline=True),
        "links": [form.option_row(key, inline=True) for key in links.BOXES if key in layout["wording"]["labels"]],
    }


def values(version: ActivityVersion) -> Mapping[str, Any]:
    """The values of a version from `printable()`: 登録年月日 of the first version, 変更年月日 of this one."""
    own = version.registered_on
    linked = getattr(version, "link_boxes", {})
    return {
        **{key: _yes_no(linked.get(key)) for key in links.BOXES},
        "number": version.activity.number or _number(version.number_as_printed),
        "name": version.name,
        "purpose": version.purpose,
        "department": version.department.full_name,
        "responsible": version.responsible,
        "subjects": version.subjects,
        "persons": version.persons,
        "item_kinds": version.item_kinds,
        "items": version.items,
        "collected_from": version.collected_from,
        "collection_note": version.collection_note,
        "forms": "\n".join(form.line for form in version.forms_in_use),
        "media": version.media,
        "sensitive": _yes_no(version.has_sensitive),
        "deceased": _yes_no(version.has_deceased),
        "started_on": _typed(version.started_on),
        "registered_on": _day(version.first_registered_on if version.replaces_id else own),
        "changed_on": _day(version.changed_on),
        "abolished_on": _day(version.abolished_on),
    }


def printable() -> QuerySet:
    """The versions with what their sheets need, in statements that do not grow with their number."""
    rows = ActivityVersion.objects.with_first_registered_on()
    return rows.select_related("activity", "department__parent").prefetch_related("collecting_forms").order_by("pk")


def complete(versions: Sequence[ActivityVersion], today: date) -> None:
    """つながりの有無 on each sheet's day; one statement for each of these days, which is today for all in force.

    A business that was never registered has none to tell: its boxes stay empty.
    """
    by_day: dict[date, list[ActivityVersion]] = {}
    for version in versions:
        if version.valid_from is not None or version.replaces_id is not None:
            by_day.setdefault(sheet_day(version, today), []).append(version)
    for day, group in by_day.items():
        found = links.boxes([version.activity_id for version in group], day)
        for version in group:
            version.link_boxes = found[version.activity_id]


def sheet_day(version: ActivityVersion, today: date) -> date:
    """The day that the sheet speaks of: today, or the last day of a version that has ended."""
    last = version.last_day
    return last if last is not None and last < today else today


BATCH = Batch(
    code="activities",
    sheet=CODE,
    title="業務登録票",
    headings=("業務登録番号", "業務の名称"),
    action="print_activity",
    number=lambda version: version.activity.number or version.number_as_printed,
    name=lambda version: version.name,
    place=lambda version: version.department.full_name,
    related=["activity", "department__parent"],
)


def register_sheets() -> None:
    """Called once, while the application starts."""
    batches.register(BATCH)
    register(
        Sheet(
            code=CODE,
            title="業務登録票",
            template=TEMPLATE,
            queryset=printable,
            values=values,
            context=context,
            form_date=lambda version: version.registered_on,
            label=lambda version: f"{version.activity.number or ''} {version.name}".strip(),
            complete=complete,
        )
    )


def _number(typed: str) -> str:
    """What fits the boxes of the form: the number without the brackets that it was typed in; else the text itself."""
    try:
        return parse(typed).number
    except BusinessNumberError:
        return typed


def _yes_no(value: bool | None) -> list[str]:
    return [] if value is None else ["yes" if value else "no"]


def _day(day: date | None) -> str:
    return format_date(day) if day else ""


def _typed(day: PartialDate) -> str:
    """As it was written out, with its 「ごろ」, without the weekday that a screen adds."""
    if day.is_blank:
        return day.text
    return format_date(day.start) + day.qualifier if day.precision == "day" else day.told()
