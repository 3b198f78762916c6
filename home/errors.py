"""誤りの画面: what happened and what to do, in Japanese, with or without a database."""

import sys

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.csrf import requires_csrf_token

RETRY_AFTER = 60  # seconds


@requires_csrf_token
def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400; 413 for a form with more in it than is taken."""
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
        return HttpResponse(render_to_string("413.html"), status=413)
    return HttpResponse(render_to_string("400.html"), status=400)


@requires_csrf_token
def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403, with the refusal's own message when it has one."""
    message = str(exception) if exception and exception.args else ""
    return render(request, "403.html", {"message": message}, status=403)


@requires_csrf_token
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404, the same for what does not exist and for what one may not see; under the public pages in their look."""
    is_public = request.path.startswith(reverse("public_front"))
    return HttpResponse(render_to_string("public/not_found.html" if is_public else "404.html"), status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, without asking the database anything; 503 where it was only busy (a session could not be written)."""
    if is_locked(sys.exception()):
        return busy()
    return HttpResponse(render_to_string("500.html"), status=500)


def is_locked(error: BaseException | None) -> bool:
    """Whether SQLite gave up waiting for whoever writes: it lets one write at a time, and an import writes long."""
    return isinstance(error, OperationalError) and "is locked" in str(error)


def busy() -> HttpResponse:
    """503 with the time after which to try again; the database is not asked."""
    headers = {"Retry-After": str(RETRY_AFTER)}
    return HttpResponse(render_to_string("503.html"), status=503, headers=headers)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 after a form that came without its proof: mostly a page left open over a new sign-in."""
    return HttpResponse(render_to_string("403_csrf.html"), status=403)
