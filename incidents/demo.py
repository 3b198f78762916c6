"""見本の区の事故: kinds and the cases of the yearly table at hand, from fixtures/demo/<ward>-incidents.json."""

import json
import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings

from history.writing import SYSTEM
from incidents.figures import parse
from incidents.models import CauseCertainty, Incident, IncidentDepartment, IncidentKind, IncidentStatus, Quantity
from organization import rules
from records.demo import DemoWard


def load_incidents(ward: DemoWard) -> None:
    """事故: kinds, and the cases as the office closed them; a ward without such a table has neither."""
    rules.require_action(SYSTEM, "load_demo")
    path = Path(settings.BASE_DIR) / "fixtures" / "demo" / f"{ward.key}-incidents.json"
    if not path.exists():
        return
    data = json.loads(path.read_text(encoding="utf-8"))
    note = f"出典：{data['sources'][data['source']]}"
    kinds = {}
    for place, name in enumerate(data["kinds"]):
        kinds[name] = _write(IncidentKind(name=name, position=place, source_note=f"{note}。{data['note']}"[:300]))
    departments = {department.name: department for department in ward.departments.values()}
    for number, item in enumerate(data["incidents"], start=1):
        _load(number, item, kinds[item["kind"]], departments, f"{note}　表6の{number}番")


def _load(
    number: int, item: Mapping[str, Any], kind: IncidentKind, departments: Mapping[str, Any], note: str
) -> Incident:
    names = item["departments"]
    incident = _write(
        Incident(
            title=f"{kind}（{names[0]}）",
            kind=kind,
            department=departments.get(names[0]),
            status=IncidentStatus.CLOSED,
            cause_certainty=CauseCertainty.CONFIRMED,
            token=uuid.uuid5(uuid.NAMESPACE_OID, f"{note}{number}"),
            source_note=note,
            **{name: item[name] for name in ("occurred_on", "actor", "actor_note", "summary", "cause")},
        )
    )
    for place, name in enumerate(names):
        _write(IncidentDepartment(incident=incident, name=name, department=departments.get(name), position=place))
    for place, figure in enumerate(parse(item["figures"])):
        _write(Quantity(incident=incident, position=place, **figure._asdict()))
    return incident


def _write(row: Any) -> Any:
    row.full_clean()
    row.save_as(SYSTEM, action="load_demo")
    return row
