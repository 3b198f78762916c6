"""一致の印: where in a text as it is written the folded words stand, and the piece of it that a result shows."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
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
    """A line that holds what was looked for; `is_former` when it holds no longer, `since` when it does not hold yet."""

    label: str
    pieces: list[Piece]
    is_former: bool = False
    since: date | None = None

    @property
    def text(self) -> str:
        """Without the marks."""
        return "".join(piece.text for piece in self.pieces)


class Told(NamedTuple):
    """A labelled text as it stands on a day; see `Passage`."""

    label: str
    text: str
    is_former: bool = False
    since: date | None = None

    @property
    def holds(self) -> bool:
        """Whether it holds on the day."""
        return not self.is_former and self.since is None


def marked(text: str, query: Query) -> list[Piece]:
    """The whole of `text` in pieces, those marked that `query` finds."""
    return _pieces(text, _places(text, query.phrases), 0, len(text))


def passages(document: SearchDocument, query: Query, day: date, title: str) -> list[Passage]:
    """The lines of the document that hold what was looked for, as pieces around it; at most MOST_LINES.

    Lines that hold on `day` come first, without the name that stands above them as `title`; then those that do not.
    """
    lines = [line for line in told(document, day) if not (line.holds and line.text == title)]
    return passages_of(lines, query, title)


def passages_of(lines: Iterable[Told], query: Query, title: str) -> list[Passage]:
    """As `passages`, of `lines` from anywhere."""
    lines = sorted(lines, key=lambda line: not line.holds)
    hits = [(line.holds, _passage(line, places)) for line in lines if (places := _places(line.text, query.phrases))]
    current = [passage for holds, passage in hits if holds]
    others = [passage for holds, passage in hits if not holds]
    missing = _missing([title, *(line.text for line in lines if line.holds)], query)
    if not missing:
        return (current + others)[:MOST_LINES]
    others = [passage for passage in others if _missing([passage.text], query) != list(query.phrases)]
    return current[: MOST_LINES - 1] + others[: max(1, MOST_LINES - len(current))]


def found_by_other_text(document: SearchDocument, query: Query, shown: Sequence[str], day: date) -> Passage | None:
    """The old or coming text by which a row was found: no word of it stands in `shown` or in a line of the `day`."""
    if not (missing := _missing(shown, query)):
        return None
    lines = told(document, day)
    held = _missing([line.text for line in lines if line.holds], query)
    missing = [phrase for phrase in missing if phrase in held]
    for line in lines:
        if not line.holds and (places := _places(line.text, missing)):
            return _passage(line, places)
    return None


def title_on(document: SearchDocument, day: date) -> str:
    """The title that holds on `day`: of the lines that the document's title is one of, else that title itself."""
    labels = {label for label, text, *_ in document.passages if text == document.title}
    return next((line.text for line in told(document, day) if line.holds and line.label in labels), document.title)


def told(document: SearchDocument, day: date) -> list[Told]:
    """The lines of the document as they stand on `day`, each text once; what held twice is not called old."""
    lines = [_told(*line, today=day.isoformat()) for line in document.passages]
    once: dict[tuple[str, str], Told] = {}
    for line in sorted(lines, key=lambda line: not line.holds):
        once.setdefault((line.label, line.text), line)
    return [line for line in lines if once[line.label, line.text] is line]


def _told(label: str, text: str, since: str, until: str, *, today: str) -> Told:
    is_former = bool(until) and until <= today
    is_coming = not is_former and since > today
    return Told(label, text, is_former, date.fromisoformat(since) if is_coming else None)


def _passage(line: Told, places: list[tuple[int, int]]) -> Passage:
    return Passage(line.label, _cut(line.text, places, max(0, places[0][0] - BEFORE)), line.is_former, line.since)


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
