"""The one write path: who writes what and why, known to every history row that the write leaves."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import NamedTuple, Protocol


class ActorText(NamedTuple):
    """操作者: the actor's name, department and role as they read at the moment of the write."""

    name: str
    department: str
    role: str


class Actor(Protocol):
    """Whoever can stand in the trail: a user, or the system itself (pk None)."""

    pk: int | None

    def acting_as(self, action: str = "") -> ActorText:
        """The texts that the trail keeps of whoever does `action`."""


class SystemActor:
    """システム: commands that nobody in particular started."""

    pk: int | None = None

    def acting_as(self, action: str = "") -> ActorText:
        """Name and role read 「システム」; there is no department."""
        return ActorText("システム", "", "システム")


SYSTEM = SystemActor()


@dataclass(frozen=True)
class Write:
    """One write in progress."""

    actor: Actor
    action: str
    reason: str


_current: ContextVar[Write | None] = ContextVar("history_write", default=None)
_request_id: ContextVar[str] = ContextVar("history_request_id", default="")


def current_write() -> Write | None:
    """The write in progress, or None outside `save_as`."""
    return _current.get()


@contextmanager
def writing(write: Write) -> Iterator[None]:
    """Everything saved inside belongs to `write`."""
    token = _current.set(write)
    try:
        yield
    finally:
        _current.reset(token)


def current_request_id() -> str:
    """The id that ties together all rows written by one request or command; empty outside both."""
    return _request_id.get()


@contextmanager
def request_id(value: str) -> Iterator[None]:
    """All writes inside carry `value` as their request id."""
    token = _request_id.set(value)
    try:
        yield
    finally:
        _request_id.reset(token)
