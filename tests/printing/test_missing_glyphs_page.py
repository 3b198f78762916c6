"""The page that asks before 〓 is printed."""

from html.parser import HTMLParser

from django.template.loader import render_to_string

from printing import glyphs

TEXT = "外字\ue000と\u202eと<b>𪛞</b>"


class Links(HTMLParser):
    """Collects where the links of a page lead."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        if tag == "a":
            self.found.append(dict(attrs).get("href"))


def page():
    missing = glyphs.blocking(glyphs.missing(TEXT))
    context = {"record": "<i>見本</i>", "missing": missing, "back": "/records/1/", "again": "allow_missing=1"}
    return render_to_string("printing/missing_glyphs.html", context)


def test_names_each_character_with_its_code_point_and_the_reason():
    html = page()
    assert "U+E000" in html
    assert "字体に字形がない" in html
    assert "U+202E" in html
    assert "目に見えない制御文字" in html
    assert "\u202e" not in html


def test_offers_geta_and_the_way_back():
    links = Links()
    links.feed(page())
    assert "?allow_missing=1" in links.found
    assert "/records/1/" in links.found


def test_shows_the_name_of_what_was_to_be_printed_as_text():
    assert "&lt;i&gt;見本&lt;/i&gt;" in page()
