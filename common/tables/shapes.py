"""表の形: what is read, what is written, and the refusal."""

from dataclasses import dataclass, field


class TableError(ValueError):
    """A file that cannot be read, or a table that cannot be written, as a table; the message is for the person."""


@dataclass(frozen=True, slots=True)
class Row:
    """行: `number` is the row number that a spreadsheet shows (the header is usually 1)."""

    number: int
    cells: list[str]


@dataclass(frozen=True)
class Table:
    """読み取った表: as many cells in each row as there are columns; empty rows are left out.

    `encoding` is "cp932", "utf-8", "utf-8-sig" or "xlsx"; `warnings` are Japanese sentences for the person.
    """

    columns: list[str]
    rows: list[Row]
    encoding: str
    encoding_label: str
    warnings: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Replacement:
    """置き換えた文字: its place as a spreadsheet shows it, what it was ("U+9F50"), and what stands there now."""

    row: int
    column: str
    character: str
    code_point: str
    becomes: str


@dataclass(frozen=True)
class Written:
    """書き出した表: the file, and what had to be replaced in it.

    `replaced` is lost; of `twins` the other form is written, which an import takes for the same character.
    """

    content: bytes
    replaced: list[Replacement]
    twins: list[Replacement] = field(default_factory=list)

    @property
    def told(self) -> list[Replacement]:
        """Every character that stands otherwise in the file, what is lost first."""
        return [*self.replaced, *self.twins]


def column_letter(position: int) -> str:
    """The letters above a spreadsheet's column; the first is position 0: A, …, Z, AA."""
    letters = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
