"""What views of several applications share."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url
from django.utils import timezone
from django_htmx.http import HttpResponseClientRedirect

from common.formfields import WholeDateField


def as_of_day(request: HttpRequest) -> tuple[date, str]:
    """基準日 of a list (`?on=`): the day asked for, today when none is; and what is wrong with what was typed."""
    text = request.GET.get("on", "")
    try:
        day = WholeDateField(required=False).clean(text)
    except ValidationError as error:
        return timezone.localdate(), " ".join(error.messages)
    return day or timezone.localdate(), ""


def answer_form(request: HttpRequest, template: str, context: dict[str, Any], *, invalid: bool) -> HttpResponse:
    """A page with a form: 200 when it is fresh, 422 when what was typed is refused (architecture §4, Serving)."""
    return render(request, template, context, status=422 if invalid else 200)


def go_to(request: HttpRequest, to: Any, **kwargs: Any) -> HttpResponse:
    """After a step: a redirect, told to htmx in its own way (it would paste a followed 302 into the fragment)."""
    url = resolve_url(to, **kwargs)
    if getattr(request, "htmx", False):
        return HttpResponseClientRedirect(url)
    response = HttpResponse(status=303)
    response.headers["Location"] = url
    return response
