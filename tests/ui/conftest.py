"""The shell served for real: its templates, scripts and styles under the site's own CSP header."""

import threading
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path

import pytest
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.test import override_settings
from playwright.sync_api import Page

from tests.ui import site

# Sign-in and the permission table need a database; the shell's own pages must stand without one.
_LEFT_OUT = ("StaffOnlyMiddleware", "RequestIdMiddleware", "PermissionTableMiddleware")


class _QuietHandler(WSGIRequestHandler):
    def log_message(self, *args: object) -> None:
        """Nothing: the requests of a test are looked at in the browser."""


def _templates() -> list[dict]:
    templates = deepcopy(settings.TEMPLATES)
    templates[0]["DIRS"] = [*templates[0]["DIRS"], Path(__file__).parent / "templates"]
    processors = templates[0]["OPTIONS"]["context_processors"]
    processors[processors.index("organization.context_processors.shell")] = "tests.ui.site.shell"
    return templates


@pytest.fixture(scope="package")
def _ui_settings() -> Iterator[None]:
    middleware = [name for name in settings.MIDDLEWARE if name.rsplit(".", 1)[1] not in _LEFT_OUT]
    changed = override_settings(
        ROOT_URLCONF="tests.ui.site",
        TEMPLATES=_templates(),
        MIDDLEWARE=middleware,
        MESSAGE_STORAGE="django.contrib.messages.storage.cookie.CookieStorage",
        SESSION_ENGINE="django.contrib.sessions.backends.signed_cookies",
    )
    with changed:
        yield


@pytest.fixture(scope="package")
def _server(_ui_settings: None) -> Iterator[str]:
    server = ThreadedWSGIServer(("127.0.0.1", 0), _QuietHandler)
    server.set_app(WSGIHandler())
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def ui(_server: str) -> str:
    """The address of the shell's site; what it has seen starts empty."""
    site.SEEN.__init__()
    return _server


@pytest.fixture
def ui_templates(_ui_settings: None) -> None:
    """The site's settings without its server, for rendering a template in the test's own thread."""


@pytest.fixture
def watched(page: Page) -> Iterator[Page]:
    """An empty page that fails the test when the site breaks its own security header or a script stumbles."""
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
    yield page
    assert complaints == []
