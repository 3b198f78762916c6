"""Files of every sort, made with the same libraries that real ones are made with, and a purpose for them."""

import zipfile
from io import BytesIO

import pikepdf
import pytest
from PIL import Image

from files import purposes
from files.kinds import FileType
from files.purposes import Purpose

LIMIT = 200_000


def pdf(change=None, **options):
    """A PDF of one page; `change` may alter it before it is written."""
    with pikepdf.new() as made:
        made.add_blank_page()
        if change is not None:
            change(made)
        out = BytesIO()
        made.save(out, **options)
    return out.getvalue()


def picture(kind):
    """A small picture."""
    out = BytesIO()
    Image.new("RGB", (20, 10), "white").save(out, kind)
    return out.getvalue()


def archive(*names):
    """A zip with these parts."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as parts:
        for name in names:
            parts.writestr(name, "<x/>")
    return out.getvalue()


WORKBOOK = archive("[Content_Types].xml", "xl/workbook.xml")
SAMPLES = {
    FileType.PDF: pdf(),
    FileType.PNG: picture("PNG"),
    FileType.JPEG: picture("JPEG"),
    FileType.XLSX: WORKBOOK,
    FileType.CSV: "番号,名称\n0119-01,収納\n".encode("cp932"),
    FileType.TEXT: "会議要録\n（委員） 伺います。\n".encode(),
}


@pytest.fixture
def purpose(monkeypatch):
    """Registers a purpose for one test; its readers are those in `readers`."""
    monkeypatch.setattr(purposes, "_PURPOSES", dict(purposes._PURPOSES))

    def register(*types, readers=(), keep_days=None, code="trial"):
        allowed = frozenset(types or FileType)
        made = Purpose(code, "試し", allowed, LIMIT, lambda user, stored: user in readers, keep_days)
        purposes.register(made)
        return made

    return register
