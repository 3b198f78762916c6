"""保管の目的: what may be stored for what, and who may read it; the applications above register theirs."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from files.kinds import FileType

if TYPE_CHECKING:
    from files.models import StoredFile
    from organization.models import User


@dataclass(frozen=True)
class Purpose:
    """保管の目的.

    code      its name in the database
    label     its name on the screen
    types     the kinds of file that are taken
    limit     how many bytes one may have
    may_read  whether a person may read a file of this purpose; asked anew with every download
    keep_days after how many days the content is discarded; None: kept for good
    shown     whether the browser may show a harmless one; else it is only handed over to be kept
    """

    code: str
    label: str
    types: frozenset[FileType]
    limit: int
    may_read: Callable[["User", "StoredFile"], bool]
    keep_days: int | None = None
    shown: bool = True


_PURPOSES: dict[str, Purpose] = {}


def register(purpose: Purpose) -> None:
    """Make a purpose known; called while the applications start."""
    _PURPOSES[purpose.code] = purpose


def get(code: str) -> Purpose:
    """The purpose of this code; KeyError when nobody registered it."""
    return _PURPOSES[code]


def passing() -> list[Purpose]:
    """The purposes whose files are discarded after some days."""
    return [purpose for purpose in _PURPOSES.values() if purpose.keep_days is not None]
