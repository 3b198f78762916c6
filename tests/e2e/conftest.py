"""The demo ward served for real: people sign in, each in a browser of their own, and nothing may go wrong unseen."""

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.test import Client
from playwright.sync_api import expect

from organization.models import User
from records.demo import load_ward
from tests.conftest import VIEWPORT
from tests.e2e import snapshots
from tests.e2e.serving import served

# Long enough for a machine that is busy with something else; a test that passes does not wait for it.
PATIENCE = 30_000  # milliseconds
expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(items):
    """Everything in this folder drives a browser."""
    for item in items:
        if "tests/e2e/" in item.nodeid:
            item.add_marker(pytest.mark.e2e)


@pytest.fixture(scope="session")
def _served_ward(django_db_setup, django_db_blocker, playwright):
    """The demo ward, loaded once for each process and remembered; the served application."""
    with django_db_blocker.unblock():
        load_ward("nerima")
        snapshot = snapshots.take()
        call_command("flush", interactive=False, verbosity=0)
    with served() as (address, application):
        yield address, application, snapshot
    with django_db_blocker.unblock():
        snapshot.forget()
        # Opened while Playwright's loop ran, it is another connection than the one that drops the test database.
        connections.close_all()


@pytest.fixture
def ward(_served_ward, transactional_db, browser):
    """The ward as load_demo leaves it, and the people in it."""
    address, application, snapshot = _served_ward
    snapshot.restore()
    office = WardOffice(address, browser, application)
    yield office
    office.close()
    assert office.complaints == []


class WardOffice:
    """The served ward: windows for its people, and what their browsers complained about."""

    def __init__(self, address, browser, application):
        self.address = address
        self.complaints = []
        self._browser = browser
        self._application = application
        self._contexts = []

    def window(self, username="", **options):
        """An empty page in a fresh profile; with a `username` already signed in. `options` as of a browser context."""
        profile = {"locale": "ja-JP", "timezone_id": "Asia/Tokyo", "viewport": VIEWPORT} | options
        context = self._browser.new_context(base_url=self.address, **profile)
        context.set_default_timeout(PATIENCE)
        self._contexts.append(context)
        if username:
            context.add_cookies([{"name": "sessionid", "value": _session_of(username), "url": self.address}])
        context.on("page", self._listen)
        return context.new_page()

    def settle(self):
        """Wait until the server has answered everything, so that the database may be asked."""
        self._application.wait_until_idle()

    def close(self):
        """Close every window, and let the server finish what they asked."""
        for context in self._contexts:
            context.close()
        self.settle()

    def _listen(self, page):
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", lambda line: self._hear(page, line))

    def _hear(self, page, line):
        # Chromium also reports a page's own status, 404 or 422: the tests ask for those themselves.
        # A PDF names no icon, so the browser asks for one by itself, and not always before its window is closed.
        expected = line.location["url"] == page.url or line.location["url"].endswith("/favicon.ico")
        if line.type in {"error", "warning"} and not (line.text.startswith("Failed to load resource") and expected):
            self.complaints.append(f"{page.url}: {line.text}")


def _session_of(username):
    client = Client()
    client.force_login(User.objects.get(username=username))
    return client.cookies[settings.SESSION_COOKIE_NAME].value


@pytest.fixture
def clerk(ward):
    """A window of the clerk of 収納課."""
    return ward.window("shuno-tanto")
