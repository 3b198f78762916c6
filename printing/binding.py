"""製本: many papers as one PDF for a meeting, with stamps on every page and an outline (printing.md §7c).

A stamp says which paper a page belongs to, the paper's own page, and the page of the whole: continuous numbers beside
each paper's own. PDFs from elsewhere get the 資料番号 in a box too, which our own sheets print themselves.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from io import BytesIO

import pikepdf
from django.utils.html import escape

from printing import caching
from printing.joining import Part, quieten

_STYLE = """
.stamp { position: relative; break-after: page; overflow: hidden }
.stamp p { position: absolute; margin: 0; font: 8pt "BIZ UDMincho", "Noto Serif CJK JP", serif; color: #000 }
.stamp .left { left: 24pt; bottom: 18pt }
.stamp .middle { left: 0; right: 0; bottom: 18pt; text-align: center }
.stamp .right { right: 24pt; bottom: 18pt }
.stamp .box { right: 24pt; top: 22pt; padding: 2pt 10pt; border: .8pt solid #000; font-size: 12pt; background: #fff }
.stamp .name { left: 24pt; top: 18pt }
"""


@dataclass(frozen=True)
class Section:
    """資料: its bookmark, its parts, the label of its stamp (「資料１」), a note beside it (「机上配布」)."""

    bookmark: str
    parts: Sequence[Part]
    label: str = ""
    note: str = ""


@dataclass
class _Page:
    """One page of the whole and what is stamped on it."""

    page: pikepdf.Page
    section: Section
    own: int
    of: int
    needs_box: bool
    width: float = 0
    height: float = 0
    texts: dict[str, str] = field(default_factory=dict)


def bind(sections: Sequence[Section], *, title: str, name: str = "") -> bytes:
    """`sections` in their order as one PDF: stamped, with an outline of papers and their parts.

    `name`: whose copy it is, printed on its first page. Equal input gives equal bytes. ValueError for no section.
    """
    if not sections:
        raise ValueError("nothing to bind")
    with pikepdf.new() as bound:
        outline, pages = _gathered(bound, sections)
        for number, page in enumerate(pages, 1):
            _write(page, number, len(pages), name if number == 1 else "")
        with pikepdf.open(BytesIO(_stamps(pages))) as stamps:
            for number, (page, stamp) in enumerate(zip(pages, stamps.pages, strict=True), 1):
                _press(page.page, stamp, f"/WardStamp{number}")
        with bound.open_outline() as tree:
            tree.root.extend(outline)
        bound.Root.Lang = pikepdf.String("ja")
        bound.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
        bound.Root.PageMode = pikepdf.Name.UseOutlines
        bound.docinfo["/Title"] = title
        out = BytesIO()
        bound.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
    return out.getvalue()


def pages_of(content: bytes) -> int:
    """How many pages a PDF has."""
    with pikepdf.open(BytesIO(content)) as pdf:
        return len(pdf.pages)


def _gathered(bound: pikepdf.Pdf, sections: Sequence[Section]) -> tuple[list[pikepdf.OutlineItem], list[_Page]]:
    outline: list[pikepdf.OutlineItem] = []
    owners: list[tuple[Section, int, int, bool]] = []
    for section in sections:
        top = pikepdf.OutlineItem(section.bookmark, len(bound.pages), "Fit")
        begins = len(bound.pages)
        for part in section.parts:
            if len(section.parts) > 1:
                top.children.append(pikepdf.OutlineItem(part.bookmark, len(bound.pages), "Fit"))
            first = len(bound.pages)
            with pikepdf.open(BytesIO(part.content)) as source:
                bound.pages.extend(source.pages)
            owners += [(section, place - begins + 1, 0, part.is_foreign) for place in range(first, len(bound.pages))]
        outline.append(top)
        of = len(bound.pages) - begins
        owners[begins:] = [(owner, own, of, foreign) for owner, own, _, foreign in owners[begins:]]
    pages = []
    for page, (section, own, of, foreign) in zip(bound.pages, owners, strict=True):
        quieten(page.obj)
        pages.append(_Page(page, section, own, of, needs_box=foreign and bool(section.label)))
    return outline, pages


def _press(page: pikepdf.Page, stamp: pikepdf.Page, name: str) -> None:
    """Lay the stamp over the page, the right way up however the page is turned.

    As `Page.add_overlay` does it, but under a name that we give: a random one would make equal packets unequal. Pages
    from elsewhere often share their resources, so that each stamp needs a name of its own.
    """
    placed = page.add_resource(stamp.as_form_xobject(), pikepdf.Name.XObject, pikepdf.Name(name))
    drawn = page.calc_form_xobject_placement(
        page.resources.XObject[name], placed, pikepdf.Rectangle(page.cropbox), allow_shrink=True, allow_expand=True
    )
    page.contents_add(b"q\n", prepend=True)
    page.contents_add(b"Q\n")
    page.contents_add(drawn)


def _write(page: _Page, number: int, total: int, name: str) -> None:
    left, lower, right, upper = (float(edge) for edge in page.page.cropbox)
    page.width, page.height = right - left, upper - lower
    if int(page.page.obj.get("/Rotate", 0)) % 180:
        page.width, page.height = page.height, page.width
    section = page.section
    page.texts = {
        "left": section.note,
        "middle": f"{section.label or section.bookmark}　{page.own}／{page.of}",
        "right": f"{number}／{total}",
        "box": section.label if page.needs_box else "",
        "name": name,
    }


def _stamps(pages: Sequence[_Page]) -> bytes:
    sizes = {(round(page.width, 1), round(page.height, 1)) for page in pages}
    rules = "".join(_size_rule(width, height) for width, height in sorted(sizes))
    body = "".join(_stamp(page) for page in pages)
    # Kept as a part is: they are the dearest of a packet whose papers are all there, and change with the pages alone.
    return caching.write(
        f"<!doctype html><html lang='ja'><body>{body}</body></html>",
        "@page { margin: 0 } body { margin: 0 }" + _STYLE + rules,
    )


def _size_rule(width: float, height: float) -> str:
    name = _size_name(width, height)
    return (
        f"@page {name} {{ size: {width}pt {height}pt }} "
        f".{name} {{ page: {name}; width: {width}pt; height: {height - 0.1:.1f}pt }}"
    )


def _size_name(width: float, height: float) -> str:
    return f"w{width}h{height}".replace(".", "p")


def _stamp(page: _Page) -> str:
    texts = "".join(_text(name, words) for name, words in page.texts.items() if words)
    return f"<div class='stamp {_size_name(round(page.width, 1), round(page.height, 1))}'>{texts}</div>"


def _text(name: str, words: str) -> str:
    return f"<p class='{name}'>{escape(words)}</p>"
