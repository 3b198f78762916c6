"""文章の組版: the blocks of a text with their changes marked, ready for a template or for Word."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.utils.safestring import SafeString

from printing import marks
from printing.marks import Run
from printing.prose.reading import Block, Kind, Span, figure_name, read, width, words


@dataclass(frozen=True)
class Piece:
    """段落: kind, how far it hangs (items), its runs; of a table rows of cells of lines of runs; of a figure its name,
    and where its picture is found, once somebody who knows has said so."""

    kind: str
    runs: list[Run] = field(default_factory=list)
    hang: int = 0
    rows: list[list[list[list[Run]]]] = field(default_factory=list)
    figure: str = ""
    src: str = ""

    @property
    def html(self) -> SafeString:
        """The runs as markup."""
        return marks.html(self.runs)

    @property
    def cells(self) -> list[list[list[SafeString]]]:
        """The rows of a table as markup; every row has as many cells as the longest."""
        columns = max(map(len, self.rows), default=0)
        return [
            [[marks.html(line) for line in cell] for cell in [*row, *([[]] * (columns - len(row)))]]
            for row in self.rows
        ]


def pieces(text: str, baseline: str | None = None) -> list[Piece]:
    """The cleaned `text` as pieces; with `baseline` what differs from it is marked."""
    found = _Cutter(marks.runs(text, baseline))
    return [_piece(text, block, found) for block in read(text)]


def is_changed(piece: Piece) -> bool:
    """Whether anything in it is marked."""
    runs = [*piece.runs, *(run for row in piece.rows for cell in row for line in cell for run in line)]
    return any(run.changed for run in runs)


class _Cutter:
    """Gives the runs of any place of the text."""

    def __init__(self, runs: Sequence[Run]) -> None:
        self.placed: list[tuple[int, Run]] = []
        at = 0
        for run in runs:
            self.placed.append((at, run))
            at += len(run.text)

    def cut(self, span: Span) -> list[Run]:
        """The runs between the two ends."""
        return list(self._within(span))

    def _within(self, span: Span) -> Iterator[Run]:
        for start, run in self.placed:
            text = run.text[max(0, span.start - start) : max(0, span.end - start)]
            if text:
                yield Run(text, run.changed)


def _piece(text: str, block: Block, found: _Cutter) -> Piece:
    if block.kind is Kind.TABLE:
        return Piece("table", rows=[[[found.cut(line) for line in cell] for cell in row] for row in block.rows])
    hang = width(words(text, block.span)[: block.marker]) if block.kind is Kind.ITEM else 0
    figure = figure_name(words(text, block.span)) if block.kind is Kind.FIGURE else ""
    return Piece(block.kind.value, found.cut(block.span), hang, figure=figure)
