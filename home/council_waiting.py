"""はじめの画面のうち、審議会: the next meeting of each body, for the secretariat."""

from datetime import date

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse

from common.wareki import format_date
from councils.models import BlockKind, Meeting, MeetingPaper, MeetingStatus
from home.waiting import SHOWN, Group, Row
from organization import rules
from organization.models import Role, User

_AHEAD = [MeetingStatus.PREPARING, MeetingStatus.CONVENED, MeetingStatus.OPEN]


def groups(user: User, today: date) -> list[Group]:
    """これからの会議: its items, and how many of them have no paper yet; one statement, none for others."""
    if Role.SECRETARIAT not in user.roles_today:
        return []
    paper = MeetingPaper.objects.filter(item=OuterRef("items__pk"), is_removed=False)
    kept = Q(items__is_removed=False)
    rows = (
        rules.permitted(Meeting.objects.filter(status__in=_AHEAD, held_on__gte=today), user, "arrange_agenda")
        .select_related("body")
        .annotate(
            asked=Count("items", filter=kept & Q(items__block__kind=BlockKind.CONSULTATION)),
            told=Count("items", filter=kept & ~Q(items__block__kind=BlockKind.CONSULTATION)),
            bare=Count("items", filter=kept & ~Exists(paper)),
        )
        .order_by("held_on", "pk")
    )
    meetings = list(rows)
    if not meetings:
        return []
    found = [_row(meeting) for meeting in meetings[:SHOWN]]
    return [Group("meetings", "これからの会議", "開催日", "次第を開く", found, len(meetings))]


def _row(meeting: Meeting) -> Row:
    missing = f"　資料のない議題 {meeting.bare}件" if meeting.bare else ""
    return Row(
        title=str(meeting),
        url=reverse("view_agenda", args=[meeting.pk]),
        detail=f"諮問 {meeting.asked}件　報告 {meeting.told}件{missing}",
        state="scheduled" if meeting.status == MeetingStatus.PREPARING else "in_force",
        state_words=meeting.get_status_display(),
        day=format_date(meeting.held_on, "short"),
    )
