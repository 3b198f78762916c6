"""表の読み取り: one uploaded file as a table, whatever a Japanese office calls a table; or a Japanese refusal."""

import csv
import io
from collections.abc import Iterator
from pathlib import PurePath

from django.core.files.uploadedfile import UploadedFile

from common.tables import archives, excel, limits
from common.tables.assembling import assemble
from common.tables.decoding import LABELS, decode
from common.tables.guards import unguard
from common.tables.shapes import Table, TableError

CSV_SUFFIXES = (".csv", ".txt", ".tsv")
EXCEL_SUFFIX = ".xlsx"
ACCEPTED = (*CSV_SUFFIXES, EXCEL_SUFFIX)
_OTHER_KINDS = {
    ".xls": "古いExcelの形式（.xls）は取り込めません。",
    ".xlsm": "マクロつきのExcel（.xlsm）は取り込めません。",
    ".xlsb": "Excelのバイナリ形式（.xlsb）は取り込めません。",
    ".ods": "LibreOfficeの形式（.ods）は取り込めません。",
}
_SAVE_AS = "「Excelブック（.xlsx）」またはCSVとして保存し直してください。"


def read_upload(upload: UploadedFile) -> Table:
    """`read_table` for an uploaded file, refused by its size before it is read into memory."""
    limits.check_size(upload.size or 0)
    return read_table(upload.name or "", upload.read())


def read_table(filename: str, content: bytes) -> Table:
    """The table of a CSV (.csv, .txt, .tsv; UTF-8 or CP932; commas or tabs) or of an Excel book's first sheet.

    TableError, in Japanese, for everything else and for a table whose rows do not fit its header.
    """
    limits.check_size(len(content))
    suffix = PurePath(filename.strip()).suffix.lower()
    archives.refuse_old_and_locked(content)
    if suffix in _OTHER_KINDS:
        raise TableError(_OTHER_KINDS[suffix] + _SAVE_AS)
    if suffix not in ACCEPTED:
        raise TableError(f"この種類のファイル（{suffix or '拡張子なし'}）は取り込めません。{_SAVE_AS}")
    if suffix == EXCEL_SUFFIX:
        return excel.read(content)
    if content.startswith(archives.ZIP):
        raise TableError(f"名前は{suffix}ですが、中身はCSVではありません（Excelまたは圧縮ファイルです）。{_SAVE_AS}")
    return _read_csv(content)


def _read_csv(content: bytes) -> Table:
    decoded = decode(content)
    rows = _split(decoded.text, _delimiter(decoded.text))
    return assemble(rows, encoding=decoded.encoding, label=LABELS[decoded.encoding], warnings=[], padded=False)


def _delimiter(text: str) -> str:
    """Comma or tab, whichever the header has more of outside its quotes."""
    commas = tabs = 0
    quoted = False
    for character in text.lstrip("\r\n"):
        if character == '"':
            quoted = not quoted
        elif quoted:
            continue
        elif character in "\r\n":
            break
        commas += character == ","
        tabs += character == "\t" and not quoted
    return "\t" if tabs > commas else ","


def _split(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """The rows under the numbers that a spreadsheet gives them: an empty line counts, a line break in quotes not."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            yield number, [unguard(cell) for cell in cells]
    except csv.Error as error:
        what = "に長すぎる値があります" if "field limit" in str(error) else "の引用符の組が合いません"
        raise TableError(f'{number + 1}行目{what}。引用符（"）の閉じ忘れがないか確かめてください。') from error
