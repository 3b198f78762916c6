"""Every page: axe, narrow windows, large type, weight, security header; the console is watched by the fixture."""

import gzip

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.e2e import pages

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
    "preload": False,  # axe would read style sheets through style elements, which our own header refuses
}
NARROW = [320, 683]  # 683: the ward's screen at 200 %
RESOURCES = "() => performance.getEntriesByType('resource').map(entry => entry.name)"


def axe_findings(page):
    """What axe finds on the page, one line each."""
    violations = Axe().run(page, options=RULES).response["violations"]
    return [f"{item['id']}: {[node['target'] for node in item['nodes']]}" for item in violations]


def too_wide(page):
    """The narrow widths at which the page scrolls sideways."""
    found = []
    for width in NARROW:
        page.set_viewport_size({"width": width, "height": 640})
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append(f"{width}px: scrolls sideways")
    page.set_viewport_size({"width": 1366, "height": 768})
    return found


class Visit:
    """One walk through many pages with a window for each person."""

    def __init__(self, ward):
        self._ward = ward
        self._windows = {}

    def opened(self, listed):
        """[(page of the list, window in which it stands, answer)]."""
        for page in listed:
            window = self._windows.get(page.username) or self._ward.window(page.username)
            self._windows[page.username] = window
            yield page, window, window.goto(page.address)


def test_every_page_of_the_resolver_is_opened_here_or_excused_with_a_reason(ward):
    opened = {page.name for page in pages.everything()}
    assert opened | pages.EXCUSED.keys() == pages.names_of_the_resolver()
    assert not opened & pages.EXCUSED.keys()


@pytest.mark.parametrize("part", [*pages.PARTS, pages.of_the_admin], ids=lambda part: part.__name__)
def test_axe_finds_nothing_narrow_windows_fit_and_the_header_is_strict(ward, part):
    found = {}
    for page, window, answer in Visit(ward).opened(part()):
        policy = answer.headers["content-security-policy"]
        wrong = [] if answer.status == 200 else [f"status {answer.status}"]
        wrong += [] if "default-src 'none'" in policy and "unsafe" not in policy else [policy]
        wrong += axe_findings(window) + too_wide(window)
        if wrong:
            found[page.address] = wrong
    assert found == {}


def test_every_page_is_light(ward):
    """ux.md §4: scripts below 60 kB and the whole page below 150 kB, compressed as a proxy would."""
    weights = {}
    heavy = {}
    for page, window, answer in Visit(ward).opened(pages.everything()):
        resources = window.evaluate(RESOURCES)
        for url in set(resources) - weights.keys():
            weights[url] = len(gzip.compress(window.request.get(url).body(), mtime=0))
        scripts = sum(weights[url] for url in resources if url.endswith(".js"))
        whole = len(gzip.compress(answer.body(), mtime=0)) + sum(weights[url] for url in set(resources))
        if scripts >= 60_000 or whole >= 150_000:
            heavy[page.address] = (scripts, whole)
    assert heavy == {}
    assert any(url.endswith(".js") for url in weights)


def test_axe_finds_nothing_on_a_refused_form_and_on_a_page_that_does_not_exist(ward):
    page = ward.window("shuno-tanto")
    page.goto("/proposals/new/")
    page.get_by_role("button", name="つくって記録票へ").click()
    page.get_by_role("alert").wait_for()
    assert axe_findings(page) + too_wide(page) == []
    assert page.goto("/proposals/999999/").status == 404
    assert axe_findings(page) + too_wide(page) == []
