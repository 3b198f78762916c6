"""要望・宿題のページ: who owes the council an answer until when."""

from functools import partial
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from common import exporting
from common.exporting import Column
from common.paging import page_of
from common.templatetags.wording import wareki_dense
from councils.forms.follow_ups import AnswerForm, CreateFollowUpForm, DropForm, EditFollowUpForm, ReportForm
from councils.models import FollowUp, FollowUpStatus, Utterance
from councils.services import follow_ups as services
from councils.views.steps import answer_step, find_meeting
from organization import rules
from records.views.framing import list_frame

SECTION = "view_meeting"
LATE = "late"
COLUMNS = [
    Column("内容", lambda row: row.task),
    Column("種類", lambda row: row.get_kind_display()),
    Column("出た会議", lambda row: str(row.meeting)),
    Column("所管課", lambda row: row.department.full_name if row.department else "（未定）"),
    Column("期限", lambda row: wareki_dense(row.due_on)),
    Column("状態", lambda row: row.get_status_display()),
]
_ACTIONS = ["edit_followup", "answer_followup", "report_followup", "drop_followup"]


@require_GET
def followup_list(request: HttpRequest) -> HttpResponse:
    """要望・宿題の一覧, those of the newest meeting first; by state, late ones, or a word."""
    rows = rules.permitted(FollowUp.objects.all(), request.user, "view_followup")
    status, word = request.GET.get("status", ""), request.GET.get("q", "")
    today = timezone.localdate()
    if status == LATE:
        rows = rows.filter(status=FollowUpStatus.OPEN, due_on__lt=today)
    elif status in FollowUpStatus.values:
        rows = rows.filter(status=status)
    if (department := request.GET.get("department", "")).isdecimal():
        rows = rows.filter(department=int(department))
    if word:
        rows = rows.filter(Q(task__contains=word) | Q(passage__contains=word) | Q(department__name__contains=word))
    rows = rows.select_related("meeting__body", "department__parent__parent").order_by("-meeting__held_on", "-pk")
    if exporting.asked(request):
        return exporting.answer(request, exporting.of("要望・宿題", COLUMNS, rows.iterator(), today), rows)
    page = page_of(request, rows)
    choices = [*FollowUpStatus.choices, (LATE, "期限を過ぎたもの")]
    frame = list_frame("要望・宿題", page, caption="要望・宿題の一覧。新しい会議の順。") | {
        "search": {"name": "q", "label": "内容、発言、所管課から探す", "value": word},
        "selects": [
            {
                "name": "status",
                "label": "状態",
                "all": "すべての状態",
                "options": [(value, label, value == status) for value, label in choices],
            }
        ],
        "keep": [("department", department)] if department else [],
        "clear_url": "?" if status or word or department else "",
        "exports": exporting.menu(request),
    }
    context = {
        "list": frame,
        "columns": [column.label for column in COLUMNS],
        "rows": [(row, [column.value(row) for column in COLUMNS[1:]]) for row in page.rows],
    }
    return render(request, "councils/followup_list.html", context)


@require_GET
def view_followup(request: HttpRequest, pk: int) -> HttpResponse:
    """要望・宿題."""
    row = _find(request, "view_followup", pk)
    context = {"row": row, "may": rules.allowed(request.user, _ACTIONS, row)}
    return render(request, "councils/followup.html", context)


def create_followup(request: HttpRequest, pk: int) -> HttpResponse:
    """要望・宿題の登録; `?utterance=` takes the words from what was said."""
    meeting = find_meeting(request, "create_followup", pk)
    number = request.GET.get("utterance", "")
    said = Utterance.objects.filter(minutes__meeting=meeting, is_removed=False)
    utterance = said.filter(pk=int(number)).first() if number.isdecimal() else None
    initial: dict[str, Any] = {"passage": utterance.text} if utterance else {}
    form = CreateFollowUpForm(request.POST or None, initial=initial)
    service = partial(services.create_followup, meeting, utterance=utterance)
    return answer_step(
        request,
        meeting,
        form,
        heading="要望・宿題の登録",
        button="登録する",
        service=service,
        section=SECTION,
        done=_page_of,
    )


def edit_followup(request: HttpRequest, pk: int) -> HttpResponse:
    """要望・宿題の編集."""
    row = _find(request, "edit_followup", pk)
    form = EditFollowUpForm(request.POST or None, initial=EditFollowUpForm.of(row))
    return _step(request, row, form, "要望・宿題の編集", "保存", services.edit_followup)


def answer_followup(request: HttpRequest, pk: int) -> HttpResponse:
    """回答."""
    row = _find(request, "answer_followup", pk)
    form = AnswerForm(request.POST or None, initial=AnswerForm.of(row))
    return _step(request, row, form, "要望・宿題への回答", "回答する", services.answer_followup)


def report_followup(request: HttpRequest, pk: int) -> HttpResponse:
    """審議会への報告."""
    row = _find(request, "report_followup", pk)
    form = ReportForm(request.POST or None, row=row)
    return _step(request, row, form, "審議会への報告", "報告済にする", services.report_followup)


def drop_followup(request: HttpRequest, pk: int) -> HttpResponse:
    """対応しない."""
    row = _find(request, "drop_followup", pk)
    return _step(request, row, DropForm(request.POST or None), "対応しない", "対応しない", services.drop_followup)


def _page_of(row: FollowUp) -> str:
    return reverse("view_followup", args=[row.pk])


def _find(request: HttpRequest, action: str, pk: int) -> FollowUp:
    rows = FollowUp.objects.select_related(
        "meeting__body", "meeting__term", "department__parent__parent", "utterance", "item", "reported_at__body"
    )
    return rules.find(rows, request.user, action, pk=pk)


def _step(request: HttpRequest, row: FollowUp, form: Any, heading: str, button: str, service: Any) -> HttpResponse:
    return answer_step(
        request,
        row.meeting,
        form,
        heading=heading,
        button=button,
        service=partial(service, row),
        section=SECTION,
        done=_page_of,
        about=row.task,
    )
