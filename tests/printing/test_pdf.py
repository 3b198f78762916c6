"""The PDF itself: accessible, the same every time, with the form's fonts and nothing else in it."""

import re
import subprocess
import sys
import zlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.conf import settings

from printing import pdf
from tests.printing.forms import COLLECTION, NURSERY, PAPERS, SCHOOL, fragment
from tests.printing.papers import fold, fonts_of, pages_of, poppler

ALLOWED_FONTS = {
    "BIZ-UDMincho",
    "Noto-Serif-CJK-JP",
    "DejaVu-Sans",  # ☑
    "BIZ-UDGothic-Bold",  # marked changes
    "Noto-Serif-CJK-JP-Bold",
    "DejaVu-Sans-Bold",
}


def two_forms():
    return [fragment("linkage-record", COLLECTION), fragment("out-of-purpose-record", SCHOOL)]


def inflated(content):
    """The PDF with its compressed parts opened, so that its dictionaries can be searched."""
    parts = [content]
    for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", content, re.DOTALL):
        try:
            parts.append(zlib.decompress(stream))
        except zlib.error:
            continue
    return b"\n".join(parts)


def test_starts_each_sheet_on_a_new_page():
    pages = pages_of(pdf.render(two_forms(), title="記録票"))
    assert len(pages) == 2
    assert "第５号様式" in pages[0]
    assert "第３号様式" in pages[1]


def test_is_tagged_and_titled_and_says_that_it_is_japanese():
    content = pdf.render(two_forms(), title="電算結合記録票 特別区民税・都民税に関する業務")
    info = poppler(content, "pdfinfo", "-")
    assert re.search(r"^Title: +電算結合記録票 特別区民税・都民税に関する業務$", info, re.MULTILINE)
    assert re.search(r"^Tagged: +yes$", info, re.MULTILINE)
    assert re.search(r"^Page size: .*A4", info, re.MULTILINE)
    opened = inflated(content)
    assert b"/Lang (ja)" in opened
    assert b"pdfuaid" in opened


def test_names_rows_as_headers_and_the_title_as_heading_for_a_screen_reader():
    structure = poppler(pdf.render(two_forms(), title="記録票"), "pdfinfo", "-struct", "-")
    assert structure.count("H1") == 2
    assert structure.count("TH") >= 9 + 12


def test_has_one_bookmark_per_sheet_with_the_plain_title(tmp_path):
    path = tmp_path / "forms.pdf"
    path.write_bytes(pdf.render(two_forms(), title="記録票"))
    outline = poppler(b"", "pdftohtml", "-xml", "-i", "-stdout", str(path))
    assert re.findall(r'<item page="\d+">([^<]+)</item>', outline) == ["電算結合記録票", "目的外利用記録票"]


def test_gives_the_same_bytes_twice():
    assert pdf.render(two_forms(), title="記録票") == pdf.render(two_forms(), title="記録票")


def test_gives_the_same_bytes_in_another_process():
    script = (
        "import django, sys; django.setup();"
        "from printing import pdf; from tests.printing.test_pdf import two_forms;"
        "sys.stdout.buffer.write(pdf.render(two_forms(), title='記録票'))"
    )
    other = subprocess.run(
        [sys.executable, "-c", script], cwd=settings.BASE_DIR, capture_output=True, check=True
    ).stdout
    assert other == pdf.render(two_forms(), title="記録票")


def test_gives_the_same_bytes_from_four_threads_at_once():
    with ThreadPoolExecutor(4) as threads:
        results = set(threads.map(lambda _: pdf.render(two_forms(), title="記録票"), range(8)))
    assert results == {pdf.render(two_forms(), title="記録票")}


@pytest.mark.parametrize("name", PAPERS)
def test_uses_the_fonts_of_the_form_and_refuses_no_address(name):
    code, values = PAPERS[name]
    printed = pdf.render_checked([fragment(code, values)], title=name)
    assert fonts_of(printed.pdf) <= ALLOWED_FONTS
    assert "BIZ-UDMincho" in fonts_of(printed.pdf)
    assert printed.refused == []


def test_shows_rare_characters_in_mincho_and_keeps_them_readable():
    rare = COLLECTION | {"purpose": "𠮷野、齐藤、辻\U000e0100、⑴、柴﨑、髙橋、ｶﾅ、①、㈱、Ⅰ、〓", "responsible": "𠮷"}
    content = pdf.render([fragment("linkage-record", rare)], title="電算結合記録票")
    assert fonts_of(content) == {"BIZ-UDMincho", "Noto-Serif-CJK-JP"}
    text = "".join(pages_of(content))
    assert all(word in text for word in ("𠮷野", "齐藤", "⑴", "柴﨑", "髙橋"))


def test_shows_furigana_above_its_word():
    ruby = '<article class="sheet"><h1 class="sheet-title">見本</h1><p><ruby>練馬<rt>ねりま</rt></ruby>区</p></article>'
    content = pdf.render([ruby], title="見本")
    boxes = poppler(content, "pdftotext", "-bbox", "-", "-")
    top = {word: float(y) for y, word in re.findall(r'yMin="([\d.]+)"[^>]*>([^<]+)</word>', boxes)}
    furigana = next(y for word, y in top.items() if "ねりま" in word)
    assert furigana < next(y for word, y in top.items() if "練馬" in word)


def test_prints_a_wave_dash_that_cannot_start_a_line():
    content = pdf.render([fragment("linkage-record", NURSERY | {"purpose": "午前9時～午後5時"})], title="見本")
    assert "午前9時\u301c午後5時" in "".join(pages_of(content))


def test_breaks_no_line_inside_a_full_width_number():
    purpose = "あ" * 29 + "０１０２－０１に係る業務"
    text = "".join(pages_of(pdf.render([fragment("linkage-record", NURSERY | {"purpose": purpose})], title="見本")))
    assert "０１０２－０１" in text


def test_marks_change_the_look_of_words_and_not_the_words():
    now = COLLECTION | {"linked_on": "令和4年7月", "purpose": COLLECTION["purpose"].replace("経費削減", "経費の削減")}
    plain = pdf.render([fragment("linkage-record", now)], title="電算結合記録票")
    marked = pdf.render([fragment("linkage-record", now, COLLECTION)], title="電算結合記録票")
    assert fold("".join(pages_of(marked))) == fold("".join(pages_of(plain)))
    assert fonts_of(marked) - fonts_of(plain) == {"BIZ-UDGothic-Bold"}


def test_stays_small():
    assert len(pdf.render([fragment("linkage-record", COLLECTION)], title="電算結合記録票")) <= 60_000


def test_style_sheets_hold_no_address():
    for name in pdf.STYLESHEETS:
        text = (Path(settings.BASE_DIR) / "static" / name).read_text()
        assert "url(" not in text
        assert "@import" not in text


def test_warming_up_prints_a_sheet_without_complaint():
    pdf.warm_up()
