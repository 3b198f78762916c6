"""影響一覧: who uses the data of a business, a file, a department or a partner on a day.

The applications above register what they know (`Source`) and what can be asked about (`SubjectKind`) while they start,
as for `registry.links`. What they answer are rows in force on the day; a row that the person may not see is
counted, and neither named nor linked.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404

from common.wareki import format_date
from history.versions import VersionModel
from organization import rules
from organization.models import User

ACTION = "view_impact"
# What a cell of the list holds of a long text; the whole stands in the record.
LONGEST = 160


@dataclass(frozen=True)
class Subject:
    """影響をみる対象: whose data is meant; `activities`, `departments` and `files` are keys, or querysets of keys.

    `url` is its own page, empty where the person may not open it; `note` says what else is meant by it.
    """

    kind: str
    pk: int
    label: str
    title: str
    url: str = ""
    note: str = ""
    activities: Any = ()
    departments: Any = ()
    files: Any = ()
    partners: Sequence[str] = ()

    @property
    def heading(self) -> str:
        """What the uses by others are called; a partner holds nothing of its own here, it exchanges."""
        return (
            f"{self.title}とやり取りしているもの" if self.kind == "partner" else f"{self.title}の情報を利用しているもの"
        )


@dataclass(frozen=True)
class SubjectKind:
    """対象の種類: `find(user, pk, day)` answers the subject; Http404 for one out of sight."""

    code: str
    find: Callable[[User, int, date], Subject]


@dataclass(frozen=True)
class Group:
    """影響の種類: one table of the list, for the kinds of subjects that it can concern.

    `is_use`: others use the subject's data; else it is not counted among these, and headed by `label`, in which {label}
    is the kind of the subject.
    """

    code: str
    label: str
    meaning: str
    subjects: frozenset[str]
    order: int
    is_use: bool = True


@dataclass(frozen=True)
class Entry:
    """影響の一行: who uses, for which business, what of whom (`source`, held at `source_place`), for how long.

    `url` leads to what `name` says: the business, or with `leads_to_source` the source; places as `place` writes them.
    """

    group: str
    who: str
    business: str
    source: str
    data: str
    period: str
    url: str
    source_place: str = ""
    leads_to_source: bool = False

    @property
    def name(self) -> str:
        """The thing that the link opens."""
        return (self.source if self.leads_to_source else self.business) or "（名称の記入なし）"


@dataclass(frozen=True)
class Source:
    """影響のもと: the rows of one table.

    `rows(subject, day)` are in force on the day and bring along what `entries(rows, subject, day)` names: for each row
    the lines that it makes. `view` is the line of the permission table that lets a person read a row.
    """

    code: str
    groups: tuple[Group, ...]
    rows: Callable[[Subject, date], QuerySet]
    view: str
    entries: Callable[[Sequence[Any], Subject, date], Iterable[Sequence[Entry]]]


@dataclass(frozen=True)
class Section:
    """One kind of the list: what may be read of it, and how many lines may not."""

    group: Group
    entries: list[Entry]
    hidden: int
    label: str

    @property
    def total(self) -> int:
        """All lines, the hidden ones too."""
        return len(self.entries) + self.hidden


@dataclass(frozen=True)
class Report:
    """影響一覧 of one subject on a day: every kind that can concern it, also those without a line."""

    subject: Subject
    day: date
    sections: list[Section]

    @property
    def uses(self) -> list[Section]:
        """The kinds in which others use the subject's data."""
        return [section for section in self.sections if section.group.is_use]

    @property
    def others(self) -> list[Section]:
        """The other kinds: what the subject itself uses, and what nobody else does."""
        return [section for section in self.sections if not section.group.is_use]

    @property
    def total(self) -> int:
        """All lines of `uses`."""
        return sum(section.total for section in self.uses)


_SOURCES: dict[str, Source] = {}
_SUBJECTS: dict[str, SubjectKind] = {}


def register_source(source: Source) -> None:
    """Make `source` known under its code; a second one of the same code replaces it."""
    _SOURCES[source.code] = source


def register_subject(kind: SubjectKind) -> None:
    """Make a kind of subject known under its code; a second one of the same code replaces it."""
    _SUBJECTS[kind.code] = kind


def subject(user: User, kind: str, pk: int, day: date) -> Subject:
    """The subject that an address names; Http404 for an unknown kind, and for what is out of sight."""
    if kind not in _SUBJECTS:
        raise Http404
    return _SUBJECTS[kind].find(user, pk, day)


def report(user: User, asked: Subject, day: date) -> Report:
    """影響一覧 for `user`; one statement for each source, however many lines there are, and what its names need."""
    found: dict[str, tuple[list[Entry], list[Entry]]] = {}
    groups: list[Group] = []
    for source in _SOURCES.values():
        wanted = [group for group in source.groups if asked.kind in group.subjects]
        groups += wanted
        if wanted:
            _collect(found, user, source, asked, day)
    sections = [
        Section(group, seen, len(hidden), group.label.format(label=asked.label))
        for group in sorted(groups, key=lambda group: (group.order, group.code))
        for seen, hidden in [found.get(group.code, ([], []))]
    ]
    return Report(asked, day, sections)


def _collect(
    found: dict[str, tuple[list[Entry], list[Entry]]], user: User, source: Source, asked: Subject, day: date
) -> None:
    rows = source.rows(asked, day)
    same_row = rows.model._default_manager.filter(pk=OuterRef("pk"))
    listed = list(rows.annotate(may_be_seen=Exists(rules.permitted(same_row, user, source.view))))
    if not listed:
        return
    for row, entries in zip(listed, source.entries(listed, asked, day), strict=True):
        for entry in entries:
            found.setdefault(entry.group, ([], []))[0 if row.may_be_seen else 1].append(entry)


def period(version: VersionModel) -> str:
    """「令和3年4月1日から令和4年3月31日まで」; without an end where none is set."""
    first = format_date(version.valid_from) if version.valid_from else ""
    last = f"{format_date(version.last_day)}まで" if version.last_day else ""
    return f"{first}から{last}"


def shortened(text: str) -> str:
    """A long text for one cell: in one line, cut with 「…」."""
    line = "　".join(text.split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"


def place(name: str) -> str:
    """A department's name as `Department.full_name` writes it, whatever blanks a paper has: 「区民部 収納課」."""
    return " ".join(name.split())


def named(number: str, name: str) -> str:
    """「1309-14 保育に関する業務」; either may be missing."""
    return "　".join(part for part in (number, name) if part)
