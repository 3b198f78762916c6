"""大きすぎる送信: refused with words before anything of it is kept."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from files.kinds import MEGABYTE

CHUNK = 64 * 1024
PATIENCE = 20  # times the limit: so much is still heard out, because a browser reads no answer before it has sent


class UploadLimitMiddleware:
    """413 with a Japanese page for a request that announces more than UPLOAD_LIMIT. Stands before who reads it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        announced = _announced(request)
        if announced <= settings.UPLOAD_LIMIT:
            return self.get_response(request)
        remaining = min(announced, settings.UPLOAD_LIMIT * PATIENCE)
        while remaining > 0 and (chunk := request.read(min(CHUNK, remaining))):
            remaining -= len(chunk)
        limit = settings.UPLOAD_LIMIT // MEGABYTE
        return HttpResponse(render_to_string("413.html", {"limit": limit}), status=413)


def _announced(request: HttpRequest) -> int:
    text = request.META.get("CONTENT_LENGTH") or "0"
    return int(text) if text.isascii() and text.isdigit() else 0
