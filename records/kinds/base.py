"""記録票の種類の形: what one kind of record says about itself, and what several kinds do alike."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import models
from django.db.models import Q

from common import business_number
from common.text import company_key, name_key
from common.wareki import PartialDate
from records.models import ActGround, Ground, Partner, RecordVersion
from records.models.grounds import NEED_REASON
from records.models.parts import WithGrounds, WithPeriod
from registry.models import Activity

# First day in force and first day no longer in force; None: not written yet, and no end.
Period = tuple[date | None, date | None]


def nothing(record: RecordVersion) -> Iterator[str]:
    """A kind without conditions of its own."""
    yield from ()


@dataclass(frozen=True)
class RecordKind:
    """One kind of record: its tables, its fields in the order of the paper, its sheet, its pages, and its rules."""

    code: str
    label: str
    short: str
    sheet_code: str
    model: type[RecordVersion]
    identity: str
    identity_model: type[models.Model]
    list_page: str
    # What the department writes, in the order of the paper.
    editable: tuple[str, ...]
    # What differs between the sheets that one file carries for several businesses; the rest is shared.
    own_fields: frozenset[str]
    required: tuple[str, ...]
    derive: Callable[[RecordVersion], None]
    # From the dates on the paper.
    period: Callable[[RecordVersion], Period]
    # Another record in force that says the same as this one; None where nothing can be said.
    same_pair: Callable[[RecordVersion], Q | None]
    # Names of fields that are needed because of what stands in others.
    also_missing: Callable[[RecordVersion], Iterator[str]] = nothing
    # Sentences on what does not fit together.
    contradictions: Callable[[RecordVersion], Iterator[str]] = nothing
    # The fields of the bracket that the decision about a 変更 fills, where it is not that of the first decision.
    change_bracket: tuple[str, str] | None = None
    # What a 変更 does not take over: the day of the last change, the day of application.
    not_copied: tuple[str, ...] = ()
    # The other rows that the record's page and sheet read.
    related: tuple[str, ...] = ("activity", "replaces")
    # The long texts that no list shows.
    long_texts: tuple[str, ...] = ()
    # The boxes of the Act that this kind may tick; empty for a kind without 根拠.
    act_grounds: tuple[ActGround, ...] = ()
    # The boxes that only identify: a wrong word there is an obvious slip (decision 0011). Everything else was asked.
    slips: frozenset[str] = frozenset()
    # Which criteria it may cite.
    criterion_scope: str = ""

    @property
    def shared_fields(self) -> tuple[str, ...]:
        """The fields that are the same on all sheets of a file (収納課: three sheets, one text)."""
        return tuple(name for name in self.editable if name not in self.own_fields)

    @property
    def box_labels(self) -> set[str]:
        """What the boxes of its sheet are called."""
        return {str(self.model._meta.get_field(name).verbose_name) for name in self.editable}

    @property
    def view_page(self) -> str:
        """The URL name of a record's own page; also the line of the permission table."""
        return f"view_{self.model._meta.model_name}"

    @property
    def has_grounds(self) -> bool:
        """Whether its sheet asks for 根拠."""
        return bool(self.act_grounds)


OWN = frozenset({"activity", "activity_number", "activity_name"})


# What names the business and the department; the register knows it anyway.
NAMES = frozenset({"activity_number", "activity_name", "department_name", "responsible"})


def is_empty(value: object) -> bool:
    """Whether a field of a sheet says nothing; a date template says nothing either."""
    if isinstance(value, PartialDate):
        return value.is_blank
    if isinstance(value, str):
        return not value.strip()
    return not value


def find_activity(number: str) -> Activity | None:
    """The business of a typed 業務登録番号; None when none is given, or none has it yet."""
    return Activity.objects.filter(number=business_number.parse(number).number).first() if number.strip() else None


def own_activity(record: RecordVersion) -> Activity | None:
    """The business of the sheet: that of the number typed; without a number, the one chosen that has none yet."""
    if record.activity_number.strip():
        return find_activity(record.activity_number)
    return record.activity if record.activity is not None and record.activity.number is None else None


