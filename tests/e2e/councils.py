"""A meeting of the council in the demo ward, ahead of today."""

from datetime import date, timedelta

from django.utils import timezone

from councils.models import Body, Meeting
from tests.councils.factories import BodyFactory, BodyRuleFactory, TermFactory, meeting_of


def a_meeting(held_on: date | None = None) -> Meeting:
    """第1回 of a 期 of its own, in two weeks, or on the day given; the body serves all of them."""
    body = Body.objects.filter(key="e2e-council").first()
    if body is None:
        body = BodyRuleFactory(body=BodyFactory(key="e2e-council", name="試験のための審議会")).body
    term = TermFactory(body=body, number=30 + body.terms.count())
    return meeting_of(term, held_on=held_on or timezone.localdate() + timedelta(days=14))
