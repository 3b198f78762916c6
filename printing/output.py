"""様式を印刷: rows of a sheet to one PDF, with the check for characters that the fonts lack."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from printing import glyphs, joining, pdf, sheets
from printing.errors import MissingGlyphs


def print_rows(sheet: sheets.Sheet, rows: Iterable[Any], *, today: date, allow_missing: bool = False) -> bytes:
    """The PDF of `rows`, each on a new page in the layout of its own day (`today` for a draft).

    Raises MissingGlyphs when a character has no shape in the form's fonts; with `allow_missing` it prints as 〓.
    Raises NoLayout when no layout was in use on a form's day. The document's title is the sheet's, with the row's name
    when there is only one.
    """
    rows = list(rows)
    if sheet.bound is not None:
        parts = [joining.Part(sheet.label(row), sheet.bound(row, today, allow_missing)) for row in rows]
        return parts[0].content if len(parts) == 1 else joining.join(parts, title=sheet.title)
    if sheet.complete is not None:
        sheet.complete(rows, today)
    fragments = [
        sheets.render_fragment(sheet, sheet.values(row), sheets.layout_for(sheet, row, today=today)) for row in rows
    ]
    title = f"{sheet.title} {sheet.label(rows[0])}" if len(rows) == 1 else sheet.title
    pictures = {digest: content for row in rows for digest, content in pictures_of(sheet, row).items()}
    return pdf.render(checked(fragments, allow_missing=allow_missing), title=title, pictures=pictures)


def pictures_of(sheet: sheets.Sheet, row: Any) -> Mapping[str, bytes]:
    """The pictures that a row's fragment shows."""
    return sheet.pictures(row) if sheet.pictures is not None else {}


def print_one(sheet: sheets.Sheet, row: Any, today: date, allow_missing: bool) -> bytes:
    """One row of a sheet, as `print_rows` prints it."""
    return print_rows(sheet, [row], today=today, allow_missing=allow_missing)


def checked(fragments: Iterable[str], *, allow_missing: bool) -> list[str]:
    """The fragments, fit to be printed: MissingGlyphs for what has no shape, or 〓 in its place when allowed."""
    fragments = list(fragments)
    if allow_missing:
        return [glyphs.substitute(fragment) for fragment in fragments]
    if missing := glyphs.blocking(glyphs.missing("\n".join(fragments))):
        raise MissingGlyphs(missing)
    return fragments
