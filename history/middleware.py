"""Gives each request an id that its history rows carry."""

import uuid
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from history.writing import request_id


class RequestIdMiddleware:
    """One random id a request; it also stands in the answer's `X-Request-ID`, for the log and for support calls."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        value = uuid.uuid4().hex
        with request_id(value):
            response = self.get_response(request)
        response.headers["X-Request-ID"] = value
        return response
