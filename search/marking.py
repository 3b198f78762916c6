"""一致の印: where in a text as it is written the folded words stand, and the piece of it that a result shows."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from common.text import search_key
from search.models import SearchDocument
from search.words import Query, key

# A character and the marks that belong to it: ﾊﾞ, か゛, 辻 with the selector of its glyph.
_CLUSTER = re.compile(r".[\u0300-\u036f\u3099-\u309c\uff9e\uff9f\ufe00-\ufe0f\U000e0100-\U000e01ef]*", re.DOTALL)
BEFORE, AROUND, MOST_LINES = 16, 80, 3


class Piece(NamedTuple):
    """A piece of a text, and whether it is what was looked for."""

    text: str
    is_hit: bool


class Passage(NamedTuple):
    """A line of a document that holds what was looked for; `label` is empty for a title."""

    label: str
    pieces: list[Piece]
    is_former: bool = False

    @property
    def text(self) -> str:
        """Without the marks."""
        return "".join(piece.text for piece in self.pieces)


def marked(text: str, query: Query) -> list[Piece]:
    """The whole of `text` in pieces, those marked that `query` finds."""
    return _pieces(text, _places(text, query.phrases), 0, len(text))


def passages(document: SearchDocument, query: Query) -> list[Passage]:
    """The lines of the document that hold what was looked for, as pieces around it; at most MOST_LINES.

    Lines that still hold come first, then a line for each word that only an old text holds.
    """
    hits = []
    for label, text, is_former in sorted(document.passages, key=lambda line: line[2]):
        if places := _places(text, query.phrases):
            start = max(0, places[0][0] - BEFORE)
            hits.append(Passage(label, _cut(text, places, start), bool(is_former)))
    current = [passage for passage in hits if not passage.is_former]
    missing = _missing([document.title, *(line[1] for line in document.passages if not line[2])], query)
    former = [passage for passage in hits if passage.is_former]
    if not missing:
        return (current + former)[:MOST_LINES]
    former = [passage for passage in former if _missing([passage.text], query) != list(query.phrases)]
    return current[: MOST_LINES - 1] + former[: max(1, MOST_LINES - len(current))]


def found_by_old_text(document: SearchDocument, query: Query, shown: Sequence[str]) -> Passage | None:
    """The old text by which a row was found: what neither `shown` nor any line that still holds has a word of."""
    if not (missing := _missing(shown, query)):
        return None
    current = [document.title, *(line[1] for line in document.passages if not line[2])]
    missing = [phrase for phrase in missing if phrase in _missing(current, query)]
    for label, text, is_former in document.passages:
        if is_former and (places := _places(text, missing)):
            return Passage(label, _cut(text, places, max(0, places[0][0] - BEFORE)), is_former=True)
    return None


def _missing(texts: Iterable[str], query: Query) -> list[str]:
    whole = key(*texts)
    return [phrase for phrase in query.phrases if phrase not in whole]


def _cut(text: str, places: list[tuple[int, int]], start: int) -> list[Piece]:
    end = min(len(text), start + AROUND)
    pieces = _pieces(text, places, start, end)
    before = [Piece("…", is_hit=False)] if start else []
    after = [Piece("…", is_hit=False)] if end < len(text) else []
    return [*before, *pieces, *after]


def _pieces(text: str, places: list[tuple[int, int]], start: int, end: int) -> list[Piece]:
    pieces, at = [], start
    for first, last in places:
        first, last = max(first, start), min(last, end)
        if first >= last:
            continue
        pieces += [Piece(text[at:first], is_hit=False), Piece(text[first:last], is_hit=True)]
        at = last
    pieces.append(Piece(text[at:end], is_hit=False))
    return [piece for piece in pieces if piece.text]


def _places(text: str, phrases: Sequence[str]) -> list[tuple[int, int]]:
    """(first, last + 1) of every hit, in order, those put together that touch."""
    folded, origins = _folded(text)
    found = []
    for phrase in phrases:
        at = folded.find(phrase)
        while at >= 0:
            found.append((origins[at][0], origins[at + len(phrase) - 1][1]))
            at = folded.find(phrase, at + 1)
    joined: list[tuple[int, int]] = []
    for first, last in sorted(found):
        if joined and first <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
        else:
            joined.append((first, last))
    return joined


def _folded(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The key of `text`, and for each of its characters where in `text` it comes from."""
    parts, origins = [], []
    for cluster in _CLUSTER.finditer(text):
        part = _fold(cluster[0])
        parts.append(part)
        origins += [cluster.span()] * len(part)
    return "".join(parts), origins


@lru_cache(maxsize=20_000)
def _fold(cluster: str) -> str:
    return search_key(cluster) or " "
