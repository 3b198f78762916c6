"""The pictures of docs/, taken from the running ward; `PICTURES=docs/images` keeps them there."""

import os
import re
from pathlib import Path

import pytest

from printing.pdf import render
from records.models import LinkageVersion, OutOfPurposeUseVersion, Paper
from tests.e2e.drafts import FILLED, collection_draft, paper_of_a_change, send_to_the_office, submitted_use
from tests.e2e.filing import field
from tests.printing.papers import poppler
from tests.records.papers import PAPERS, fragment

DOTS_PER_INCH = "80"
SMALL = "60"


@pytest.fixture
def album(tmp_path):
    """Where the pictures go."""
    folder = Path(os.environ.get("PICTURES", tmp_path))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def size(picture):
    """Width and height of a PNG, from its header."""
    head = picture.read_bytes()[16:24]
    return int.from_bytes(head[:4]), int.from_bytes(head[4:])


def test_the_edit_page_of_the_collection_case(ward, album):
    record = collection_draft(**FILLED)
    page = ward.window("shuno-tanto")
    page.goto(f"/records/linkage/{record.pk}/edit/")
    place = field(page, "結合年月日")
    place.fill("")
    place.press_sequentially("R4.6")
    page.locator(".echo", has_text="令和4年6月").wait_for()
    page.locator("[data-saved]", has_text="に保存しました").wait_for()
    page.locator('.sheet [data-field="linked_on"]', has_text=re.compile("令和4年6月")).wait_for()
    place.evaluate("field => field.scrollIntoView({block: 'center'})")
    page.screenshot(path=album / "edit.png")
    assert size(album / "edit.png") == (1366, 768)


def test_the_checks_of_a_paper(ward, album):
    paper = Paper.objects.get(layout_code="paper-linkage", proposal__status="draft")
    page = ward.window("koseki-tanto")
    page.goto(f"/proposals/{paper.proposal_id}/checks/")
    page.get_by_role("heading", name="K2").evaluate("heading => heading.scrollIntoView({block: 'center'})")
    page.screenshot(path=album / "checks.png")
    assert size(album / "checks.png") == (1366, 768)


def test_the_first_page_of_the_office(ward, album):
    send_to_the_office(collection_draft(**FILLED))
    submitted_use()
    page = ward.window("kokai-tanto")
    page.goto("/")
    page.get_by_role("heading", name="受付を待っている案件").wait_for()
    page.screenshot(path=album / "home.png")
    assert size(album / "home.png") == (1366, 768)


@pytest.mark.parametrize(
    ("name", "model", "username"),
    [("form5", LinkageVersion, "shuno-tanto"), ("form3", OutOfPurposeUseVersion, "shien-tanto")],
)
def test_an_official_sheet(ward, album, name, model, username):
    kind = {"form5": "linkage", "form3": "out-of-purpose"}[name]
    pdf = ward.window(username).request.get(f"/records/{kind}/{model.objects.earliest('pk').pk}/sheet.pdf").body()
    pages = poppler(pdf, "pdfinfo", "-")
    assert re.search(r"^Pages:\s+1$", pages, re.MULTILINE)
    poppler(pdf, "pdftoppm", "-r", DOTS_PER_INCH, "-png", "-singlefile", "-", album / name)
    assert size(album / f"{name}.png") == (662, 936)


def test_the_edit_page_of_a_paper(ward, album):
    draft = paper_of_a_change()
    page = ward.window("zeimu-tanto")
    page.goto(f"/papers/{draft.pk}/edit/")
    page.locator("#id_text_start").fill("平成２５年５月")
    page.locator('.sheet [data-field="start"]', has_text="平成２５年５月").wait_for()
    page.screenshot(path=album / "paper.png")
    assert size(album / "paper.png") == (1366, 768)


@pytest.mark.parametrize(
    ("name", "key"), [("paper-linkage", "linkage-collection"), ("paper-shinjuku", "shinjuku-linkage")]
)
def test_a_paper_of_the_sources(album, name, key):
    sheet = render([fragment(PAPERS[key], number="資料１")], title=name)
    poppler(sheet, "pdftoppm", "-r", SMALL, "-gray", "-png", "-singlefile", "-", album / name)
    assert size(album / f"{name}.png") == (497, 702)
