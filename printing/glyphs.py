"""Which characters of a text the form's fonts cannot show (printing.md §4).

The fonts stand in the same order as in sheet.css. DejaVu is there for the check mark alone, which no Japanese font of
the distribution has; any other character that only DejaVu knows counts as missing, because it would look foreign.
"""

import re
import subprocess
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal, NamedTuple

from fontTools.ttLib import TTFont

FAMILIES = ("BIZ UDMincho", "Noto Serif CJK JP")
OTHER_FAMILIES = ("BIZ UDGothic", "DejaVu Sans")  # for marked changes; for ☑
CHECK_MARKS = frozenset("☑☐")
GETA = "〓"

Kind = Literal["absent", "variant", "invisible"]

_SELECTED = re.compile("(.)([\ufe00-\ufe0f\U000e0100-\U000e01ef])", re.DOTALL)
_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_REASONS: dict[Kind, str] = {
    "absent": "字体に字形がない",
    "variant": "異体字の字形がない（もとの字形で印刷される）",
    "invisible": "目に見えない制御文字",
}


@dataclass(frozen=True)
class Missing:
    """印刷できない文字: one character (or base and variation selector), its code point, and what is wrong with it."""

    char: str
    codepoint_label: str
    kind: Kind

    @property
    def name(self) -> str:
        """「U+20BB7 𠮷」; a character without a shape of its own is named by the code point alone."""
        return self.codepoint_label if self.kind == "invisible" else f"{self.codepoint_label} {self.char}"

    @property
    def reason(self) -> str:
        """Why it cannot be printed as it is, in Japanese."""
        return _REASONS[self.kind]


class FontTables(NamedTuple):
    """The code points of a font and its (base, selector) pairs."""

    points: frozenset[int]
    pairs: frozenset[tuple[int, int]]


class FontNotInstalled(RuntimeError):
    """字体がない: the machine lacks a font of the forms."""

    def __init__(self, family: str) -> None:
        super().__init__(f"字体「{family}」が入っていません。")


def find_font(family: str) -> tuple[str, int]:
    """File and index (-1: the file holds one font) of an installed family; FontNotInstalled when there is none."""
    found = subprocess.run(  # noqa: S603  (fixed command; the family is one of ours)
        ["fc-match", "-f", "%{family}\n%{file}\n%{index}", family],  # noqa: S607
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    names, path, index = found.split("\n")[:3]
    if family not in names.split(","):
        raise FontNotInstalled(family)
    return path, int(index) if path.endswith(".ttc") else -1


@cache
def font_tables(family: str) -> FontTables:
    """What `family` covers (cmap and its format-14 part); read once per process, 20–90 ms. FontNotInstalled."""
    path, index = find_font(family)
    with TTFont(path, fontNumber=index, lazy=True) as font:
        variants: dict[int, list[tuple[int, str | None]]] = next(
            (table.uvsDict for table in font["cmap"].tables if table.format == 14), {}
        )
        points = frozenset(font.getBestCmap())
        pairs = frozenset((base, selector) for selector, entries in variants.items() for base, _ in entries)
    return FontTables(points, pairs)


def missing(text: str) -> list[Missing]:
    """The characters of `text` (plain or HTML: markup is ASCII) that do not print as written, each once, in order."""
    bad = {char for char in set(text) if _kind(char) and not _SELECTORS.match(char)}
    found = [(text.index(char), _describe(char)) for char in bad]
    if _SELECTORS.search(text):
        found += [(text.index(pair), _describe(pair)) for pair in _missing_pairs(text)]
    return [item for _, item in sorted(found, key=lambda entry: entry[0])]


def blocking(items: Iterable[Missing]) -> list[Missing]:
    """Those that stop a print until someone allows 〓; a missing variant only warns, its base form is printed."""
    return [item for item in items if item.kind != "variant"]


def substitute(text: str) -> str:
    """`text` with 〓 for every character without a shape; invisible ones are dropped."""
    for item in blocking(missing(text)):
        text = text.replace(item.char, "" if item.kind == "invisible" else GETA)
    return text


def _missing_pairs(text: str) -> Iterator[str]:
    """Base and selector where the font that shows the base does not know the pair (Pango chooses by the base)."""
    for base, selector in dict.fromkeys(_SELECTED.findall(text)):
        family = next((name for name in FAMILIES if ord(base) in font_tables(name).points), None)
        if family and (ord(base), ord(selector)) not in font_tables(family).pairs:
            yield base + selector


def _describe(char: str) -> Missing:
    label = " ".join(f"U+{ord(point):04X}" for point in char)
    return Missing(char, label, "variant" if len(char) > 1 else _kind(char) or "absent")


@cache
def _kind(char: str) -> Kind | None:
    """None for a character that prints; cached, since a ward's texts use a few thousand different ones."""
    if char in "\t\n\r" or char in CHECK_MARKS:
        return None
    # Cf holds the direction marks too, with which a text could be shown in another order than it is stored.
    if unicodedata.category(char) in {"Cc", "Cf", "Cs", "Zl", "Zp"}:
        return "invisible"
    if any(ord(char) in font_tables(family).points for family in FAMILIES):
        return None
    return "absent"
