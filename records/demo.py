"""見本の区: the businesses and the 記録票 of the papers, through the same services as everybody's.

Nothing is written past the permission table: the trail of a demo ward looks like that of papers taken over.
"""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction

from file_register.demo import load_files, load_sample_files
from history.errors import DomainError
from history.writing import SYSTEM, request_id
from organization.demo import SAMPLE, field_labels, load_organization, read_samples, read_ward, source_note
from organization.models import Department, User, Ward
from printing.layouts import seed_layouts
from records.demo_papers import PaperLoader
from records.demo_surveys import load_survey
from records.kinds import KINDS, OUT_OF_PURPOSE, RecordKind, kind_of
from records.models import Criterion, Partner, Proposal, RecordVersion
from records.services import amending, criteria, documents, drafting, partners, settling, steps, templates
from registry import services as registry
from registry.demo import load_samples
from registry.models import Activity, ActivityVersion


@dataclass(frozen=True)
class DemoWard:
    """見本の区の読み込んだもの: what the apps above build on; rows by the keys of fixtures/demo/."""

    key: str
    data: Mapping[str, Any]  # see read_ward
    departments: Mapping[str, Department]
    proposals: Mapping[str, Proposal]


# What the apps above add to a demo ward (`register_part`).
_PARTS: list[Callable[[DemoWard], None]] = []
# Tokens follow from the ward and the key, so that two loadings give the same ones.
_TOKENS = uuid.UUID("6d9f0f6c-5b53-4c1e-9a6e-2f1f4f4f4c1a")


class DatabaseFilled(DomainError):
    """空でないデータベース: sample data never mixes with what somebody entered."""

    def __init__(self) -> None:
        super().__init__(
            "データベースが空ではないため、見本データは取り込みません。空のデータベースで実行してください。"
        )


def register_part(load: Callable[[DemoWard], None]) -> None:
    """An app above adds what it holds of a demo ward, inside the same transaction."""
    _PARTS.append(load)


def database_is_empty() -> bool:
    """Whether nobody has entered anything yet (the seeded layouts do not count)."""
    return not any(model.objects.exists() for model in (Ward, Department, User, Activity, Proposal))


@transaction.atomic
def load_ward(ward: str) -> None:
    """見本データの取込み: the demo ward `ward` ("nerima" or "shinjuku"), whole or not at all. Raises DatabaseFilled."""
    if not database_is_empty():
        raise DatabaseFilled
    data = read_ward(ward)
    with request_id(uuid.uuid4().hex):
        seed_layouts(SYSTEM)
        departments = load_organization(data)
        activities = {item["key"]: _load_activity(item, departments, data) for item in data["activities"]}
        load_files(data, departments, activities, partial(_token, data))
        load_criteria(data)
        load_retention(data)
        load_partners(data, partial(_token, data))
        known = Known(departments, activities, PaperLoader(ward, data, partial(_token, data)))
        loaded: dict[str, Proposal] = {}
        for item in data["proposals"]:
            loaded[item["key"]] = _load_proposal(item, known, loaded, data)
        if samples := read_samples(ward):
            load_sample_files(samples, load_samples(samples, departments))
            load_survey(samples, departments, partial(_token, data))
        for load in _PARTS:
            load(DemoWard(ward, data, departments, loaded))


@dataclass(frozen=True)
class Known:
    """What a file of the demo ward refers to and consists of, by the keys of its data."""

    departments: Mapping[str, Department]
    activities: Mapping[str, ActivityVersion]
    papers: PaperLoader


def _load_activity(
    item: Mapping[str, Any], departments: Mapping[str, Department], data: Mapping[str, Any]
) -> ActivityVersion:
    version = registry.create_activity(
        department=departments[item["department"]],
        values=dict(item),
        token=_token(data, "activity", item),
        actor=SYSTEM,
        source_note=source_note(item, data["sources"], field_labels(ActivityVersion)),
    )
    version = registry.submit_activity(version, actor=SYSTEM)
    return registry.register_activity(version, on=date.fromisoformat(item["valid_from"]), actor=SYSTEM)


