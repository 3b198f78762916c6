"""定足数: how many members were in the room at a moment, and whether that is enough."""

from datetime import time

from councils.errors import NoBodyRule
from councils.models import Attendance, Meeting, Quorum
from councils.numbering import rule_of

NO_RULE = "開催日に審議体の定めがありません"


def members_present(meeting: Meeting, at: time | None) -> int:
    """出席: how many members were in the room at `at`; None: at the opening.

    Whoever came late was not there at the opening, whoever left was not there from that minute on.
    """
    moment = at or meeting.starts_at
    return sum(_was_there(attendance, moment) for attendance in _attendances(meeting))


def quorum_needed(meeting: Meeting) -> int | None:
    """定足数 of the day by the body's rule, over all members asked; None where there is none. Raises NoBodyRule."""
    members = meeting.attendances.seated().count()
    return needed_of(rule_of(meeting.body, meeting.held_on).quorum, members)


def quorum_shown(meeting: Meeting) -> tuple[int | None, str]:
    """定足数 for a page: the number, and the words for it; also where no rule is in force (any more) on the day."""
    members = meeting.attendances.seated().count()
    try:
        needed = needed_of(rule_of(meeting.body, meeting.held_on).quorum, members)
    except NoBodyRule:
        return None, NO_RULE
    return needed, "定めなし" if needed is None else f"{needed}人（委員 {members}人）"


def needed_of(quorum: str, members: int) -> int | None:
    """How many of `members` the rule asks for: 12 of 23 by 過半数, 4 of 7 by 半数以上, None for 定めなし."""
    return {
        Quorum.MAJORITY: members // 2 + 1,
        Quorum.HALF: -(-members // 2),
        Quorum.TWO_THIRDS: -(-members * 2 // 3),
        Quorum.NONE: None,
    }[Quorum(quorum)]


def has_quorum(meeting: Meeting, at: time | None) -> bool:
    """Whether enough members were there at `at` (None: at the opening); not so while nobody was asked at all."""
    needed = quorum_needed(meeting)
    return needed is None or members_present(meeting, at) >= needed


def moments(meeting: Meeting) -> list[tuple[time, int]]:
    """定足数の時点: each moment at which somebody came or left, from the opening on, with the members present then."""
    rows = _attendances(meeting)
    stretches = [one for row in rows for one in row.presences.all() if not one.is_removed]
    times = {at for one in stretches for at in (one.arrived_at, one.left_at) if at} | {meeting.starts_at}
    return [
        (at, sum(_was_there(row, at) for row in rows))
        for at in sorted(at for at in times if at and (meeting.starts_at is None or at >= meeting.starts_at))
    ]


def _attendances(meeting: Meeting) -> list[Attendance]:
    return list(meeting.attendances.filter(came=True).prefetch_related("presences"))


def _was_there(attendance: Attendance, moment: time | None) -> bool:
    stretches = [presence for presence in attendance.presences.all() if not presence.is_removed]
    return any(_covers(presence.arrived_at, presence.left_at, moment) for presence in stretches)


def _covers(arrived: time | None, left: time | None, moment: time | None) -> bool:
    """A meeting without a time of opening counts those who were there from the opening on."""
    if moment is None:
        return arrived is None
    return (arrived is None or arrived <= moment) and (left is None or moment < left)
