"""測定用の区: the demo ward, and as many further rows as are wanted, each written with its history row.

The copies go through `save_as` like every other write: row by row, about a millisecond each, because the faster ways
in bulk leave no history and are refused everywhere.
"""

import uuid
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Model

from history.writing import SYSTEM
from organization.models import Role, User
from records.demo import load_ward
from records.kinds import LINKAGE, RecordKind
from records.models import LinkageVersion, OutOfPurposeUseVersion, OutsourcingVersion, Proposal, RecordVersion
from records.services import drafting
from records.states import Status
from registry.models import Activity, ActivityStatus, ActivityVersion

ACTION = "load_demo"  # what the trail says of every copy


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


@transaction.atomic
def add(count: int) -> None:
    """`count` more businesses, and as many files of a linkage, a use and an outsourcing each, all in force today."""
    version = ActivityVersion.objects.filter(status=ActivityStatus.REGISTERED).earliest("pk")
    linkage = LinkageVersion.objects.filter(status=Status.DECIDED).select_related("proposal").earliest("pk")
    use = OutOfPurposeUseVersion.objects.filter(valid_from__isnull=False).earliest("pk")
    outsourcing = OutsourcingVersion.objects.filter(valid_from__isnull=False, valid_to__isnull=True).earliest("pk")
    for index in range(count):
        number = f"{5000 + index // 100:04d}-{index % 100:02d}"  # no paper of the ward has one from 5000 on
        activity = _written(Activity(number=number, token=uuid.uuid4()))
        name = f"{version.name}（{index}）"
        _copy(version, activity=activity, name=name, number_as_printed=number, replaces=None)
        title = f"{linkage.proposal.title}（{index}）"
        proposal = _copy(linkage.proposal, title=title, token=uuid.uuid4(), status=Status.DECIDED)
        for record in (linkage, use, outsourcing):
            _copy_record(record, activity=activity, activity_number=number, activity_name=name, proposal=proposal)


def _copy_record(record: RecordVersion, **changes: Any) -> None:
    identity = _written(type(record)._meta.get_field(record.IDENTITY).related_model(token=uuid.uuid4()))
    _copy(record, **{record.IDENTITY: identity}, valid_to=None, replaces=None, **changes)


def _copy(row: Any, **changes: Any) -> Any:
    kept = [field for field in row._meta.concrete_fields if not field.primary_key and field.name not in changes]
    return _written(type(row)(**{field.attname: getattr(row, field.attname) for field in kept}, **changes))


def _written(row: Any) -> Model:
    return row.save_as(SYSTEM, action=ACTION)
