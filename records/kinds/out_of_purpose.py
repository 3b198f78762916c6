"""目的外利用: one kind of record (第3号様式, domain §1.5)."""

from collections.abc import Iterator
from itertools import chain

from django.db.models import Q

from records.kinds.base import (
    NAMES,
    OWN,
    RecordKind,
    applied_outside,
    find_activity,
    from_applied_day,
    missing_grounds,
    missing_period,
    own_activity,
)
from records.models import ActGround, CriterionScope, OutOfPurposeUse, OutOfPurposeUseVersion
from records.regimes import derive_criterion, provisional_route
from registry.models import ActivityVersion


def _derive(record: OutOfPurposeUseVersion) -> None:
    record.activity = own_activity(record)
    record.providing_activity = find_activity(record.providing_number)
    record.route = provisional_route(record)
    derive_criterion(record, CriterionScope.USE)


def _also_missing(use: OutOfPurposeUseVersion) -> Iterator[str]:
    yield from chain(missing_period(use), missing_grounds(use))


def _contradictions(use: OutOfPurposeUseVersion) -> Iterator[str]:
    yield from applied_outside(use, "目的外利用")
    yield from _of_the_provider(use)
    if _is_itself(use):
        yield "目的外利用する業務と、目的外利用させる業務が同じです。同じ業務の中の利用は、目的外利用ではありません。"


def _of_the_provider(use: OutOfPurposeUseVersion) -> Iterator[str]:
    """The department asked to confirm is the one whose business provides; one's own only where the register says so."""
    owner = None
    if use.providing_activity_id is not None:
        versions = ActivityVersion.objects.filter(activity=use.providing_activity_id, valid_from__isnull=False)
        owner = versions.order_by("-valid_from").values_list("department", flat=True).first()
    if owner is not None and owner != use.providing_department_id:
        yield "提供する課が、目的外利用させる業務の所管課と違います。"
    elif owner is None and use.providing_department_id == use.proposal.department_id:
        yield "提供する課に自課を選べるのは、目的外利用させる業務が自課の登録業務のときだけです。"


def _is_itself(use: OutOfPurposeUseVersion) -> bool:
    if use.activity_id is not None and use.activity_id == use.providing_activity_id:
        return True
    same_words = use.activity_name.strip() == use.providing_activity_name.strip()
    return same_words and use.department_name.strip() == use.providing_department_name.strip()


def _same_pair(use: OutOfPurposeUseVersion) -> Q | None:
    if use.activity_id is None or use.providing_activity_id is None:
        return None
    return Q(activity=use.activity_id, providing_activity=use.providing_activity_id)


OUT_OF_PURPOSE = RecordKind(
    code="out-of-purpose",
    label="目的外利用記録票",
    short="目的外利用",
    sheet_code="out-of-purpose-record",
    model=OutOfPurposeUseVersion,
    identity="use",
    identity_model=OutOfPurposeUse,
    list_page="out_of_purpose_list",
    editable=(
        "activity",
        "activity_number",
        "department_name",
        "activity_name",
        "purpose",
        "providing_activity",
        "providing_number",
        "providing_department",
        "providing_department_name",
        "providing_activity_name",
        "period_from",
        "period_to",
        "continues_from",
        "kinds",
        "kinds_other",
        "grounds",
        "ground_law",
        "ground_reason",
        "criterion_article",
        "criterion_type",
        "use_forms",
        "use_forms_other",
        "applied_on",
        "ground_documents",
        "responsible",
    ),
    slips=NAMES | {"providing_number", "providing_department_name", "providing_activity_name"},
    own_fields=OWN,
    required=(
        "department_name",
        "activity_name",
        "purpose",
        "providing_department",
        "providing_department_name",
        "providing_activity_name",
        "kinds",
        "grounds",
        "responsible",
    ),
    derive=_derive,
    period=from_applied_day,
    same_pair=_same_pair,
    also_missing=_also_missing,
    contradictions=_contradictions,
    not_copied=("applied_on",),
    related=("activity", "replaces", "providing_department__parent", "providing_activity"),
    long_texts=(
        "kinds", "grounds", "use_forms", "confirmation_note", "applied_on", "council_date", "ground_reason",
        "ground_documents",
    ),
    act_grounds=(ActGround.LAW, ActGround.CONSENT, ActGround.INTERNAL, ActGround.SPECIAL),
    criterion_scope=CriterionScope.USE,
)  # fmt: skip
