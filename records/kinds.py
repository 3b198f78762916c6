"""記録票の種類: the kinds of records, their differences as data."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import models

from common import business_number
from records.models import Linkage, LinkageVersion, OutOfPurposeUse, OutOfPurposeUseVersion, RecordVersion
from records.models.out_of_purpose import Ground
from records.states import Route
from registry.models import Activity


@dataclass(frozen=True)
class RecordKind:
    """One kind of record: its tables, its fields in the order of the paper, its sheet."""

    code: str
    label: str
    sheet_code: str
    model: type[RecordVersion]
    identity: str
    identity_model: type[models.Model]
    # What the department writes, in the order of the paper.
    editable: tuple[str, ...]
    # What differs between the sheets that one file carries for several businesses; the rest is shared.
    own_fields: frozenset[str]
    required: tuple[str, ...]
    derive: Callable[[RecordVersion], None]

    @property
    def shared_fields(self) -> tuple[str, ...]:
        """The fields that are the same on all sheets of a file (収納課: three sheets, one text)."""
        return tuple(name for name in self.editable if name not in self.own_fields)


def _find_activity(number: str) -> Activity | None:
    """The business of a typed 業務登録番号; None when none is given, or none has it yet."""
    return Activity.objects.filter(number=business_number.parse(number).number).first() if number.strip() else None


def _own_activity(record: RecordVersion) -> Activity | None:
    """The business of the sheet: that of the number typed; without a number, the one chosen that has none yet."""
    if record.activity_number.strip():
        return _find_activity(record.activity_number)
    return record.activity if record.activity is not None and record.activity.number is None else None


def _derive_linkage(record: LinkageVersion) -> None:
    """電算結合 goes to the council by 諮問 until the office says otherwise."""
    record.activity = _own_activity(record)


def _derive_use(record: OutOfPurposeUseVersion) -> None:
    """Only 審議会事項 needs a 諮問; every other ground is reported (条例第15条, domain §1.10–1.11)."""
    record.activity = _own_activity(record)
    record.providing_activity = _find_activity(record.providing_number)
    record.route = Route.CONSULTATION if Ground.COUNCIL in record.grounds else Route.REPORT


_OWN = frozenset({"activity", "activity_number", "activity_name"})

LINKAGE = RecordKind(
    code="linkage",
    label="電算結合記録票",
    sheet_code="linkage-record",
    model=LinkageVersion,
    identity="linkage",
    identity_model=Linkage,
    editable=(
        "activity",
        "activity_number",
        "department_name",
        "activity_name",
        "purpose",
        "linked_on",
        "changed_on",
        "partner_name",
        "partner_address",
        "provided_items",
        "received_items",
        "responsible",
    ),
    own_fields=_OWN,
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
    derive=_derive_linkage,
)

OUT_OF_PURPOSE = RecordKind(
    code="out-of-purpose",
    label="目的外利用記録票",
    sheet_code="out-of-purpose-record",
    model=OutOfPurposeUseVersion,
    identity="use",
    identity_model=OutOfPurposeUse,
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
        "criterion_article",
        "criterion_type",
        "use_forms",
        "use_forms_other",
        "applied_on",
        "responsible",
    ),
    own_fields=_OWN,
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
    derive=_derive_use,
)

KINDS = {kind.code: kind for kind in (LINKAGE, OUT_OF_PURPOSE)}
_BY_MODEL = {kind.model: kind for kind in KINDS.values()}


def kind_of(record: RecordVersion) -> RecordKind:
    """The kind of a record version."""
    return _BY_MODEL[type(record)]
