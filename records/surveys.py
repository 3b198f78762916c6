"""状況調査の読み: which records a year's survey asks about, and what the departments answered."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import CharField, Count, Exists, F, OuterRef, Q, QuerySet, Sum, Value

from common import fiscal_year
from organization.models import Department
from organization.models.departments import successors_on
from records.kinds import OUT_OF_PURPOSE, PROVISION, kind_of
from records.models import (
    ActGround,
    Ground,
    OutOfPurposeUseVersion,
    ProvisionVersion,
    SheetStatus,
    Survey,
    SurveyRow,
    SurveySheet,
    SurveyStatus,
)

# The kinds that the survey asks about, each with the row's foreign key to its identity.
KINDS_ASKED = (OUT_OF_PURPOSE, PROVISION)
CONSENT = {Ground.CONSENT, ActGround.CONSENT}
DAY = timedelta(days=1)
# What no source says; on the page, in the files and on the sheet.
CONSENT_IS_OPEN = (
    "公表した延べ人数に、本人の同意による利用・提供がふくまれるかどうかは、資料からは分かりません。"
    "本人の同意によるものは分けて示し、合計にふくめていません。"
)
# The identity of a record: the name of the row's foreign key, and its number.
Key = tuple[str, int]
SurveyedVersion = OutOfPurposeUseVersion | ProvisionVersion


@dataclass(frozen=True)
class Due:
    """調査の対象: one record in force in the year, by its last version of the year."""

    version: SurveyedVersion
    starts_on: date
    by_consent: bool

    @property
    def key(self) -> Key:
        """Which record it is."""
        return key_of_version(self.version)

    def texts(self) -> dict[str, object]:
        """What its row keeps: the names as the sheet had them."""
        version = self.version
        words = version.CODE_LISTS["grounds"]
        return {
            "activity_number": version.activity_number,
            "activity_name": version.activity_name,
            "counterpart": _counterpart(version),
            "grounds": "、".join(words[code] for code in words if code in version.grounds),
            "starts_on": self.starts_on,
            "by_consent": self.by_consent,
        }


def _counterpart(version: SurveyedVersion) -> str:
    if isinstance(version, ProvisionVersion):
        return version.partner_name
    return "　".join(filter(None, (version.providing_department_name, version.providing_activity_name)))


def key_of_version(version: SurveyedVersion) -> Key:
    """Which record a version belongs to."""
    identity = kind_of(version).identity
    return identity, getattr(version, f"{identity}_id")


def key_of_row(row: SurveyRow) -> Key:
    """Which record a row asks about."""
    return ("use", row.use_id) if row.use_id else ("provision", row.provision_id)


def due_records(year: int) -> list[Due]:
    """The uses and provisions that were in force on some day of the fiscal year; one statement for each kind.

    A record rests on 本人の同意 alone only if each of its versions of the year does.
    """
    found: list[Due] = []
    for kind in KINDS_ASKED:
        rows = kind.model.objects.filter(_meanwhile(year)).select_related("proposal__department__parent")
        versions: dict[Key, list[SurveyedVersion]] = {}
        for version in rows.order_by("valid_from", "pk"):
            versions.setdefault(key_of_version(version), []).append(version)
        found += [_due(each) for each in versions.values()]
    return sorted(found, key=_in_order)


def _meanwhile(year: int) -> Q:
    """In force on some day of the fiscal year."""
    first, after = fiscal_year.first_day(year), fiscal_year.last_day(year) + timedelta(days=1)
    return Q(valid_from__lt=after) & (Q(valid_to__isnull=True) | Q(valid_to__gt=first))


def _due(versions: list[SurveyedVersion]) -> Due:
    by_consent = all(version.grounds and set(version.grounds) <= CONSENT for version in versions)
    return Due(versions[-1], versions[0].valid_from, by_consent)


def _in_order(due: Due) -> tuple[object, ...]:
    return due.by_consent, due.key[0] != "use", due.version.activity_number or "9999-99", due.version.pk


def by_department(found: Iterable[Due], day: date) -> dict[Department, list[Due]]:
    """Who answers on `day` for which records: the department that filed them, or the one that took over from it.

    Where several took over (a split), or none did, the sheet keeps the old department; its successors all see it.
    """
    heirs: dict[int, Department] = {}
    answering: dict[Department, list[Due]] = {}
    for due in found:
        filed_by = due.version.proposal.department
        if filed_by.pk not in heirs:
            later = successors_on(filed_by, day)
            heirs[filed_by.pk] = later[0] if len(later) == 1 else filed_by
        answering.setdefault(heirs[filed_by.pk], []).append(due)
    return answering


def unasked_count(survey: Survey) -> int:
    """How many records of the survey's year have no row: those that came into force since; one statement."""
    parts = []
    for kind in KINDS_ASKED:
        asked = SurveyRow.objects.filter(survey=survey, **{kind.identity: OuterRef(kind.identity)})
        new = kind.model.objects.filter(_meanwhile(survey.fiscal_year)).exclude(Exists(asked)).order_by()
        code = Value(kind.code, output_field=CharField())
        parts.append(new.values(code=code, identity=F(kind.identity)).distinct())
    return parts[0].union(*parts[1:], all=True).count()


