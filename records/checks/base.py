"""点検の形: what a rule says about itself, and what it answers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum

from records.checks.reading import Facet, Reading


class Level(Enum):
    """重さ: whether the file may go on without an answer."""

    STOP = "直すまで進めません"
    WARNING = "注意"


@dataclass(frozen=True)
class Passage:
    """典拠: the words that a rule follows from, and where they stand; not `quoted`: what they come to."""

    words: str
    source: str
    quoted: bool = True


@dataclass(frozen=True)
class Finding:
    """見つかったこと: which parts are not told, sentences about single sheets, and what the message names."""

    parts: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    fill: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Rule:
    """点検の項目: one question to a file. `find` answers None when there is nothing to be said."""

    code: str
    name: str
    message: str
    passages: tuple[Passage, ...]
    find: Callable[[Reading], Finding | None]
    # Kinds of records that it asks about; empty: all.
    kinds: frozenset[str] = frozenset()
    # Where the answer is written, and what an answer given to the rule depends on.
    fill_in: tuple[Facet, ...] = ()
    about: tuple[Facet, ...] = ()
    level: Level = Level.WARNING
    # What the parts of a finding are.
    parts_label: str = "記載のないもの"

    def asks(self, reading: Reading) -> bool:
        """Whether the file has anything that the rule is about."""
        return not self.kinds or bool(self.kinds & reading.kinds)

    def words(self, finding: Finding) -> str:
        """The message with what was found in its places."""
        return self.message.format(**finding.fill)


def of_parts(told_of: Mapping[str, bool], fill: Mapping[str, str] | None = None) -> Finding | None:
    """A finding of the parts that are not told of (`told_of`: part → whether it is)."""
    parts = tuple(part for part, is_told in told_of.items() if not is_told)
    return Finding(parts=parts, fill=fill or {}) if parts else None
