"""Fragments: a form that htmx sends is shown again with its mistakes, under the strict security header."""

import pytest
from playwright.sync_api import Page

from tests.ui.site import SEEN

# No database is asked: one run is enough, on the engine that a quick run takes.
pytestmark = pytest.mark.only_on("sqlite")


@pytest.fixture
def reason(ui: str, page: Page) -> Page:
    """The page of a form that htmx sends. Not `watched`: the browser's console calls an answer of 422 an error."""
    page.goto(ui + "/reason/", wait_until="networkidle")
    return page


def test_an_answer_of_422_takes_the_form_s_place_and_the_focus(ui, reason):
    reason.evaluate("document.querySelector('h1').dataset.same = 'page'")
    reason.get_by_role("button", name="差し戻す").click()
    reason.get_by_role("alert").get_by_text("理由を入力してください。").wait_for()
    assert reason.locator("h1").get_attribute("data-same") == "page"  # only the form was exchanged
    reason.wait_for_function("document.activeElement.getAttribute('role') === 'alert'")
    assert reason.url == ui + "/reason/"


def test_a_right_answer_leads_on(ui, reason):
    reason.get_by_label("理由").fill("期間の行が残っています。")
    reason.get_by_role("button", name="差し戻す").click()
    reason.wait_for_url("**/list/")
    assert SEEN.sent == [{"reason": "期間の行が残っています。"}]


def test_two_clicks_on_a_fragment_s_button_send_once(ui, reason):
    SEEN.seconds_to_answer = 0.5
    reason.get_by_label("理由").fill("期間")
    place = reason.get_by_role("button", name="差し戻す").bounding_box()
    for _click in range(2):
        reason.mouse.click(place["x"] + 20, place["y"] + 20)
        reason.wait_for_timeout(100)
    reason.wait_for_url("**/list/")
    assert len(SEEN.sent) == 1


def test_a_form_with_a_mistake_can_be_sent_again(ui, reason):
    reason.get_by_role("button", name="差し戻す").click()
    reason.get_by_role("alert").wait_for()
    reason.get_by_label("理由").fill("期間")
    reason.get_by_role("button", name="差し戻す").click()
    reason.wait_for_url("**/list/")


def test_htmx_writes_no_style_into_the_page_and_keeps_no_copy_of_it(ui, watched):
    watched.goto(ui + "/reason/", wait_until="networkidle")
    assert watched.evaluate("document.querySelectorAll('style').length") == 0
    config = watched.evaluate("(({allowEval, historyCacheSize}) => ({allowEval, historyCacheSize}))(htmx.config)")
    assert config == {"allowEval": False, "historyCacheSize": 0}
