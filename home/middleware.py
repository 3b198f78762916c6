"""誤りの画面への橋: a domain error that no page has answered becomes a page with its message."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from history.errors import DomainError
from organization.rules import NotPermitted


class DomainErrorMiddleware:
    """409 with the error's own Japanese message; refusals of the permission table stay 403."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page for a domain error; None leaves everything else to Django."""
        if not isinstance(exception, DomainError) or isinstance(exception, NotPermitted):
            return None
        return render(request, "409.html", {"message": str(exception)}, status=409)
