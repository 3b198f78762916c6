"""Excel files as strangers send them."""

import io
import zipfile

from openpyxl import Workbook

from common.tables.writing import xlsx_bytes


def book(*rows, more_sheets=(), formats=None) -> bytes:
    """An xlsx with these rows on its first sheet; `formats` are {cell: number format}."""
    workbook = Workbook()
    sheet = workbook.active
    for row in rows:
        sheet.append(row)
    for cell, number_format in (formats or {}).items():
        sheet[cell].number_format = number_format
    for title in more_sheets:
        workbook.create_sheet(title).append(["別の表"])
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


def repacked(changes: dict[str, bytes]) -> bytes:
    """A small xlsx with some of its parts replaced or added."""
    return zipped(_parts(xlsx_bytes(["業務の名称"], [["区税の業務"]])) | changes)


def with_sheet(xml: str) -> bytes:
    """An xlsx whose only sheet is this XML."""
    return repacked({"xl/worksheets/sheet1.xml": xml.encode()})


def zipped(parts: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def _parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
