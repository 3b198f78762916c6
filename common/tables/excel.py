"""Excelの読み取り: the first sheet of a book, each cell as the text that a person would type for it."""

import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from defusedxml import DefusedXmlException
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from common.tables import archives
from common.tables.assembling import assemble
from common.tables.decoding import LABELS
from common.tables.guards import unguard
from common.tables.shapes import Table, TableError

# Excel's last row; a file that names a later one is made to keep a reader busy.
_LAST_ROW = 1_048_576
_LAST_COLUMN = 16_384
_BROKEN = "Excelファイルとして開けません。Excelで開いて保存し直してください。"
# All that openpyxl says of a book that it cannot make sense of; both its parsers of XML raise a SyntaxError.
_UNREADABLE = (
    zipfile.BadZipFile, InvalidFileException, SyntaxError, DefusedXmlException,
    ValueError, KeyError, IndexError, TypeError, AttributeError,
)  # fmt: skip
# A character that XML cannot hold, as Excel writes it in a text (ECMA-376, ST_Xstring).
_ESCAPED = re.compile("_x(00(?:0[1-9A-F]|1[0-9A-F]|5F)|FFF[EF])_")
_ZEROS = re.compile("0+")


def read(content: bytes) -> Table:
    """The first visible sheet of an xlsx. TableError when it is none, too large, or its rows do not fit."""
    has_formulas = archives.has_formulas(content)
    try:
        with warnings.catch_warnings():
            # openpyxl warns of what it leaves out (rules of validation, drawings): nothing that a table needs.
            warnings.simplefilter("ignore", UserWarning)
            return _read(content, has_formulas=has_formulas)
    except TableError:
        raise
    except _UNREADABLE as error:
        raise TableError(_BROKEN) from error


def _read(content: bytes, *, has_formulas: bool) -> Table:
    book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    if not sheets:
        raise TableError("Excelファイルに表示されているシートがありません。")
    sheet, notes = sheets[0], []
    if len(book.worksheets) > 1:
        notes.append(f"シートは{len(book.worksheets)}枚あります。最初のシート「{sheet.title}」だけを読み取りました。")
    rows = _rows(sheet)
    if has_formulas:
        typed = load_workbook(io.BytesIO(content), read_only=True, data_only=False)
        rows = _with_formulas(rows, _rows(typed[sheet.title]))
        notes.append("数式のセルがあります。計算された値を、値がないときは式そのものを文字として読み取りました。")
    return assemble(rows, encoding="xlsx", label=LABELS["xlsx"], warnings=notes, padded=True)


def _rows(sheet: Any) -> Iterator[tuple[int, list[str]]]:
    """Each row with its number; a size that the sheet declares is not believed."""
    sheet.reset_dimensions()
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        if number > _LAST_ROW or len(cells) > _LAST_COLUMN:
            raise TableError(_BROKEN)
        yield number, [_text(cell) for cell in cells]


def _with_formulas(values: Iterator[Any], typed: Iterator[Any]) -> Iterator[tuple[int, list[str]]]:
    """The value of each cell; the formula, as a text, where no value was kept with it."""
    for (number, cells), (_, formulas) in zip(values, typed, strict=True):
        yield number, [cell or formula for cell, formula in zip(cells, formulas, strict=True)]


def _text(cell: Any) -> str:
    """What a person would type: 2022-03-31 for a date, 5 for 5.0, 0102 for 102 shown with zeros."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, str):
        return unguard(_ESCAPED.sub(lambda code: chr(int(code[1], 16)), value))
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        shown = _number(value)
        zeros = cell.number_format
        return shown.zfill(len(zeros)) if zeros and _ZEROS.fullmatch(zeros) else shown
    return _moment(value)


def _number(value: int | float) -> str:
    """Without the `.0` of a float and without an exponent; the fifteen digits that Excel shows."""
    return str(value) if isinstance(value, int) else f"{Decimal(format(value, '.15g')):f}"


def _moment(value: Any) -> str:
    """A date as 2022-03-31, with its time when it has one; what is no date (a formula's object) by its own text."""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.isoformat("minutes")
    return str(getattr(value, "text", value))
