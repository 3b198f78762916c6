"""資料の書出し: the paper as .docx, with the same headings, lists and tables, since other offices paste from it."""

from collections.abc import Iterable, Mapping
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from printing.fetcher import PICTURE
from printing.marks import Run
from printing.prose.setting import Piece
from records.papers.composing import Composed, ComposedSection

FONT = "ＭＳ 明朝"  # what every ward office has; the file carries no font of its own
_EM = 10.5  # points
_LABEL, _TEXT = Mm(40), Mm(130)
_IN_CELL, _ON_PAGE = Mm(120), Mm(160)  # how wide a picture stands
Pictures = Mapping[str, bytes]


def as_docx(paper: Composed, pictures: Pictures | None = None) -> bytes:
    """The file, with the `pictures` {digest: content} that its figures stand for. No macro, no link."""
    document = _empty_document()
    document.core_properties.title = paper.name
    if paper.number:
        _paragraph(document, [paper.number], WD_ALIGN_PARAGRAPH.RIGHT)
    lines = [f"{paper.subject}{line}" if at == 0 else line for at, line in enumerate(paper.title)]
    _paragraph(document, lines, None if paper.subject else WD_ALIGN_PARAGRAPH.CENTER, size=13)
    if paper.subtitle:
        _paragraph(document, [paper.subtitle], WD_ALIGN_PARAGRAPH.CENTER)
    if paper.note:
        _paragraph(document, [paper.note])
    if paper.arrangement == "table":
        _ruled(document, paper.sections, pictures or {}, bold=not paper.underlined_only)
    else:
        for section in paper.sections:
            _headed(document, section, pictures or {}, bold=not paper.underlined_only)
    content = BytesIO()
    document.save(content)
    return content.getvalue()


def _empty_document() -> Any:
    document = Document()
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(20)
    page.top_margin, page.bottom_margin = Mm(22), Mm(18)
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(_EM)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    style.paragraph_format.space_after = Pt(0)
    return document


def _paragraph(place: Any, lines: Iterable[str], align: Any = None, size: float = _EM) -> None:
    """One paragraph; its lines are parted by Word's own line break."""
    paragraph = place.add_paragraph()
    paragraph.alignment = align
    paragraph.add_run("\n".join(lines)).font.size = Pt(size)


def _ruled(document: Any, sections: Iterable[ComposedSection], pictures: Pictures, *, bold: bool) -> None:
    table = document.add_table(rows=0, cols=2, style="Table Grid")
    table.autofit = False
    for section in sections:
        label, text = table.add_row().cells
        label.width, text.width = _LABEL, _TEXT
        label.text = "\n".join(section.heading)
        _write(text, section.pieces, pictures, width=_IN_CELL, bold=bold)
        _drop_first(text)


def _headed(document: Any, section: ComposedSection, pictures: Pictures, *, bold: bool) -> None:
    if section.heading[0]:
        document.add_paragraph("\n".join(section.heading))
    _write(document, section.pieces, pictures, width=_ON_PAGE, bold=bold)
    document.add_paragraph()


def _write(place: Any, pieces: Iterable[Piece], pictures: Pictures, *, width: Any, bold: bool) -> None:
    for piece in pieces:
        if piece.kind == "table":
            _small_table(place, piece, bold=bold)
            continue
        paragraph = place.add_paragraph()
        if picture := pictures.get(piece.src.removeprefix(PICTURE)):
            shape = paragraph.add_run().add_picture(BytesIO(picture), width=width)
            shape._inline.docPr.set("descr", f"図：{piece.figure}")
            continue
        if piece.hang:
            paragraph.paragraph_format.left_indent = Pt(_EM * piece.hang)
            paragraph.paragraph_format.first_line_indent = Pt(-_EM * piece.hang)
        elif piece.kind == "prose":
            paragraph.paragraph_format.first_line_indent = Pt(_EM)
        _runs(paragraph, piece.runs, bold=bold)


def _small_table(place: Any, piece: Piece, *, bold: bool) -> None:
    table = place.add_table(len(piece.rows), max(map(len, piece.rows)))
    table.style = "Table Grid"
    for row, cells in zip(table.rows, piece.rows, strict=True):
        for cell, lines in zip(row.cells, cells, strict=False):
            for at, line in enumerate(lines):
                paragraph = cell.paragraphs[0] if at == 0 else cell.add_paragraph()
                _runs(paragraph, line, bold=bold)


def _runs(paragraph: Paragraph, runs: Iterable[Run], *, bold: bool) -> None:
    for run in runs:
        written = paragraph.add_run(run.text)
        if run.changed:
            written.bold, written.underline = bold or None, True


def _drop_first(cell: _Cell) -> None:
    """A fresh cell begins with an empty paragraph; Word wants one that is not, if there is another."""
    first = cell.paragraphs[0]
    if len(cell.paragraphs) > 1 and not first.text:
        first._p.getparent().remove(first._p)
