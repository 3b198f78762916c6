"""版のある台帳の検索: what every register of identities and versions (history.versions) tells the search alike.

All staff find an identity by its decided versions: that of the day as what holds, those before it as what held, those
after it as what comes; the undecided ones are found each by itself, by those who may see it.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from organization import rules
from organization.models import User
from organization.names import OtherName, named_by, names_through_time
from search import marking, queries
from search.documents import Document, Line, Shown, through_time
from search.marking import Passage
from search.places import Audience
from search.words import understand

PREDECESSOR, SUCCESSOR = "承継前の所管課", "承継先の所管課"
Texts = Callable[[Sequence[Any]], Mapping[int, Mapping[str, str]]]


@dataclass(frozen=True)
class Versioned:
    """`kind`: the code of its DocumentKind. `identity`: the field that leads to it.

    `decided`: the states that all staff see. `view`: the action of the permission table for a version.

    `fields`: (name, label) of the texts, `name`, `purpose` and `department` among them. `texts(versions)`: by version
    the texts beyond its own columns. `number(version)`: canonical or "". `page`: URL name, by the identity. `related`
    is read with the versions, `prefetch` for their texts only; `long`: columns that a result does not show.

    A register whose versions have no status, name or department of their own says beside: `decided_when` and `holds`
    (the same as a condition and of a row), `title_of`, `department_of` with its `department_path`, `kept` (which
    versions can be found at all).
    """

    kind: str
    model: type[Any]
    identity: str
    decided: frozenset[str]
    view: str
    fields: Sequence[tuple[str, str]]
    texts: Texts
    number: Callable[[Any], str]
    state_of: Callable[[Any, date], tuple[str, str]]
    page: str
    related: Sequence[str]
    prefetch: Sequence[str] = ()
    long: Sequence[str] = ()
    decided_when: Q | None = None
    holds: Callable[[Any], bool] | None = None
    title_of: Callable[[Any], str] = attrgetter("name")
    department_of: Callable[[Any], Any] = attrgetter("department")
    department_path: str = "department"
    kept: Q | None = None

    @property
    def is_decided(self) -> Q:
        """The versions that the documents for all staff speak of."""
        return Q(status__in=self.decided) if self.decided_when is None else self.decided_when

    def has_decided(self, version: Any) -> bool:
        """Whether a version is one of these."""
        return version.status in self.decided if self.holds is None else self.holds(version)

    def build(self, identities: Collection[int]) -> list[Document]:
        """One document for all staff of each identity with a decided version, one of each undecided version."""
        rows = self.model.objects.filter(self.kept or Q(), **{f"{self.identity}__in": identities})
        rows = rows.select_related(*self.related)
        versions = list(rows.select_for_update(of=("self",)).prefetch_related(*self.prefetch).order_by("pk"))
        names = names_through_time({self.department_of(version).pk for version in versions})
        texts = self._texts(versions)
        decided: dict[int, list[Any]] = defaultdict(list)
        found = []
        for version in versions:
            if self.has_decided(version):
                decided[self._identity_of(version)].append(version)
            else:
                found.append(self._document(Audience.DRAFT, [version], texts, names))
        return found + [self._document(Audience.STAFF, each, texts, names) for each in decided.values()]

    def drafts(self, user: Any) -> QuerySet:
        """Undecided versions in sight."""
        return rules.permitted(self.model.objects.exclude(self.is_decided), user, self.view).values("pk")

    def present(
        self, user: User, identities: Collection[int], versions: Collection[int], day: date
    ) -> tuple[Mapping[int, Shown], Mapping[int, Shown]]:
        """By identity the version that holds on `day` (`precedence`); by undecided version itself; one statement."""
        decided = self.is_decided & Q(**{f"{self.identity}__in": identities})
        rows = self.model.objects.filter(decided | (~self.is_decided & Q(pk__in=versions)))
        rows = rules.permitted(rows, user, self.view).select_related(*self.related).defer(*self.long)
        chosen: dict[int, Any] = {}
        drafts: dict[int, Shown] = {}
        for row in rows.order_by("valid_from", "pk"):
            identity = self._identity_of(row)
            if not self.has_decided(row):
                drafts[row.pk] = self._shown(row, day)
            elif identity not in chosen or precedence(row, day) > precedence(chosen[identity], day):
                chosen[identity] = row
        return {pk: self._shown(row, day) for pk, row in chosen.items()}, drafts

    def matches(self, text: str) -> Q:
        """The versions that `text` finds, by what it finds of their identities, drafts by their own words."""
        return queries.matches(self.kind, text, identity=self.identity, registered=self.is_decided)

    def other_texts(self, versions: Iterable[Any], text: str, day: date) -> dict[int, Passage]:
        """By version the text, old or coming on `day`, that alone holds `text`; a statement if something is typed."""
        query = understand(text)
        decided = {self._identity_of(row): row for row in versions if self.has_decided(row)} if query else {}
        if not decided:
            return {}
        found = {}
        for pk, document in queries.documents_of(self.kind, list(decided)).items():
            version = decided[pk]
            shown = [self.title_of(version), self.department_of(version).full_name, self.number(version)]
            if passage := marking.found_by_other_text(document, query, shown, day):
                found[version.pk] = passage
        return found

    def of_versions(self, rows: Iterable[Any]) -> set[int]:
        """The identities of `rows`, versions just written."""
        return {self._identity_of(row) for row in rows}

    def of_parts(self, rows: Iterable[Any]) -> set[int]:
        """The identities of `rows` that belong to a `version`."""
        versions = self.model.objects.filter(pk__in={row.version_id for row in rows})
        return set(versions.values_list(self.identity, flat=True))

    def of_departments(self, departments: Collection[int]) -> set[int]:
        """The identities in whose documents names of `departments` stand."""
        versions = self.model.objects.filter(**{f"{self.department_path}__in": named_by(departments)})
        return set(versions.order_by().values_list(self.identity, flat=True))

    def _identity_of(self, version: Any) -> int:
        return getattr(version, f"{self.identity}_id")

    def _texts(self, versions: Sequence[Any]) -> dict[int, Mapping[str, str]]:
        more = self.texts(versions)
        columns = [name for name, _ in self.fields if hasattr(self.model, name) and name != "department"]
        return {
            row.pk: {name: getattr(row, name) for name in columns}
            | {"department": self.department_of(row).full_name}
            | dict(more.get(row.pk, {}))
            for row in versions
        }

    def _document(
        self,
        audience: Audience,
        versions: list[Any],
        texts: Mapping[int, Mapping[str, str]],
        names: Mapping[int, list[OtherName]],
    ) -> Document:
        newest_first = sorted(versions, key=lambda row: (row.valid_from or date.max, row.pk), reverse=True)
        newest = newest_first[0]
        lines = through_time(self.fields, [(version.valid_from, texts[version.pk]) for version in newest_first])
        own = {self.department_of(version).full_name for version in versions}
        others = [one for row in newest_first for one in names[self.department_of(row).pk] if one.name not in own]
        lines += [
            Line(SUCCESSOR if one.is_successor else PREDECESSOR, one.name, one.since, one.until)
            for one in dict.fromkeys(others)
        ]
        return Document(
            audience=audience,
            identity=self._identity_of(newest),
            title=self.title_of(newest),
            purpose=newest.purpose,
            number=self.number(newest),
            lines=lines,
            version=newest.pk if audience == Audience.DRAFT else None,
        )

    def _shown(self, version: Any, day: date) -> Shown:
        state, words = self.state_of(version, day)
        return Shown(
            title=self.title_of(version),
            url=reverse(self.page, args=[self._identity_of(version)]),
            number=self.number(version),
            department=self.department_of(version).full_name,
            state=state,
            state_words=words,
        )


def precedence(version: Any, day: date) -> tuple[bool, bool, int]:
    """The greatest is what holds on `day`: in force, else the last that was, else the first to come."""
    start = version.valid_from.toordinal() if version.valid_from else 0
    has_begun = start <= day.toordinal()
    return version.in_force(day), has_begun, start if has_begun else -start
