"""The same filing without a mouse, and without scripts."""

from playwright.sync_api import expect

from organization.demo import DEMO_PASSWORD
from tests.e2e.drafts import PURPOSE
from tests.e2e.filing import (
    COLLECTION,
    COLLECTION_SHEETS,
    COLLECTION_TITLE,
    field,
    file_collection,
    heading,
    sign_in,
    state,
    take_step,
)

MOST_STOPS = 120  # a record has rows for its grounds, its flow and those behind the partner


class Keyboard:
    """A person who has only keys: Tab, Shift+Tab, Space, Enter, arrows and letters."""

    def __init__(self, page):
        self.page = page
        self._keys = page.keyboard

    def go_to(self, target):
        """Press Tab until `target` has the focus."""
        for _stop in range(MOST_STOPS):
            if target.evaluate("element => element === document.activeElement"):
                return
            self._keys.press("Tab")
        raise AssertionError(f"the keyboard does not reach {target}")

    def press(self, role, name):
        """Enter on the link or button of that name."""
        self.go_to(self.page.get_by_role("main").get_by_role(role, name=name, exact=True).first)
        self._keys.press("Enter")

    def tick(self, target):
        """Space on a box, unless it is ticked."""
        self.go_to(target)
        if not target.is_checked():
            self._keys.press("Space")

    def type(self, label, text):
        """Type into a field in place of what stands there."""
        self.go_to(field(self.page, label))
        self._keys.press("Control+A")
        self._keys.insert_text(text)


def test_the_whole_filing_with_keys_alone(ward):
    page = ward.window()
    keys = Keyboard(page)
    page.goto("/")
    keys.type("利用者名", "shuno-tanto")
    keys.type("パスワード", DEMO_PASSWORD)
    page.keyboard.press("Enter")
    expect(heading(page)).to_have_text("はじめの画面")

    keys.press("link", "案件をつくる")
    expect(heading(page)).to_have_text("案件をつくる")
    keys.type("件名", COLLECTION_TITLE)
    keys.press("button", "つくって記録票へ")
    expect(heading(page)).to_have_text("記録票の追加")
    keys.go_to(page.get_by_label("電算結合記録票"))
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("目的外利用記録票")).to_be_checked()
    page.keyboard.press("ArrowUp")
    for business in COLLECTION_SHEETS:
        keys.tick(page.get_by_label(business))
    keys.press("button", "追加する")

    expect(page.get_by_role("heading", name="紙の見え方")).to_be_visible()
    for label, text in COLLECTION.items():
        keys.type(label, text)
    keys.tick(page.get_by_label("3枚とも同じ内容に"))
    keys.press("button", "保存")
    expect(page.locator(".messages")).to_contain_text("保存しました")
    keys.press("link", "案件を見る")
    expect(heading(page)).to_have_text(COLLECTION_TITLE)
    keys.press("link", "課長の確認に出す")
    expect(heading(page)).to_have_text("課長の確認に出す")
    keys.press("button", "課長の確認に出す")
    expect(state(page)).to_have_text("課長承認待ち")
    expect(page.get_by_text("提出までに必要")).to_have_count(0)


def test_the_cursor_starts_at_the_summary_of_a_refused_form(ward):
    page = ward.window("shuno-tanto")
    page.goto("/proposals/new/")
    Keyboard(page).press("button", "つくって記録票へ")
    expect(page.get_by_role("alert")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(field(page, "件名")).to_be_focused()


def test_the_whole_filing_without_scripts(ward):
    clerk, head = (ward.window(java_script_enabled=False) for _person in range(2))
    sign_in(clerk, "shuno-tanto")
    file_collection(clerk)
    take_step(clerk, "課長の確認に出す")
    expect(state(clerk)).to_have_text("課長承認待ち")
    sign_in(head, "shuno-kacho")
    head.get_by_role("link", name=COLLECTION_TITLE).first.click()
    take_step(head, "承認して提出する")
    expect(state(head)).to_have_text("提出済")


def test_the_sheet_stands_beside_the_fields_without_scripts(ward):
    page = ward.window("shuno-tanto", java_script_enabled=False)
    file_collection(page)
    page.get_by_role("link", name="編集する").first.click()
    expect(page.locator('.sheet [data-field="purpose"]')).to_have_text(PURPOSE)
    field(page, "結合年月日").fill("令和4年2月30日")
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("令和4年2月30日")
    expect(page.locator('.sheet [data-field="linked_on"]').first).to_contain_text("令和4年2月30日")
