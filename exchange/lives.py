"""版の一生: entries of a versioned register as a file tells them, checked row by row and written in bulk.

移行: an entry of the old paper register comes in as it stood: registered on its old day, changed and abolished on
others, past the procedure, its versions marked. What the paper said before a change is not known; the versions before
it copy what it says now, and their note says so. The same path corrects, changes and abolishes entries that stand.
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from common.wareki import format_date
from history.bulk import create_all_as, save_all_as
from history.writing import Actor

ACTION = "import_register"
COPIED = "移行：変更前の内容が分からないため、変更後の内容を写したもの"
Faults = dict[str, list[str]]


@dataclass
class Entry:
    """台帳の一件: what lives on, its registered versions in their order, and whether a change is under way."""

    identity: Any
    versions: list[Any]
    is_changing: bool = False
    extras: dict[str, Any] = field(default_factory=dict)  # what hangs on it, by the register's own names

    @property
    def standing(self) -> Any:
        """The newest registered version."""
        return self.versions[-1]

    @property
    def first(self) -> Any:
        """The version with which it was registered."""
        return self.versions[0]


@dataclass
class Life:
    """移行する一件: what shall stand.

    values         fields of the version → values: all of them for a new entry, else those that differ
    registered_on  登録年月日
    valid_from     効力の始まる日 of the registration; the same day where the paper names none
    changed_on     the days from which further versions hold, in their order; of a standing entry only the new ones
    abolished_on   廃止年月日: the first day without it
    extras         what hangs on the entry (number, 帳票, counts …), by the register's own names
    entry          the entry that stands, None for a new one
    """

    values: dict[str, Any] = field(default_factory=dict)
    registered_on: date | None = None
    valid_from: date | None = None
    changed_on: tuple[date, ...] = ()
    abolished_on: date | None = None
    abolition_reason: str = ""
    extras: dict[str, Any] = field(default_factory=dict)
    entry: Entry | None = None
    begun: list[Any] = field(default_factory=list)  # the versions written for it, in their order
    newest: Any = None  # the version that stands when all is written

    @property
    def starts_on(self) -> date | None:
        """From when the registration holds."""
        return self.valid_from or self.registered_on


class LifeWriter:
    """Writes lives of one register; its own class names the tables and fills in the hooks."""

    version: type[Any]
    link: str  # the version's foreign key to its identity
    registered: str  # the state of a version that is in the register
    # Foreign keys, and what the steps set: not asked by `clean_fields`, which would cost a statement each.
    unasked = ("replaces", "department")

    def __init__(self, action: str = ACTION) -> None:
        self.action = action

    @transaction.atomic
    def write(self, lives: Sequence[Life], *, actor: Actor, reason: str) -> None:
        """Write `lives`, which `faults` has found right; the number of statements grows with batches, not with rows."""
        fresh = [life for life in lives if life.entry is None]
        identities = [self.new_identity(life) for life in fresh]
        create_all_as(identities, actor, action=self.action, reason=reason)
        for life, identity in zip(fresh, identities, strict=True):
            life.entry = Entry(identity, [])
        self._end_and_correct(lives, actor, reason)
        self._begin_versions(lives, actor, reason)
        self.attach(lives, actor=actor, reason=reason)

    def faults(self, life: Life) -> Faults:
        """field → what is wrong with it: all that `full_clean` would ask, without a statement."""
        found = self._period_faults(life)
        version = self._sample(life)
        try:
            version.clean_fields(exclude=self._not_asked(life))
            version.clean()
        except ValidationError as error:
            for name, messages in error.message_dict.items():
                found.setdefault(name, []).extend(messages)
        for name, messages in self.own_faults(life, version).items():
            found.setdefault(name, []).extend(messages)
        return found

    def _not_asked(self, life: Life) -> list[str]:
        """The fields that the life leaves as they are, or as they begin; what must be filled in is always asked."""
        fields = self.version._meta.concrete_fields
        needed = {field.name for field in fields if not field.blank and not field.has_default()}
        asked = (life.values.keys() | needed) - {*self.unasked, self.link, "id"}
        return [field.name for field in fields if field.name not in asked]

    def _sample(self, life: Life) -> Any:
        """The version that would stand, not saved."""
        if life.entry is None:
            return self._fill(self.version(**{self.link: self.sample_identity}), life)
        return self._fill(self._copy(life.entry.standing), life)

    def _period_faults(self, life: Life) -> Faults:
        found: Faults = {}
        first = life.starts_on
        if first is None:
            return {"registered_on": ["登録年月日を入力してください。"]}
        if life.registered_on and life.registered_on > first and self._is_dated_anew(life):
            found["registered_on"] = [f"効力の始まる日（{format_date(first)}）より後の日にはできません。"]
        days = [first, *life.changed_on]
        if life.entry is not None and len(life.entry.versions) > 1:
            if first >= life.entry.versions[1].valid_from:
                found["valid_from"] = ["最初の変更より前の日にしてください。"]
            days = [life.entry.standing.valid_from, *life.changed_on]
        for before, after in itertools.pairwise(days):
            if after <= before:
                found["changed_on"] = [f"{format_date(before)}より後の日にしてください。"]
        return found | self._end_faults(life, days[-1])

    def _is_dated_anew(self, life: Life) -> bool:
        """Whether the first days are the file's: those that the register holds already are not asked again."""
        first = life.entry.first if life.entry is not None else None
        return first is None or (first.registered_on, first.valid_from) != (life.registered_on, life.valid_from)

    def _end_faults(self, life: Life, latest: date) -> Faults:
        found: Faults = {}
        if life.abolished_on and life.abolished_on <= latest:
            found["abolished_on"] = [f"{format_date(latest)}より後の日にしてください。"]
        if life.abolished_on and not life.abolition_reason:
            found["abolition_reason"] = ["廃止の理由を入力してください。"]
        if life.abolition_reason and not life.abolished_on:
            found["abolished_on"] = ["廃止年月日を入力してください。"]
        return found

    def _end_and_correct(self, lives: Sequence[Life], actor: Actor, reason: str) -> None:
        """What stands already: its first days, its words, its end."""
        touched: dict[int, Any] = {}
        for life in lives:
            if not life.entry or not life.entry.versions:
                continue
            first, standing = life.entry.first, life.entry.standing
            if (first.registered_on, first.valid_from) != (life.registered_on, life.starts_on):
                first.registered_on, first.valid_from = life.registered_on, life.starts_on
                touched[first.pk] = first
            if life.changed_on:
                standing.valid_to = life.changed_on[0]
                touched[standing.pk] = standing
            elif self._correct(life, standing):
                touched[standing.pk] = standing
            life.newest = standing
        for version in touched.values():
            version.lock += 1
        save_all_as(list(touched.values()), actor, action=self.action, reason=reason)

    def _correct(self, life: Life, standing: Any) -> bool:
        end = (standing.valid_to, *self.ending_of(standing))
        self._fill(standing, life)
        return bool(life.values) or end != (standing.valid_to, *self.ending_of(standing))

    def _begin_versions(self, lives: Sequence[Life], actor: Actor, reason: str) -> None:
        """New versions, the first of each entry, then the second …: each must know the one that it replaces."""
        step, waiting = 0, [(life, self._days(life)) for life in lives]
        while waiting := [(life, days) for life, days in waiting if len(days) > step]:
            begun = [self._begin(life, days, step) for life, days in waiting]
            create_all_as(begun, actor, action=self.action, reason=reason)
            for (life, _), version in zip(waiting, begun, strict=True):
                life.newest = version
                life.begun.append(version)
            step += 1

    def _days(self, life: Life) -> list[date]:
        if life.entry.versions:
            return list(life.changed_on)
        return [life.starts_on, *life.changed_on]

    def _begin(self, life: Life, days: list[date], step: int) -> Any:
        is_last = step == len(days) - 1
        version = self._copy(life.entry.standing) if life.entry.versions else self.version()
        setattr(version, self.link, life.entry.identity)
        self._fill(version, life, ends=is_last)
        version.replaces = life.newest
        version.valid_from, version.status, version.is_migrated = days[step], self.registered, True
        is_registration = step == 0 and not life.entry.versions
        version.registered_on = life.registered_on if is_registration else days[step]
        if not is_last:
            version.valid_to, version.source_note = days[step + 1], COPIED
        return version

    def _copy(self, version: Any) -> Any:
        """A version not saved that says what `version` says."""
        own = {"id", "replaces", "valid_from", "valid_to", "lock", "moved", "registered_on"}
        fields = [each for each in version._meta.concrete_fields if each.name not in own]
        copy = self.version(**{each.attname: getattr(version, each.attname) for each in fields})
        setattr(copy, self.link, getattr(version, self.link))
        return copy

    def _fill(self, version: Any, life: Life, *, ends: bool = True) -> Any:
        for name, value in life.values.items():
            setattr(version, name, value)
        self.derive(version)
        self.end(version, life if ends else Life())
        return version

    # What each register fills in.

    sample_identity: Any

    def new_identity(self, life: Life) -> Any:
        """What lives on, not saved."""
        raise NotImplementedError

    def derive(self, version: Any) -> None:
        """Fields that follow from others."""

    def end(self, version: Any, life: Life) -> None:
        """Write the life's end (or that there is none) onto its newest version, not saved."""
        version.valid_to = life.abolished_on

    def ending_of(self, version: Any) -> tuple[Any, ...]:
        """What `end` writes beside `valid_to`."""
        return ()

    def own_faults(self, life: Life, version: Any) -> Faults:
        """What the register's own constraints would refuse."""
        return {}

    def attach(self, lives: Sequence[Life], *, actor: Actor, reason: str) -> None:
        """Write what hangs on the entries, after their versions."""
