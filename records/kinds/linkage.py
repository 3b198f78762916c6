"""電算結合: one kind of record (第5号様式, domain §1.7)."""

from collections.abc import Iterator
from datetime import timedelta

from records.kinds.base import NAMES, OWN, Period, RecordKind, own_activity, partner_named, same_partner
from records.models import Linkage, LinkageVersion


def _derive(record: LinkageVersion) -> None:
    record.activity = own_activity(record)
    record.partner = partner_named(record.partner_name)


def _period(record: LinkageVersion) -> Period:
    """From 結合年月日, a 変更 from 結合変更年月日; 「次年度以降も」 takes the end away."""
    first = (record.changed_on if record.is_change else record.linked_on).start
    ends = record.linked_until and not record.continuing_clause.strip()
    return first, record.linked_until.end + timedelta(days=1) if ends else None


def _also_missing(record: LinkageVersion) -> Iterator[str]:
    if record.is_change and record.changed_on.is_blank:
        yield "changed_on"


def _contradictions(record: LinkageVersion) -> Iterator[str]:
    over = record.over_outsourcing
    first, _ = _period(record)
    if over is not None and first is not None and not over.versions.as_of(first).exists():
        yield f"経由する外部委託「{over}」は、結合の始まる日に効力がありません。"


LINKAGE = RecordKind(
    code="linkage",
    label="電算結合記録票",
    short="電算結合",
    sheet_code="linkage-record",
    model=LinkageVersion,
    identity="linkage",
    identity_model=Linkage,
    list_page="linkage_list",
    editable=(
        "activity",
        "activity_number",
        "department_name",
        "activity_name",
        "purpose",
        "linked_on",
        "linked_until",
        "continuing_clause",
        "changed_on",
        "partner_name",
        "partner_address",
        "onward_partners",
        "over_outsourcing",
        "linkage_form",
        "provided_items",
        "received_items",
        "volume",
        "flow_steps",
        "ground_documents",
        "responsible",
    ),
    slips=NAMES | {"partner_address"},
    own_fields=OWN,
    required=(
        "department_name",
        "activity_name",
        "purpose",
        "linked_on",
        "partner_name",
        "provided_items",
        "received_items",
        "responsible",
    ),
    derive=_derive,
    period=_period,
    same_pair=same_partner,
    also_missing=_also_missing,
    contradictions=_contradictions,
    change_bracket=("change_council_date", "change_consultation_number"),
    related=("activity", "replaces", "partner", "over_outsourcing"),
    long_texts=(
        "provided_items", "received_items", "partner_address", "changed_on", "change_council_date", "linkage_form",
        "onward_partners", "flow_steps", "ground_documents",
    ),
)  # fmt: skip
