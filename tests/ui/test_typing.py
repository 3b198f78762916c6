"""Typing: the cursor, the input method, leaving and sending, with scripts and without."""

import pytest
from playwright.sync_api import Page

from tests.ui.site import SEEN

# No database is asked: one run is enough, on the engine that a quick run takes.
pytestmark = pytest.mark.only_on("sqlite")

PURPOSE = "電算結合の目的"


def compose(page: Page, text: str) -> None:
    """Type with an input method: the text stands in the field, but is not confirmed yet."""
    page.context.new_cdp_session(page).send(
        "Input.imeSetComposition", {"text": text, "selectionStart": len(text), "selectionEnd": len(text)}
    )


def press_enter_to_the_input_method(page: Page) -> None:
    """The Enter that confirms a conversion reaches the page with the key code 229."""
    key = {"key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 229, "text": "\r"}
    page.context.new_cdp_session(page).send("Input.dispatchKeyEvent", {"type": "keyDown", **key})


def leaving_asks(page: Page) -> bool:
    """Whether the browser asks before the page is left; it is left in any case."""
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.get_by_role("link", name="案件", exact=True).last.click()
    page.wait_for_url("**/list/")
    return asked == ["beforeunload"]


def test_a_slash_puts_the_cursor_into_the_search_box(ui, watched):
    watched.goto(ui + "/list/?q=税")
    watched.keyboard.press("/")
    assert watched.evaluate("document.activeElement.id") == "list-search"
    watched.keyboard.type("1/2")
    assert watched.locator("#list-search").input_value() == "1/2"


def test_enter_in_a_list_searches_but_not_while_converting(ui, watched):
    watched.goto(ui + "/list/")
    watched.focus("#list-search")
    compose(watched, "しゅうのう")
    press_enter_to_the_input_method(watched)
    watched.wait_for_timeout(200)
    assert watched.url == ui + "/list/"
    watched.context.new_cdp_session(watched).send("Input.insertText", {"text": "収納"})
    watched.keyboard.press("Enter")
    watched.wait_for_url("**/list/?dept=*q=*")


def test_enter_in_a_field_never_files_the_case(ui, watched):
    watched.goto(ui + "/editor/")
    for label in ("業務登録番号", "結合年月日"):
        watched.get_by_label(label, exact=False).first.press("Enter")
    watched.get_by_label("戸籍等事項").press("Enter")
    watched.wait_for_timeout(200)
    assert watched.url == ui + "/editor/"
    assert SEEN.sent == []


def test_enter_on_the_button_files_the_case(ui, watched):
    watched.goto(ui + "/editor/")
    watched.get_by_role("button", name="課長の確認に出す").press("Enter")
    watched.wait_for_url("**/list/")
    assert len(SEEN.sent) == 1


def test_a_double_click_sends_once(ui, watched):
    SEEN.seconds_to_answer = 0.5  # the page is still there for the second click
    watched.goto(ui + "/editor/")
    place = watched.get_by_role("button", name="課長の確認に出す").bounding_box()
    for _click in range(2):
        watched.mouse.click(place["x"] + 20, place["y"] + 20)
        watched.wait_for_timeout(100)
    watched.wait_for_url("**/list/")
    assert len(SEEN.sent) == 1


def test_the_button_works_again_after_going_back(ui, watched):
    watched.goto(ui + "/editor/")
    watched.get_by_role("button", name="課長の確認に出す").click()
    watched.wait_for_url("**/list/")
    watched.go_back()
    watched.get_by_role("button", name="課長の確認に出す").click()
    watched.wait_for_url("**/list/")
    assert len(SEEN.sent) == 2


def test_a_page_that_comes_back_as_it_was_left_has_its_button_again(ui, page):
    page.goto(ui + "/editor/")
    page.route("**/editor/", lambda route: route.fulfill(status=204))
    button = page.get_by_role("button", name="課長の確認に出す")
    button.click()
    assert button.get_attribute("aria-disabled") == "true"
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")
    assert button.get_attribute("aria-disabled") is None


def test_leaving_with_unsaved_text_asks_first(ui, watched):
    watched.goto(ui + "/editor/")
    watched.route("**/autosave/", lambda route: None)  # still on its way when the page is left
    watched.get_by_label(PURPOSE).press_sequentially("また、")
    assert leaving_asks(watched)


def test_leaving_a_form_that_came_back_with_mistakes_asks_first(ui, watched):
    watched.goto(ui + "/editor/?mistakes")
    watched.get_by_label("業務登録番号").first.click()  # the browser asks only people who have touched the page
    assert leaving_asks(watched)


def test_leaving_an_untouched_form_asks_nothing(ui, watched):
    watched.goto(ui + "/editor/")
    watched.get_by_label(PURPOSE).click()
    assert not leaving_asks(watched)


def test_leaving_after_the_draft_was_kept_asks_nothing(ui, watched):
    watched.goto(ui + "/editor/")
    watched.get_by_label(PURPOSE).press_sequentially("また、")
    watched.get_by_text("に保存しました").wait_for()
    assert not leaving_asks(watched)


def test_a_date_says_what_was_understood_after_a_pause(ui, watched):
    watched.goto(ui + "/editor/", wait_until="networkidle")
    SEEN.echoes.clear()
    date = watched.get_by_label("結合年月日")
    date.fill("")
    date.press_sequentially("R4.1.12", delay=30)
    watched.get_by_role("status").get_by_text("令和4年1月12日（水）").wait_for()
    assert SEEN.echoes[-1] == "R4.1.12"
    assert len(SEEN.echoes) <= 3  # a busy machine may pause; seven keys are not seven questions


def test_a_date_that_does_not_exist_is_refused_before_sending(ui, watched):
    watched.goto(ui + "/editor/")
    watched.get_by_label("結合年月日").fill("R4.2.30")
    watched.get_by_role("status").get_by_text("2月30日はありません。").wait_for()


def test_an_emptied_date_empties_its_echo(ui, watched):
    watched.goto(ui + "/editor/")
    echo = watched.locator("#id_r1-linked_on_echo")
    watched.get_by_text("令和4年6月", exact=False).first.wait_for()
    watched.get_by_label("結合年月日").fill("")
    watched.wait_for_function("element => element.textContent === ''", arg=echo.element_handle())


@pytest.mark.parametrize("path", ["/", "/list/", "/editor/"])
def test_a_page_works_without_scripts(ui, browser, path):
    page = browser.new_page(java_script_enabled=False)
    page.goto(ui + path)
    assert page.locator("h1").inner_text() != ""
    page.close()


def test_the_case_can_be_filed_without_scripts(ui, browser):
    page = browser.new_page(java_script_enabled=False)
    page.goto(ui + "/editor/")
    page.get_by_label(PURPOSE).fill("効率化を図る。")
    page.get_by_role("button", name="課長の確認に出す").click()
    page.wait_for_url("**/list/")
    page.close()
    assert SEEN.sent[0]["r1-purpose"] == "効率化を図る。"
