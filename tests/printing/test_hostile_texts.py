"""Whatever is typed into a field comes out as text: nothing is fetched, embedded or laid out (printing.md §6)."""

import logging
from html.parser import HTMLParser

import pytest
from django.conf import settings
from weasyprint import HTML
from weasyprint.urls import FatalURLFetchingError

from printing import pdf
from printing.fetcher import StaticOnly
from tests.printing.forms import COLLECTION, SCHOOL, fragment
from tests.printing.papers import fold, pages_of, poppler, text_of

PAYLOADS = [
    '<link rel=attachment href="file:///etc/passwd">',
    '<a rel=attachment href="file:///etc/passwd">x</a>',
    '<a rel="attachment" href="../../../etc/passwd">x</a>',
    '<a rel="attachment" href="%2e%2e/%2e%2e/etc/passwd">x</a>',
    '<img src="http://192.0.2.1/a.png">',
    '<base href="http://192.0.2.1/">',
    '<svg><image href="http://192.0.2.1/a.png"/></svg>',
    "<style>*{background:url(http://192.0.2.1/a.png)}</style>",
    '<style>@import "http://192.0.2.1/a.css";</style>',
    "<style>@font-face{font-family:x;src:url(http://192.0.2.1/x.ttf)}</style>",
    '<img src="file:///etc/hostname">',
    '<object data="file:///etc/hostname"></object>',
    "<title>別の題名</title>",
    '<a href="javascript:alert(1)">x</a>',
    '<div style="height:500cm">x</div>',
    '" onmouseover="alert(1)" x="',
    "</td></tr></table></article><h1>にせの様式</h1>",
    "{{ settings.SECRET_KEY }}{% include 'x' %}{0.__class__}",
]
EVERYTHING = "".join(PAYLOADS)
LISTS = {"kinds", "grounds", "forms"}


FLOW = {
    ("td", "class", "flow-cell"),
    ("table", "class", "flow"),
    ("tr", "class", "long"),
    ("td", "class", "flow-value"),
}
FLOW |= {("div", "class", "flow-label"), ("div", "class", "flow-text"), ("th", "scope", "col"), ("li", "class", "open")}
FLOW |= {("thead", "", ""), ("td", "", ""), ("td", "colspan", "8")}


class Markup(HTMLParser):
    """Collects every element with each of its attributes."""

    def __init__(self):
        super().__init__()
        self.found = set()

    def handle_starttag(self, tag, attrs):
        self.found |= {(tag, name, value) for name, value in attrs} or {(tag, "", "")}


def markup_of(html):
    parser = Markup()
    parser.feed(html)
    return parser.found


@pytest.mark.parametrize("payload", PAYLOADS)
def test_prints_markup_in_a_field_as_text(payload):
    printed = pdf.render_checked(
        [fragment("linkage-record", COLLECTION | {"purpose": payload})], title="電算結合記録票"
    )
    assert printed.refused == []
    assert fold(payload) in fold(text_of(printed.pdf))
    assert len(pages_of(printed.pdf)) == 1


@pytest.mark.parametrize(("code", "values"), [("linkage-record", COLLECTION), ("out-of-purpose-record", SCHOOL)])
def test_prints_markup_in_every_field_as_text(code, values):
    hostile = {key: EVERYTHING for key in values if key not in LISTS} | {
        key: values[key] for key in LISTS & set(values)
    }
    hostile |= {"kinds_other": EVERYTHING, "ground_law": EVERYTHING, "forms_other": EVERYTHING}
    html = fragment(code, hostile)
    assert markup_of(html) <= markup_of(fragment(code, values)) | FLOW
    assert html.count("<h1") == 1
    printed = pdf.render_checked([html], title="様式")
    assert printed.refused == []
    assert "Title:           様式\n" in poppler(printed.pdf, "pdfinfo", "-")


@pytest.mark.parametrize("baseline", [COLLECTION, {}])
def test_marks_changes_in_markup_without_letting_it_through(baseline):
    html = fragment("linkage-record", COLLECTION | {"purpose": EVERYTHING, "activity_number": "<b>1</b>"}, baseline)
    assert "<style" not in html
    assert "<img" not in html
    assert "<b>1" not in html


def test_ignores_codes_of_options_that_the_layout_does_not_know():
    html = fragment("out-of-purpose-record", SCHOOL | {"kinds": ["<script>", "family_register"]})
    assert "<script" not in html
    assert html.count("☑") == 2


def test_keeps_the_title_of_the_document_as_text():
    content = pdf.render([fragment("linkage-record", {})], title="</title><h1>にせ</h1>")
    assert "にせ" not in text_of(content)
    assert "</title><h1>にせ</h1>" in poppler(content, "pdfinfo", "-")


@pytest.fixture
def fetcher():
    return StaticOnly(pdf.static_root())


@pytest.mark.parametrize(
    "url",
    [
        "http://192.0.2.1/a.png",
        "https://192.0.2.1/a.png",
        "ftp://192.0.2.1/a.png",
        "file:///etc/passwd",
        "file://server/share/a.png",
        "file:{static}/../manage.py",
        "file:{static}/%2e%2e/manage.py",
        "file:{static}-other/a.css",
        "sheet.css",
        "",
    ],
)
def test_the_fetcher_refuses_whatever_is_not_a_static_file(url, fetcher):
    url = url.format(static=pdf.static_root())
    with pytest.raises(ValueError, match="refused"):
        fetcher.fetch(url)
    assert fetcher.refused == [url]


def test_the_fetcher_refuses_a_link_that_leads_out_of_the_folder(tmp_path):
    folder = tmp_path / "static"
    folder.mkdir()
    (folder / "link.txt").symlink_to(settings.BASE_DIR / "manage.py")
    with pytest.raises(ValueError, match="refused"):
        StaticOnly(folder).fetch((folder / "link.txt").as_uri())


def test_the_fetcher_reads_static_files_and_data(fetcher):
    assert b".sheet" in fetcher.fetch((pdf.static_root() / "css" / "sheet.css").as_uri()).read()
    assert fetcher.fetch("data:text/plain,abc").read() == b"abc"
    assert fetcher.refused == []


def test_a_strict_fetcher_stops_the_print():
    strict = StaticOnly(pdf.static_root(), strict=True)
    with pytest.raises(FatalURLFetchingError):
        HTML(string='<!doctype html><img src="file:///etc/hostname" alt="">', url_fetcher=strict).write_pdf()


def test_a_refused_address_is_reported_and_the_print_goes_on(expected_warnings):
    sheet = (
        '<article class="sheet"><h1 class="sheet-title">様式</h1><img src="file:///etc/hostname" alt="絵"></article>'
    )
    assert pdf.render([sheet], title="様式").startswith(b"%PDF")
    assert any("refused while printing: ['file:///etc/hostname']" in message for message in expected_warnings)


def test_an_unknown_rule_in_a_style_sheet_would_be_noticed(expected_warnings):
    HTML(string="<!doctype html><style>p{no-such-property:1}</style><p>x</p>").write_pdf()
    assert any("no-such-property" in message for message in expected_warnings)


def test_logging_of_the_engine_is_not_switched_off():
    assert logging.getLogger("weasyprint").isEnabledFor(logging.WARNING)
