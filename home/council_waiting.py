"""はじめの画面のうち、審議会: the next meetings of each body, and the 要録 to write, check or publish."""

from datetime import date

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse

from common.wareki import format_date
from councils.models import BlockKind, Meeting, MeetingPaper, MeetingStatus, MinutesStatus
from home.waiting import SHOWN, Group, Row
from organization import rules
from organization.models import Role, User

_AHEAD = [MeetingStatus.PREPARING, MeetingStatus.CONVENED, MeetingStatus.OPEN]
# What comes next for a 要録 in each state; "": it was not begun.
_NEXT = {
    "": "要録を作る",
    MinutesStatus.DRAFT: "発言を書き、確認にまわす",
    MinutesStatus.CHECKING: "確認し、確定する",
    MinutesStatus.SETTLED: "公開する",
}


def groups(user: User, today: date) -> list[Group]:
    """これからの会議 and 会議要録; one statement each, none for others than the secretariat."""
    if Role.SECRETARIAT not in user.roles_today:
        return []
    return [group for group in (_meetings(user, today), _minutes(user)) if group.total]


def _meetings(user: User, today: date) -> Group:
    """Those ahead, and those that should have been opened, closed or cancelled."""
    paper = MeetingPaper.objects.filter(item=OuterRef("items__pk"), is_removed=False)
    kept = Q(items__is_removed=False)
    rows = (
        rules.permitted(Meeting.objects.filter(status__in=_AHEAD), user, "arrange_agenda")
        .select_related("body")
        .annotate(
            asked=Count("items", filter=kept & Q(items__block__kind=BlockKind.CONSULTATION)),
            told=Count("items", filter=kept & ~Q(items__block__kind=BlockKind.CONSULTATION)),
            bare=Count("items", filter=kept & ~Exists(paper)),
        )
        .order_by("held_on", "pk")
    )
    meetings = list(rows)
    found = [_meeting(meeting, today) for meeting in meetings[:SHOWN]]
    return Group("meetings", "これからの会議", "開催日", "次第を開く", found, len(meetings))


def _meeting(meeting: Meeting, today: date) -> Row:
    missing = f"　資料のない議題 {meeting.bare}件" if meeting.bare else ""
    late = "　開催日を過ぎています" if meeting.held_on < today else ""
    return Row(
        title=str(meeting),
        url=reverse("view_agenda", args=[meeting.pk]),
        detail=f"諮問 {meeting.asked}件　報告 {meeting.told}件{missing}{late}",
        state="scheduled" if meeting.status == MeetingStatus.PREPARING else "in_force",
        state_words=meeting.get_status_display(),
        day=format_date(meeting.held_on, "short"),
    )


def _minutes(user: User) -> Group:
    """Meetings that are over and whose 要録 is not out; that of a closed meeting is done once it is settled."""
    written = Q(minutes=None) | Q(minutes__status__in=[MinutesStatus.DRAFT, MinutesStatus.CHECKING])
    rows = (
        rules.permitted(Meeting.objects.filter(status=MeetingStatus.CLOSED), user, "begin_minutes")
        .filter(written | Q(minutes__status=MinutesStatus.SETTLED, is_public=True))
        .select_related("body", "minutes")
        .order_by("held_on", "pk")
    )
    meetings = list(rows)
    found = [_of_minutes(meeting) for meeting in meetings[:SHOWN]]
    return Group("minutes", "会議要録", "開催日", "要録を開く", found, len(meetings))


def _of_minutes(meeting: Meeting) -> Row:
    minutes = getattr(meeting, "minutes", None)
    return Row(
        title=str(meeting),
        url=reverse("meeting_minutes", args=[meeting.pk]),
        detail=_NEXT[minutes.status if minutes else ""],
        state="scheduled" if minutes and minutes.status == MinutesStatus.SETTLED else "draft",
        state_words=minutes.get_status_display() if minutes else "未作成",
        day=format_date(meeting.held_on, "short"),
    )
