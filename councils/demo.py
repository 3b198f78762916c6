"""見本の区の審議体: bodies, what is laid down about them, terms and members, from fixtures/demo/<ward>-council.json."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

from django.conf import settings

from councils.models import Appointment, Body, BodyRule, Member, OutcomePhrase, Term
from history.models import TrackedModel
from history.writing import SYSTEM
from organization import rules
from organization.demo import field_labels, source_note
from records.demo import DemoWard

Row = TypeVar("Row", bound=TrackedModel)


def load_council(ward: DemoWard) -> None:
    """審議体: the ward's bodies, with their rules, words, terms and members."""
    rules.require_action(SYSTEM, "load_demo")
    path = Path(settings.BASE_DIR) / "fixtures" / "demo" / f"{ward.key}-council.json"
    council = json.loads(path.read_text(encoding="utf-8"))
    for item in council["bodies"]:
        _load_body(item, council["sources"])


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


def _write(row: Row) -> Row:
    row.full_clean()
    row.save_as(SYSTEM, action="load_demo")
    return row
