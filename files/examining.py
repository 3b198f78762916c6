"""受け付けの検査: what a file is, by its content and never by its name, and whether it can be kept for years."""

import warnings
import zipfile
from collections.abc import Callable, Collection
from io import BytesIO
from typing import Any, NamedTuple

import pikepdf
from PIL import Image, UnidentifiedImageError

from files.errors import BrokenFile, EmptyFile, LockedFile, NamedOtherwise, TooLarge, TooManyPages, WrongType
from files.kinds import SCANS, SUFFIXES, FileType
from files.purposes import Purpose

MAX_PAGES = 2000
MAX_PIXELS = 120_000_000  # A3 at 600 dpi has 70 million
# Actions of a PDF that do something on their own or reach out of it.
ACTIONS = frozenset(
    {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToE", "/GoToR", "/Rendition", "/Movie", "/RichMedia"}
)
PARTS = frozenset({"/JS", "/XFA", "/EF"})  # scripts, programmed forms, embedded files


class Examined(NamedTuple):
    """What was found: the kind, and whether it would do something when it is opened."""

    type: FileType
    is_active: bool


def examine(name: str, content: bytes, purpose: Purpose) -> Examined:
    """受け付けの検査: raises the FileRefused that fits; the content tells the kind, and `name` must not belie it."""
    if not content:
        raise EmptyFile(name)
    if len(content) > purpose.limit:
        raise TooLarge(name, len(content), purpose.limit)
    found = detect(content, purpose.types)
    if found is None and _is_locked_office(content):
        raise LockedFile(name)
    if found is None:
        raise WrongType(name, purpose.types)
    if _is_belied(name, found):
        raise NamedOtherwise(name, found)
    return Examined(found, _EXAMINERS[found](name, content))


def _is_belied(name: str, found: FileType) -> bool:
    """Whether the name of a PDF or picture ends as that of another kind; a table is read whatever it is called."""
    called = {kind for kind, ends in SUFFIXES.items() if name.lower().endswith(tuple(ends))}
    return found in SCANS and bool(called) and found not in called


def detect(content: bytes, among: Collection[FileType]) -> FileType | None:
    """Which of `among` the content begins as; text and CSV, which begin as anything, only when nothing else fits."""
    for kind, begins in _SIGNATURES.items():
        if content.startswith(begins):
            return kind if kind in among else None
    plain = next((kind for kind in (FileType.CSV, FileType.TEXT) if kind in among), None)
    return plain if plain and _is_text(content) else None


_SIGNATURES: dict[FileType, bytes] = {
    FileType.PDF: b"%PDF-",
    FileType.PNG: b"\x89PNG\r\n\x1a\n",
    FileType.JPEG: b"\xff\xd8\xff",
    FileType.XLSX: b"PK\x03\x04",
}


# What no table holds on purpose; an end-of-file mark of old systems may stand in one.
_CONTROLS = bytes(byte for byte in range(0x20) if byte not in b"\t\r\n\x1a")
_BEGIN_NO_TEXT = [bytes([byte]) for byte in (*_CONTROLS, 0x7F)]
_FEW = 20

# Office keeps what it encrypts in a container of the old kind, in a stream of this name.
_OLD_CONTAINER = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def _is_locked_office(content: bytes) -> bool:
    """Whether it is a Word, Excel or PowerPoint file with a password: named as such, whatever the purpose takes."""
    return content.startswith(_OLD_CONTAINER) and _ENCRYPTED in content


def _is_text(content: bytes) -> bool:
    """Whether it can be a table in an encoding of the ward; NUL and many control characters (an .exe) say no.

    Some come in from old systems: whoever reads the table names their cells.
    """
    controls = len(content) - len(content.translate(None, _CONTROLS))
    if b"\0" in content or content[:1] in _BEGIN_NO_TEXT or controls > max(_FEW, len(content) // 100):
        return False
    for encoding in ("utf-8-sig", "cp932"):
        try:
            content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return True
    return False


def _examine_pdf(name: str, content: bytes) -> bool:
    try:
        # No repairs: what has to be guessed today is not what was signed and scanned.
        with pikepdf.open(BytesIO(content), attempt_recovery=False) as pdf:
            if pdf.is_encrypted:
                raise LockedFile(name)
            pages = len(pdf.pages)
            if not pages:
                raise BrokenFile(name)
            if pages > MAX_PAGES:
                raise TooManyPages(name, pages, MAX_PAGES)
            return any(_acts(item, set()) for item in (pdf.trailer, *pdf.objects))
    except pikepdf.PasswordError:
        raise LockedFile(name) from None
    except (pikepdf.PdfError, ValueError, RecursionError):
        raise BrokenFile(name) from None


def _acts(item: Any, seen: set[int]) -> bool:
    """Whether an object, or one that stands in it, is an action or holds a script or a file."""
    if isinstance(item, pikepdf.Array):
        return any(_acts(part, seen) for part in item if not _is_reference(part))
    if not isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
        return False
    keys = set(item.keys())
    if keys & PARTS or str(item.get("/S", "")) in ACTIONS:
        return True
    return any(_acts(item[key], seen) for key in keys if key != "/Parent" and not _is_reference(item[key]))


def _is_reference(item: Any) -> bool:
    """An object with a number of its own is among `pdf.objects` anyway."""
    return isinstance(item, pikepdf.Object) and item.is_indirect


def _examine_picture(name: str, content: bytes) -> bool:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(content), formats=["PNG", "JPEG"]) as picture:
                if picture.width * picture.height > MAX_PIXELS:
                    raise BrokenFile(name)
                picture.load()
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError, Warning):
        raise BrokenFile(name) from None
    return False


def _examine_workbook(name: str, content: bytes) -> bool:
    """A zip with a workbook in it; how large it becomes is asked by who reads it (common.tables)."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as parts:
            names = set(parts.namelist())
    except (zipfile.BadZipFile, ValueError):
        raise BrokenFile(name) from None
    if not {"[Content_Types].xml", "xl/workbook.xml"} <= names:
        raise WrongType(name, [FileType.XLSX])
    return False


def _examine_text(name: str, content: bytes) -> bool:
    return False


_EXAMINERS: dict[FileType, Callable[[str, bytes], bool]] = {
    FileType.PDF: _examine_pdf,
    FileType.PNG: _examine_picture,
    FileType.JPEG: _examine_picture,
    FileType.XLSX: _examine_workbook,
    FileType.CSV: _examine_text,
    FileType.TEXT: _examine_text,
}
