"""外部提供: one kind of record; no source shows its form, its fields mirror 第3号様式 (domain §1.6)."""

from collections.abc import Iterator
from itertools import chain

from records.kinds.base import (
    NAMES,
    OWN,
    Period,
    RecordKind,
    applied_outside,
    from_applied_day,
    missing_grounds,
    missing_period,
    own_activity,
    partner_named,
    same_partner,
)
from records.models import ActGround, CriterionScope, Provision, ProvisionVersion
from records.regimes import derive_criterion, provisional_route


def _derive(record: ProvisionVersion) -> None:
    record.activity = own_activity(record)
    record.partner = partner_named(record.partner_name)
    record.route = provisional_route(record)
    derive_criterion(record, CriterionScope.PROVISION)


def _period(record: ProvisionVersion) -> Period:
    """As written; 「次年度以降も、同様」 takes the end away."""
    first, end = from_applied_day(record)
    return first, None if record.continuing_clause.strip() else end


def _also_missing(record: ProvisionVersion) -> Iterator[str]:
    yield from chain(missing_period(record), missing_grounds(record))


def _contradictions(record: ProvisionVersion) -> Iterator[str]:
    yield from applied_outside(record, "外部提供")
    if record.partner_is_open:
        yield "外部提供の相手方は、未定のままにはできません。"


PROVISION = RecordKind(
    code="provision",
    label="外部提供記録票",
    short="外部提供",
    sheet_code="provision-record",
    model=ProvisionVersion,
    identity="provision",
    identity_model=Provision,
    list_page="provision_list",
    editable=(
        "activity",
        "activity_number",
        "department_name",
        "activity_name",
        "partner_name",
        "partner_address",
        "onward_partners",
        "purpose",
        "period_from",
        "period_to",
        "continues_from",
        "continuing_clause",
        "items",
        "kinds",
        "kinds_other",
        "volume",
        "grounds",
        "ground_law",
        "ground_reason",
        "criterion_article",
        "criterion_type",
        "use_forms",
        "use_forms_other",
        "applied_on",
        "flow_steps",
        "demanded_measures",
        "ground_documents",
        "responsible",
    ),
    slips=NAMES | {"partner_address"},
    own_fields=OWN,
    required=(
        "department_name",
        "activity_name",
        "partner_name",
        "purpose",
        "items",
        "kinds",
        "grounds",
        "demanded_measures",
        "responsible",
    ),
    derive=_derive,
    period=_period,
    same_pair=same_partner,
    also_missing=_also_missing,
    contradictions=_contradictions,
    not_copied=("applied_on",),
    related=("activity", "replaces", "partner"),
    long_texts=(
        "items", "kinds", "grounds", "use_forms", "applied_on", "council_date", "ground_reason", "demanded_measures",
        "partner_address", "onward_partners", "flow_steps", "ground_documents",
    ),
    act_grounds=(ActGround.LAW, ActGround.CONSENT, ActGround.PUBLIC_BODY, ActGround.SPECIAL),
    criterion_scope=CriterionScope.PROVISION,
)  # fmt: skip
