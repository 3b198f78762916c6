"""検索: the questions to the search documents; what a person may not see is never found, and never counted.

Ranks, the same on both databases: the number itself, then every word in the name, then in the purpose, then anywhere;
in each rank in the order of the business numbers. Nothing is weighed, so the first page costs as much as its rows.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from history.writing import Actor
from organization import rules
from search import documents, engines, places
from search.documents import DocumentKind
from search.engines import Sql
from search.models import SearchDocument
from search.places import Audience, Place
from search.words import Query, understand

MOST = 1000
EXACT, COLUMNS = 0, ["name", "purpose", "all"]


@dataclass(frozen=True)
class Hit:
    """見つかったもの: `rank` 0 the number, 1 in the name, 2 in the purpose, 3 anywhere; `version` of a draft."""

    id: int
    rank: int
    kind: str
    identity: int
    version: int | None = None


@dataclass(frozen=True)
class Found:
    """検索の結果: one page of `hits`, the number of all (at most MOST, then `is_capped`), what was understood.

    `documents`: those of the hits by their ids, with title and passages.
    """

    hits: list[Hit]
    total: int
    is_capped: bool
    query: Query
    documents: dict[int, SearchDocument] = field(default_factory=dict)

    @property
    def count_words(self) -> str:
        """「12件」, 「1,000件以上」."""
        return f"{self.total:,}件{'以上' if self.is_capped else ''}"


def find(
    text: str, *, actor: Actor | None, kinds: Collection[str] | None = None, start: int = 0, size: int = 20
) -> Found:
    """The hits from `start` on for `actor` (None: for everybody, in what is public), of all `kinds` or some.

    At most three statements, whatever is found.
    """
    query = understand(text)
    scopes = _scopes(actor, kinds) if query else []
    if not scopes:
        return Found([], 0, is_capped=False, query=query)
    ranks = _ranks(query, scopes, limit=MOST + 1)
    total = len(set().union(*ranks.values()))
    if total > MOST and not engines.order_is_free():
        ranks = ranks | _first_of_common(query, scopes, ranks, start + size)
    order = _merged(ranks)[:MOST][start : start + size]
    rows = SearchDocument.objects.only("identity", "title", "passages").in_bulk([number for _, number in order])
    # A document that was replaced since its number was read is not there any more.
    hits = [_hit(rank, number, rows[number]) for rank, number in order if number in rows]
    return Found(hits, min(total, MOST), is_capped=total > MOST, query=query, documents=rows)


def matches(kind: str, text: str, *, identity: str, registered: Q) -> Q:
    """The condition of a list of versions: which of them `text` finds, of `kind`.

    `identity`: the field that leads to the identity; `registered`: the versions that the documents for all staff speak
    of. Drafts are found by their own text; that the list holds none out of sight is the list's own care.
    """
    query = understand(text)
    if not query:
        return Q(pk__in=[])
    place = documents.kind_of(kind).place
    staff, drafts = (_keys(query, audience, place) for audience in (Audience.STAFF, Audience.DRAFT))
    return (registered & Q(**{f"{identity}__in": staff})) | (~registered & Q(pk__in=drafts))


def documents_of(kind: str, identities: Collection[int]) -> dict[int, SearchDocument]:
    """The documents for all staff, by identity; one statement, titles and passages only."""
    rows = SearchDocument.objects.filter(kind=kind, identity__in=identities, audience=Audience.STAFF)
    return {row.identity: row for row in rows.only("identity", "title", "passages")}


def _keys(query: Query, audience: Audience, place: int) -> RawSQL:
    asked, column = engines.matching("all", query.phrases), engines.id_column()
    low, high = places.of_audience(audience)
    return RawSQL(  # noqa: S611 (numbers and names of our own; what was typed is a parameter)
        f"SELECT {column} & {places.KEY_MASK} {asked.text} AND {column} BETWEEN {low} AND {high}"
        f" AND {_kind_of(column)} = {place}",
        asked.parameters,
    )


@dataclass(frozen=True)
class _Scope:
    """A part of the documents that the actor may see: an audience and a condition over the primary key."""

    audience: Audience
    condition: Sql


def _scopes(actor: Actor | None, wanted: Collection[str] | None) -> list[_Scope]:
    chosen = [kind for kind in documents.kinds() if wanted is None or kind.code in wanted]
    if actor is None:
        return [_Scope(Audience.PUBLIC, _of_kinds(chosen))] if chosen else []
    seen = [kind for kind in chosen if rules.may(actor, kind.view)]
    if not seen:
        return []
    scopes = [_Scope(Audience.STAFF, _of_kinds(seen))]
    if drafts := _drafts(seen, actor):
        scopes.append(_Scope(Audience.DRAFT, drafts))
    return scopes


def _kind_of(column: str) -> str:
    return f"({column} >> {places.KEY_BITS} & {places.KIND_MASK})"


def _of_kinds(kinds: Collection[DocumentKind]) -> Sql:
    chosen = ", ".join(str(kind.place) for kind in kinds)
    # No condition where none is needed: a database guesses badly at what bits of a number say.
    if len(kinds) == len(documents.kinds()):
        return Sql("TRUE")
    return Sql(f"{_kind_of('{id}')} IN ({chosen})")


def _drafts(kinds: Iterable[DocumentKind], actor: Actor) -> Sql | None:
    """The undecided versions in sight; None when there can be none."""
    parts, parameters = [], []
    for kind in kinds:
        try:
            inner, values = _sql_of(kind.drafts(actor))
        except EmptyResultSet:  # the table grants this person none, and Django knows without asking
            continue
        parts.append(f"({_kind_of('{id}')} = {kind.place} AND {{id}} & {places.KEY_MASK} IN ({inner}))")
        parameters += values
    return Sql(f"({' OR '.join(parts)})", tuple(parameters)) if parts else None


def _sql_of(rows: QuerySet) -> tuple[str, tuple]:
    text, parameters = rows.order_by().query.get_compiler(connection=connection).as_sql()
    return text.replace("{", "{{").replace("}", "}}"), tuple(parameters)


def _ranks(query: Query, scopes: list[_Scope], *, limit: int) -> dict[tuple[int, Audience], list[int]]:
    """By rank and audience the primary keys, at most `limit` each; in their order where that costs nothing."""
    parts = [
        ((rank, scope.audience), _part(query, column, scope, limit, in_order=False))
        for rank, column in enumerate(COLUMNS, 1)
        for scope in scopes
    ]
    if query.number:
        parts += [((EXACT, scope.audience), _exact(query, scope)) for scope in scopes]
    return _run(parts)


def _first_of_common(
    query: Query, scopes: list[_Scope], ranks: dict[tuple[int, Audience], list[int]], limit: int
) -> dict[tuple[int, Audience], list[int]]:
    """Of what was cut off without an order, the first `limit` in order."""
    parts = [
        ((rank, scope.audience), _part(query, COLUMNS[rank - 1], scope, limit, in_order=True))
        for scope in scopes
        for rank in range(1, len(COLUMNS) + 1)
        if len(ranks[rank, scope.audience]) > MOST
    ]
    return _run(parts)


def _part(query: Query, column: str, scope: _Scope, limit: int, *, in_order: bool) -> Sql:
    asked, key = engines.matching(column, query.phrases, in_order=in_order), engines.id_column()
    low, high = places.of_audience(scope.audience)
    condition = scope.condition.text.format(id=key)
    condition = engines.unguessed(condition) if in_order else condition
    order = f"ORDER BY {key}" if in_order or engines.order_is_free() else ""
    text = f"SELECT {key} AS id {asked.text} AND {key} BETWEEN {low} AND {high} AND {condition} {order} LIMIT {limit}"
    return Sql(text, (*asked.parameters, *scope.condition.parameters))


def _exact(query: Query, scope: _Scope) -> Sql:
    low, high = places.at_position(scope.audience, places.position(query.number))
    condition = scope.condition.text.format(id="id")
    text = f"SELECT id FROM {engines.TABLE} WHERE id BETWEEN {low} AND {high} AND number = %s AND {condition}"  # noqa: S608
    return Sql(text, (query.number, *scope.condition.parameters))


def _run(parts: list[tuple[tuple[int, Audience], Sql]]) -> dict[tuple[int, Audience], list[int]]:
    """All parts in one statement."""
    if not parts:
        return {}
    text = " UNION ALL ".join(f"SELECT {at}, id FROM ({part.text}) AS part_{at}" for at, (_, part) in enumerate(parts))  # noqa: S608
    found: dict[tuple[int, Audience], list[int]] = {name: [] for name, _ in parts}
    names = [name for name, _ in parts]
    with connection.cursor() as cursor:
        cursor.execute(text, [value for _, part in parts for value in part.parameters])
        for at, number in cursor.fetchall():
            found[names[at]].append(number)
    return found


def _merged(ranks: dict[tuple[int, Audience], list[int]]) -> list[tuple[int, int]]:
    """(rank, primary key), each document once, in its best rank; in a rank by number, whatever the audience."""
    best: dict[int, int] = {}
    for (rank, _), numbers in ranks.items():
        for number in numbers:
            best[number] = min(rank, best.get(number, rank))
    return sorted(
        ((rank, number) for number, rank in best.items()), key=lambda hit: (hit[0], hit[1] & places.ORDER_MASK)
    )


def _hit(rank: int, number: int, row: SearchDocument) -> Hit:
    place = Place.of(number)
    version = place.key if place.audience == Audience.DRAFT else None
    return Hit(number, rank, documents.kind_at(place.kind).code, row.identity, version)
