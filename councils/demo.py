"""見本の区の審議体: bodies, what is laid down about them, terms and members, from fixtures/demo/<ward>-council.json."""

import json
import uuid
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from django.conf import settings

from councils.models import Appointment, Body, BodyRule, Member, Minutes, OutcomePhrase, Term
from councils.services.amendments import EDITABLE, create_amendment, enact_amendment
from councils.services.follow_ups import create_followup
from councils.services.importing import import_minutes, keep_file
from councils.services.minutes import publish_minutes, send_minutes, settle_minutes
from history.models import TrackedModel
from history.writing import SYSTEM
from organization import rules
from organization.demo import field_labels, source_note
from records.demo import DemoWard

Row = TypeVar("Row", bound=TrackedModel)


def load_council(ward: DemoWard) -> None:
    """審議体: the ward's bodies, with their rules, words, terms and members, and the meetings whose 要録 is at hand."""
    rules.require_action(SYSTEM, "load_demo")
    path = Path(settings.BASE_DIR) / "fixtures" / "demo" / f"{ward.key}-council.json"
    council = json.loads(path.read_text(encoding="utf-8"))
    for item in council["bodies"]:
        _load_body(item, council["sources"])
    for item in council["amendments"]:
        _load_amendment(item, council["sources"])
    for item in council["minutes"]:
        minutes = _load_minutes(item, council["sources"])
        for owed in item["follow_ups"]:
            _load_follow_up(minutes, owed, ward, f"出典：{council['sources'][item['source']]}")


def _load_body(item: Mapping[str, Any], sources: Mapping[str, str]) -> Body:
    note = source_note(item, sources, field_labels(Body))
    body = _write(
        Body(**{name: item[name] for name in ("key", "name", "short_name", "kind", "office")}, source_note=note)
    )
    _write(BodyRule(body=body, **item["rule"]))
    for position, phrase in enumerate(item["phrases"]):
        _write(OutcomePhrase(body=body, position=position, **phrase))
    for term in item["terms"]:
        _load_term(body, term, f"出典：{sources[item['source']]}。{term['note']}")
    return body


def _load_term(body: Body, item: Mapping[str, Any], note: str) -> None:
    term = _write(Term(body=body, number=item["number"], source_note=note))
    for position, name in enumerate(item["members"]):
        surname, _, mark = name.partition("（")  # 中村（三）
        member = _write(Member(body=body, surname=surname, distinction=mark.removesuffix("）"), source_note=note))
        _write(Appointment(member=member, term=term, position=position, source_note=note))


def _load_amendment(item: Mapping[str, Any], sources: Mapping[str, str]) -> None:
    """An amendment of which a paper told the council."""
    days = {name: date.fromisoformat(item[name]) for name in ("enacted_on", "effective_on")}
    row = create_amendment(
        Body.objects.get(key=item["body"]),
        values={name: item.get(name, "") for name in EDITABLE} | {"effective_on": days["effective_on"]},
        old="\n".join(item["old"]),
        new="\n".join(item["new"]),
        shorten=False,
        token=uuid.uuid5(uuid.NAMESPACE_OID, item["title"]),
        source_note=f"出典：{sources[item['source']]}",
        actor=SYSTEM,
    )
    enact_amendment(row, **days, actor=SYSTEM)


def _load_minutes(item: Mapping[str, Any], sources: Mapping[str, str]) -> Minutes:
    """As the secretariat does it: the file is taken over, confirmed and published; its slips stay."""
    path = Path(settings.BASE_DIR) / "fixtures" / "demo" / item["file"]
    stored = keep_file(path.name, path.read_bytes(), actor=SYSTEM)
    written = import_minutes(stored, actor=SYSTEM, source_note=f"出典：{sources[item['source']]}")
    written = send_minutes(written, actor=SYSTEM)
    written = settle_minutes(written, actor=SYSTEM, reason=item["settled_because"])
    return publish_minutes(written, actor=SYSTEM)


def _load_follow_up(minutes: Minutes, item: Mapping[str, Any], ward: DemoWard, note: str) -> None:
    """What was promised or left without an answer, by the passage; its 課 where the ward has it."""
    said = minutes.utterances.get(speaker=item["speaker"], text__contains=item["passage"])
    named = [department for department in ward.departments.values() if department.name == item["section"]]
    create_followup(
        minutes.meeting,
        kind=item["kind"],
        task=item["task"],
        passage=item["passage"],
        utterance=said,
        department=named[0] if named else None,
        token=uuid.uuid5(minutes.meeting.token, item["passage"]),
        source_note=note if named else f"{note}。所管課（{item['section']}）は、組織の見本にない",
        actor=SYSTEM,
    )


def _write(row: Row) -> Row:
    row.full_clean()
    row.save_as(SYSTEM, action="load_demo")
    return row
