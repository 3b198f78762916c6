"""台帳の登録: which registers go out to files and come in from them; the applications fill it in `AppConfig.ready`."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from common.exporting import offer_all_items
from exchange.exports import whole

if TYPE_CHECKING:
    from exchange.resources import RegisterResource


@dataclass(frozen=True)
class Register:
    """台帳: one table that is exported and imported.

    code      its name in addresses and commands
    label     its name on the screen
    resource  its columns, how its rows are read, compared and written
    list_url  the URL name of the page that lists it
    also      a line of the permission table that who imports must have beside `import_register`; empty for none
    """

    code: str
    label: str
    resource: "type[RegisterResource]"
    list_url: str
    also: str = ""


_REGISTERS: dict[str, Register] = {}


def register(entry: Register) -> None:
    """Make a register known, and offer all its items on its list; called while the applications start."""
    _REGISTERS[entry.code] = entry
    offer_all_items(entry.list_url, lambda rows: whole(entry, rows))


def get(code: str) -> Register:
    """The register of that code; KeyError when there is none."""
    return _REGISTERS[code]


def codes() -> list[str]:
    """The codes of all registers, in the order of the applications, lowest first."""
    return list(_REGISTERS)


def every() -> list[Register]:
    """All registers."""
    return list(_REGISTERS.values())
