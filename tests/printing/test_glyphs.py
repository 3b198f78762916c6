"""Which characters cannot be printed, and what is done about them (printing.md §4)."""

import pytest

from printing import glyphs, output, pdf
from printing.errors import MissingGlyphs
from tests.printing.forms import COLLECTION, PAPERS, fragment
from tests.printing.papers import fonts_of, text_of

GAIJI = "\ue000"


def test_finds_nothing_in_the_papers_of_the_ward():
    assert glyphs.missing("".join(fragment(code, values) for code, values in PAPERS.values())) == []


@pytest.mark.parametrize(
    "text", ["﨑髙廣①㈱Ⅰ〓〜～‐−□■✓―㋿", "𠮷齐⑴", "☑☐", "辻\U000e0100", "葛\U000e0101", "か\u3099", "\tA\n"]
)
def test_accepts_what_one_of_the_two_mincho_fonts_shows(text):
    assert glyphs.missing(text) == []


@pytest.mark.parametrize(
    ("char", "label", "kind"),
    [
        (GAIJI, "U+E000", "absent"),  # 外字 of an old system
        ("😀", "U+1F600", "absent"),
        ("ب", "U+0628", "absent"),  # only DejaVu has it, and DejaVu is there for ☑ alone
        ("\u202e", "U+202E", "invisible"),  # turns the text behind it around
        ("\u200b", "U+200B", "invisible"),
        ("\x07", "U+0007", "invisible"),
        ("区\U000e01ef", "U+533A U+E01EF", "variant"),
    ],
)
def test_names_the_character_its_code_point_and_what_is_wrong(char, label, kind):
    assert glyphs.missing(f"練馬{char}です") == [glyphs.Missing(char, label, kind)]


def test_names_each_character_once_in_the_order_of_the_text():
    assert [item.char for item in glyphs.missing(f"😀あ{GAIJI}い😀")] == ["😀", GAIJI]


def test_a_variant_warns_but_does_not_stop_a_print():
    assert glyphs.blocking(glyphs.missing("区\U000e01ef")) == []
    assert output.checked(["区\U000e01ef"], allow_missing=False) == ["区\U000e01ef"]


def test_refuses_to_print_with_a_message_that_names_the_characters():
    with pytest.raises(MissingGlyphs) as refusal:
        output.checked(
            [fragment("linkage-record", COLLECTION | {"purpose": f"外字{GAIJI}と\u202e"})], allow_missing=False
        )
    assert str(refusal.value) == f"様式の字体にない文字があります: U+E000 {GAIJI}、U+202E"
    assert [item.kind for item in refusal.value.missing] == ["absent", "invisible"]


def test_prints_geta_when_that_is_allowed():
    html = fragment("linkage-record", COLLECTION | {"purpose": f"外字{GAIJI}と😀と\u202eabc"})
    content = pdf.render(output.checked([html], allow_missing=True), title="電算結合記録票")
    assert "外字〓と〓とabc" in text_of(content)
    assert fonts_of(content) == {"BIZ-UDMincho"}


def test_says_in_japanese_why_a_character_does_not_print():
    reasons = [item.reason for item in glyphs.missing(f"{GAIJI}\u200b区\U000e01ef")]
    assert reasons == ["字体に字形がない", "目に見えない制御文字", "異体字の字形がない（もとの字形で印刷される）"]


def test_a_font_that_is_not_installed_is_named():
    with pytest.raises(glyphs.FontNotInstalled, match="No Such Mincho"):
        glyphs.find_font("No Such Mincho")
