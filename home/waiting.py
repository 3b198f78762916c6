"""待っているもの: what waits for a person, as the permission table says what they can do next.

Each group is one statement, with the number of all rows beside the first of them.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from django.db.models import Count, F, Q, QuerySet, Window
from django.db.models.functions import RowNumber
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator

from common.wareki import format_date
from organization import rules
from organization.models import Role, User
from records.inquiring import waiting_for
from records.models import Confirmation, Inquiry, OutOfPurposeUseVersion, Proposal
from records.states import Status
from registry.models import ActivityStatus, ActivityVersion

SHOWN = 10


@dataclass(frozen=True)
class Row:
    """One thing that waits: where it is, what it is, its state, and the day it goes by."""

    title: str
    url: str
    detail: str
    state: str
    state_words: str
    day: str = ""
    days_left: int | None = None
    ask_url: str = ""  # where a question about it is answered


@dataclass(frozen=True)
class Group:
    """Things of one kind that wait; `total` counts all of them, `url` leads to the list of all, when there is one."""

    code: str
    title: str
    day_label: str
    action: str
    rows: list[Row]
    total: int
    url: str = ""


# What has to wait for somebody else's meeting comes after what one can do now.
_LAST = {"to_decide", "drafts", "own_drafts", "activity_drafts"}


def groups(user: User) -> list[Group]:
    """What waits for `user`, the most pressing first; only groups with something in them."""
    makers = [
        ("confirm_provision", _confirmations),
        ("answer_inquiry", _inquiries),
        ("approve_proposal", _to_approve),
        ("accept_proposal", _at_the_office),
        ("register_activity", _to_register),
        ("request_approval", _drafts),
        ("submit_proposal", _own_drafts),
        ("submit_activity", _activity_drafts),
    ]
    made = [make(user) for action, make in makers if rules.may(user, action)]
    found = [group for each in made for group in (each if isinstance(each, list) else [each])]
    return sorted((group for group in found if group.total), key=lambda group: group.code in _LAST)


def has_tasks(user: User) -> bool:
    """Whether anything can ever wait for `user`: 所管課 and 情報公開課."""
    return bool(user.roles_today & {Role.CLERK, Role.HEAD, Role.OFFICE})


def _confirmations(user: User) -> Group:
    uses = OutOfPurposeUseVersion.objects.filter(confirmation=Confirmation.PENDING, ends_on__isnull=True)
    rows = rules.permitted(uses, user, "confirm_provision").order_by("proposal__form_date", "pk")
    return _group(
        "confirmations", "提供課として確認を求められているもの", "提出日", "確認する", rows, _confirmation_row
    )


def _inquiries(user: User) -> Group:
    """照会への回答待ち: what the person's side is asked."""
    return _group("inquiries", "照会への回答待ち", "照会日", "回答する", waiting_for(user), _inquiry_row)


def _to_approve(user: User) -> Group:
    rows = rules.permitted(Proposal.objects.all(), user, "approve_proposal").order_by("pk")
    group = _proposals("to_approve", "課長の承認を待っている案件", "承認へ", rows, Status.AWAITING_HEAD)
    return replace(group, day_label="")


def _at_the_office(user: User) -> list[Group]:
    """Files to be accepted and files to be decided; one statement for both."""
    kinds = {
        Status.SUBMITTED: ("to_accept", "受付を待っている案件", "審査する", "accept_proposal"),
        Status.SCHEDULED: ("scheduled", "付議した案件（会議の結果を待っているもの）", "開く", "decide_proposal"),
        Status.ACCEPTED: ("to_decide", "審議会の決定または報告を待っている案件", "開く", "decide_proposal"),
    }
    asked = Q(pk__in=[])
    for *_, action in kinds.values():
        asked |= Q(pk__in=rules.permitted(Proposal.objects.all(), user, action).values("pk"))
    order = [F("form_date").asc(), F("pk").asc()]
    numbered = Proposal.objects.filter(asked).annotate(
        total_rows=Window(Count("pk"), partition_by=F("status")),
        place=Window(RowNumber(), partition_by=F("status"), order_by=order),
    )
    first = list(numbered.filter(place__lte=SHOWN).select_related("department__parent").order_by("place"))
    found = []
    for status, (code, title, action, _) in kinds.items():
        rows, url = [row for row in first if row.status == status], f"{reverse('proposal_list')}?status={status}"
        found.append(Group(code, title, "提出日", action, list(map(_proposal_row, rows)), _total(rows), url))
    return found


