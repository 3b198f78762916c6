"""会議のページ: the list of meetings, and one meeting at a glance."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from councils.models import Meeting
from councils.sections import meeting_frame
from organization import rules


def view_meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """会議: what it is, when and where."""
    meetings = Meeting.objects.select_related("body", "term")
    meeting = rules.find(meetings, request.user, "view_meeting", pk=pk)
    return render(request, "councils/meeting.html", meeting_frame(meeting, request.user, "view_meeting"))
