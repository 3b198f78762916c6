"""様式の一覧の絵: every sheet of the demo wards, printed and looked at; `PICTURES=docs/images` keeps the pictures."""

import os
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone
from PIL import Image

from printing import output, sheets
from records.demo import load_ward
from tests.printing.papers import poppler

pytestmark = [pytest.mark.django_db, pytest.mark.only_on("sqlite")]

DOTS_PER_INCH = 60
MARGIN = 10 * DOTS_PER_INCH // 25.4  # 10 mm at least stay white on paper
GREYS = 8
MOST_PAGES = 2  # of a long one: its beginning
# No layout of its own: the 次第 and the papers, each shown for itself.
BOUND = {"packet"}
PAGE = Path(settings.BASE_DIR) / "docs" / "sheets.md"
# Sheets of which a demo ward shows several, since one does not look like the other: the numbers of its rows.
ROWS = {
    ("nerima", "paper"): range(7),
    ("nerima", "out-of-purpose-record"): range(2),
    ("nerima", "outsourcing-record"): (0, 2),
    ("nerima", "linkage-record"): (0, 3),
    ("shinjuku", "paper"): range(4),
    ("shinjuku", "checklist"): range(3),
}


def printed(sheet, row, folder):
    """The pages of one row as pictures in grey, in their order."""
    pdf = output.print_rows(sheet, [row], today=timezone.localdate(), allow_missing=True)
    poppler(pdf, "pdftoppm", "-r", str(DOTS_PER_INCH), "-gray", "-png", "-", folder / "page")
    return [Image.open(path) for path in sorted(folder.glob("page*.png"))]


def white_edge(page):
    """How many dots stay white at the narrowest side."""
    left, upper, right, lower = page.point(lambda grey: 255 if grey < 128 else 0).getbbox()
    return min(left, upper, page.width - right, page.height - lower)


@pytest.mark.parametrize("ward", ["nerima", "shinjuku"])
def test_every_sheet_of_a_demo_ward_stays_within_its_paper_and_has_its_picture_in_the_docs(ward, tmp_path):
    load_ward(ward)
    album = Path(os.environ.get("PICTURES", tmp_path)) / "sheets"
    album.mkdir(parents=True, exist_ok=True)
    told, shown = PAGE.read_text(), []
    for sheet in sheets.all_sheets():
        if sheet.code in BOUND:
            continue
        rows = list(sheet.queryset().order_by("pk")[:20])
        for place in ROWS.get((ward, sheet.code), range(min(1, len(rows)))):
            folder = tmp_path / f"{sheet.code}-{place}"
            folder.mkdir()
            for number, page in enumerate(printed(sheet, rows[place], folder)[:MOST_PAGES], 1):
                name = f"{ward}-{sheet.code}-{place + 1}-{number}.png"
                assert white_edge(page) > MARGIN, name
                page.quantize(GREYS).save(album / name, optimize=True)
                shown.append(f"images/sheets/{name}")
    assert [name for name in shown if name not in told] == []


def test_every_kind_of_sheet_stands_in_the_docs():
    told = PAGE.read_text()
    assert [sheet.code for sheet in sheets.all_sheets() if f"`{sheet.code}`" not in told] == []
