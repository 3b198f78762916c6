"""行の下書き: what a row of a file means for the register, before anything is written."""

from dataclasses import dataclass, field
from typing import Any

from django.db import models


class Outcome(models.TextChoices):
    """行の判定."""

    NEW = "new", "新規"
    CHANGED = "changed", "変更"
    SAME = "same", "同じ"
    WRONG = "wrong", "誤り"


@dataclass(frozen=True)
class Fault:
    """誤り: the column (empty for the whole row), what stands in its cell, and what is wrong with it."""

    column: str
    value: str
    message: str


@dataclass(frozen=True)
class Change:
    """変更: a column, what the register says and what the file says."""

    column: str
    before: str
    after: str


@dataclass
class Draft:
    """行の下書き.

    line      the row's number as a spreadsheet shows it
    standing  what the register holds under the row's key; None for a new row
    state     attribute → value, as the register stands; empty for a new row
    values    attribute → value, as the file says; only for the columns that it has
    kind      what writing it would be, in words: 新規, 訂正, 変更（… から）, 廃止
    """

    line: int
    standing: Any = None
    state: dict[str, Any] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    title: str = ""
    kind: str = ""
    life: Any = None  # of a versioned register: what is to be written (exchange.lives)

    def __str__(self) -> str:
        return self.title

    @property
    def is_new(self) -> bool:
        """Whether the register has no such entry yet."""
        return self.standing is None

    def target(self, name: str, default: Any = None) -> Any:
        """What the register would hold: the file's word where it has one, else what stands there."""
        return self.values.get(name, self.state.get(name, default))

    @property
    def outcome(self) -> Outcome:
        """The verdict."""
        if self.faults:
            return Outcome.WRONG
        if self.is_new:
            return Outcome.NEW
        return Outcome.CHANGED if self.changes else Outcome.SAME
