"""Autosave and preview: the draft is kept, the sheet follows, and an ended session loses nothing."""

import pytest
from playwright.sync_api import expect

from tests.ui.site import SEEN
from tests.ui.test_typing import PURPOSE, compose

# No database is asked: one run is enough, on the engine that a quick run takes.
pytestmark = pytest.mark.only_on("sqlite")


def test_the_sheet_follows_the_text_and_the_draft_is_kept_at_pauses_only(ui, watched):
    watched.goto(ui + "/editor/")
    watched.get_by_label(PURPOSE).fill("")
    watched.get_by_label(PURPOSE).press_sequentially("業務量を削減する。", delay=20)
    expect(watched.locator(".sheet [data-field=purpose]")).to_have_text("業務量を削減する。")
    assert SEEN.saved[-1]["r1-purpose"] == "業務量を削減する。"
    assert len(SEEN.saved) <= 3  # a busy machine may pause; nine letters are not nine drafts
    assert "csrfmiddlewaretoken" in SEEN.saved[0]


def test_the_line_says_when_the_draft_was_kept(ui, watched):
    watched.goto(ui + "/editor/")
    watched.get_by_label(PURPOSE).fill("効率化")
    line = watched.locator("[data-saved]")
    line.get_by_text("分に保存しました").wait_for()
    assert line.get_attribute("role") == "status"


def test_nothing_is_sent_while_the_input_method_converts(ui, watched):
    watched.goto(ui + "/editor/")
    watched.focus("#id_r1-purpose")
    compose(watched, "こうりつか")
    watched.wait_for_timeout(600)
    assert SEEN.saved == []
    watched.context.new_cdp_session(watched).send("Input.insertText", {"text": "効率化"})
    watched.get_by_text("分に保存しました").wait_for()
    assert "効率化" in SEEN.saved[-1]["r1-purpose"]


def test_the_box_of_the_field_in_focus_is_marked_and_stays_so_in_the_new_sheet(ui, watched):
    watched.goto(ui + "/editor/")
    watched.get_by_label(PURPOSE).fill("効率化")
    watched.get_by_text("分に保存しました").wait_for()
    assert watched.locator(".is-cur").get_attribute("data-field") == "purpose"
    watched.get_by_label("結合年月日").focus()
    assert watched.locator(".is-cur").get_attribute("data-field") == "linked_on"


def test_boxes_that_must_still_be_filled_are_marked(ui, watched):
    watched.goto(ui + "/editor/")
    marked = watched.locator(".is-miss").evaluate_all("cells => cells.map((cell) => cell.dataset.field)")
    assert marked == ["number", "linked_on"]


def test_a_click_on_a_box_moves_the_cursor_to_its_field(ui, watched):
    watched.goto(ui + "/editor/")
    watched.locator(".sheet [data-field=kinds]").click()
    assert watched.evaluate("document.activeElement.name") == "r1-kinds"
    watched.locator(".sheet [data-field=purpose]").click()
    assert watched.evaluate("document.activeElement.id") == "id_r1-purpose"


def test_a_box_with_another_name_than_its_field_is_tied_to_it_both_ways(ui, watched):
    watched.goto(ui + "/editor/")
    watched.locator(".sheet [data-field=organ]").click()
    assert watched.evaluate("document.activeElement.name") == "r1-department"
    assert watched.locator(".is-cur").get_attribute("data-field") == "organ"


def test_an_ended_session_keeps_the_text_and_says_what_to_do(ui, watched):
    watched.goto(ui + "/editor/")
    SEEN.session_over = True
    watched.get_by_label(PURPOSE).fill("長い説明")
    line = watched.locator("[data-saved]")
    line.get_by_text("ログインの期限が切れました。").wait_for()
    watched.get_by_role("button", name="課長の確認に出す").click()  # would lead to the sign-in page and lose the text
    assert watched.url == ui + "/editor/"
    assert watched.get_by_label(PURPOSE).input_value() == "長い説明"
    assert SEEN.sent == []


def test_after_signing_in_again_the_draft_is_kept_and_can_be_filed(ui, watched):
    watched.goto(ui + "/editor/")
    SEEN.session_over = True
    watched.get_by_label(PURPOSE).fill("長い説明")
    again = watched.get_by_role("button", name="もういちど保存")
    again.wait_for()
    SEEN.session_over = False
    again.click()
    watched.get_by_text("分に保存しました").wait_for()
    watched.get_by_role("button", name="課長の確認に出す").click()
    watched.wait_for_url("**/list/")
    assert SEEN.sent[0]["r1-purpose"] == "長い説明"


def test_a_broken_connection_is_said_and_tried_again(ui, page):
    page.goto(ui + "/editor/")
    page.route("**/autosave/", lambda route: route.abort())
    page.get_by_label(PURPOSE).fill("効率化")
    page.get_by_text("保存できていません。").wait_for()
    page.unroute("**/autosave/")
    page.get_by_text("分に保存しました").wait_for(timeout=10_000)
    assert SEEN.saved[-1]["r1-purpose"] == "効率化"
