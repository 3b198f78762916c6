"""検索の対象: the registers say here what of theirs can be found, by whom, and when it has to be written anew.

Nothing is found that is not registered, and nothing by the public unless `register_public` says what it may read.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.db.models import Model, QuerySet

from organization.models import User
from search.places import Audience


@dataclass(frozen=True)
class Line:
    """本文の一行: a labelled text, from `since` on (None: always) and until the day before `until` (None: on)."""

    label: str
    text: str
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class Document:
    """検索文書の中身: `identity` is what is found; `version` only for the audience DRAFT.

    `purpose` is looked for before the `lines`; to be shown it stands among them too. `number` is canonical or "".
    """

    audience: Audience
    identity: int
    title: str
    purpose: str = ""
    number: str = ""
    lines: Sequence[Line] = ()
    version: int | None = None


@dataclass(frozen=True)
class Shown:
    """結果の見せかた: what a result says of a hit beside its passages."""

    title: str
    url: str
    number: str
    department: str
    state: str
    state_words: str


# By identity, and by undecided version, how hits are shown.
Presented = tuple[Mapping[int, Shown], Mapping[int, Shown]]
# Identities and undecided versions.
Asked = tuple[Collection[int], Collection[int]]
# From rows of a table just written to the identities whose documents they touch.
Touched = Callable[[Sequence[Any]], Iterable[int]]
# From identities to their documents; read under a lock of the versions, so that no older text is written last.
Build = Callable[[Collection[int]], Iterable[Document]]


@dataclass(frozen=True)
class DocumentKind:
    """種類: one register.

    `place` (1 to 31) stands in primary keys: never changed, never used twice. `identities`: all there are. `view`: the
    action of the permission table that opens the identity's page. `drafts(user)`: primary keys of the undecided
    versions that a person may see. `present(user, identities, versions, day)`: by identity, and by version, how hits
    are shown; what `user` may not see is left out. Kinds of one `together` are shown by one call of it, by their codes.
    """

    code: str
    label: str
    place: int
    view: str
    identities: Callable[[], QuerySet]
    build: Build
    touched: Mapping[type[Model], Touched]
    drafts: Callable[[Any], QuerySet]
    present: Callable[[User, Collection[int], Collection[int], date], Presented]
    together: Callable[[User, Mapping[str, Asked], date], Mapping[str, Presented]] | None = None
    public: list[tuple[Build, Mapping[type[Model], Touched]]] = field(default_factory=list, compare=False)

    def all_documents(self, identities: Collection[int]) -> list[Document]:
        """The documents of every audience."""
        return [document for build in (self.build, *(one for one, _ in self.public)) for document in build(identities)]

    def touched_by(self, model: type[Model], rows: Sequence[Any]) -> set[int]:
        """The identities whose documents `rows` touch."""
        sources = (self.touched, *(more for _, more in self.public))
        return {pk for source in sources if model in source for pk in source[model](rows)}


_KINDS: dict[str, DocumentKind] = {}


class PlaceTaken(ValueError):
    """Two kinds with one place would write over each other's documents."""


def register(kind: DocumentKind) -> None:
    """Make `kind` known, while the application starts; a second one of the same code replaces it."""
    if any(other.place == kind.place and other.code != kind.code for other in _KINDS.values()):
        raise PlaceTaken(kind.code)
    _KINDS[kind.code] = kind


def register_public(code: str, build: Build, touched: Mapping[type[Model], Touched]) -> None:
    """What everybody may find of the kind `code`: `build` gives documents of the audience PUBLIC, nothing else."""
    _KINDS[code].public.append((build, touched))


def kinds() -> list[DocumentKind]:
    """All kinds, in the order of their places."""
    return sorted(_KINDS.values(), key=lambda kind: kind.place)


def kind_at(place: int) -> DocumentKind:
    """The kind that stands in a primary key."""
    return next(kind for kind in _KINDS.values() if kind.place == place)


def kind_of(code: str) -> DocumentKind:
    """The kind `code`; KeyError when there is none."""
    return _KINDS[code]


def through_time(
    fields: Iterable[tuple[str, str]], states: Sequence[tuple[date | None, Mapping[str, str]]]
) -> list[Line]:
    """版を通した本文: `states`, newest first: from a day on the texts (name → text), until the next one begins.

    Of every field (name, label) each text that it has at any time, the newest first. What holds is therefore asked of
    the day on which somebody looks, never of the day on which this was written.
    """
    return [
        line for name, label in fields for line in _runs(label, [(day, texts.get(name, "")) for day, texts in states])
    ]


def _runs(label: str, states: Sequence[tuple[date | None, str]]) -> list[Line]:
    lines: list[Line] = []
    until = None
    for since, text in states:
        if lines and (lines[-1].text, lines[-1].since) == (text.strip(), until):
            lines[-1] = replace(lines[-1], since=since)
        elif text.strip():
            lines.append(Line(label, text.strip(), since, until))
        until = since
    return lines
