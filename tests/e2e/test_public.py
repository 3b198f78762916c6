"""公表のページ in a browser without JavaScript: search, open, compare with the open data, on a telephone too."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.main_flow


@pytest.mark.parametrize("width", [1366, 360])
def test_somebody_finds_an_entry_and_its_open_data_say_the_same(ward, width):
    page = ward.window(viewport={"width": width, "height": 768}, java_script_enabled=False)
    page.goto("/public/")
    page.get_by_role("searchbox", name="公表した記載と会議要録を探す").fill("にんぷ")
    page.get_by_role("button", name="探す").click()
    expect(page.get_by_text("をふくむ記載や会議要録はありません")).to_be_visible()
    page.get_by_role("searchbox", name="公表した記載と会議要録を探す").fill("妊婦　情報")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="見本：妊婦情報ファイル").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("見本：妊婦情報ファイル")
    assert "/public/files/" in page.url
    entry = page.request.get(page.get_by_role("link", name="この記載（JSON）").get_attribute("href")).json()["entry"]
    shown = {field: page.locator(f"[data-field={field}]").inner_text() for field in _fields(page)}
    assert shown == {field: entry[field] or "―" for field in shown}
    assert {"name", "purpose", "items", "scope", "recipients"} <= shown.keys()
    assert page.context.cookies() == []
    ward.settle()


def _fields(page):
    return [place.get_attribute("data-field") for place in page.locator("[data-field]").all()]


def test_the_list_is_narrowed_down_by_keyboard_alone(ward):
    page = ward.window()
    page.goto("/public/activities/")
    page.get_by_label("所管課").select_option("区民部 収納課")
    page.get_by_label("基準日").fill("R2.4.1")
    page.get_by_label("基準日").press("Enter")
    expect(page.get_by_role("link", name="軽自動車税に関する業務")).to_be_visible()
    expect(page.get_by_role("link", name="母子保健に関する業務")).to_have_count(0)
    assert "as_of=R2.4.1" in page.url
    page.get_by_role("link", name="条件をすべて消す").click()
    expect(page.get_by_role("link", name="母子保健に関する業務")).to_be_visible()


def test_the_way_from_staff_to_public_and_back_shows_no_staff_navigation(ward):
    page = ward.window("kokai-tanto")
    page.goto("/public/")
    expect(page.get_by_role("navigation", name="主なメニュー")).to_contain_text("業務登録簿")
    expect(page.get_by_text("ログアウト")).to_have_count(0)
    page.get_by_role("link", name="職員のログイン").click()
    expect(page.get_by_role("button", name="ログアウト")).to_be_visible()
