"""書き出し in the browser: the file has the rows of the filtered list, and no character is lost unasked."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import expect

from common.tables.reading import read_table
from organization.models import Department
from tests.registry.factories import registered_activity
from tests.ui.test_access import findings


def look(page, name):
    """A picture for whoever looks at the pages; only when a folder for it is named."""
    if folder := os.environ.get("SCREENSHOTS"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def choose(page, label):
    """Open the menu and take one of its files: the first of that name is 「一覧の項目」."""
    page.locator("summary", has_text="書き出す").click()
    page.get_by_role("link", name=label).first.click()


def saved(page, click):
    """The file that a click brings, as a table."""
    with page.expect_download() as found:
        click()
    name = found.value.suggested_filename
    return name, read_table(name, Path(found.value.path()).read_bytes())


@pytest.fixture
def officer(ward):
    """A window of 情報公開課."""
    return ward.window("kokai-tanto", accept_downloads=True)


def rows_shown(page):
    """The texts of the list's rows, as they stand on the page."""
    rows = page.locator("tbody tr").all()
    return [[" ".join(cell.split()) for cell in row.locator("th, td:not(.pick)").all_inner_texts()] for row in rows]


@pytest.mark.main_flow
def test_the_file_has_the_rows_of_the_filtered_list(officer):
    officer.goto("/activities/?as_of=R4.6.1&q=税")
    shown = rows_shown(officer)
    assert len(shown) > 1
    for label, name in [("CSV（UTF-8）", "業務登録_20220601.csv"), ("Excel（.xlsx）", "業務登録_20220601.xlsx")]:
        found, table = saved(officer, lambda label=label: choose(officer, label))
        assert found == name
        assert [row.cells for row in table.rows] == shown
        expect(officer.locator("details.menu")).not_to_have_attribute("open", "")


def test_the_menu_is_used_by_keyboard(officer):
    officer.goto("/activities/")
    summary = officer.locator("summary", has_text="書き出す")
    summary.focus()
    officer.keyboard.press("Enter")
    expect(officer.get_by_role("link", name="CSV（UTF-8）").first).to_be_visible()
    # The open menu lies over a part of the box beneath it, until Escape or a click takes it away.
    assert [each for each in findings(officer) if "#list-department" not in each] == []
    look(officer, "menu")
    officer.keyboard.press("Escape")
    expect(officer.get_by_role("link", name="CSV（UTF-8）").first).to_be_hidden()
    expect(summary).to_be_focused()
    officer.keyboard.press("Enter")
    officer.keyboard.press("Tab")
    name, table = saved(officer, lambda: officer.keyboard.press("Enter"))
    assert name.startswith("業務登録_")
    assert table.encoding == "cp932"


def test_the_menu_opens_without_scripts_and_stays_on_a_narrow_screen(ward):
    page = ward.window("kokai-tanto", java_script_enabled=False, viewport={"width": 320, "height": 640})
    page.goto("/personal-files/")
    page.locator("summary", has_text="書き出す").click()
    link = page.get_by_role("link", name="Excel（.xlsx）").first
    expect(link).to_be_visible()
    look(page, "menu-320")
    box = page.locator(".menu-box").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 320


def test_what_cp932_cannot_hold_is_shown_before_it_is_lost(officer):
    department = Department.objects.get(name="収納課")
    registered_activity(department, name="一齐送信の業務", number_as_printed="9901-01")
    registered_activity(department, name="𠮷田様の業務", number_as_printed="9901-02")
    officer.goto("/activities/?q=の業務")
    choose(officer, "CSV（CP932")
    expect(officer.get_by_role("heading", level=1)).to_have_text("業務登録の書き出し")
    expect(officer.get_by_role("status")).to_contain_text("CP932で書けない文字が2か所あります")
    assert [row[1:] for row in rows_shown(officer)] == [
        ["業務の名称", "齐", "U+9F50", "〓"],
        ["業務の名称", "𠮷", "U+20BB7", "〓"],
    ]
    assert findings(officer) == []
    look(officer, "replaced")
    _, table = saved(officer, officer.get_by_role("link", name="置き換えてCP932で書き出す").click)
    assert [row.cells[1] for row in table.rows][-2:] == ["一〓送信の業務", "〓田様の業務"]
    name, report = saved(officer, officer.get_by_role("link", name="置き換える文字の一覧（CSV）").click)
    assert "置換文字" in name
    assert [row.cells[2] for row in report.rows] == ["齐", "𠮷"]
    _, table = saved(officer, officer.get_by_role("link", name="CSV（UTF-8）で書き出す").click)
    assert [row.cells[1] for row in table.rows][-2:] == ["一齐送信の業務", "𠮷田様の業務"]
    officer.get_by_role("link", name="一覧に戻る").click()
    expect(officer.get_by_role("heading", level=1)).to_have_text("業務登録")
