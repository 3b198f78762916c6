"""監督の見せかた: 前回承認分の検証 on the page of a 変更, and the list of what has no review yet."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import CharField, Max, OuterRef, Q, QuerySet, Subquery, Value
from django.urls import reverse

from common import exporting, fiscal_year
from common.exporting import Column, Export
from common.templatetags.wording import wareki_dense
from organization import rules
from organization.models import User
from records.kinds import KINDS, RecordKind, kind_of
from records.models import SUPERVISION_KINDS, RecordVersion, SupervisionEntry
from records.models.supervision import REVIEW
from records.services.supervision import SUPERVISED, is_supervised, last_decision


@dataclass(frozen=True)
class EarlierPart:
    """前回承認分の検証: what happened to the record that a sheet changes, since the decision about it."""

    record: RecordVersion
    kind: RecordKind
    since: date | None
    entries: list[SupervisionEntry]

    @property
    def counts(self) -> list[tuple[str, int]]:
        """How many entries of each kind, also those without any."""
        codes = [entry.kind for entry in self.entries]
        return [(kind.label, codes.count(kind.code)) for kind in SUPERVISION_KINDS.values()]

    @property
    def url(self) -> str:
        """All entries of the record."""
        return reverse("supervision", args=[self.kind, self.record.replaces_id])


def earlier_parts(user: User, records: Iterable[RecordVersion]) -> list[EarlierPart]:
    """For each 変更 among the sheets of a file; one statement where there is any, and none for who may see none."""
    changes = [record for record in records if record.is_change and is_supervised(record)]
    if not changes or not rules.may(user, "view_supervisionentry"):
        return []
    about = Q(pk__in=[])
    for record in changes:
        about |= Q(**_identity(record))
    found = list(rules.permitted(SupervisionEntry.objects.in_use().filter(about), user, "view_supervisionentry"))
    return [_part(record, found) for record in changes]


def _part(record: RecordVersion, entries: Iterable[SupervisionEntry]) -> EarlierPart:
    (name, pk), since = next(iter(_identity(record).items())), last_decision(record)
    own = [entry for entry in entries if getattr(entry, name) == pk and (since is None or entry.on >= since)]
    return EarlierPart(record, kind_of(record), since, own)


def _identity(record: RecordVersion) -> dict[str, Any]:
    name = f"{kind_of(record).identity}_id"
    return {name: getattr(record, name)}


# --- 検証がまだの委託・結合


def without_review(day: date) -> QuerySet:
    """The outsourcings and linkages in force on `day` without a review in its fiscal year by then; as values.

    One statement for both kinds, in the order of departments and businesses.
    """
    first, *rest = (_without_review(kind, day) for kind in SUPERVISED)
    return first.union(*rest, all=True).order_by("department_name", "activity_name", "kind_code", "pk")


def _without_review(kind: RecordKind, day: date) -> QuerySet:
    reviews = SupervisionEntry.objects.as_of(day).filter(kind=REVIEW, **{kind.identity: OuterRef(kind.identity)})
    newest = reviews.order_by().values(kind.identity).annotate(newest=Max("on")).values("newest")
    rows = kind.model.objects.as_of(day).order_by().annotate(last_review=Subquery(newest))
    waiting = rows.filter(Q(last_review__isnull=True) | Q(last_review__lt=fiscal_year.first_day(fiscal_year.of(day))))
    return waiting.values(
        "pk",
        "activity_name",
        "department_name",
        "partner_name",
        "valid_from",
        "last_review",
        kind_code=Value(kind.code, output_field=CharField()),
    )


@dataclass(frozen=True)
class WaitingRow:
    """検証がまだの記録."""

    kind: str
    title: str
    url: str
    department: str
    partner: str
    since: str
    last_review: str


def waiting_row(found: Mapping[str, Any]) -> WaitingRow:
    """A row of `without_review` as the list shows it."""
    kind = KINDS[found["kind_code"]]
    return WaitingRow(
        kind=kind.short,
        title=found["activity_name"],
        url=reverse("supervision", args=[kind, found["pk"]]),
        department=found["department_name"],
        partner=found["partner_name"],
        since=wareki_dense(found["valid_from"]),
        last_review=wareki_dense(found["last_review"]) or "なし",
    )


WAITING = [
    Column("業務の名称", lambda row: row.title),
    Column("種類", lambda row: row.kind),
    Column("所管課名", lambda row: row.department),
    Column("相手方", lambda row: row.partner),
    Column("効力の始まった日", lambda row: row.since),
    Column("前回の検証", lambda row: row.last_review),
]
ENTRIES = [
    Column("日", lambda entry: wareki_dense(entry.on)),
    Column("種類", lambda entry: entry.get_kind_display()),
    Column("人数・件数", lambda entry: entry.amount),
    Column("実施した人", lambda entry: entry.by_whom),
    Column("内容・結果", lambda entry: entry.text),
]


def waiting_list(rows: Iterable[Mapping[str, Any]], day: date) -> Export:
    """検証がまだの委託・結合 as a file."""
    return exporting.of("検証がまだの委託・結合", WAITING, map(waiting_row, rows), day)


def entry_list(entries: Iterable[SupervisionEntry], day: date) -> Export:
    """監督の記録 as a file."""
    return exporting.of("監督の記録", ENTRIES, entries, day)
