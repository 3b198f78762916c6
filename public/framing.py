"""公表のページの枠: what every page for everybody shares."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import conditional_page, require_safe

from public import setting
from public.registers import open_today
from public.setting import Setting

View = Callable[..., HttpResponse]


def for_everybody(view: View) -> View:
    """A page that is read without signing in, the same for all: asked for again only when it has changed."""
    guarded = cache_control(public=True, max_age=60)(conditional_page(require_safe(view)))
    return wraps(view)(login_not_required(csrf_exempt(guarded)))


def today() -> Setting:
    """What the ward publishes today."""
    return setting.read(timezone.localdate())


def show(request: HttpRequest, template: str, known: Setting, context: dict[str, Any], status: int = 200) -> Any:
    """A template of public/ in the frame of all."""
    frame = {"setting": known, "registers": open_today(known), "front_url": reverse("public_front")}
    return render(request, f"public/{template}.html", frame | context, status=status)
