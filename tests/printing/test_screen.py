"""The same fragment in a real browser: under the application's own Content-Security-Policy, with the paper's words."""

import threading
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from csp.utils import build_policy

from printing import pdf
from tests.printing.forms import COLLECTION, NURSERY, PAPERS, fragment
from tests.printing.papers import fold, pages_of, text_of

LISTEN = """window.refused = [];
document.addEventListener("securitypolicyviolation", event => window.refused.push(event.violatedDirective));"""
WIDTH = "() => document.querySelector('.sheet').getBoundingClientRect().width"
OVERFLOW = """() => [...document.querySelectorAll(".sheet td")]
    .filter(cell => cell.scrollWidth > cell.clientWidth + 1).length"""
STYLE = "element => { const style = getComputedStyle(element); return [style.fontWeight, style.textDecorationLine] }"
TYPES = {".css": "text/css", "": "text/html; charset=utf-8", ".ico": "image/x-icon"}


class Desk(BaseHTTPRequestHandler):
    """Serves a few documents by their path, with the policy header that the application sends."""

    def __init__(self, documents, *args):
        self.documents = documents
        super().__init__(*args)

    def do_GET(self):
        """The document of this path."""
        self.send_response(200)
        self.send_header("Content-Type", TYPES[Path(self.path).suffix])
        self.send_header("Content-Security-Policy", build_policy())
        self.end_headers()
        self.wfile.write(self.documents[self.path].encode())

    def log_message(self, *args):
        """Nothing: the tests look at the page."""


@pytest.fixture
def show(page):
    """Opens a fragment in the browser; `scale` adds the style sheet with which a screen shrinks the paper."""
    documents = {
        "/sheet.css": (pdf.static_root() / "css" / "sheet.css").read_text(),
        "/small.css": "html{--sheet-mm:2.5px}",
        "/favicon.ico": "",
    }
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Desk, documents))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    page.add_init_script(LISTEN)

    def opened(html, *, scale=False):
        small = '<link rel="stylesheet" href="/small.css">' if scale else ""
        head = f'<title>様式</title><link rel="stylesheet" href="/sheet.css">{small}'
        documents["/"] = (
            f'<!doctype html><html lang="ja"><head><meta charset="utf-8">{head}</head><body>{html}</body></html>'
        )
        page.goto(f"http://127.0.0.1:{server.server_port}/")
        return page

    yield opened
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("name", PAPERS)
def test_shows_the_words_of_the_paper_without_a_policy_violation(name, show):
    code, values = PAPERS[name]
    html = fragment(code, values)
    page = show(html)
    assert page.evaluate("window.refused") == []
    on_paper = text_of(pdf.render([html], title=name))
    assert fold(page.locator(".sheet").inner_text()) == fold(on_paper)


def test_a_style_attribute_would_be_refused_by_the_policy(show):
    page = show('<p style="color:red">x</p>')
    assert page.evaluate("window.refused") == ["style-src-attr"]


def test_is_an_a4_sheet_that_the_screen_can_scale(show):
    html = fragment("linkage-record", COLLECTION)
    assert show(html).evaluate(WIDTH) == pytest.approx(210 / 25.4 * 96, abs=1)
    page = show(html, scale=True)
    assert page.evaluate(WIDTH) == pytest.approx(525, abs=0.5)
    size = page.evaluate("() => parseFloat(getComputedStyle(document.querySelector('.sheet td')).fontSize)")
    assert size == pytest.approx(3.704 * 2.5, abs=0.05)


@pytest.mark.parametrize(
    "values", [NURSERY, COLLECTION | {"purpose": "0123456789ABCDEF" * 100, "linked_on": "長い日付" * 400}]
)
def test_lets_no_text_run_out_of_its_box(values, show):
    page = show(fragment("linkage-record", values))
    assert page.evaluate(OVERFLOW) == 0


def test_shows_marked_changes_bold_and_underlined(show):
    page = show(fragment("linkage-record", COLLECTION | {"linked_on": "令和4年7月"}, COLLECTION))
    style = page.locator(".sheet .chg").evaluate(STYLE)
    assert style == ["700", "underline"]


def test_the_browsers_own_print_repeats_the_label_too(show):
    page = show(fragment("linkage-record", NURSERY | {"purpose": "提供する事柄を書き連ねる。" * 250}))
    pages = [fold(text) for text in pages_of(page.pdf(format="A4", prefer_css_page_size=True))]
    reached = [text for text in pages if "提供する事柄を書き連ねる。" * 5 in text]
    assert len(reached) >= 2
    assert all("電算結合の目的" in text for text in reached)
