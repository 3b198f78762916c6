"""誤りの画面への橋: a domain error that no page has answered becomes a page with its message; NUL gets no further."""

import logging
from collections.abc import Callable
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from history.errors import DomainError
from home.errors import busy, is_locked
from organization.rules import NotPermitted

logger = logging.getLogger(__name__)


class DomainErrorMiddleware:
    """409 with the error's own Japanese message, 503 while another writes; refusals of the table stay 403."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page for a domain error, or for a database that another one writes; None leaves the rest to Django."""
        if is_locked(exception):
            logger.warning("%s waited in vain for the database", request.path)
            return busy()
        if not isinstance(exception, DomainError) or isinstance(exception, NotPermitted):
            return None
        return render(request, "409.html", {"message": str(exception)}, status=409)


class NoNulMiddleware:
    """400 for a NUL in the query string or in a form, in names as in values: PostgreSQL's texts cannot hold one.

    Asked once, before any view: forms refuse it for their fields, but lists and the admin read the query themselves.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        """Raise BadRequest; the page is home.errors.bad_request."""
        for sent in (request.GET, request.POST):
            for name, values in sent.lists():
                if any("\0" in text for text in (name, *values)):
                    raise BadRequest("NUL")
