"""表の書き出し: what a list shows as a file that Excel opens and `read_table` reads back."""

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from common.tables import limits
from common.tables.characters import code_points, in_cp932, twinned, twins, units
from common.tables.guards import guard, guard_typed
from common.tables.shapes import Replacement, TableError, Written

CSV_ENCODINGS = ("cp932", "utf-8-sig", "utf-8")
_FIRST_ROW = 2  # the header is row 1
_NARROW, _WIDE = 8, 60
# What XML cannot hold, a carriage return that it would change, and a text that looks like Excel's way to write them.
_TO_ESCAPE = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_WIDTH_SAMPLE = 500


def csv_bytes(columns: Sequence[str], rows: Iterable[Sequence[str]], encoding: str) -> Written:
    """CSV in "cp932", "utf-8-sig" (with BOM, as Excel wants it) or "utf-8", formulas made harmless.

    In CP932 〜 and its like become their Windows twins, an IVS loses its selector and what is left over becomes 〓;
    each is reported with its place, the twins apart from what is lost. ValueError for another encoding.
    """
    if encoding not in CSV_ENCODINGS:
        raise ValueError(f"{encoding} is none of {CSV_ENCODINGS}")
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL)
    written = Written(b"", [], [])
    for number, cells in enumerate((columns, *rows), start=_FIRST_ROW - 1):
        if encoding == "cp932":
            cells = [_fitted(number, name, cell, written) for name, cell in zip(columns, cells, strict=True)]
        writer.writerow([guard(cell) for cell in cells])
    return replace(written, content=text.getvalue().encode(encoding))


def xlsx_bytes(columns: Sequence[str], rows: Iterable[Sequence[str]], title: str = "一覧") -> bytes:
    """An Excel book of one sheet, every cell a text. TableError for a cell longer than Excel holds."""
    rows = list(rows)
    texts = [[_text(1, name, name) for name in columns]]
    for number, cells in enumerate(rows, start=_FIRST_ROW):
        texts.append([_text(number, name, cell) for name, cell in zip(columns, cells, strict=True)])
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_sheet_title(title))
    sheet.freeze_panes = "A2"
    for position, width in enumerate(_widths(columns, rows), start=1):
        sheet.column_dimensions[get_column_letter(position)].width = width
    sheet.append([_cell(sheet, text, font=Font(bold=True)) for text in texts[0]])
    for line in texts[1:]:
        sheet.append([_cell(sheet, text) for text in line])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _fitted(number: int, column: str, cell: str, written: Written) -> str:
    """The cell as CP932 holds it; each character that stands otherwise is noted in `written`."""
    if in_cp932(cell):
        return cell
    for character, form in twins(cell):
        written.twins.append(Replacement(number, column, character, code_points(character), form))
    cell = twinned(cell)
    if in_cp932(cell):
        return cell
    forms = list(units(cell))
    written.replaced.extend(
        Replacement(number, column, character, code_points(character), form)
        for character, form in forms
        if form != character
    )
    return "".join(form for _, form in forms)


def _text(number: int, column: str, cell: str) -> str:
    """The cell as Excel writes it."""
    text = _TO_ESCAPE.sub(lambda found: f"_x{ord(found[0]):04X}_", guard_typed(cell))
    if len(text) > limits.MAX_CELL:
        raise TableError(
            f"{number}行目の「{column}」は{len(cell):,}字あり、Excelのセルに入りません"
            f"（{limits.MAX_CELL:,}字まで）。CSVで書き出してください。"
        )
    return text


def _cell(sheet: Any, text: str, font: Font | None = None) -> Any:
    cell = WriteOnlyCell(sheet, text)
    # Never a formula or an error, whatever it looks like; and a text again after the cell was edited.
    cell.data_type = "s"
    cell.number_format = "@"
    if font is not None:
        cell.font = font
    return cell


def _widths(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> list[int]:
    """Of each column, wide enough for its longest line among the first rows."""
    longest = [0] * len(columns)
    for cells in (columns, *islice(rows, _WIDTH_SAMPLE)):
        for position, cell in enumerate(cells):
            longest[position] = max(longest[position], *map(_width, cell.split("\n")))
    return [min(max(width + 2, _NARROW), _WIDE) for width in longest]


def _width(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "FWA" else 1 for character in line[:_WIDE])


def _sheet_title(title: str) -> str:
    """Excel's rule for the name of a sheet: 31 characters, none of []:*?/\\."""
    return re.sub(r"[\[\]:*?/\\]", "・", title)[:31]
