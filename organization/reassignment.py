"""承継の対象: what a change of departments, or of people, does to every row that names one.

Each foreign key to a department is registered here with the way it goes, or exempted with a reason; the applications
above fill it in `AppConfig.ready`, and a test walks all foreign keys. docs/decisions/0004 says why each goes its way.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any, Protocol

from django.db.models import Model, QuerySet
from django.utils.safestring import SafeString

from history.writing import Actor
from organization.models import Department


class Way(Enum):
    """承継のしかた."""

    MOVES = "その日から承継先のものになります"
    FOLLOWS = "もとの名称のまま残り、承継先が見て続けます"

    @property
    def standing(self) -> str:
        """The same of a department that nobody is changing."""
        return {
            Way.MOVES: "組織改正のときは、承継先のものになります",
            Way.FOLLOWS: "組織改正のあとも、もとの名称のまま残り、承継先が見て続けます",
        }[self]


class Mover(Protocol):
    """Writes one row over to `successor` from `on`; None when nobody takes over."""

    def __call__(
        self, row: Any, successor: Department | None, *, on: date, actor: Actor, reason: str
    ) -> Model | None: ...


@dataclass(frozen=True)
class Share:
    """承継の対象の一種: rows of one table that name a department.

    field     the name of the foreign key in that table
    label     what they are, for the preview
    way       see Way; a row that MOVES needs `move`
    affected  (department ids, day) → the rows that a change on that day concerns
    view      the line of the permission table that lets a person read a row's title
    text      a row → its title
    needs_successor  whether a department cannot be abolished without a successor while there are such rows
    whole     the attribute of a row that names what it is a part of: in a split its rows go the same way
    in_split  (department ids, day) → what a split leaves to be done by hand, a piece of its page; empty for nothing
    """

    field: str
    label: str
    way: Way
    affected: Callable[[Collection[int], date], QuerySet]
    view: str
    text: Callable[[Any], str]
    move: Mover | None = None
    needs_successor: bool = False
    whole: str = "pk"
    in_split: Callable[[Collection[int], date], SafeString] | None = None


@dataclass(frozen=True)
class OpenWork:
    """引き継ぐ仕事の一種: what a person has begun; `rows` (user ids, department ids) → the rows."""

    label: str
    rows: Callable[[Collection[int], Collection[int]], QuerySet]
    view: str
    text: Callable[[Any], str]


_SHARES: dict[str, list[Share]] = {}
_EXEMPT: dict[str, str] = {}
_OPEN_WORK: dict[str, OpenWork] = {}


def key_of(model: type[Model], field: str) -> str:
    """The name of a foreign key, as it is registered: 「registry.ActivityVersion.department」."""
    return f"{model._meta.label}.{field}"


def register(model: type[Model], *shares: Share) -> None:
    """Say how the rows of `model` go that name a department; called while the applications start."""
    for share in shares:
        known = _SHARES.setdefault(key_of(model, share.field), [])
        if share.label not in {other.label for other in known}:
            known.append(share)


def exempt(model: type[Model], field: str, reason: str) -> None:
    """Say why a foreign key to a department needs no re-assignment."""
    _EXEMPT[key_of(model, field)] = reason


def register_open_work(work: OpenWork) -> None:
    """Make a kind of unfinished work known to the hand-over's page."""
    _OPEN_WORK[work.label] = work


def shares() -> list[Share]:
    """Every kind of rows, in the order of the applications, lowest first."""
    return [share for found in _SHARES.values() for share in found]


def known_keys() -> dict[str, str]:
    """Every registered or exempted foreign key, with what is said of it."""
    return _EXEMPT | {key: "、".join(share.label for share in found) for key, found in _SHARES.items()}


def open_work() -> list[OpenWork]:
    """Every kind of unfinished work."""
    return list(_OPEN_WORK.values())


def key_of_row(share: Share, row: Model) -> str:
    """How a form names one row, or what it is a part of: 「registry.ActivityVersion.department:12」."""
    return f"{key_of(type(row), share.field)}:{getattr(row, share.whole)}"
