"""見出しと行: from numbered rows of cells to a table, or the row that does not fit."""

from collections import Counter
from collections.abc import Iterable, Iterator

from common.tables import limits
from common.tables.characters import PRIVATE_USE, code_points
from common.tables.shapes import Row, Table, TableError, column_letter

Numbered = Iterable[tuple[int, list[str]]]
# More of them say nothing new to the person who reads.
_WARNINGS_SHOWN = 50


def assemble(numbered: Numbered, *, encoding: str, label: str, warnings: list[str], padded: bool) -> Table:
    """The first row with anything in it is the header; the rows beneath it are as wide as it.

    `padded`: a row that ends early is only short because its last cells are empty (Excel); else it is refused.
    """
    filled = _filled(numbered)
    number, header = next(filled, (0, []))
    if not header:
        raise TableError("表に何も書かれていません。")
    columns = _columns(number, header)
    rows = [Row(number, _fitted(number, cells, columns, padded=padded)) for number, cells in filled]
    return Table(columns, rows, encoding, label, [*warnings, *_odd_characters(columns, rows)])


def _filled(numbered: Numbered) -> Iterator[tuple[int, list[str]]]:
    """The rows with anything in them, refusing a table without end."""
    found = 0
    for number, cells in numbered:
        if any(cells):
            found += 1
            if found > limits.MAX_ROWS + 1:
                raise TableError(
                    f"行が多すぎます。取り込めるのは{limits.MAX_ROWS:,}行までです。ファイルを分けてください。"
                )
            yield number, cells


def _columns(number: int, header: list[str]) -> list[str]:
    """The names of the columns: without blanks around and line breaks inside, each there and each once."""
    names = [cell.replace("\r", "").replace("\n", "").strip() for cell in header]
    while names and not names[-1]:
        names.pop()
    if len(names) > limits.MAX_COLUMNS:
        raise TableError(f"列が多すぎます（{len(names):,}列）。取り込めるのは{limits.MAX_COLUMNS}列までです。")
    for position, name in enumerate(names):
        if not name:
            raise TableError(f"{number}行目の見出しに空の列（{column_letter(position)}列）があります。")
    for name, times in Counter(names).items():
        if times > 1:
            raise TableError(f"見出し「{name}」が{times}列あります。1列にしてください。")
    return names


def _fitted(number: int, cells: list[str], columns: list[str], *, padded: bool) -> list[str]:
    width = len(columns)
    for position, cell in enumerate(cells[width:], start=width):
        if cell:
            place = f"{number}行目の{column_letter(position)}列"
            raise TableError(f"{place}に見出しのない値「{cell[:20]}」があります。見出しは{width}列です。")
    if len(cells) < width and not padded:
        raise TableError(
            f"{number}行目のセルは{len(cells)}個で、見出しの{width}列より少なくなっています。"
            "行の途中の改行や区切りを確かめてください。Excelの表は「Excelブック（.xlsx）」のままでも取り込めます。"
        )
    return cells[:width] + [""] * (width - len(cells))


def _odd_characters(columns: list[str], rows: list[Row]) -> list[str]:
    """外字: kept, but only the system that they come from knows what they are."""
    found = [
        f"{row.number}行目「{column}」に外字（{code_points(character)}）があります。そのまま取り込みます。"
        for row in rows
        for column, cell in zip(columns, row.cells, strict=True)
        if not cell.isascii()
        for character in sorted(set(PRIVATE_USE.findall(cell)))
    ]
    rest = len(found) - _WARNINGS_SHOWN
    return found[:_WARNINGS_SHOWN] + ([f"外字はほかに{rest:,}か所あります。"] if rest > 0 else [])
