"""Cases for tests; every row is written as the system, with its history."""

import uuid
from typing import Any

import factory

from history.writing import SYSTEM
from incidents.figures import parse
from incidents.models import Incident, IncidentKind
from incidents.services.reporting import report_incident
from organization.models import Department
from tests.councils.factories import ReferenceFactory
from tests.organization.factories import DepartmentFactory


class IncidentKindFactory(ReferenceFactory):
    """種別."""

    class Meta:
        model = IncidentKind

    name = factory.Sequence(lambda number: f"種別{number}")
    position = factory.Sequence(int)


def reported(department: Department | None = None, figures: str = "2名分", **values: Any) -> Incident:
    """A case as its department reported it."""
    given = {"title": "通知の誤送付", "occurred_on": "令和6年5月", "summary": "別人の通知を同封し、送付"} | values
    given.setdefault("kind", IncidentKind.objects.first() or IncidentKindFactory(name="誤送付"))
    return report_incident(
        department=department or DepartmentFactory(),
        values=given,
        figures=parse(figures),
        token=uuid.uuid4(),
        actor=SYSTEM,
    )
