"""公表の検索: entries of the open registers, and published 要録, whose public texts of today hold every word typed."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from common.wareki import format_date
from councils.models import Minutes
from councils.search_minutes import KIND as MINUTES
from councils.search_minutes import public_texts
from public.councils import published_minutes
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
    """見つかったもの: its name, plain and marked, its page, where it stands, and the public texts with the words."""

    name: str
    url: str
    title: list[Piece]
    where: str
    passages: list[Passage]


def find(text: str, setting: Setting) -> list[Hit]:
    """検索: today's entries and 要録 with every word of `text` (at most MOST), the best first.

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
            if _holds(entry.values.values(), found.query):
                hits.append((order[register.found_as, register.identity_of(row)], _hit(register, entry, found.query)))
    said = list(published_minutes().filter(pk__in=[pk for kind, pk in order if kind == MINUTES]))
    texts = public_texts(said) if said else {}
    for minutes in said:
        if _holds([minutes.title, *(words for _, words in texts[minutes.pk])], found.query):
            hits.append((order[MINUTES, minutes.pk], _of_minutes(minutes, texts[minutes.pk], found.query)))
    return [hit for _, hit in sorted(hits, key=lambda pair: pair[0])]


def _hit(register: Register, entry: Entry, query: Query) -> Hit:
    name = entry.ref.name
    lines = [Told(field.label, text) for field, text in entry.lines if text and field.key != "name"]
    where = f"{register.label}　{entry.organ}　{entry.section}"
    return Hit(name, entry.ref.url, marking.marked(name, query), where, marking.passages_of(lines, query, name))


def _of_minutes(minutes: Minutes, lines: list[tuple[str, str]], query: Query) -> Hit:
    told = [Told(label, words) for label, words in lines]
    return Hit(
        name=minutes.title,
        url=reverse("public_minutes", args=[minutes.meeting.token]),
        title=marking.marked(minutes.title, query),
        where=f"審議会の会議要録　{format_date(minutes.meeting.held_on)}",
        passages=marking.passages_of(told, query, minutes.title),
    )


def _holds(texts: Iterable[str], query: Query) -> bool:
    words = key(*texts)
    return all(phrase in words for phrase in query.phrases)
