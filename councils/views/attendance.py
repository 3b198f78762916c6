"""出欠のページ: the roster, who answered what, who was there when, who led, and who came for the ward."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from common.views import answer_form, go_to
from councils import agenda
from councils.drafting import head_of
from councils.forms.meetings import AttendanceForm, ChairForm, WardSideForm
from councils.models import Attendance, Chairing, Meeting
from councils.quorum import moments, quorum_shown
from councils.sections import meeting_frame
from councils.services import attendance as services
from councils.views.steps import answer_step, find_meeting
from history.conflicts import tell
from history.errors import DomainError
from organization import rules

SECTION = "meeting_attendance"
_ACTIONS = ["call_members", "record_presence", "take_chair", "name_ward_side"]
# Who is there at every meeting (domain §1.12); the presenting departments follow.
_ALWAYS = ["総務部長", "情報公開課長", "情報政策課長"]


def meeting_attendance(request: HttpRequest, pk: int) -> HttpResponse:
    """出欠."""
    meeting = find_meeting(request, SECTION, pk)
    return _page(request, meeting, AttendanceForm(attendances=_attendances(meeting)))


@require_POST
def call_members(request: HttpRequest, pk: int) -> HttpResponse:
    """名簿の読込み."""
    meeting = find_meeting(request, "call_members", pk)
    called = services.call_members(meeting, actor=request.user)
    if called:
        messages.success(request, f"名簿から{len(called)}人を読み込みました。")
    elif meeting.attendances.exists():
        messages.success(request, "この日の名簿の委員は、すべて入っています。")
    else:
        messages.warning(request, "この日に委嘱されている委員がいません。「委員」で、期と委嘱を登録してください。")
    return go_to(request, SECTION, pk=pk)


def record_presence(request: HttpRequest, pk: int) -> HttpResponse:
    """出欠の記入, for the whole roster at once."""
    meeting = find_meeting(request, "record_presence", pk)
    form = AttendanceForm(request.POST or None, attendances=_attendances(meeting))
    if form.is_bound and form.is_valid():
        try:
            changed = services.record_presences(meeting, **form.arguments(), actor=request.user)
        except services.StaleAttendance as stale:
            form.compare_with(stale.rows)
            tell(form, stale)
        except (DomainError, ValidationError) as refusal:
            tell(form, refusal)
        else:
            messages.success(request, f"出欠を保存しました（変わった委員 {changed}人）。")
            return go_to(request, SECTION, pk=pk)
    return _page(request, meeting, form)


def take_chair(request: HttpRequest, pk: int) -> HttpResponse:
    """議長の記入."""
    meeting = find_meeting(request, "take_chair", pk)
    form = ChairForm(request.POST or None, meeting=meeting)
    about = "出席していることと、議長をつとめることは別に記入します。"
    return _step(request, meeting, form, "議長の記入", "記入する", partial(services.take_chair, meeting), about=about)


@require_POST
def remove_chairing(request: HttpRequest, pk: int) -> HttpResponse:
    """議長の記入の取消し."""
    chairing = get_object_or_404(Chairing.objects.filter(is_removed=False), pk=pk)
    find_meeting(request, "remove_chairing", chairing.meeting_id)
    services.remove_chairing(chairing, actor=request.user)
    return go_to(request, SECTION, pk=chairing.meeting_id)


def name_ward_side(request: HttpRequest, pk: int) -> HttpResponse:
    """区側の出席者; before anybody is named, those of the agenda are offered."""
    meeting = find_meeting(request, "name_ward_side", pk)
    named = list(meeting.ward_attendees.filter(is_removed=False).values_list("title", flat=True))
    form = WardSideForm(request.POST or None, initial={"titles": "\n".join(named or _offered(meeting))})
    service = partial(services.name_ward_side, meeting)
    return _step(request, meeting, form, "区側の出席者", "保存", service)


def _offered(meeting: Meeting) -> list[str]:
    presenters = [
        head_of(department.strip())
        for part in agenda.read(meeting)
        for line in part.lines
        for department in line.item.presenter.split("・")
        if department.strip()
    ]
    return list(dict.fromkeys([*_ALWAYS, *presenters]))


def _attendances(meeting: Meeting) -> list[Attendance]:
    rows = meeting.attendances.select_related("appointment__member").prefetch_related("presences")
    return list(rows)


def _page(request: HttpRequest, meeting: Meeting, form: AttendanceForm) -> HttpResponse:
    needed, quorum_words = quorum_shown(meeting)
    seated = set(meeting.attendances.seated().values_list("pk", flat=True))
    context: dict[str, Any] = {
        **meeting_frame(meeting, request.user, SECTION),
        "form": form,
        "may": rules.allowed(request.user, _ACTIONS, meeting),
        "quorum_words": quorum_words,
        "unseated": {row.pk for row in form.attendances} - seated,
        "moments": [(at, present, needed is None or present >= needed) for at, present in moments(meeting)],
        "chairings": meeting.chairings.filter(is_removed=False).select_related(
            "attendance__appointment__member", "from_item"
        ),
        "ward_side": meeting.ward_attendees.filter(is_removed=False),
    }
    return answer_form(request, "councils/attendance.html", context, invalid=form.is_bound)


def _step(
    request: HttpRequest, meeting: Meeting, form: Any, heading: str, button: str, service: Any, **context: Any
) -> HttpResponse:
    return answer_step(
        request, meeting, form, heading=heading, button=button, service=service, section=SECTION, **context
    )
