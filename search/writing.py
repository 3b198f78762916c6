"""検索文書を書く: with the rows that they come from, in the same transaction, many in few statements."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from itertools import islice
from typing import Any

from django.db import models, transaction

from search import documents, engines, places
from search.documents import Document, DocumentKind
from search.models import SearchDocument
from search.places import Audience, Place
from search.words import LONGEST_KEY, key

BATCH = 500
_COMPARED = [
    "audience", "kind", "identity", "version", "number", "title", "passages", "name_key", "purpose_key", "all_key",
]  # fmt: skip
_WRITTEN = [*_COMPARED, "name_words", "purpose_words", "all_words"]


def renew_after(sender: type[models.Model], rows: Sequence[Any], **kwargs: Any) -> None:
    """`history.signals.rows_written`: the documents of everything that `rows` touch, anew."""
    for kind in documents.kinds():
        for batch in _batches(sorted(kind.touched_by(sender, rows))):
            renew(kind, batch)


@transaction.atomic
def renew(kind: DocumentKind, identities: Collection[int], *, everything: bool = False) -> int:
    """Write what differs in the documents of `identities` (`everything`: all of them); how many were written."""
    wanted = {row.id: row for row in (_row(kind, one) for one in kind.all_documents(identities))}
    standing = SearchDocument.objects.filter(kind=kind.code, identity__in=identities)
    found = {row["id"]: row for row in standing.values("id", *_COMPARED)}
    if gone := found.keys() - wanted.keys():
        SearchDocument.objects.filter(pk__in=gone).delete()
    changed = [row for pk, row in wanted.items() if everything or pk not in found or _differs(row, found[pk])]
    SearchDocument.objects.bulk_create(
        changed, batch_size=BATCH, update_conflicts=True, unique_fields=["id"], update_fields=_WRITTEN
    )
    return len(changed)


def rebuild() -> dict[str, int]:
    """Every document anew, batch by batch; documents of what is no longer there go. How many there are, by kind."""
    counts = {}
    for kind in documents.kinds():
        identities = kind.identities().order_by("pk")
        pks = identities.values_list("pk", flat=True).iterator(chunk_size=BATCH)
        counts[kind.code] = sum(renew(kind, batch, everything=True) for batch in _batches(pks))
        left = SearchDocument.objects.filter(kind=kind.code)
        left.exclude(identity__in=kind.identities().order_by().values("pk")).delete()
    SearchDocument.objects.exclude(kind__in=counts).delete()
    engines.tidy()
    return counts


def is_missing() -> bool:
    """Whether there is something to find and no document at all: a database filled before there was a search."""
    return not SearchDocument.objects.exists() and any(kind.identities().exists() for kind in documents.kinds())


def _row(kind: DocumentKind, document: Document) -> SearchDocument:
    is_draft = document.audience == Audience.DRAFT
    own_key = document.version if is_draft else document.identity
    place = Place(Audience(document.audience), places.position(document.number), kind.place, own_key)
    name, purpose = key(document.title), key(document.purpose)
    told = dict.fromkeys(line.text for line in document.lines)
    rest = key(document.number, *(text for text in told if text not in (document.title, document.purpose)))
    return SearchDocument(
        id=place.id,
        audience=document.audience,
        kind=kind.code,
        identity=document.identity,
        version=document.version if is_draft else None,
        number=document.number,
        title=document.title,
        passages=[[line.label, line.text, _iso(line.since), _iso(line.until)] for line in document.lines],
        name_key=name,
        purpose_key=purpose,
        all_key=" ".join(part for part in (name, purpose, rest) if part)[:LONGEST_KEY],
    )


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _differs(row: SearchDocument, stored: dict[str, Any]) -> bool:
    return any(getattr(row, name) != stored[name] for name in _COMPARED)


def _batches(numbers: Iterable[int]) -> Iterator[list[int]]:
    rest = iter(numbers)
    while batch := list(islice(rest, BATCH)):
        yield batch