def last_year(survey: Survey, rows: Iterable[SurveyRow]) -> dict[Key, int]:
    """延べ人数 of the year before by record, where that survey has a figure; one statement."""
    keys = [key_of_row(row) for row in rows]
    uses = [pk for name, pk in keys if name == "use"]
    provisions = [pk for name, pk in keys if name == "provision"]
    before = SurveyRow.objects.filter(survey__fiscal_year=survey.fiscal_year - 1, persons__isnull=False)
    found = before.filter(Q(use__in=uses) | Q(provision__in=provisions))
    return {key_of_row(row): row.persons for row in found}


def still_in_force(sheet: SurveySheet) -> list[SurveyedVersion]:
    """Records that the sheet says have ended, but whose 記録票 go on: their end has yet to be filed."""
    ended = {key_of_row(row): row.ended_on for row in sheet.rows.filter(ended_on__isnull=False, in_scope=True)}
    found: list[SurveyedVersion] = []
    for kind in KINDS_ASKED:
        days = {pk: day for (name, pk), day in ended.items() if name == kind.identity}
        if days:
            goes_on = Q(valid_from__isnull=False) & (Q(valid_to__isnull=True) | Q(valid_to__gt=min(days.values())))
            versions = kind.model.objects.filter(goes_on, **{f"{kind.identity}__in": days})
            found += [one for one in versions.order_by("pk") if one.in_force(days[key_of_version(one)[1]] + DAY)]
    return found


def is_jump(persons: int | None, before: int | None, percent: int | None) -> bool:
    """Whether the figure differs from last year's by more than `percent`; None of either: nothing to compare."""
    if persons is None or before is None or percent is None:
        return False
    return abs(persons - before) * 100 > percent * before


@dataclass(frozen=True)
class Totals:
    """状況調査の合計 of one fiscal year; None: no submitted sheet has a figure, which is not the same as 0."""

    fiscal_year: int
    out_of_purpose: int | None
    provision: int | None
    # By 本人の同意 alone; in neither of the two above (CONSENT_IS_OPEN).
    out_of_purpose_by_consent: int | None
    provision_by_consent: int | None
    sheets: int
    submitted: int
    is_closed: bool

    @property
    def is_complete(self) -> bool:
        """Whether every department has submitted its sheet."""
        return self.sheets > 0 and self.sheets == self.submitted


_SUMS: Mapping[str, Q] = {
    "out_of_purpose": Q(use__isnull=False, by_consent=False),
    "provision": Q(provision__isnull=False, by_consent=False),
    "out_of_purpose_by_consent": Q(use__isnull=False, by_consent=True),
    "provision_by_consent": Q(provision__isnull=False, by_consent=True),
}


def totals(year: int) -> Totals:
    """延べ人数 of a fiscal year for the yearly report (運用状況 5): of the submitted sheets. Two statements."""
    rows = SurveyRow.objects.filter(survey__fiscal_year=year, sheet__status=SheetStatus.SUBMITTED, in_scope=True)
    # Under other names than those of the columns that the conditions of the next sums ask.
    found = rows.aggregate(**{f"{name}_sum": Sum("persons", filter=which) for name, which in _SUMS.items()})
    sums = {name: found[f"{name}_sum"] for name in _SUMS}
    submitted = Count("pk", filter=Q(status=SheetStatus.SUBMITTED))
    closed = Count("pk", filter=Q(survey__status=SurveyStatus.CLOSED))
    counts = SurveySheet.objects.filter(survey__fiscal_year=year).aggregate(
        sheets=Count("pk"), submitted=submitted, closed=closed
    )
    is_closed = counts.pop("closed") > 0
    return Totals(year, **sums, **counts, is_closed=is_closed)


def with_counts(sheets: QuerySet) -> QuerySet:
    """Sheets with `asked` rows that must be answered, `answered` ones among them, and 延べ人数 of both kinds."""
    asked = Q(rows__in_scope=True, rows__by_consent=False)
    return sheets.annotate(
        asked=Count("rows", filter=asked),
        answered=Count("rows", filter=asked & Q(rows__persons__isnull=False)),
        use_persons=Sum("rows__persons", filter=asked & Q(rows__use__isnull=False)),
        provision_persons=Sum("rows__persons", filter=asked & Q(rows__provision__isnull=False)),
    )
