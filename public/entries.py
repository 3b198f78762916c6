"""公表した記載: what everybody may see of one entry, as plain texts; no model reaches a public template."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse

from public.fields import PublicField


@dataclass(frozen=True)
class Ref:
    """記載の所在: kind ("activities" or "files"), key, and the name, empty where it may no longer be read."""

    kind: str
    key: UUID
    name: str

    @property
    def title(self) -> str:
        """The name, or words in its place."""
        return self.name or "（消除または廃止した記載）"

    @property
    def url(self) -> str:
        """The address that never changes."""
        return reverse("public_entry", args=[self.kind, self.key])


# An empty box would say that there is nothing.
WITHHELD = "（法第75条第3項の規定により掲載しない）"
PARTLY_WITHHELD = "（このほかは、法第75条第3項の規定により掲載しない）"


def told(values: Mapping[str, str], withheld: Collection[str]) -> dict[str, str]:
    """The texts of `values` as everybody reads them: of an item in `withheld` also that it is left out."""
    return {
        key: text if key not in withheld else f"{text}\n{PARTLY_WITHHELD}" if text else WITHHELD
        for key, text in values.items()
    }


@dataclass(frozen=True)
class Entry:
    """記載: the public fields of one entry on a day, {key: text}, and where it stands.

    `withheld`: the keys of the items that are left out, wholly (their text is empty) or in part (法第75条第3項).
    """

    ref: Ref
    fields: tuple[PublicField, ...]
    values: Mapping[str, str]
    organ: str
    section: str
    published_on: date | None = None
    withheld: tuple[str, ...] = ()

    @property
    def told(self) -> dict[str, str]:
        """{key: text} as everybody reads it."""
        return told(self.values, self.withheld)

    @property
    def lines(self) -> list[tuple[PublicField, str]]:
        """Every public field with what everybody reads, in the order of the sheet."""
        texts = self.told
        return [(field, texts[field.key]) for field in self.fields]


@dataclass(frozen=True)
class Event:
    """公表・修正・消除: what happened to an entry on a day, and the labels of the public items that it changed."""

    day: date
    what: str
    ref: Ref
    register: str
    items: tuple[str, ...] = ()


@dataclass(frozen=True)
class Page:
    """記載のページ: `entry` as it stands today, or None and, in `over`, since when and why it is not there."""

    ref: Ref
    register: str
    label: str
    entry: Entry | None
    over: str
    over_on: date | None
    events: list[Event]

    @property
    def updated_on(self) -> date | None:
        """修正日: the last day on which something public changed."""
        return max((event.day for event in self.events if event.what in CHANGES), default=None)


CHANGES = ("修正", "変更")


def changed_items(fields: tuple[PublicField, ...], before: Mapping[str, str], after: Mapping[str, str]) -> tuple:
    """The labels of the public fields that differ: nothing else is ever said of a change."""
    return tuple(
        f"{field.number} {field.label}".strip() for field in fields if before.get(field.key) != after.get(field.key)
    )
