"""What every test shares: a database file of its own, small repeatable hypothesis runs, and the browser."""

import os
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from django.conf import settings
from django.db import connection
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

hypothesis.settings.register_profile(
    "suite",
    derandomize=True,  # a red run stays red: the examples follow from the test, not from the day
    deadline=None,
    max_examples=60,
    database=None,
)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "suite"))

CHROMIUM_ARGUMENTS = [
    "--no-sandbox",  # CI runs as root, which Chromium's sandbox refuses; it opens only our own pages
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
VIEWPORT = {"width": 1366, "height": 768}  # the ward's notebooks


ASKS_THE_DATABASE = {"db", "transactional_db", "live_server"}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out, rather than skip, what this engine is not asked.

    That is what is marked `only_on` for the other engine and, on PostgreSQL, every test that asks no database: its
    answer was the same on SQLite.
    """
    here = "postgresql" if settings.DATABASE_URL else "sqlite"
    kept, left_out = [], []
    for item in items:
        marker = item.get_closest_marker("only_on")
        engines = marker.args if marker else ("sqlite", "postgresql") if _asks_the_database(item) else ("sqlite",)
        (kept if here in engines else left_out).append(item)
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = kept


def _asks_the_database(item: pytest.Item) -> bool:
    return item.get_closest_marker("django_db") is not None or bool(ASKS_THE_DATABASE & {*item.fixturenames})


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo) -> Iterator:
    """In CI a skipped test is a failed one: what cannot run there was never tested."""
    report = yield
    if report.skipped and os.environ.get("CI"):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped, which CI does not allow: {call.excinfo and call.excinfo.value}"
    return report


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """SQLite's test database is a file, because threads and the served ward open it beside the test."""
    if connection.vendor == "sqlite":
        database = settings.DATABASES["default"]
        database["TEST"] = {**database.get("TEST", {}), "NAME": str(tmp_path_factory.getbasetemp() / "ward.sqlite3")}


@pytest.fixture(scope="session", autouse=True)
def _own_folders(tmp_path_factory: pytest.TempPathFactory) -> None:
    """What lies beside the database (progress of jobs, stored files) lies in a folder of this run, too."""
    settings.JOBS_DIR = tmp_path_factory.getbasetemp() / "jobs"
    settings.CACHES["prints"]["LOCATION"] = tmp_path_factory.getbasetemp() / "prints"
    settings.STORAGES["files"]["OPTIONS"]["location"] = tmp_path_factory.getbasetemp() / "files"


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Playwright's driver. Its event loop runs in this thread, where Django would then refuse every query."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """One Chromium for each pytest process: `CHROMIUM`, else the distribution's. A missing one fails the test."""
    path = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
    if not path.exists():
        pytest.fail(f"{path} がありません。環境変数 CHROMIUM にブラウザーの場所を設定してください。", pytrace=False)
    running = playwright.chromium.launch(executable_path=path, headless=True, args=CHROMIUM_ARGUMENTS)
    yield running
    running.close()


@pytest.fixture
def browser_context(browser: Browser) -> Iterator[BrowserContext]:
    """A fresh profile, in Japanese, on a screen as the ward's notebooks have."""
    context = browser.new_context(locale="ja-JP", timezone_id="Asia/Tokyo", viewport=VIEWPORT)
    yield context
    context.close()


@pytest.fixture
def page(browser_context: BrowserContext) -> Page:
    """An empty page of a fresh profile."""
    return browser_context.new_page()
