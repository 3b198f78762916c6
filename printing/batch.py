"""合本: many sheets as one PDF with a table of contents, page numbers and bookmarks (printing.md §2.2, §7b).

Sheets are laid out in chunks, one document each: one huge document takes five times the memory, single ones a set of
fonts each. Which page a sheet begins on is read off the laid-out pages, so a sheet of two pages counts as two.
"""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import TypeVar

import pikepdf
from django.template.loader import render_to_string

from printing import glyphs, pdf

logger = logging.getLogger(__name__)

CHUNK = 25
# What a line of the contents is linked with until the pages it leads to are there.
LINK = "sheet:"
NUMBERED = """
@page { @bottom-center { content: counter(page); font: 9pt "BIZ UDMincho", "Noto Serif CJK JP", serif } }
"""
CONTENTS_NUMBERED = NUMBERED.replace("counter(page)", '"目次 - " counter(page)')

Item = TypeVar("Item")


@dataclass(frozen=True)
class Entry:
    """One sheet of the volume: number (may be empty) and name as contents and bookmark say them, place, HTML."""

    number: str
    name: str
    place: str
    fragment: str
    note: str = ""

    @property
    def bookmark(self) -> str:
        """「0119-01　収納に関する業務」, on one line."""
        return " ".join(f"{self.number}　{self.name}".split())


@dataclass(frozen=True)
class Listed:
    """One line of the contents."""

    entry: Entry
    page: int


class Volume:
    """合本 in the making: add chunks of sheets, then finish.

    `headings` are what contents call number (empty: no such column) and name. `remarks` are the
    lines under the title: how many, under which condition, printed when.
    """

    def __init__(self, title: str, *, headings: tuple[str, str], remarks: Sequence[str] = ()) -> None:
        self.title, self.headings, self.remarks = title, headings, list(remarks)
        self.listed: list[Listed] = []
        self._chunks: list[bytes] = []
        self._pages = 0

    def add(self, entries: Sequence[Entry]) -> None:
        """Lay out one chunk of sheets, each from a new page. Their fragments must have passed `output.checked`."""
        if not entries:
            return
        begin = f"@page :first {{ counter-reset: page {self._pages + 1} }}"
        laid_out = pdf.lay_out([entry.fragment for entry in entries], title=self.title, more_css=NUMBERED + begin)
        if laid_out.refused:
            logger.error("%s: refused while printing: %s", self.title, laid_out.refused)
        starts = [place[0] for _, place, _, _ in laid_out.document.make_bookmark_tree()]
        if len(starts) != len(entries):
            raise ValueError(f"{len(entries)} sheets have {len(starts)} titles")
        self.listed += [Listed(entry, self._pages + start + 1) for entry, start in zip(entries, starts, strict=True)]
        self._pages += len(laid_out.document.pages)
        self._chunks.append(laid_out.document.write_pdf())

    def finish(self) -> bytes:
        """The PDF: contents, sheets, outline, page labels. Equal sheets give equal bytes. ValueError when empty."""
        if not self.listed:
            raise ValueError("a volume without sheets")
        with pikepdf.new() as joined:
            for part in (self._contents(), *self._chunks):
                with pikepdf.open(BytesIO(part)) as pages:
                    joined.pages.extend(pages.pages)
            front = len(joined.pages) - self._pages
            _link(joined, front, [line.page for line in self.listed])
            self._describe(joined, front)
            out = BytesIO()
            joined.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
        return out.getvalue()

    def _contents(self) -> bytes:
        context = {
            "title": self.title,
            "remarks": self.remarks,
            "headings": self.headings,
            "lines": [(f"{LINK}{index}", line) for index, line in enumerate(self.listed)],
        }
        fragment = glyphs.substitute(render_to_string("printing/_contents.html", context))
        css = CONTENTS_NUMBERED + (pdf.static_root() / "css/contents.css").read_text()
        return pdf.lay_out([fragment], title=self.title, more_css=css).document.write_pdf()

    def _describe(self, joined: pikepdf.Pdf, front: int) -> None:
        """Outline, page labels, title and language: what joining leaves out."""
        with joined.open_outline() as outline:
            outline.root.append(pikepdf.OutlineItem("目次", 0))
            for line in self.listed:
                outline.root.append(pikepdf.OutlineItem(line.entry.bookmark, front + line.page - 1))
        labels = [
            0, pikepdf.Dictionary(S=pikepdf.Name.D, P="目次-"),
            front, pikepdf.Dictionary(S=pikepdf.Name.D),
        ]  # fmt: skip
        joined.Root.PageLabels = pikepdf.Dictionary(Nums=pikepdf.Array(labels))
        joined.Root.Lang = pikepdf.String("ja")
        joined.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
        joined.Root.PageMode = pikepdf.Name.UseOutlines
        joined.docinfo["/Title"] = self.title


def chunks(items: Sequence[Item], size: int = CHUNK) -> Iterator[Sequence[Item]]:
    """`items` in their order, `size` at a time."""
    for begin in range(0, len(items), size):
        yield items[begin : begin + size]


def _link(joined: pikepdf.Pdf, front: int, starts: Sequence[int]) -> None:
    """Lead each line of the contents, on the first `front` pages, to the page its sheet begins on."""
    for page in joined.pages[:front]:
        for link in page.obj.get("/Annots", pikepdf.Array()):
            address = str(link.get("/A", pikepdf.Dictionary()).get("/URI", ""))
            if address.startswith(LINK):
                target = joined.pages[front + starts[int(address.removeprefix(LINK))] - 1]
                del link["/A"]
                link["/Dest"] = pikepdf.Array([target.obj, pikepdf.Name.Fit])
