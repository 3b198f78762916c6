"""組織改正と審議会: what a member asked a department to answer keeps its name; the successor answers it."""

from collections.abc import Collection
from datetime import date

from django.db.models import QuerySet

from councils.models import FollowUp, FollowUpStatus
from organization import reassignment
from organization.reassignment import Share, Way


def register_shares() -> None:
    """Called when the application starts."""
    reassignment.register(
        FollowUp,
        Share(
            "department",
            "審議会の要望・宿題",
            Way.FOLLOWS,
            _open_follow_ups,
            "view_followup",
            str,
            needs_successor=True,
        ),
        Share("department", "回答の済んだ要望・宿題", Way.FOLLOWS, _settled_follow_ups, "view_followup", str),
    )


def _open_follow_ups(departments: Collection[int], on: date) -> QuerySet:
    return FollowUp.objects.filter(department__in=departments, status=FollowUpStatus.OPEN).order_by("pk")


def _settled_follow_ups(departments: Collection[int], on: date) -> QuerySet:
    return FollowUp.objects.filter(department__in=departments).exclude(status=FollowUpStatus.OPEN).order_by("pk")
