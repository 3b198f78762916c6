"""運用状況: the figures of a fiscal year as data (architecture.md §5); what is not known is None, never 0."""

from datetime import date
from typing import Any

from common import fiscal_year
from file_register.models import PersonalFileVersion
from incidents import yearly
from records import surveys
from records.models import LinkageVersion, OutsourcingVersion
from registry.models import ActivityVersion


def annual_report(year: int) -> dict[str, Any]:
    """The report of the fiscal year that begins in `year`; the keys are described in docs/annual-report.md.

    Stock figures are those of March 31, persons those of the year's survey. None: nothing is registered here that
    would say it.
    """
    day = fiscal_year.last_day(year)
    totals = surveys.totals(year)
    return {
        "fiscal_year": year,
        "as_of": day.isoformat(),
        "requests": None,
        "days": None,
        "appeals": None,
        "activities": _stock(ActivityVersion, day),
        "files": _stock(PersonalFileVersion, day),
        "outsourcings": _stock(OutsourcingVersion, day),
        "linkages": _stock(LinkageVersion, day),
        "out_of_purpose_persons": totals.out_of_purpose,
        "provision_persons": totals.provision,
        "assessments": None,
        "incidents": [_incident(line) for line in yearly.lines(year)],
        "checks": [],
    }


def _stock(model: Any, day: date) -> int | None:
    """How many were in force on `day`; None where the register holds nothing at all of that time."""
    return model.objects.as_of(day).count() if model.objects.filter(valid_from__lte=day).exists() else None


def _incident(line: yearly.Line) -> dict[str, Any]:
    incident = line.incident
    return {
        "number": line.number,
        "kind": incident.kind.name,
        "month": line.month,
        "actor": incident.get_actor_display(),
        "departments": list(line.departments),
        "quantities": [{"value": one.value, "unit": f"{one.of_what}{one.unit}"} for one in line.quantities],
    }
