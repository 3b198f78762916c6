"""測定用の区: the demo ward, and as many further rows as are wanted, each written with its history row.

The copies go through `history.bulk`, as those of an import do; what is derived from them is written with them.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from history import bulk
from history.writing import SYSTEM
from organization.models import Role, User
from records.demo import load_ward
from records.kinds import LINKAGE, RecordKind
from records.models import LinkageVersion, OutOfPurposeUseVersion, OutsourcingVersion, Proposal, RecordVersion
from records.services import drafting
from records.states import Status
from registry.models import Activity, ActivityStatus, ActivityVersion

ACTION = "load_demo"  # what the trail says of every copy
BATCH = 1000
FILLER = (
    "対象者の氏名、住所、生年月日、続柄、収入の状況を台帳に記録し、支給の要否を審査して決定し、期間の終わりに見直す。"
    * 9
)


@dataclass(frozen=True)
class BenchWard:
    """Who looks, at what, and how often."""

    office: User
    clerk: User
    linkage: LinkageVersion  # decided and in force
    draft: LinkageVersion  # the clerk's, filled in, alone in its file
    most_rounds: int


def load(most_rounds: int = 1) -> BenchWard:
    """The demo ward with one draft more, written by the clerk of the department that has a decided linkage.

    `most_rounds`: how often each pair of calls is measured at most.
    """
    load_ward("nerima")
    linkage = LinkageVersion.objects.filter(status=Status.DECIDED).select_related("proposal").earliest("pk")
    department = linkage.proposal.department
    clerk = User.objects.get(assignments__role=Role.CLERK, assignments__department=department)
    proposal = drafting.create_proposal(title="測定用の案件", department=department, token=uuid.uuid4(), actor=clerk)
    drafts = add_sheets(proposal, kind=LINKAGE, count=1, actor=clerk)
    values = {name: getattr(linkage, name) for name in LINKAGE.editable}
    values["partner_name"] = "測定用の相手方"  # a second one in force with the same partner is refused
    draft = drafting.edit_record(drafts[0], values=values, lock=drafts[0].lock, actor=clerk)
    return BenchWard(User.objects.get(assignments__role=Role.OFFICE), clerk, linkage, draft, most_rounds)


def add_sheets(proposal: Proposal, *, kind: RecordKind, count: int, actor: User) -> list[RecordVersion]:
    """`count` more sheets in a draft."""
    return [
        sheet
        for _ in range(count)
        for sheet in drafting.add_records(proposal, kind=kind, activities=[], token=uuid.uuid4(), actor=actor)
    ]


def add(count: int) -> None:
    """`count` more businesses, and as many files of a linkage, a use and an outsourcing each, all in force today."""
    version = ActivityVersion.objects.filter(status=ActivityStatus.REGISTERED).earliest("pk")
    linkage = LinkageVersion.objects.filter(status=Status.DECIDED).select_related("proposal").earliest("pk")
    use = OutOfPurposeUseVersion.objects.filter(valid_from__isnull=False).earliest("pk")
    outsourcing = OutsourcingVersion.objects.filter(valid_from__isnull=False, valid_to__isnull=True).earliest("pk")
    for start in range(0, count, BATCH):
        _add_batch(version, [linkage, use, outsourcing], range(start, min(start + BATCH, count)))


@transaction.atomic
def _add_batch(version: ActivityVersion, records: Sequence[RecordVersion], places: Sequence[int]) -> None:
    # No paper of the ward has a number from 5000 on.
    numbers = [f"{5000 + place // 100:04d}-{place % 100:02d}" for place in places]
    names = [f"{version.name}（{place}）" for place in places]
    activities = _written([Activity(number=number, token=uuid.uuid4()) for number in numbers])
    _written(
        [
            _copy(version, activity=activity, name=name, number_as_printed=number, purpose=text(place), replaces=None)
            for place, activity, name, number in zip(places, activities, names, numbers, strict=True)
        ]
    )
    first = records[0].proposal
    titles = [f"{first.title}（{place}）" for place in places]
    decided = {"status": Status.DECIDED}
    proposals = _written([_copy(first, title=title, token=uuid.uuid4(), **decided) for title in titles])
    for record in records:
        table = type(record)._meta.get_field(record.IDENTITY).related_model
        identities = _written([table(token=uuid.uuid4()) for _ in places])
        rows = zip(activities, numbers, names, proposals, identities, strict=True)
        _written([_copy_record(record, *row) for row in rows])


def text(place: int) -> str:
    """About 520 characters; 保健 in half of them, 要介護認定 in a third, 埋葬 in one of 700."""
    words = [
        "保健センター" if place % 2 else "窓口センター",
        "要介護認定" if place % 3 == 0 else "要支援の判定",
        "埋葬" if place % 700 == 0 else "届出",
    ]
    return f"{'、'.join(words)}に関する申請を受け付け、本人に通知する（{place}）。" + FILLER


def _copy_record(
    record: RecordVersion, activity: Any, number: str, name: str, proposal: Any, identity: Any
) -> RecordVersion:
    own = {record.IDENTITY: identity, "activity": activity, "activity_number": number, "activity_name": name}
    return _copy(record, proposal=proposal, valid_to=None, replaces=None, **own)


def _copy(row: Any, **changes: Any) -> Any:
    kept = [field for field in row._meta.concrete_fields if not field.primary_key and field.name not in changes]
    return type(row)(**{field.attname: getattr(row, field.attname) for field in kept}, **changes)


def _written(rows: list[Any]) -> list[Any]:
    bulk.create_all_as(rows, SYSTEM, action=ACTION)
    return rows
