"""付議を待つ案件: accepted files with records that wait for a 諮問 or a 報告 and stand on no agenda yet."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from councils.models import AgendaItem, BlockKind, MeetingStatus, Subject
from records.kinds import KINDS
from records.models import Ground, Proposal
from records.states import Route

ROUTES = {BlockKind.CONSULTATION: Route.CONSULTATION, BlockKind.REPORT: Route.REPORT}
# What the council is told of, never asked.
REPORTS_ONLY = {Subject.PRE_APPROVAL, Subject.INCIDENT, Subject.AUDIT, Subject.FOLLOW_UP}
# 受理 and 付議: the file was taken and the council has not dealt with it.
_UNDER_WAY = ["accepted", "scheduled"]


def waiting(kind: str) -> QuerySet[Proposal]:
    """Files with a record that waits for this kind of block, those on an agenda too."""
    found = Q()
    for record_kind in KINDS.values():
        rows = record_kind.model.objects.filter(
            proposal=OuterRef("pk"), status__in=_UNDER_WAY, route=ROUTES[BlockKind(kind)]
        )
        found |= Exists(rows.order_by())
    return Proposal.objects.filter(found, status__in=_UNDER_WAY)


def standing(kind: str) -> QuerySet[AgendaItem]:
    """Items with a file in blocks of this kind that are still to be dealt with."""
    items = AgendaItem.objects.filter(is_removed=False, proposal__isnull=False, block__kind=kind)
    settled = Q(outcome__isnull=False, outcome__is_undone=False)
    return items.exclude(settled).exclude(meeting__status=MeetingStatus.CANCELLED)


def candidates(kind: str) -> QuerySet[Proposal]:
    """付議を待つ案件 for a block of this kind, in the order of their 提出日."""
    there = standing(kind).filter(proposal=OuterRef("pk"))
    rows = waiting(kind).exclude(Exists(there.order_by()))
    return rows.select_related("department__parent").order_by("form_date", "pk")


def subject_of(proposal: Proposal, kind: str) -> Subject:
    """事前一括承認基準の適用 for a report of a record under the criteria, else 案件."""
    reported = [record for record in proposal.records() if record.route == Route.REPORT]
    applied = any(Ground.PREAPPROVED in getattr(record, "grounds", ()) for record in reported)
    return Subject.PRE_APPROVAL if kind == BlockKind.REPORT and applied else Subject.PROPOSAL
