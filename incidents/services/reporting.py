"""事故の報告: a department reports, the office completes, closes, or cancels with a reason; nothing is deleted."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from history.errors import DomainError, ReasonRequired
from history.writing import Actor
from incidents.figures import Figure
from incidents.models import Incident, IncidentDepartment, IncidentStatus, Quantity
from organization import rules
from organization.models import Department

EDITABLE = (
    "title", "kind", "occurred_on", "noticed_on", "department_knew_on", "office_knew_on", "published_on", "summary",
    "cause", "cause_certainty", "actor", "actor_note", "partner", "data_items", "has_special_care", "has_my_number",
    "recovery",
)  # fmt: skip


class StillOpen(DomainError):
    """足りない事実: a case is not closed while something that its table prints is missing."""

    def __init__(self, missing: Sequence[str]) -> None:
        super().__init__(f"終了にするには、つぎの欄が必要です：{'、'.join(missing)}")


@transaction.atomic
def report_incident(
    *,
    department: Department,
    values: Mapping[str, Any],
    figures: Sequence[Figure],
    token: UUID,
    actor: Actor,
    source_note: str = "",
) -> Incident:
    """事故の報告 by a department, which is the first of its 所管. The same `token` again gives the first one back.

    `values` of EDITABLE. Raises ValidationError (days in the wrong order).
    """
    rules.require(actor, "report_incident", department)
    if (there := Incident.objects.filter(token=token).first()) is not None:
        return there
    incident = Incident(department=department, token=token, source_note=source_note, **values)
    incident.full_clean()
    try:
        with transaction.atomic():
            incident.save_as(actor, action="report_incident")
    except IntegrityError:  # two clicks at the same moment
        return Incident.objects.get(token=token)
    _name_departments(incident, [department.name], actor, "report_incident")
    _count(incident, figures, actor, "report_incident")
    return incident


@transaction.atomic
def edit_incident(
    incident: Incident,
    *,
    values: Mapping[str, Any],
    figures: Sequence[Figure],
    departments: Sequence[str] | None,
    lock: int,
    actor: Actor,
) -> Incident:
    """事故の編集: `values` of EDITABLE; `departments`: all 所管 by name, in their order (None: as they are).

    Raises StaleEdit, ValidationError.
    """
    incident = _locked(incident, actor, "edit_incident")
    incident.check_lock(lock)
    for name, value in values.items():
        setattr(incident, name, value)
    incident.full_clean()
    incident.save_as(actor, action="edit_incident")
    if departments is not None:
        _name_departments(incident, departments, actor, "edit_incident")
    _count(incident, figures, actor, "edit_incident")
    return incident


@transaction.atomic
def accept_incident(incident: Incident, *, actor: Actor) -> Incident:
    """事故の受付: the office takes the case over from its department."""
    incident = _locked(incident, actor, "accept_incident")
    incident.status = IncidentStatus.OPEN
    incident.full_clean()
    return incident.save_as(actor, action="accept_incident")


@transaction.atomic
def close_incident(incident: Incident, *, actor: Actor) -> Incident:
    """事故の終了. Raises StillOpen while the cause, a figure or a department is missing."""
    incident = _locked(incident, actor, "close_incident")
    missing = [
        label
        for label, is_there in (
            ("原因", bool(incident.cause)),
            ("件数・人数", incident.quantities.filter(is_removed=False).exists()),
            ("所管", incident.departments.filter(is_removed=False).exists()),
        )
        if not is_there
    ]
    if missing:
        raise StillOpen(missing)
    incident.status = IncidentStatus.CLOSED
    incident.full_clean()
    return incident.save_as(actor, action="close_incident")


@transaction.atomic
def reopen_incident(incident: Incident, *, reason: str, actor: Actor) -> Incident:
    """終了の取消し: something more became known. Raises ReasonRequired."""
    incident = _locked(incident, actor, "reopen_incident")
    incident.status = IncidentStatus.OPEN
    incident.full_clean()
    return incident.save_as(actor, action="reopen_incident", reason=reason)


@transaction.atomic
def cancel_incident(incident: Incident, *, reason: str, actor: Actor) -> Incident:
    """事故の取消: it was none; the row stays with its reason. Raises ReasonRequired."""
    incident = _locked(incident, actor, "cancel_incident")
    if not reason.strip():
        raise ReasonRequired(rules.RULES["cancel_incident"].label)
    incident.status, incident.cancel_reason = IncidentStatus.CANCELLED, reason
    incident.full_clean()
    return incident.save_as(actor, action="cancel_incident", reason=reason)


def _locked(incident: Incident, actor: Actor, action: str) -> Incident:
    incident = Incident.objects.select_for_update().get(pk=incident.pk)
    rules.require(actor, action, incident)
    return incident


def _name_departments(incident: Incident, names: Sequence[str], actor: Actor, action: str) -> None:
    """Exactly these 所管 in this order, each tied to the department of that name where there is one."""
    before = {row.name: row for row in incident.departments.filter(is_removed=False)}
    for row in before.values():
        if row.name not in names:
            row.is_removed = True
            row.save_as(actor, action=action)
    today = timezone.localdate()
    known = {row.name: row for row in Department.objects.as_of(today).filter(name__in=names)}
    for place, name in enumerate(dict.fromkeys(names)):
        row = before.get(name) or IncidentDepartment(incident=incident, name=name, department=known.get(name))
        if row.pk is None or row.position != place:
            row.position = place
            row.full_clean()
            row.save_as(actor, action=action)


def _count(incident: Incident, figures: Sequence[Figure], actor: Actor, action: str) -> None:
    """Exactly these figures in this order; what stands already is not written again."""
    before = list(incident.quantities.filter(is_removed=False))
    if [Figure(row.value, row.unit, row.of_what, row.certainty) for row in before] == list(figures):
        return
    for row in before:
        row.is_removed = True
        row.save_as(actor, action=action)
    for place, figure in enumerate(figures):
        row = Quantity(incident=incident, position=place, **figure._asdict())
        row.full_clean()
        row.save_as(actor, action=action)
