"""The application served for real, on a port of its own, on the test database."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.handlers.wsgi import WSGIHandler
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler


class QuietHandler(WSGIRequestHandler):
    """Writes no lines about requests: a test looks at them in the browser."""

    def log_message(self, *args):
        """Nothing."""


class CountedApplication:
    """The application, which knows how many requests it is still answering (an autosave outlives its page)."""

    def __init__(self):
        self._application = WSGIHandler()
        self._open = 0
        self._changed = threading.Condition()

    def __call__(self, environ, start_response):
        """Answer one request, whole, so that the database is left alone once it is counted as answered."""
        with self._changed:
            self._open += 1
        try:
            response = self._application(environ, start_response)
            body = list(response)
            response.close()
            return body
        finally:
            with self._changed:
                self._open -= 1
                self._changed.notify_all()

    def wait_until_idle(self):
        """Return when nothing is being answered; at most 30 seconds."""
        with self._changed:
            assert self._changed.wait_for(lambda: self._open == 0, timeout=30), "a request does not end"


@contextmanager
def served() -> Iterator[tuple[str, CountedApplication]]:
    """The address of the running application, and the application."""
    application = CountedApplication()
    server = ThreadedWSGIServer(("127.0.0.1", 0), QuietHandler)
    server.set_app(application)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", application
    application.wait_until_idle()
    server.shutdown()
    server.server_close()
    thread.join()
