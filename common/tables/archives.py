"""Excelファイルの検査: what an xlsx unpacks to, looked at before any reader of spreadsheets sees it."""

import io
import re
import zipfile
import zlib

from common.tables import limits
from common.tables.shapes import TableError

ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_BROKEN = "Excelファイルとして開けません。壊れているか、別の種類のファイルです。"
_TOO_LARGE = "Excelファイルの中身が大きすぎます。不要なシート、書式および画像を除いて保存し直してください。"
_FORMULA = re.compile(rb"<f[ >/]")
_CHUNK = 256 * 1024


def refuse_old_and_locked(content: bytes) -> None:
    """TableError for an Excel file with a password and for one of the old format, whatever its name says."""
    if not content.startswith(_OLE):
        return
    if _LOCKED in content:
        raise TableError("パスワードで保護されたExcelファイルです。パスワードを外して保存し直してください。")
    raise TableError("古いExcelの形式（.xls）です。「Excelブック（.xlsx）」として保存し直してください。")


def has_formulas(content: bytes) -> bool:
    """Unpack everything once, in pieces that are thrown away; whether a sheet holds formulas.

    TableError for no xlsx and for a zip bomb.

    First by the sizes that the archive declares, then by those that come out: a reader believes the first.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            _check_declared(entries, len(content))
            if "xl/workbook.xml" not in archive.namelist():
                raise TableError(_BROKEN)
            return _unpack(archive, entries)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        raise TableError(_BROKEN) from error


def _check_declared(entries: list[zipfile.ZipInfo], packed: int) -> None:
    if len(entries) > limits.MAX_ENTRIES:
        raise TableError(_TOO_LARGE)
    unpacked = sum(entry.file_size for entry in entries)
    is_bomb = unpacked > limits.RATIO_COUNTS_FROM and unpacked > packed * limits.MAX_RATIO
    if is_bomb or unpacked > limits.MAX_UNPACKED:
        raise TableError(_TOO_LARGE)


def _unpack(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> bool:
    """Read each entry to its end (its checksum too); whether a sheet holds formulas."""
    left = limits.MAX_UNPACKED
    found = False
    for entry in entries:
        is_sheet = entry.filename.startswith("xl/worksheets/")
        tail = b""
        with archive.open(entry) as stream:
            while piece := stream.read(_CHUNK):
                left -= len(piece)
                if left < 0:
                    raise TableError(_TOO_LARGE)
                found = found or (is_sheet and _FORMULA.search(tail + piece) is not None)
                tail = piece[-2:]
    return found
