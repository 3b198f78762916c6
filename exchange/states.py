"""台帳の一件のいま: what the entries of a versioned register say, as the rows of a table."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, ClassVar

from django.db.models import Exists, F, OuterRef, QuerySet

from exchange.departments import DepartmentName
from exchange.lives import Entry, LifeWriter
from exchange.resources import RegisterResource

CHUNK = 500  # keys a statement


class VersionStates(RegisterResource):
    """版のある台帳の書出し: one row for each version of a queryset, with the life of its entry until then."""

    writer: ClassVar[type[LifeWriter]]
    version_fields: ClassVar[Sequence[str]]  # columns that are fields of the version
    life_fields: ClassVar[Sequence[str]] = ()  # further fields of a version that its life depends on

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.model, self.link = self.writer.version, self.writer.link
        self.names: DepartmentName = self.fields["department"].widget

    def get_queryset(self) -> QuerySet:
        """Every entry as it stands: its newest registered version."""
        registered = self.registered()
        newer = registered.filter(replaces=OuterRef("pk"))
        return self.in_order(registered.filter(~Exists(newer)))

    def in_order(self, versions: QuerySet) -> QuerySet:
        """The order of the register."""
        return versions.order_by("pk")

    def iter_queryset(self, queryset: QuerySet) -> Iterator[dict[str, Any]]:
        """The states of the versions, `CHUNK` at a time: a constant number of statements for each."""
        chunk = []
        for version in queryset.select_related(self.link).iterator(chunk_size=CHUNK):
            chunk.append(version)
            if len(chunk) == CHUNK:
                yield from self._states(chunk)
                chunk = []
        yield from self._states(chunk)

    def _states(self, versions: Sequence[Any]) -> Iterator[dict[str, Any]]:
        if not versions:
            return
        ids = {getattr(version, f"{self.link}_id") for version in versions}
        lives: dict[int, list[Any]] = defaultdict(list)
        for row in self.registered(ids).only(self.link, "valid_from", "registered_on", *self.life_fields):
            lives[getattr(row, f"{self.link}_id")].append(row)
        hanging = self.hanging_on(versions)
        for version in versions:
            identity = getattr(version, self.link)
            until = [row for row in lives[identity.pk] if version.valid_from and row.valid_from <= version.valid_from]
            yield self.state_of(Entry(identity, until or [version], extras=hanging.get(version.pk, {})), version)

    def state_of(self, entry: Entry, version: Any) -> dict[str, Any]:
        """attribute → value of one entry, as `version` says."""
        changes = [row.valid_from for row in entry.versions[1:] if not getattr(row, "moved", False)]
        return {
            **{name: getattr(version, name) for name in self.version_fields if name != "department"},
            "id": entry.identity.pk,
            "department": self.names.book.rows[version.department_id],
            "registered_on": entry.first.registered_on,
            "valid_from": entry.first.valid_from,
            "changed_on": tuple(changes),
            "is_migrated": version.is_migrated,
            **self.own_state(entry, version),
        }

    def registered(self, ids: Iterable[int] | None = None) -> QuerySet:
        """The versions in the register, of all entries or of some, each entry's in their order."""
        rows = self.model.objects.filter(status=self.writer.registered)
        if ids is not None:
            rows = rows.filter(**{f"{self.link}__in": list(ids)})
        return rows.order_by(self.link, "valid_from", "pk")

    # What each register fills in.

    def hanging_on(self, versions: Sequence[Any]) -> dict[int, dict[str, Any]]:
        """version → what hangs on it, by the register's own names; a constant number of statements."""
        return {}

    def own_state(self, entry: Entry, version: Any) -> dict[str, Any]:
        """attribute → value of the columns that only this register has, its end included."""
        raise NotImplementedError


def by_number(field: str) -> Any:
    """The order of a number that may be missing."""
    return F(field).asc(nulls_last=True)