def _drafts(user: User) -> Group:
    """Drafts of the department, returned ones first."""
    rows = rules.permitted(Proposal.objects.all(), user, "request_approval")
    group = _proposals("drafts", "下書きと差し戻された案件", "続ける", _returned_first(rows), Status.DRAFT)
    return replace(group, day_label="")


def _own_drafts(user: User) -> Group:
    """A head's own: the clerks' drafts are no business of the head yet."""
    rows = rules.permitted(Proposal.objects.filter(written_by__in=user.writer_ids_today), user, "submit_proposal")
    return _group("own_drafts", "自分で起案した下書き", "", "続ける", _returned_first(rows), _proposal_row)


def _to_register(user: User) -> Group:
    rows = rules.permitted(ActivityVersion.objects.all(), user, "register_activity").order_by("pk")
    return _activities("to_register", "登録を待っている業務登録", "審査する", rows, ActivityStatus.SUBMITTED)


def _activity_drafts(user: User) -> Group:
    """Drafts of one's own departments; the office may edit those of others, but they do not wait for it."""
    own = ActivityVersion.objects.filter(ActivityVersion.owned_by(user.department_ids_today))
    rows = _returned_first(rules.permitted(own, user, "submit_activity"))
    return _activities("activity_drafts", "下書きと差し戻された業務登録", "続ける", rows, ActivityStatus.DRAFT)


def _returned_first(rows: QuerySet) -> QuerySet:
    return rows.alias(is_returned=~Q(return_reason="")).order_by(F("is_returned").desc(), "-pk")


def _proposals(code: str, title: str, action: str, rows: QuerySet, status: Status) -> Group:
    url = f"{reverse('proposal_list')}?status={status}"
    return _group(code, title, "提出日", action, rows, _proposal_row, url)


def _activities(code: str, title: str, action: str, rows: QuerySet, status: ActivityStatus) -> Group:
    url = f"{reverse('activity_list')}?state={status}"
    return _group(code, title, "", action, rows, _activity_row, url)


def _group(
    code: str, title: str, day_label: str, action: str, rows: QuerySet, make: Callable[..., Row], url: str = ""
) -> Group:
    """The first rows and the number of all, in one statement."""
    owner = "department__parent" if hasattr(rows.model, "department_id") else "proposal__department__parent"
    counted = rows.select_related(owner).annotate(total_rows=Window(Count("pk")))
    first = list(_with_business(counted)[:SHOWN])
    return Group(code, title, day_label, action, [make(row) for row in first], _total(first), url)


def _with_business(rows: QuerySet) -> QuerySet:
    return rows.select_related("activity") if rows.model is ActivityVersion else rows


def _total(rows: Iterable) -> int:
    return next((row.total_rows for row in rows), 0)


def _proposal_row(proposal: Proposal) -> Row:
    state, words = proposal.status, proposal.get_status_display()
    if proposal.status == Status.DRAFT and proposal.return_reason:
        state, words = "returned", "差戻し"
    return Row(
        title=proposal.title,
        url=reverse("view_proposal", args=[proposal.pk]),
        detail=proposal.department.full_name,
        state=state,
        state_words=words,
        day=format_date(proposal.form_date, "short") if proposal.form_date else "",
    )


def _activity_row(version: ActivityVersion) -> Row:
    returned = version.status == ActivityStatus.DRAFT and version.return_reason
    kind = "変更" if version.replaces_id else "新規"
    number = version.activity.number or version.number_as_printed
    return Row(
        title=version.name,
        url=reverse("view_activity", args=[version.activity_id]),
        detail="　".join(part for part in (kind, version.department.full_name, number) if part),
        state="returned" if returned else version.status,
        state_words="差戻し" if returned else version.get_status_display(),
    )


def _inquiry_row(inquiry: Inquiry) -> Row:
    return Row(
        title=inquiry.proposal.title,
        url=inquiry.get_absolute_url(),
        detail=f"{inquiry.asking_words}から：{Truncator(inquiry.first_text).chars(60)}",
        state="submitted",
        state_words=inquiry.get_state_display(),
        day=format_date(timezone.localdate(inquiry.asked_at), "short"),
    )


def _confirmation_row(use: OutOfPurposeUseVersion) -> Row:
    detail = f"{use.providing_department_name} → {use.department_name}　{use.activity_name}"
    return Row(
        title=use.proposal.title,
        url=reverse("view_proposal", args=[use.proposal_id]),
        detail=detail,
        state=use.status,
        state_words=use.get_confirmation_display(),
        day=format_date(use.proposal.form_date, "short") if use.proposal.form_date else "",
    )
