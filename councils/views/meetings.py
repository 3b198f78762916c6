"""会議のページ: the list of meetings, one meeting at a glance, and its way from the plan to the close."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Exists, Max, Min, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from common import exporting, fiscal_year
from common.exporting import Column
from common.paging import page_of
from common.templatetags.wording import wareki_dense
from common.views import answer_form, go_to
from councils import agenda
from councils.forms.meetings import (
    CancelMeetingForm,
    CloseMeetingForm,
    ConveneForm,
    CreateMeetingForm,
    EditMeetingForm,
)
from councils.models import (
    AgendaItem,
    Answer,
    Body,
    Convocation,
    FollowUp,
    FollowUpStatus,
    Meeting,
    MeetingStatus,
)
from councils.quorum import members_present, quorum_shown
from councils.readiness import UNDER_WAY, remarks
from councils.sections import meeting_frame
from councils.services import meetings as services
from councils.services.convening import convene_meeting as convene
from councils.sheets.convocation import CODE
from councils.views.steps import answer_step, find_meeting
from history.conflicts import tell
from history.errors import DomainError
from organization import rules
from printing import output, sheets
from printing.answering import answer_pdf
from records.views.framing import list_frame, select_box

COLUMNS = [
    Column("会議", str),
    Column("審議体", lambda meeting: meeting.body.name),
    Column("開催日", lambda meeting: wareki_dense(meeting.held_on)),
    Column("場所", lambda meeting: meeting.place),
    Column("状態", lambda meeting: meeting.get_status_display()),
    Column("要録", lambda meeting: minutes_words(meeting)),
]
_ACTIONS = ["edit_meeting", "convene_meeting", "open_meeting", "close_meeting", "cancel_meeting"]


def minutes_words(meeting: Meeting) -> str:
    """会議要録の状態, or that there is none."""
    return meeting.minutes.get_status_display() if hasattr(meeting, "minutes") else "なし"


@require_GET
def meeting_list(request: HttpRequest) -> HttpResponse:
    """会議の一覧, newest first: of one body, in one state, by a word of its place or agenda."""
    rows = rules.permitted(Meeting.objects.all(), request.user, "view_meeting")
    body, term, year, status, word = (request.GET.get(name, "") for name in ("body", "term", "year", "status", "q"))
    if body:
        rows = rows.filter(body__key=body)
    if term.isdecimal():
        rows = rows.filter(term=int(term))
    offered = _offered()
    if year in dict(offered["year"]):
        rows = rows.filter(held_on__range=(fiscal_year.first_day(int(year)), fiscal_year.last_day(int(year))))
    if status in MeetingStatus.values:
        rows = rows.filter(status=status)
    if word:
        item = AgendaItem.objects.filter(meeting=OuterRef("pk"), is_removed=False, title__contains=word)
        rows = rows.filter(Q(place__contains=word) | Exists(item.order_by()))
    rows = rows.select_related("body", "term", "minutes").order_by("-held_on", "-pk")
    if exporting.asked(request):
        export = exporting.of("審議会の会議", COLUMNS, rows.iterator(), timezone.localdate())
        return exporting.answer(request, export, rows)
    page = page_of(request, rows)
    frame = list_frame("審議会の会議", page, caption="会議の一覧。新しい順。") | {
        "search": {"name": "q", "label": "場所と議題から探す", "value": word},
        "selects": [
            select_box("body", "審議体", offered["body"], body),
            select_box("term", "期", offered["term"], term),
            select_box("year", "年度", offered["year"], year),
            select_box("status", "状態", MeetingStatus.choices, status),
        ],
        "clear_url": "?" if body or term or year or status or word else "",
        "exports": exporting.menu(request),
    }
    context = {
        "list": frame,
        "rows": [(meeting, minutes_words(meeting)) for meeting in page.rows],
        "may_create": rules.may(request.user, "create_meeting"),
        "may_import": rules.may(request.user, "import_minutes"),
    }
    return render(request, "councils/meeting_list.html", context)


def _offered() -> dict[str, list[tuple[str, str]]]:
    """What the boxes offer: the bodies, their 期 (latest first), and the 年度 with meetings."""
    rows = list(
        Body.objects.order_by("pk", "-terms__number")
        .values_list("key", "short_name", "terms", "terms__number")
        .annotate(first=Min("meetings__held_on"), last=Max("meetings__held_on"))
    )
    years = {
        year
        for *_, first, last in rows
        if first is not None
        for year in range(fiscal_year.of(first), fiscal_year.of(last) + 1)
    }
    return {
        "body": list({key: (key, name) for key, name, *_ in rows}.values()),
        "term": [(str(term), f"{name}　第{number}期") for _, name, term, number, *_ in rows if term is not None],
        "year": [(str(year), fiscal_year.label(year)) for year in sorted(years, reverse=True)],
    }


def create_meeting(request: HttpRequest) -> HttpResponse:
    """会議の登録."""
    form = CreateMeetingForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            meeting = services.create_meeting(**form.arguments(), actor=request.user)
        except (DomainError, ValidationError) as refusal:
            tell(form, refusal)
        else:
            return go_to(request, "view_meeting", pk=meeting.pk)
    return answer_form(request, "councils/create_meeting.html", {"form": form}, invalid=form.is_bound)


@require_GET
def view_meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """会議: what it is, when and where, who comes, and what is still missing."""
    meeting = find_meeting(request, "view_meeting", pk)
    parts = agenda.read(meeting)
    answers = list(meeting.attendances.seated().values_list("answer", flat=True))
    context: dict[str, Any] = {
        **meeting_frame(meeting, request.user, "view_meeting"),
        "may": rules.allowed(request.user, _ACTIONS, meeting),
        "parts": parts,
        "remarks": remarks(meeting, parts),
        "is_ahead": meeting.status in UNDER_WAY,
        "members": len(answers),
        "coming": sum(answer in (Answer.COMING, Answer.LATE) for answer in answers),
        "unanswered": answers.count(Answer.NONE),
        "present": members_present(meeting, None),
        "quorum_words": quorum_shown(meeting)[1],
        "follow_ups": _waiting(meeting),
        "may_note": rules.may_on(request.user, "create_followup", meeting),
        "notice": Convocation.objects.filter(meeting=meeting).select_related("file").first(),
    }
    return render(request, "councils/meeting.html", context)


def _waiting(meeting: Meeting) -> QuerySet:
    """要望・宿題 of the body's earlier meetings, and of this one, that the council has not been told of."""
    rows = FollowUp.objects.filter(meeting__body=meeting.body_id, meeting__held_on__lte=meeting.held_on)
    rows = rows.filter(status__in=[FollowUpStatus.OPEN, FollowUpStatus.ANSWERED])
    return rows.select_related("meeting__body", "department__parent__parent")


