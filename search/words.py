"""検索の語: how a text and what somebody typed become comparable, the same for both databases.

Both are folded (common.text.search_key) and cut into runs of word characters. A run is found wherever it stands inside
a run of the text, as LIKE would find it; that is what the index answers through pairs of characters.
"""

import re
from dataclasses import dataclass
from operator import add

from common.business_number import BusinessNumberError, parse
from common.text import search_key

# The hyphen belongs to the run: it folds the prolonged sound of データ, and the dash of 1309-14.
_RUN = re.compile(r"[\w-]+")
# A document's key is cut here: PostgreSQL takes no longer vector of words.
LONGEST_KEY = 100_000
LONGEST_QUERY, MOST_PHRASES = 200, 10


def key(*texts: str) -> str:
    """検索キー: the runs of all `texts`, one blank between two."""
    return " ".join(_RUN.findall(search_key("\n".join(texts))))[:LONGEST_KEY]


def tokens(text_key: str) -> list[str]:
    """The words of the index: each pair of neighbours in a run, then its last character alone.

    So each character begins one word (one character is asked for as a beginning), and pairs of two runs never meet.
    """
    # Made of every text that is written: over the whole key at once, not run by run.
    neighbours = map(add, text_key, text_key[1:] + " ")
    return " ".join([two for two in neighbours if two[0] != " "]).split()


def pairs(run: str) -> list[str]:
    """The pairs of neighbours: 保健課 → 保健, 健課; none for one character."""
    return [run[start : start + 2] for start in range(len(run) - 1)]


@dataclass(frozen=True)
class Query:
    """探すことば: what was typed, as runs that must all be there; `number` when it is a 業務登録番号.

    `is_cut`: more was typed than is looked for.
    """

    phrases: tuple[str, ...]
    number: str = ""
    is_cut: bool = False

    def __bool__(self) -> bool:
        return bool(self.phrases)


def understand(text: str) -> Query:
    """The words of `text`, also a number in any spelling; an empty query for nothing but blanks and signs."""
    if number := _number(text):
        return Query((number,), number)
    runs: list[str] = []
    for part in text[:LONGEST_QUERY].split():
        runs += [_number(part)] if _number(part) else _RUN.findall(search_key(part))
    phrases = [run for run in dict.fromkeys(runs) if not any(run != other and run in other for other in runs)]
    is_cut = len(text) > LONGEST_QUERY or len(phrases) > MOST_PHRASES
    return Query(tuple(phrases[:MOST_PHRASES]), is_cut=is_cut)


def _number(text: str) -> str:
    try:
        return parse(text).number if len(text) <= LONGEST_QUERY else ""
    except BusinessNumberError:
        return ""
