"""一つの入力のページ: one form, one service, and back to the part of the meeting that one came from."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from common.views import answer_form, go_to
from councils.models import Meeting
from councils.sections import SECTIONS, meeting_frame
from history import conflicts
from history.errors import DomainError, StaleEdit
from organization import rules


def find_meeting(request: HttpRequest, action: str, pk: int) -> Meeting:
    """The meeting that the person may do `action` on, else 404 or 403."""
    return rules.find(Meeting.objects.select_related("body", "term"), request.user, action, pk=pk)


def answer_step(
    request: HttpRequest,
    meeting: Meeting,
    form: forms.BaseForm,
    *,
    heading: str,
    button: str,
    service: Callable[..., Any],
    section: str,
    done: Callable[[Any], str] | None = None,
    **context: Any,
) -> HttpResponse:
    """The page of one form about `meeting`; `service` gets what was typed and the actor.

    `section`: the page of the meeting that one comes from and goes back to; `done`: the service's answer → another
    address to go to. What is refused stays in the form, beside its field where it has one.
    """
    differences: list[conflicts.Difference] = []
    if form.is_bound and form.is_valid():
        given = form.arguments() if hasattr(form, "arguments") else form.cleaned_data
        try:
            made = service(actor=request.user, **given)
        except StaleEdit as stale:
            differences = conflicts.refuse_form(form, stale, conflicts.reopened(form, form.of(stale.current)))
        except (DomainError, ValidationError) as refusal:
            conflicts.tell(form, refusal)
        else:
            messages.success(request, f"保存しました（{heading}）。")
            return go_to(request, done(made) if done else reverse(section, args=[meeting.pk]))
    page = {
        **meeting_frame(meeting, request.user, section),
        "form": form,
        "heading": heading,
        "button": button,
        "back_url": reverse(section, args=[meeting.pk]),
        "back_label": {action: label for label, action in SECTIONS}[section],
        "differences": differences,
    }
    return answer_form(request, "councils/step_form.html", page | context, invalid=form.is_bound)
