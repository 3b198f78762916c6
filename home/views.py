"""はじめの画面 and what every page's date boxes ask."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from common.fields import PartialDateFormField
from common.wareki import PartialDate, Precision, era_of, readings_without_era
from home import council_waiting, file_waiting, in_force, survey_waiting, waiting
from organization import rules


def home(request: HttpRequest) -> HttpResponse:
    """はじめの画面: what waits for this person, by role (ux §1)."""
    user = request.user
    has_tasks, today = waiting.has_tasks(user), timezone.localdate()
    context = {
        "groups": [
            *council_waiting.groups(user, today),
            *waiting.groups(user),
            *file_waiting.groups(user, today),
            *survey_waiting.groups(user, today),
        ],
        "has_tasks": has_tasks,
        "ending": in_force.ending(user, today) if has_tasks else None,
        "newest": [] if has_tasks else in_force.newest(user),
        "may_create_proposal": rules.may(user, "create_proposal"),
        "may_create_activity": rules.may(user, "create_activity"),
    }
    return render(request, "home/home.html", context)


def date_echo(request: HttpRequest) -> HttpResponse:
    """日付の読み取り: what was understood of `?text=`, as a fragment beside the box; nothing for an empty box."""
    try:
        understood: PartialDate = PartialDateFormField(required=False).clean(request.GET.get("text", ""))
    except ValidationError as refusal:
        context = {"error": " ".join(refusal.messages)}
    else:
        # A whole day goes without saying; only what is less than a day is named.
        named = understood and understood.precision != Precision.DAY
        context = {
            "understood": understood.display(),
            "precision": understood.precision.label if named else "",
            "era": _era_taken(understood),
        }
    return render(request, "ui/_date_echo.html", context)


def _era_taken(understood: PartialDate) -> str:
    """The era that was understood where none was typed; empty where one was, and where no other is possible."""
    others = readings_without_era(understood.text)
    return era_of(understood.start).name if understood.start and len(others) > 1 else ""
