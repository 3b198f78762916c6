"""外部委託: one kind of record (domain §1.8); its number is that of the business."""

from collections.abc import Iterator

from django.db.models import Q

from common.rows import date_in
from records.kinds.base import (
    NAMES,
    OWN,
    Period,
    RecordKind,
    missing_period,
    own_activity,
    partner_named,
    period_of_lines,
    same_partner,
)
from records.models import Outsourcing, OutsourcingVersion


def _derive(record: OutsourcingVersion) -> None:
    record.activity = own_activity(record)
    record.partner = partner_named(record.partner_name)


def _period(record: OutsourcingVersion) -> Period:
    """As written; 「次年度以降も、同様の業務委託を行う」 takes the end away."""
    first, end = period_of_lines(record)
    return first, None if record.continuing_clause.strip() else end


def _contradictions(record: OutsourcingVersion) -> Iterator[str]:
    starts, ends = record.contract_from.start, record.contract_to.end
    if starts and ends and ends < starts:
        yield "契約期間の末日が、初日より前になっています。"
    first, _ = _period(record)
    for number, row in enumerate(record.subcontracts, start=1):
        permitted = date_in(row, "permitted_on").end
        if permitted is not None and first is not None and permitted < first and record.replaces_id is None:
            yield f"再委託{number}「{row['name']}」の承諾日が、委託の始まる日より前になっています。"


def _same_pair(record: OutsourcingVersion) -> Q | None:
    """One business may have several outsourcings (617 for 498); the same subject with the same partner is one."""
    pair = same_partner(record)
    return None if pair is None else pair & Q(subject=record.subject.strip())


OUTSOURCING = RecordKind(
    code="outsourcing",
    label="外部委託記録票",
    short="外部委託",
    sheet_code="outsourcing-record",
    model=OutsourcingVersion,
    identity="outsourcing",
    identity_model=Outsourcing,
    list_page="outsourcing_list",
    editable=(
        "activity",
        "activity_number",
        "department_name",
        "activity_name",
        "subject",
        "purpose",
        "work",
        "partner_name",
        "partner_address",
        "onward_partners",
        "period_from",
        "period_to",
        "continues_from",
        "continuing_clause",
        "items",
        "media",
        "volume",
        "flow_steps",
        "subcontracts",
        "contract_number",
        "contract_from",
        "contract_to",
        "contract_renewal",
        "contract_method",
        "clauses_signed_on",
        "return_certificate_on",
        "protection",
        "ground_documents",
        "responsible",
    ),
    slips=NAMES | {"partner_address", "contract_number", "clauses_signed_on", "return_certificate_on"},
    own_fields=OWN,
    required=(
        "department_name",
        "activity_name",
        "subject",
        "purpose",
        "work",
        "partner_name",
        "items",
        "protection",
        "responsible",
    ),
    derive=_derive,
    period=_period,
    same_pair=_same_pair,
    also_missing=missing_period,
    contradictions=_contradictions,
    related=("activity", "replaces", "partner"),
    long_texts=(
        "work", "items", "media", "protection", "partner_address", "onward_partners", "flow_steps", "subcontracts",
        "ground_documents", "council_date",
    ),
)  # fmt: skip
