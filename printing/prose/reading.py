"""文章の読取り: from what a clerk types to the blocks of a paper. What is typed is what prints.

One line is one block:
- 「【区が講じる保護措置】」, 「＜現行の業務＞」 alone on a line: a heading within the section;
- 「1 概要」, 「２　対象」: a numbered heading;
- 「(1)…」, 「（１）…」, 「①…」, 「1．…」, 「ア …」, 「・…」, 「※…」: an item of a list,
  whose later lines hang behind the mark;
- 「［図：システム構成図］」: the picture of this name among what is attached;
- 「類型｜事例」: a row of a table; a row whose first cell is empty goes on in the row above;
- an empty line: a gap; anything else: a paragraph.
A block holds places in the text, not copies, so that marks of changes (printing.marks) fall where they belong.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple

from printing.prose.cleaning import BAR


class Kind(Enum):
    """What a block is."""

    HEADING = "heading"
    GROUP = "group"
    ITEM = "item"
    PROSE = "prose"  # a sentence: its first line is indented
    LINE = "line"  # a name, an address, a list of items
    TABLE = "table"
    FIGURE = "figure"
    GAP = "gap"


class Span(NamedTuple):
    """A place in the text."""

    start: int
    end: int


@dataclass(frozen=True)
class Block:
    """段落: its place; of an item the length of its mark, of a table the lines of each cell of each row."""

    kind: Kind
    span: Span
    marker: int = 0
    rows: list[list[list[Span]]] = field(default_factory=list)


_MARKER = re.compile(
    r"(?:[（(][0-9０-９]{1,3}[)）]|[⑴-⒇①-⑳]|[0-9０-９]{1,2}[.．)）](?![0-9０-９])"
    r"|[ア-ン](?=[ 　])|[a-zａ-ｚ][.．)）]|[・○◇◆●※])[ 　]*"
)
_GROUP = re.compile(r"(?:【[^【】]{1,60}】|＜[^＜＞]{1,60}＞|〔[^〔〕]{1,60}〕|〈[^〈〉]{1,60}〉)")
_FIGURE = re.compile(r"[［\[]図[：:][ 　]*([^［］\[\]]{1,200}?)[ 　]*[］\]]")
_HEADING = re.compile(r"(?:第?[0-9０-９]{1,2}|[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ])[ 　]+[^。]{1,40}")
_SENTENCE = 30  # characters from which a text with a full stop is indented as a paragraph


def read(text: str) -> list[Block]:
    """The blocks of a cleaned text, in order. Their spans hold every character but line ends and the bars of tables."""
    blocks: list[Block] = []
    for line in _lines(text):
        block = _block(text, line)
        if block.kind is Kind.TABLE and blocks and blocks[-1].kind is Kind.TABLE:
            blocks[-1] = _joined(blocks[-1], block)
        else:
            blocks.append(block)
    return blocks


def words(text: str, span: Span) -> str:
    """The text at a place."""
    return text[span.start : span.end]


def figure_name(line: str) -> str:
    """The name in 「［図：…］」; empty for any other line."""
    found = _FIGURE.fullmatch(line)
    return found[1] if found else ""


def figure_names(text: str) -> list[str]:
    """The pictures that a text names, in their order."""
    return list(dict.fromkeys(filter(None, map(figure_name, text.split("\n")))))


def width(marker: str) -> int:
    """How far an item hangs: the width of its mark in whole characters, at most 4."""
    halves = sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in marker)
    return min(4, max(1, (halves + 1) // 2))


def _lines(text: str) -> Iterator[Span]:
    start = 0
    for line in text.split("\n") if text else ():
        yield Span(start, start + len(line))
        start += len(line) + 1


def _block(text: str, span: Span) -> Block:
    line = words(text, span)
    if not line:
        return Block(Kind.GAP, span)
    if _FIGURE.fullmatch(line):
        return Block(Kind.FIGURE, span)
    if BAR in line:
        return Block(Kind.TABLE, span, rows=[_cells(line, span.start)])
    if _GROUP.fullmatch(line):
        return Block(Kind.GROUP, span)
    if (found := _MARKER.match(line)) and found.end() < len(line):
        return Block(Kind.ITEM, span, marker=found.end())
    if _HEADING.fullmatch(line):
        return Block(Kind.HEADING, span)
    return Block(Kind.PROSE if line.endswith("。") and len(line) > _SENTENCE else Kind.LINE, span)


def _cells(line: str, start: int) -> list[list[Span]]:
    cells = []
    for cell in line.split(BAR):
        cells.append([Span(start, start + len(cell))])
        start += len(cell) + 1
    return cells


def _joined(table: Block, more: Block) -> Block:
    """One more row; without a first cell it is the next line of the cells above."""
    (row,) = more.rows
    rows = [list(one) for one in table.rows]
    above = rows[-1]
    if row[0][0].start == row[0][0].end and len(row) == len(above) and len(rows) > 1:
        rows[-1] = [old + [span for span in new if span.start < span.end] for old, new in zip(above, row, strict=True)]
    else:
        rows.append(row)
    return Block(Kind.TABLE, Span(table.span.start, more.span.end), rows=rows)
