"""From sheet fragments to one PDF (printing.md §7a)."""

import logging
import threading
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from weasyprint import CSS, HTML
from weasyprint.document import Document
from weasyprint.text.fonts import FontConfiguration

from printing import glyphs
from printing.fetcher import StaticOnly

logger = logging.getLogger(__name__)

STYLESHEETS = ("css/sheet.css", "css/report.css", "css/page.css")
VARIANT = "pdf/ua-1"
Pictures = Mapping[str, bytes] | None


class Printed(NamedTuple):
    """A print and the addresses that were refused while it was made (none, if all is well)."""

    pdf: bytes
    refused: list[str]


class LaidOut(NamedTuple):
    """Pages ready to be written, and the addresses that were refused while they were laid out."""

    document: Document
    refused: list[str]


class _Tools(threading.local):
    """Parsed style sheets and font configuration: costly, and never shared between threads (printing.md §7a)."""

    def __init__(self) -> None:
        root = static_root()
        self.fonts = FontConfiguration()
        self.styles = [
            CSS(string=(root / name).read_text(), font_config=self.fonts, url_fetcher=StaticOnly(root))
            for name in STYLESHEETS
        ]


@cache
def _tools() -> _Tools:
    return _Tools()


def fonts() -> FontConfiguration:
    """This thread's font configuration, for pages that are no sheets (stamps)."""
    return _tools().fonts


def static_root() -> Path:
    """The one folder that a print may read."""
    return Path(settings.BASE_DIR) / "static"


def render(fragments: Sequence[str], *, title: str, pictures: Pictures = None) -> bytes:
    """The PDF (pdf/ua-1, Japanese, titled, bookmarked) of finished sheet fragments, each starting on a new page.

    `fragments` come from sheets.render_fragment, so their texts are escaped already. Equal input gives equal bytes.
    `pictures` are what `attachment:<digest>` in them stands for.
    """
    printed = render_checked(fragments, title=title, pictures=pictures)
    if printed.refused:
        logger.error("%s: refused while printing: %s", title, printed.refused)
    return printed.pdf


def render_checked(fragments: Sequence[str], *, title: str, pictures: Pictures = None) -> Printed:
    """Like `render`, with the list of refused addresses."""
    laid_out = lay_out(fragments, title=title, pictures=pictures)
    return Printed(laid_out.document.write_pdf(pdf_variant=VARIANT), laid_out.refused)


def lay_out(fragments: Sequence[str], *, title: str, more_css: str = "", pictures: Pictures = None) -> LaidOut:
    """The pages of finished fragments before they are written; `more_css` comes after the sheets of all prints."""
    fetcher = StaticOnly(static_root(), pictures=pictures)
    html = HTML(string=_document(fragments, title), url_fetcher=fetcher)
    tools = _tools()
    own = [CSS(string=more_css, font_config=tools.fonts, url_fetcher=fetcher)] if more_css else []
    document = html.render(stylesheets=[*tools.styles, *own], font_config=tools.fonts)
    return LaidOut(document, fetcher.refused)


def warm_up() -> None:
    """Print one empty sheet, so that a worker's first form is as quick as its second (hides about 0.4 s)."""
    glyphs.missing("様式")  # reads the fonts' tables
    render(['<article class="sheet"><h1 class="sheet-title">様式</h1></article>'], title="様式")


def _document(fragments: Sequence[str], title: str) -> str:
    # U+FF5E may start a line in Pango, U+301C may not; they look alike, and only this copy for the paper changes.
    body = "\n".join(fragments).replace("～", "〜")
    return render_to_string("printing/document.html", {"title": title, "body": mark_safe(body)})  # noqa: S308
