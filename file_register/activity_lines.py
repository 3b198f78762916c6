"""業務のらん: the businesses of a file, one a line, by number or by name, as pasted from a column."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from common.business_number import BusinessNumberError, parse
from registry.models import Activity, ActivityStatus, ActivityVersion


def names_of(activities: Iterable[Activity]) -> dict[int, str]:
    """The newest registered name of each business; one statement. A business that has none is left out."""
    registered = ActivityVersion.objects.filter(activity__in=list(activities), status=ActivityStatus.REGISTERED)
    return dict(registered.order_by("valid_from").values_list("activity", "name"))


def as_lines(activities: Iterable[Activity]) -> list[str]:
    """The number of each business, its newest name where it has none."""
    activities = list(activities)
    names = names_of(activities)
    return [activity.number or names.get(activity.pk, str(activity)) for activity in activities]


class ActivityLinesField(forms.CharField):
    """利用する業務: cleans to a list of Activity in the order typed, each once; registered businesses only."""

    widget = forms.Textarea(attrs={"rows": 3, "class": "in-t"})

    def __init__(self, **kwargs: Any) -> None:
        words = {
            "label": "ファイルを利用する業務",
            "required": False,
            "help_text": "業務登録番号または業務の名称を、1行に1つ書きます。例：1309-14",
        }
        super().__init__(**words | kwargs)

    def to_python(self, value: Any) -> list[Activity]:
        """One business a line. ValidationError names every line that is none."""
        lines = [line.strip() for line in str(value or "").splitlines()]
        found: dict[int, Activity] = {}
        faults = []
        for line in dict.fromkeys(filter(None, lines)):
            activity = _find(line)
            if activity is None:
                faults.append(f"「{line[:40]}」という業務は登録されていません。")
            else:
                found[activity.pk] = activity
        if faults:
            raise ValidationError(faults)
        return list(found.values())

    def run_validators(self, value: list[Activity]) -> None:
        """Nothing to check: the texts have become businesses."""

    def validate(self, value: list[Activity]) -> None:
        """A file without a business may be registered."""


def _find(line: str) -> Activity | None:
    """By number in any spelling, else by the whole name of one business in force today."""
    try:
        return _registered().filter(number=parse(line).number).first()
    except BusinessNumberError:
        named = ActivityVersion.objects.as_of(timezone.localdate()).filter(name=line)
        matches = list(_registered().filter(pk__in=named.values("activity"))[:2])
        return matches[0] if len(matches) == 1 else None


def _registered() -> Any:
    return Activity.objects.filter(versions__status=ActivityStatus.REGISTERED).distinct()
