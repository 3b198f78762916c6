"""会議の進行: one page during the meeting: who is there, what is dealt with, how it was voted, what came of it."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from common.views import answer_form, go_to
from councils import agenda
from councils.forms.running import BeginForm, SettleForm, UndoForm
from councils.models import Meeting, MeetingStatus, Minutes, Outcome
from councils.quorum import members_present, quorum_shown
from councils.sections import meeting_frame
from councils.services import outcomes
from councils.views.steps import find_meeting
from history.conflicts import tell
from history.errors import DomainError
from organization import rules


@dataclass(frozen=True)
class Row:
    """議題の行: an item with what came of it, or that it is being dealt with."""

    line: agenda.Line
    outcome: Outcome | None

    @property
    def is_current(self) -> bool:
        """審議中."""
        return self.line.item.begun_at is not None and self.outcome is None


def run_meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """会議の進行: the items chosen get their vote and outcome together."""
    meeting = _find(request, "run_meeting", pk)
    form = _settle_form(request, meeting)
    if form.is_bound and form.is_valid():
        rules.require(request.user, "record_outcome", meeting)
        try:
            outcomes.settle_items(meeting, form.chosen(), actor=request.user, **form.arguments())
        except (DomainError, ValidationError) as refusal:
            tell(form, refusal)
        else:
            messages.success(request, "結果を記録しました。")
            return go_to(request, "run_meeting", pk=meeting.pk)
    return _page(request, meeting, form, BeginForm(parts=_open_parts(meeting), initial={"at": _moment(meeting)}))


def begin_items(request: HttpRequest, pk: int) -> HttpResponse:
    """審議に入る."""
    meeting = _find(request, "begin_items", pk)
    form = BeginForm(request.POST or None, parts=_open_parts(meeting), initial={"at": _moment(meeting)})
    if form.is_bound and form.is_valid():
        try:
            outcomes.begin_items(meeting, form.chosen(), at=form.cleaned_data["at"], actor=request.user)
        except (DomainError, ValidationError) as refusal:
            tell(form, refusal)
        else:
            return go_to(request, "run_meeting", pk=meeting.pk)
    return _page(request, meeting, _settle_form(request, meeting, bound=False), form)


def undo_outcome(request: HttpRequest, pk: int) -> HttpResponse:
    """結果の訂正."""
    rows = Outcome.objects.select_related("item__meeting__body", "item__consultation")
    outcome = rules.find(rows, request.user, "undo_outcome", pk=pk)
    meeting = outcome.item.meeting
    form = UndoForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            outcomes.undo_outcome(outcome, reason=form.cleaned_data["reason"], actor=request.user)
        except (DomainError, ValidationError) as refusal:
            tell(form, refusal)
        else:
            messages.success(request, "結果を取り消しました。正しい結果を記入してください。")
            if Minutes.objects.filter(meeting=meeting).exists():
                messages.warning(request, "この会議には会議要録があります。要録の採決と結果の行も直してください。")
            return go_to(request, "run_meeting", pk=meeting.pk)
    context = {"form": form, "outcome": outcome, **meeting_frame(meeting, request.user, "run_meeting")}
    return answer_form(request, "councils/undo_outcome.html", context, invalid=form.is_bound)


def _find(request: HttpRequest, action: str, pk: int) -> Meeting:
    return find_meeting(request, action, pk)


def _page(request: HttpRequest, meeting: Meeting, settle: SettleForm, begin: BeginForm) -> HttpResponse:
    parts = agenda.read(meeting)
    rows = [(part, [Row(line, line.outcome) for line in part.lines]) for part in parts]
    present = members_present(meeting, _clock() if _is_on(meeting) else None)
    needed, quorum_words = quorum_shown(meeting)
    context: dict[str, Any] = {
        **meeting_frame(meeting, request.user, "run_meeting"),
        "parts": rows,
        "current": [row for _, lines in rows for row in lines if row.is_current],
        "settle": settle,
        "begin": begin,
        "may": rules.allowed(request.user, ["begin_items", "record_outcome", "undo_outcome"], meeting),
        "members": meeting.attendances.seated().count(),
        "present": present,
        "needed": needed,
        "quorum_words": quorum_words,
        "enough": needed is None or present >= needed,
        "absent": [
            row.appointment
            for row in meeting.attendances.seated().filter(came=False).select_related("appointment__member")
        ],
        "chairings": meeting.chairings.filter(is_removed=False).select_related(
            "attendance__appointment__member", "from_item"
        ),
        "ward_side": meeting.ward_attendees.filter(is_removed=False).count(),
    }
    return answer_form(request, "councils/run_meeting.html", context, invalid=settle.is_bound or begin.is_bound)


def _settle_form(request: HttpRequest, meeting: Meeting, *, bound: bool = True) -> SettleForm:
    """The form of the open items; a sent one knows all, so that one settled meanwhile is named and nothing is lost."""
    data = (request.POST or None) if bound else None
    parts = agenda.read(meeting) if data is not None else _open_parts(meeting)
    current = [line.item.pk for part in parts for line in part.lines if line.item.begun_at and line.outcome is None]
    return SettleForm(data, parts=parts, meeting=meeting, initial={"items": current})


def _open_parts(meeting: Meeting) -> list[agenda.Part]:
    """The agenda without the items that have their outcome."""
    return [
        agenda.Part(part.block, part.numeral, [line for line in part.lines if line.outcome is None])
        for part in agenda.read(meeting)
    ]


def _is_on(meeting: Meeting) -> bool:
    return meeting.status == MeetingStatus.OPEN and meeting.held_on == timezone.localdate()


def _moment(meeting: Meeting) -> Any:
    """Now, while the meeting is on; of one that is entered later its opening."""
    return _clock() if _is_on(meeting) else meeting.starts_at


def _clock() -> Any:
    return timezone.localtime().time().replace(second=0, microsecond=0)
