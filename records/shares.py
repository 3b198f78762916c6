"""組織改正・異動と案件: files and records keep their department's name; its successor sees and continues them."""

from collections.abc import Collection
from datetime import date

from django.db.models import Q, QuerySet

from organization import reassignment
from organization.reassignment import OpenWork, Share, Way
from records.models import (
    EditBuffer,
    Inquiry,
    InquiryState,
    OutOfPurposeUseVersion,
    Proposal,
    SheetStatus,
    SurveySheet,
)
from records.states import SETTLED, UNDECIDED, Status


def register_shares() -> None:
    """Called when the application starts."""
    reassignment.register(
        Proposal,
        _share("department", "手続中の案件", _open_proposals, "view_proposal", needs_successor=True),
        _share("department", "決定または報告の済んだ案件", _settled_proposals, "view_proposal"),
    )
    reassignment.register(
        OutOfPurposeUseVersion,
        _share(
            "providing_department",
            "提供する課として確認する目的外利用",
            _open_provisions,
            "view_outofpurposeuseversion",
            needs_successor=True,
        ),
        _share("providing_department", "提供している目的外利用", _provisions, "view_outofpurposeuseversion"),
    )
    reassignment.register(Inquiry, _share("provider", "提供課との照会", _open_inquiries, "view_inquiry"))
    reassignment.register(
        SurveySheet,
        _share("department", "回答中の状況調査票", _open_surveys, "view_surveysheet", needs_successor=True),
        _share("department", "提出した状況調査票", _answered_surveys, "view_surveysheet"),
    )
    reassignment.register_open_work(OpenWork("下書きの案件", _drafts, "view_proposal", str))
    reassignment.register_open_work(OpenWork("保存していない書きかけ", _buffers, "", str))


def _share(field: str, label: str, affected: object, view: str, *, needs_successor: bool = False) -> Share:
    return Share(field, label, Way.FOLLOWS, affected, view, str, needs_successor=needs_successor)  # type: ignore[arg-type]


def _open_proposals(departments: Collection[int], on: date) -> QuerySet:
    return Proposal.objects.filter(department__in=departments, status__in=UNDECIDED).order_by("pk")


def _settled_proposals(departments: Collection[int], on: date) -> QuerySet:
    return Proposal.objects.filter(department__in=departments, status__in=SETTLED).order_by("pk")


def _open_provisions(departments: Collection[int], on: date) -> QuerySet:
    uses = OutOfPurposeUseVersion.objects.filter(providing_department__in=departments, status__in=UNDECIDED)
    return uses.filter(valid_from__isnull=True).order_by("pk")


def _provisions(departments: Collection[int], on: date) -> QuerySet:
    uses = OutOfPurposeUseVersion.objects.filter(providing_department__in=departments, valid_from__isnull=False)
    return uses.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on)).order_by("pk")


def _open_inquiries(departments: Collection[int], on: date) -> QuerySet:
    rows = Inquiry.objects.filter(provider__in=departments).exclude(state=InquiryState.CLOSED)
    return rows.select_related("proposal__department__parent", "provider__parent").order_by("pk")


def _open_surveys(departments: Collection[int], on: date) -> QuerySet:
    sheets = SurveySheet.objects.filter(department__in=departments, status=SheetStatus.DRAFT)
    return sheets.select_related("survey", "department__parent").order_by("pk")


def _answered_surveys(departments: Collection[int], on: date) -> QuerySet:
    sheets = SurveySheet.objects.filter(department__in=departments).exclude(status=SheetStatus.DRAFT)
    return sheets.select_related("survey", "department__parent").order_by("pk")


def _drafts(people: Collection[int], departments: Collection[int]) -> QuerySet:
    """Written by one of `people` and not yet out of the department."""
    own = Proposal.objects.filter(written_by__in=people, department__in=departments)
    return own.filter(status__in=[Status.DRAFT, Status.AWAITING_HEAD]).order_by("pk")


def _buffers(people: Collection[int], departments: Collection[int]) -> QuerySet:
    """What was typed and not saved; a buffer does not know its department, so all of the person's count."""
    return EditBuffer.objects.filter(user__in=people).order_by("pk")
