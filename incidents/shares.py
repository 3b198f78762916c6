"""組織改正と事故: a case keeps the department that had it; the successor sees it and goes on with it."""

from collections.abc import Collection
from datetime import date

from django.db.models import QuerySet

from incidents.models import Incident, IncidentDepartment, IncidentStatus
from organization import reassignment
from organization.reassignment import Share, Way

_UNDER_WAY = [IncidentStatus.REPORTED, IncidentStatus.OPEN]


def register_shares() -> None:
    """Called when the application starts."""
    reassignment.register(
        Incident,
        Share("department", "対応中の事故", Way.FOLLOWS, _under_way, "view_incident", str, needs_successor=True),
        Share("department", "終了した事故", Way.FOLLOWS, _over, "view_incident", str),
    )
    reassignment.register(
        IncidentDepartment,
        Share("department", "所管に入っている事故", Way.FOLLOWS, _shared, "view_incident", _title),
    )


def _under_way(departments: Collection[int], on: date) -> QuerySet:
    return Incident.objects.filter(department__in=departments, status__in=_UNDER_WAY).order_by("pk")


def _over(departments: Collection[int], on: date) -> QuerySet:
    return Incident.objects.filter(department__in=departments).exclude(status__in=_UNDER_WAY).order_by("pk")


def _shared(departments: Collection[int], on: date) -> QuerySet:
    rows = IncidentDepartment.objects.filter(department__in=departments, is_removed=False)
    return rows.exclude(incident__department__in=departments).select_related("incident").order_by("pk")


def _title(row: IncidentDepartment) -> str:
    return str(row.incident)
