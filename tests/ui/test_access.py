"""Access: every page of the shell for a keyboard, a narrow window, large type, forced colours and paper."""

import gzip

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

# No database is asked: one run is enough, on the engine that a quick run takes.
pytestmark = pytest.mark.only_on("sqlite")

PAGES = [
    "/",
    "/list/",
    "/list/?empty",
    "/editor/",
    "/login/?next=/list/",
    "/password/",
    "/reason/",
    *[f"/error/{code}/" for code in ("400", "403", "403_csrf", "404", "500")],
]
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def findings(page: Page) -> list[str]:
    """What axe finds on the page, one line each."""
    violations = Axe().run(page, options=RULES).response["violations"]
    return [f"{item['id']}: {[node['target'] for node in item['nodes']]}" for item in violations]


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_and_the_security_header_is_kept(ui, watched, path):
    answer = watched.goto(ui + path)
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert findings(watched) == []


@pytest.mark.parametrize("width", [320, 683])  # 683: the ward's screen at 200 %
@pytest.mark.parametrize("path", PAGES)
def test_a_narrow_window_does_not_scroll_sideways(ui, watched, path, width):
    watched.set_viewport_size({"width": width, "height": 640})
    watched.goto(ui + path)
    assert watched.evaluate("document.documentElement.scrollWidth") <= width
    assert width > 320 or findings(watched) == []


def test_axe_finds_nothing_after_a_wrong_sign_in(ui, watched):
    watched.goto(ui + "/login/")
    watched.get_by_role("button", name="ログイン").click()
    assert watched.get_by_role("alert").inner_text().startswith("2か所に誤りがあります。")
    assert findings(watched) == []


def test_the_error_summary_takes_the_focus_and_leads_to_the_field(ui, watched):
    watched.goto(ui + "/")
    assert watched.evaluate("document.activeElement.getAttribute('role')") == "alert"
    watched.get_by_role("alert").get_by_role("link", name="記録の種別").click()
    assert watched.evaluate("document.activeElement.id") == "id_kinds_0"


def test_the_first_stop_of_the_keyboard_leads_to_the_text(ui, watched):
    watched.goto(ui + "/list/")
    watched.keyboard.press("Tab")
    assert watched.evaluate("document.activeElement.textContent") == "本文へ"
    watched.keyboard.press("Enter")
    watched.keyboard.press("Tab")
    assert watched.evaluate("document.activeElement.closest('main') !== null")


@pytest.mark.parametrize("selector", [".btn-p", ".nav a", "#list-search", ".fchip", "button.bar-btn"])
def test_what_has_the_focus_shows_it_in_black_and_yellow(ui, watched, selector):
    watched.goto(ui + "/list/")
    watched.keyboard.press("Tab")  # the browser shows the ring to those who use the keyboard
    watched.focus(f"{selector} >> nth=0")
    style = watched.evaluate(
        "(({outline, outlineOffset, boxShadow}) => [outline, outlineOffset, boxShadow])"
        "(getComputedStyle(document.activeElement))"
    )
    assert style == ["rgb(0, 0, 0) solid 4px", "2px", "rgb(255, 212, 61) 0px 0px 0px 2px"]


def test_forced_colours_keep_borders_and_the_place_in_the_menu(ui, browser: Browser):
    page = browser.new_page(forced_colors="active")
    page.goto(ui + "/list/")
    outline = page.locator(".nav [aria-current]").evaluate("element => getComputedStyle(element).outlineStyle")
    border = page.locator(".chip").first.evaluate("element => getComputedStyle(element).borderTopStyle")
    page.close()
    assert (outline, border) == ("solid", "solid")


def test_printing_the_page_leaves_menus_and_buttons_out(ui, watched):
    watched.goto(ui + "/list/")
    watched.emulate_media(media="print")
    assert watched.get_by_role("table").is_visible()
    for selector in (".bar", ".nav", ".tools", ".btn", ".pager nav"):
        assert not watched.locator(selector).first.is_visible()


def test_printing_an_editor_prints_its_sheet_alone(ui, watched):
    watched.goto(ui + "/editor/")
    watched.emulate_media(media="print")
    assert watched.locator(".sheet").is_visible()
    assert not watched.locator("#editor-form").is_visible()
    assert not watched.get_by_role("heading", name="紙の見え方").is_visible()


@pytest.mark.parametrize("path", ["/", "/list/", "/editor/"])
def test_a_page_stays_light(ui, watched, path):
    """ux.md §4: at most 60 kB of compressed script and 150 kB for the whole page, compressed as a proxy would."""
    weights: dict[str, int] = {}

    def weigh(answer):
        weights[answer.url] = len(gzip.compress(answer.body(), mtime=0))

    watched.on("response", weigh)
    watched.goto(ui + path, wait_until="networkidle")
    scripts = sum(weight for url, weight in weights.items() if url.endswith(".js"))
    assert 0 < scripts < 60_000
    assert sum(weights.values()) < 150_000


def test_nothing_is_fetched_from_elsewhere_or_missing(ui, watched):
    answers = []
    watched.on("response", lambda answer: answers.append((answer.status, answer.url)))
    watched.goto(ui + "/editor/", wait_until="networkidle")
    assert len(answers) > 10
    assert all(status == 200 and url.startswith(ui) for status, url in answers)
