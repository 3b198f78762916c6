"""A meeting of the council in the demo ward, ahead of today."""

from datetime import date, timedelta

from django.utils import timezone

from councils.models import Meeting
from tests.councils.factories import BodyFactory, BodyRuleFactory, TermFactory, meeting_of


def a_meeting(held_on: date | None = None) -> Meeting:
    """第30期第1回 of a body of its own, in two weeks, or on the day given."""
    body = BodyRuleFactory(body=BodyFactory(key="e2e-council", name="試験のための審議会")).body
    return meeting_of(TermFactory(body=body, number=30), held_on=held_on or timezone.localdate() + timedelta(days=14))