def partner_named(name: str) -> Partner | None:
    """The partner of the register that bears or bore the name on the sheet, in any spelling; None for none."""
    wanted, key = name.strip(), company_key(name)
    if not wanted:
        return None
    known = list(Partner.objects.order_by("pk"))
    tests: list[Callable[[Partner], bool]] = [
        lambda partner: partner.name == wanted,
        lambda partner: any(row["name"] == wanted for row in partner.former_names),
        lambda partner: company_key(partner.name) == key,
    ]
    return next((partner for test in tests for partner in known if test(partner)), None)


def partner_spelt_like(name: str, *, but: int | None) -> Partner | None:
    """The partner whose name is the same but for its spelling (㈱, blanks, widths), other than the one of key `but`."""
    others = Partner.objects.exclude(pk=but).order_by("pk")
    return next((partner for partner in others if company_key(partner.name) == company_key(name)), None)


def period_of_lines(record: WithPeriod) -> Period:
    """「…から…まで」, the last day included, or 「…以降継続」."""
    first = record.period_from or record.continues_from
    return first.start, record.period_to.end + timedelta(days=1) if record.period_to else None


def missing_period(record: WithPeriod) -> Iterator[str]:
    """The first line of the period is needed, unless the second is written."""
    if record.continues_from.is_blank:
        yield from (name for name in ("period_from", "period_to") if getattr(record, name).is_blank)


# A box 「その他（　）」 that is ticked says what it means.
OTHERS = (("kinds", "kinds_other"), ("use_forms", "use_forms_other"))


def missing_grounds(record: WithGrounds) -> Iterator[str]:
    """The words that a ticked box asks for."""
    for codes, other in OTHERS:
        if "other" in getattr(record, codes) and is_empty(getattr(record, other)):
            yield other
    if {Ground.LAW, ActGround.LAW} & set(record.grounds) and not record.ground_law.strip():
        yield "ground_law"
    if set(NEED_REASON) & set(record.grounds) and not record.ground_reason.strip():
        yield "ground_reason"
    if Ground.PREAPPROVED in record.grounds:
        yield from (name for name in ("criterion_type", "applied_on") if is_empty(getattr(record, name)))


def applied_outside(record: RecordVersion, words: str) -> Iterator[str]:
    """適用日 lies in the period that the paper names."""
    first = (record.period_from or record.continues_from).start
    last = record.period_to.end if record.period_to else None
    applied = record.applied_on.start if record.applied_on and Ground.PREAPPROVED in record.grounds else None
    if applied is not None and (applied < first or (last is not None and applied > last)):
        yield f"適用日は、{words}の期間の中の日にしてください。"


def from_applied_day(record: RecordVersion) -> Period:
    """A case under the criteria is in force from its 適用日, else from the first day of its period."""
    first, end = period_of_lines(record)
    if Ground.PREAPPROVED in record.grounds and record.applied_on:
        first = record.applied_on.start
    return first, end


def same_partner(record: RecordVersion) -> Q | None:
    """The other records of the same business with the same partner, in any spelling; None while one is not known.

    A business without a number yet is known by its name and the department of the file.
    """
    name, business = record.partner_name.strip(), record.activity_name.strip()
    if not name or record.partner_is_open or (record.activity_id is None and not business):
        return None
    model = type(record)
    if record.activity_id is not None:
        same_business = Q(activity=record.activity_id)
    else:
        unnumbered = model.objects.filter(activity=None, proposal__department=record.proposal.department_id)
        names = set(unnumbered.values_list("activity_name", flat=True))
        alike = [one for one in names if name_key(one) == name_key(business)]
        same_business = Q(activity=None, activity_name__in=alike, proposal__department=record.proposal.department_id)
    spelt = set(model.objects.filter(same_business).values_list("partner_name", flat=True))
    partner = Q(partner_name__in=[one for one in spelt if company_key(one) == company_key(name)])
    if record.partner_id is not None:
        partner |= Q(partner=record.partner_id)
    return same_business & partner
