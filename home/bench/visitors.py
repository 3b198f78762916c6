"""見る人: browsers of the run, one for each person, and one that knows only Django's own middleware."""

from typing import Any

from django.http import HttpResponse
from django.test import Client, override_settings

from home.bench.peers import MIDDLEWARE
from organization.models import User


class UnexpectedAnswer(RuntimeError):
    """A page did not answer as it does for a person; then its time means nothing."""


class Visitor:
    """A person signed in. Every answer is checked, so that no error page is ever measured."""

    def __init__(self, user: User, *, middleware: list[str] | None = None) -> None:
        self.client = Client()
        self.client.force_login(user)
        if middleware is not None:
            # Read once, by the handler's first load; the other visitors keep the application's own.
            with override_settings(MIDDLEWARE=middleware):
                self.client.handler.load_middleware()

    def get(self, url: str) -> HttpResponse:
        """The page, 200."""
        return _expect(self.client.get(url, secure=True), 200)

    def post(self, url: str, data: dict[str, Any], *, status: int = 200) -> HttpResponse:
        """What the server answers to a form; `status` 303 or 302 after a save."""
        return _expect(self.client.post(url, data, secure=True), status)


def of_django(user: User) -> Visitor:
    """The visitor of the pages in home.bench.peers."""
    return Visitor(user, middleware=MIDDLEWARE)


def _expect(response: HttpResponse, status: int) -> HttpResponse:
    if response.status_code != status:
        raise UnexpectedAnswer(f"{response.request['PATH_INFO']}: {response.status_code}, expected {status}")
    return response
