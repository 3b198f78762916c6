"""What views of several applications share."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url
from django.urls import reverse
from django.utils import timezone
from django_htmx.http import HttpResponseClientRedirect

from common.formfields import WholeDateField
from common.wareki import format_date


@dataclass(frozen=True)
class AsOf:
    """基準日 of a list (`?as_of=`): the day it shows, and what its box shows (template ui/list.html)."""

    day: date
    text: str
    understood: str
    error: str
    echo_url: str


def as_of(request: HttpRequest) -> AsOf:
    """The day asked for; today when none is, or when what was typed is no day (then with the error)."""
    text = request.GET.get("as_of", "")
    today = timezone.localdate()
    echo_url = reverse("date_echo")
    try:
        day = WholeDateField(required=False).clean(text) or today
    except ValidationError as refusal:
        return AsOf(today, text, "", " ".join(refusal.messages), echo_url)
    return AsOf(day, text or format_date(day, "short"), format_date(day, "weekday"), "", echo_url)


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
