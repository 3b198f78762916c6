"""公表の検索: entries of the open registers whose public texts of today hold every word that was typed."""

from dataclasses import dataclass

from public.entries import Entry
from public.registers import Register, open_today
from public.setting import Setting
from search import marking
from search.marking import Passage, Piece, Told
from search.queries import MOST
from search.queries import find as find_documents
from search.words import Query, key

LONGEST = 100  # characters; what is typed beyond that is not asked for


@dataclass(frozen=True)
class Hit:
    """見つかった記載: its marked title, and the public texts of today that hold what was looked for."""

    register: Register
    entry: Entry
    title: list[Piece]
    passages: list[Passage]


def find(text: str, setting: Setting) -> list[Hit]:
    """検索: today's entries with every word of `text` (at most MOST), the best first.

    The search documents narrow down; what is found must stand in an open register of today, in its public words of
    today, so nothing is found by a word that is no longer or not yet public.
    """
    found = find_documents(text[:LONGEST], actor=None, size=MOST)
    order = {(hit.kind, hit.identity): place for place, hit in enumerate(found.hits)}
    hits = []
    for register in open_today(setting):
        wanted = [identity for kind, identity in order if kind == register.found_as]
        rows = list(register.rows(setting, setting.today).filter(**{f"{register.identity}__in": wanted}))
        for row, entry in zip(rows, register.entries(rows, setting), strict=True):
            if _holds(entry, found.query):
                hits.append((order[register.found_as, register.identity_of(row)], _hit(register, entry, found.query)))
    return [hit for _, hit in sorted(hits, key=lambda pair: pair[0])]


def _hit(register: Register, entry: Entry, query: Query) -> Hit:
    name = entry.ref.name
    lines = [Told(field.label, text) for field, text in entry.lines if text and field.key != "name"]
    return Hit(register, entry, marking.marked(name, query), marking.passages_of(lines, query, name))


def _holds(entry: Entry, query: Query) -> bool:
    words = key(*entry.values.values())
    return all(phrase in words for phrase in query.phrases)
