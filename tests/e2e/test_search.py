"""検索 in the browser: results as somebody types, variants and old names, with nothing but the keyboard."""

import os
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import expect

from history.writing import SYSTEM
from organization.models import Department
from registry.services import register_activity
from tests.registry.factories import registered_activity, submitted_change_of


def look(page, name):
    """A picture for whoever looks at the pages; only when a folder for it is named."""
    if folder := os.environ.get("SCREENSHOTS"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


@pytest.fixture
def renamed(ward):
    """A business that had another name, in old characters."""
    department = Department.objects.get(name="健康推進課")
    first = registered_activity(department, name="柴﨑髙齢者保健相談", number_as_printed="0799-01")
    register_activity(submitted_change_of(first, name="健康相談の業務"), on=date(2022, 4, 1), actor=SYSTEM)


@pytest.mark.main_flow
def test_from_any_page_by_the_keyboard_alone(ward, renamed):
    page = ward.window("shuno-tanto")
    page.goto("/")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "bar-search"
    page.keyboard.type("保健")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=*")
    results = page.get_by_role("region", name="検索の結果")
    expect(results.get_by_role("link", name="母子保健に関する業務", exact=True)).to_be_visible()
    look(page, "search")
    page.keyboard.press("/")
    page.keyboard.type("柴崎高齢")
    expect(results.get_by_role("listitem")).to_have_count(1)
    expect(results).to_contain_text("業務の名称（以前の内容）")
    expect(results.locator("mark")).to_have_text("柴﨑髙齢")
    page.keyboard.press("Tab")
    for _ in range(20):  # past the kinds
        if page.evaluate("document.activeElement.textContent") == "健康相談の業務":
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("健康相談の業務")
    page.go_back()
    expect(page.get_by_role("heading", level=1, name="検索")).to_be_visible()
    expect(page.get_by_role("region", name="検索の結果")).to_contain_text("健康相談の業務")


def test_results_come_while_typing_without_a_new_page(ward, renamed):
    page = ward.window("shuno-tanto")
    page.goto("/search/")
    page.evaluate("window.stays = true")
    page.keyboard.type("保健")
    expect(page.get_by_text("見つかりました")).to_be_visible()
    assert page.evaluate("window.stays")
    assert "q=" in page.url
    page.get_by_role("link", name="業務登録", exact=True).last.click()
    page.wait_for_url("**kind=activity*")
    page.keyboard.press("/")
    page.keyboard.type("該当しないことば")
    expect(page.get_by_text("「該当しないことば」は見つかりませんでした。")).to_be_visible()
    assert "kind=activity" in page.url
    look(page, "search-nothing")


def test_without_javascript_the_same_is_found(ward, renamed):
    page = ward.window("shuno-tanto", java_script_enabled=False)
    page.goto("/")
    page.get_by_label("台帳の全体から探す").fill("０７９９－０１")
    page.get_by_label("台帳の全体から探す").press("Enter")
    expect(page.get_by_role("link", name="健康相談の業務")).to_be_visible()


def test_the_list_of_businesses_says_that_it_was_found_by_an_old_name(ward, renamed):
    page = ward.window("shuno-tanto")
    page.goto("/activities/")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "list-search"
    page.keyboard.type("柴崎")
    page.keyboard.press("Enter")
    expect(page.get_by_text("以前の内容で見つかりました")).to_be_visible()
    look(page, "activity-list-search")
