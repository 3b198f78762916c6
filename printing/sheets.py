"""様式の登録簿: the sheets that the applications above can print. They register in their AppConfig.ready."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from printing.errors import NoLayout, UnknownSheet

if TYPE_CHECKING:
    from printing.models import SheetLayout

Values = Mapping[str, Any]
Layout = Mapping[str, Any]
Context = Callable[[Values, Layout, Values | None], dict[str, Any]]


@dataclass(frozen=True)
class Sheet:
    """様式: one kind of printed form.

    `queryset()` gives the rows that can be printed (versions where there are versions), `values(row)` their texts as
    printed, `context` turns values and a layout into the template's context (pure, half-filled values allowed),
    `form_date(row)` is the day that chooses the layout (None: not submitted yet), `label(row)` names a row in a list.
    A sheet whose rows follow different layouts gives the code of each by `layout_code(row)`; they begin with `family`.
    `pictures(row)` are those that its fragment shows, by their digests (printing.fetcher).
    `complete(rows, today)` reads, before `values`, what the sheets of all rows print from other tables on their day.
    `bound(row, today, allow_missing)` gives the PDF of a row that is more than one fragment: a packet of many papers.
    """

    code: str
    title: str
    template: str
    queryset: Callable[[], QuerySet[Any]]
    values: Callable[[Any], Values]
    context: Context
    form_date: Callable[[Any], date | None]
    label: Callable[[Any], str]
    family: str = ""
    layout_code: Callable[[Any], str] | None = None
    complete: Callable[[Sequence[Any], date], None] | None = None
    pictures: Callable[[Any], Mapping[str, bytes]] | None = None
    bound: Callable[[Any, date, bool], bytes] | None = None


_SHEETS: dict[str, Sheet] = {}


def register(sheet: Sheet) -> None:
    """Make `sheet` known under its code; a second one of the same code replaces it."""
    _SHEETS[sheet.code] = sheet


def get(code: str) -> Sheet:
    """The sheet of this code; UnknownSheet when there is none."""
    try:
        return _SHEETS[code]
    except KeyError:
        raise UnknownSheet(code) from None


def for_layout(code: str) -> Sheet:
    """The sheet that a layout of this code belongs to: of the same code, or of its family; UnknownSheet for none."""
    family = next((sheet for sheet in _SHEETS.values() if sheet.family and code.startswith(sheet.family)), None)
    return family or get(code)


def all_sheets() -> list[Sheet]:
    """All sheets, in the order of their registration."""
    return list(_SHEETS.values())


def render_fragment(
    sheet: Sheet, values: Values, layout: "Layout | SheetLayout", baseline: Values | None = None
) -> SafeString:
    """The sheet as HTML, the same for screen, preview, comparison and paper; what differs from `baseline` is marked."""
    mapping = layout if isinstance(layout, Mapping) else layout.as_mapping()
    return render_to_string(sheet.template, sheet.context(values, mapping, baseline))


class Layouts:
    """様式の版 of one sheet, read once for any number of rows."""

    def __init__(self, sheet: Sheet) -> None:
        from printing.models import SheetLayout

        self._sheet = sheet
        self._all = list(SheetLayout.objects.filter(code=sheet.code))

    def of(self, row: Any, *, today: date) -> "SheetLayout":
        """As `layout_for`, without a statement."""
        day = self._sheet.form_date(row) or today
        # Periods of one sheet never overlap (SheetLayout.clean), so at most one is found.
        for layout in self._all:
            begun = layout.valid_from is None or layout.valid_from <= day
            if begun and (layout.valid_to is None or day < layout.valid_to):
                return layout
        raise NoLayout(self._sheet.title, day)


def layout_for(sheet: Sheet, row: Any, *, today: date) -> "SheetLayout":
    """The layout in use on the form's day; a form without one (a draft) uses today's. NoLayout when there is none."""
    from printing.models import SheetLayout

    day = sheet.form_date(row) or today
    code = sheet.layout_code(row) if sheet.layout_code else sheet.code
    layout = SheetLayout.objects.as_of(day).filter(code=code).order_by("valid_from").last()
    if layout is None:
        raise NoLayout(sheet.title, day)
    return layout