def edit_meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """会議の編集."""
    meeting = find_meeting(request, "edit_meeting", pk)
    form = EditMeetingForm(request.POST or None, initial=EditMeetingForm.of(meeting))
    return _step(request, meeting, form, "会議の編集", "保存", partial(services.edit_meeting, meeting))


def convene_meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """招集: the 開催通知 goes out."""
    meeting = find_meeting(request, "convene_meeting", pk)
    notice = Convocation.objects.filter(meeting=meeting).first()
    shown = {"text": notice.text, "reply_by": notice.reply_by} if notice else {}
    form = ConveneForm(request.POST or None, initial=shown)
    about = "開催通知のPDFをつくり、そのまま保管します。送りなおすと、新しい通知に置きかわります。"
    return _step(request, meeting, form, "会議の招集", "開催通知をつくる", partial(convene, meeting), about=about)


@require_GET
def print_convocation(request: HttpRequest, pk: int) -> HttpResponse:
    """開催通知の印刷, as it would go out now."""
    meeting = find_meeting(request, "print_convocation", pk)
    return answer_pdf(
        request,
        partial(output.print_one, sheets.get(CODE), meeting, timezone.localdate()),
        name=f"convocation-{pk}",
        record=meeting,
        back=meeting.get_absolute_url(),
    )


@require_POST
def open_meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """開会."""
    meeting = find_meeting(request, "open_meeting", pk)
    try:
        services.open_meeting(meeting, actor=request.user)
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return go_to(request, "view_meeting", pk=pk)
    messages.success(request, "開会しました。")
    return go_to(request, "run_meeting", pk=pk)


def close_meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """閉会."""
    meeting = find_meeting(request, "close_meeting", pk)
    now = timezone.localtime().time().replace(second=0, microsecond=0)
    shown = {"starts_at": meeting.starts_at, "ends_at": now, "observers": meeting.observers}
    form = CloseMeetingForm(request.POST or None, initial=shown)
    return _step(request, meeting, form, "閉会", "閉会する", partial(services.close_meeting, meeting))


def cancel_meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """中止."""
    meeting = find_meeting(request, "cancel_meeting", pk)
    form = CancelMeetingForm(request.POST or None)
    about = "付議した案件は、ほかの会議を待つ案件にもどります。この回の番号は、つぎの会議で使えます。"
    return _step(
        request, meeting, form, "会議の中止", "中止する", partial(services.cancel_meeting, meeting), about=about
    )


def _step(
    request: HttpRequest, meeting: Meeting, form: Any, heading: str, button: str, service: Any, **context: Any
) -> HttpResponse:
    return answer_step(
        request, meeting, form, heading=heading, button=button, service=service, section="view_meeting", **context
    )
