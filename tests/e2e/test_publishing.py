"""公表の記入 in the browser: what the rule says, a confirmation against it, a wrong day, what is left out."""

import os
import re
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import expect

from organization.models import Department
from tests.e2e.filing import field
from tests.file_register.factories import counted, entry_of_old, registered_file
from tests.ui.test_access import findings


def look(page, name):
    """A picture for whoever looks at the pages; only when a folder for it is named."""
    if folder := os.environ.get("SCREENSHOTS"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


@pytest.fixture
def office(ward):
    """A window of the disclosure office."""
    return ward.window("kokai-tanto")


def small_file(**values):
    return counted(registered_file(Department.objects.get(name="収納課"), **values), "999人")


def test_a_small_file_is_published_only_when_somebody_confirms_it(office):
    version = small_file()
    office.goto(f"/personal-files/{version.file_id}/publish/")
    expect(office.get_by_role("region", name="掲載の要否")).to_contain_text("本人の数が1,000人に満たない")
    field(office, "公表日").fill("R8.4.1")
    look(office, "publish-ask")
    office.get_by_role("button", name="公表したと記入する").click()
    expect(office.get_by_role("alert")).to_contain_text("確認の印と理由を記入してください")
    look(office, "publish-refused")
    assert findings(office) == []
    office.get_by_label(re.compile("掲載の要否と違うことを確かめて公表した")).check()
    office.get_by_label(re.compile("^掲載の要否と違う公表の理由")).fill("区の判断により掲載した")
    office.get_by_role("button", name="公表したと記入する").click()
    expect(office.get_by_role("region", name="公表", exact=True)).to_contain_text("令和8年4月1日公表")


def test_a_removal_written_for_a_day_ahead_is_put_right(office):
    entry = entry_of_old(small_file().file.versions.get(), removed_on=date(2099, 11, 15))
    office.goto(f"/personal-files/{entry.file_id}/")
    public = office.get_by_role("region", name="公表", exact=True)
    expect(public).to_contain_text("公表中")
    expect(public).to_contain_text("先の日付：要訂正")
    look(office, "entry-ahead")
    assert findings(office) == []
    public.get_by_role("link", name="訂正").click()
    look(office, "correct-days")
    assert findings(office) == []
    field(office, "消除日").fill("R8.4.1")
    office.get_by_label(re.compile("^理由")).fill("日の誤記")
    office.get_by_role("button", name="公表の日を訂正する").click()
    expect(public).to_contain_text("消除済")


def test_staff_read_what_everybody_is_told_is_left_out(office):
    version = small_file(
        items="1氏名、2庁内の項目",
        recipients="庁内の提供先",
        withheld_parts=["items", "recipients"],
        published_items="1氏名",
        withholding_reason="事務に著しい支障があるため",
    )
    entry_of_old(version)
    office.goto(f"/personal-files/{version.file_id}/")
    expect(office.get_by_role("region", name="公表しない事項")).to_contain_text("庁内の提供先")
    look(office, "withheld-staff")
    assert findings(office) == []
    office.goto(f"/public/files/{version.file.token}/")
    expect(office.locator('[data-field="recipients"]')).to_have_text("（法第75条第3項の規定により掲載しない）")
    look(office, "withheld-public")
    assert "庁内の" not in office.content()
