"""CP932 の文字: what the Windows code page can hold, what stands in for the rest, and 外字."""

import re
import unicodedata
from collections.abc import Iterator

GETA = "〓"
# One character of Windows, another of JIS and the Mac, one byte pair: written as the one that CP932 reads back.
_TWINS = str.maketrans("〜−‖—¢£¬¥‾¦", "～－∥―￠￡￢￥￣￤")
_TWINNED = re.compile(".[\u3099\u309a]|[〜−‖—¢£¬¥‾¦]", re.DOTALL)
# Python's table lets single bytes pass that no Windows text holds.
_NO_CHARACTERS = re.compile("[\x80\uf8f0-\uf8f3]")
_VOICED = re.compile(".[\u3099\u309a]", re.DOTALL)
# A character with the selector of its glyph is one thing for a reader.
_UNITS = re.compile(".[\ufe00-\ufe0f\U000e0100-\U000e01ef]?", re.DOTALL)
_LINE_BREAK = re.compile("\r\n?")
PRIVATE_USE = re.compile("[\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]")


def code_points(text: str) -> str:
    """`U+9F50`, for a pair `U+8FBB U+E0100`."""
    return " ".join(f"U+{ord(character):04X}" for character in text)


def in_cp932(text: str) -> bool:
    """Whether CP932 holds every character and reads it back as it was."""
    try:
        # Python writes 〜 and its like as the bytes of their twins.
        return text.encode("cp932").decode("cp932") == text and not _NO_CHARACTERS.search(text)
    except UnicodeEncodeError:
        return False


def twinned(text: str) -> str:
    """The text with the characters of Windows where those of JIS or the Mac stand (〜 → ～, − → －, か゛ → が)."""
    return _VOICED.sub(lambda pair: unicodedata.normalize("NFC", pair[0]), text).translate(_TWINS)


def twins(text: str) -> Iterator[tuple[str, str]]:
    """Each character that `twinned` writes otherwise, and how."""
    for found in _TWINNED.findall(text):
        if (form := twinned(found)) != found:
            yield found, form


def units(text: str) -> Iterator[tuple[str, str]]:
    """Each character of a twinned text and what CP932 holds for it: itself, its form without the selector, or 〓."""
    for unit in _UNITS.findall(text):
        yield unit, next((form for form in (unit, unit[0]) if in_cp932(form)), GETA)


def cp932_form(text: str) -> str:
    """What `text` has become after a way out and in as CP932; a second way changes nothing more."""
    if in_cp932(text):
        return text
    return "".join(form for _, form in units(twinned(text)))


def same_text(stored: str, cell: str, encoding: str) -> bool:
    """Whether a cell says what is stored, as far as a file in `encoding` can say it.

    So an export that shows 〓 for 𠮷 or ～ for 〜 does not overwrite them when it comes back, and a spreadsheet's
    line breaks are no change.
    """
    before, after = _LINE_BREAK.sub("\n", stored), _LINE_BREAK.sub("\n", cell)
    return before == after or (encoding == "cp932" and cp932_form(before) == after)