def _load_proposal(
    item: Mapping[str, Any], known: Known, loaded: Mapping[str, Proposal], data: Mapping[str, Any]
) -> Proposal:
    """One file with its sheets and papers, as far as its source says: a draft, accepted, or decided."""
    if "change_of" in item:
        (changed,) = loaded[item["change_of"]].records()
        proposal = _begin_change(item, changed, data)
        records = proposal.records()
        _fill(records, kind_of(records[0]), _values(item["values"], known), item["templates"])
    else:
        proposal = _begin_file(item, known, data)
        for sheet in item.get("sheets", [item]):
            kind = KINDS[sheet["kind"]]
            records = _add_sheets(proposal, kind, item, known, data)
            _fill(records, kind, _values(sheet["values"], known), sheet["templates"])
    known.papers.load(proposal, item["key"])
    if item.get("state") != "draft":
        _carry_to_acceptance(proposal, on=date.fromisoformat(item["form_date"]))
    if decision := item.get("decision"):
        settling.decide_proposal(
            proposal,
            council_date=date.fromisoformat(decision["council_date"]),
            consultation_number=decision["consultation_number"],
            actor=SYSTEM,
        )
    return Proposal.objects.get(pk=proposal.pk)


def _begin_file(item: Mapping[str, Any], known: Known, data: Mapping[str, Any]) -> Proposal:
    return drafting.create_proposal(
        title=item["title"],
        department=known.departments[item["department"]],
        token=_token(data, "proposal", item),
        actor=SYSTEM,
        source_note=_note(item, data),
    )


def _begin_change(item: Mapping[str, Any], changed: RecordVersion, data: Mapping[str, Any]) -> Proposal:
    return amending.revise_record(
        changed,
        title=item["title"],
        reason=item["reason"],
        token=_token(data, "proposal", item),
        actor=SYSTEM,
        source_note=_note(item, data),
    )


def _note(item: Mapping[str, Any], data: Mapping[str, Any]) -> str:
    labels = field_labels(Proposal)
    for kind in KINDS.values():
        labels |= field_labels(kind.model)
    return source_note(item, data["sources"], labels)


def _add_sheets(
    proposal: Proposal, kind: RecordKind, item: Mapping[str, Any], known: Known, data: Mapping[str, Any]
) -> list[RecordVersion]:
    return drafting.add_records(
        proposal,
        kind=kind,
        activities=[known.activities[key] for key in item["activities"]],
        token=_token(data, "records", item),
        actor=SYSTEM,
    )


def _values(texts: Mapping[str, Any], known: Known) -> dict[str, Any]:
    values = dict(texts)
    if "providing_department" in values:
        values["providing_department"] = known.departments[values["providing_department"]]
    return values


def load_criteria(data: Mapping[str, Any]) -> None:
    """事前一括承認基準: the 類型 that a source quotes."""
    for item in data["criteria"]:
        values = {name: item[name] for name in ("scope", "article", "number", "wording")}
        note = source_note(item, data["sources"], field_labels(Criterion))
        criteria.add_criterion(values=values | {"source_note": note}, actor=SYSTEM)


def load_retention(data: Mapping[str, Any]) -> None:
    """保存年限: sample classes, since no source names those of the ward."""
    for item in data["retention"]:
        note = f"{SAMPLE}：区の保存年限の区分は資料にない"
        documents.add_retention(name=item["name"], years=item["years"], actor=SYSTEM, source_note=note)


def load_partners(data: Mapping[str, Any], token: Callable[[str, Mapping[str, Any]], UUID]) -> None:
    """相手方の台帳: the partners of the papers."""
    for item in data["partners"]:
        note = source_note(item, data["sources"], field_labels(Partner))
        partners.create_partner(values=item, token=token("partner", item), actor=SYSTEM, source_note=note)


def _fill(records: list[RecordVersion], kind: RecordKind, values: Mapping[str, Any], blanks: Mapping[str, str]) -> None:
    """Several sheets of a file differ only in their business (収納課: three sheets, one text)."""
    first = records[0]
    drafting.edit_record(first, values=dict(values), lock=first.lock, actor=SYSTEM, same_for_all=True)
    for record in records:
        if blanks:
            templates.keep_templates(record, templates=blanks, actor=SYSTEM)


def _carry_to_acceptance(proposal: Proposal, *, on: date) -> None:
    steps.request_approval(proposal, actor=SYSTEM)
    steps.approve_proposal(proposal, actor=SYSTEM, on=on)
    for record in proposal.records():
        if isinstance(record, OUT_OF_PURPOSE.model):
            steps.confirm_provision(record, actor=SYSTEM)
    settling.accept_proposal(proposal, actor=SYSTEM)


def _token(data: Mapping[str, Any], kind: str, item: Mapping[str, Any]) -> uuid.UUID:
    return uuid.uuid5(_TOKENS, f"{data['ward']['name']}/{kind}/{item['key']}")
