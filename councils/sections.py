"""会議のページ: the parts of one meeting, each a page; all of them show where one is and lead to the others."""

from typing import Any

from django.urls import reverse

from councils.models import Meeting
from organization import rules
from organization.models import User

# In the order of the work: label and the page's action.
SECTIONS = [
    ("概要", "view_meeting"),
    ("出欠", "meeting_attendance"),
    ("次第", "view_agenda"),
    ("資料", "meeting_papers"),
    ("進行", "run_meeting"),
    ("要録", "meeting_minutes"),
]


def meeting_frame(meeting: Meeting, user: User, current: str) -> dict[str, Any]:
    """What councils/_sections.html asks for: the meeting, and its parts that `user` may open."""
    return {
        "meeting": meeting,
        "sections": [
            {"label": label, "url": reverse(action, args=[meeting.pk]), "is_current": action == current}
            for label, action in SECTIONS
            if rules.may(user, action)
        ],
    }
