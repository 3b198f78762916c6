"""事故の表."""

from incidents.models.incidents import (
    ActorKind,
    CauseCertainty,
    Incident,
    IncidentDepartment,
    IncidentKind,
    IncidentStatus,
    Part,
    Recovery,
)
from incidents.models.quantities import Certainty, Counted, Quantity

__all__ = [
    "ActorKind",
    "CauseCertainty",
    "Certainty",
    "Counted",
    "Incident",
    "IncidentDepartment",
    "IncidentKind",
    "IncidentStatus",
    "Part",
    "Quantity",
    "Recovery",
]
