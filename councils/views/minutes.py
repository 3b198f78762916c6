"""会議要録のページ: the 要録 of a meeting, from its first words to its publication."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from common.views import go_to
from councils.forms.minutes import AddUtteranceForm, HeadingsForm, ReturnMinutesForm, SettleMinutesForm, UtteranceForm
from councils.models import Minutes, Utterance
from councils.sections import meeting_frame
from councils.services import minutes as services
from councils.services import utterances
from councils.sheets.minutes import CODE
from councils.views.steps import answer_step, find_meeting
from history.errors import DomainError
from organization import rules
from printing import output, sheets
from printing.answering import answer_pdf

SECTION = "meeting_minutes"
_ACTIONS = [
    "edit_minutes",
    "add_utterance",
    "edit_utterance",
    "remove_utterance",
    "send_minutes",
    "settle_minutes",
    "publish_minutes",
    "return_minutes",
]


@require_GET
def meeting_minutes(request: HttpRequest, pk: int) -> HttpResponse:
    """会議の要録: leads to it, or says that there is none yet."""
    meeting = find_meeting(request, SECTION, pk)
    minutes = Minutes.objects.filter(meeting=meeting).first()
    if minutes is not None and rules.may_on(request.user, "view_minutes", minutes):
        return go_to(request, "view_minutes", pk=minutes.pk)
    context = {
        **meeting_frame(meeting, request.user, SECTION),
        "is_written": minutes is not None,
        "may": rules.allowed(request.user, ["begin_minutes"], meeting),
    }
    return render(request, "councils/no_minutes.html", context)


@require_POST
def begin_minutes(request: HttpRequest, pk: int) -> HttpResponse:
    """会議要録の作成."""
    minutes = services.begin_minutes(find_meeting(request, "begin_minutes", pk), actor=request.user)
    return go_to(request, "view_minutes", pk=minutes.pk)


@require_GET
def view_minutes(request: HttpRequest, pk: int) -> HttpResponse:
    """会議要録: as the sheet for who reads, utterance by utterance for who writes."""
    minutes = _find(request, "view_minutes", pk)
    may = rules.allowed(request.user, _ACTIONS, minutes)
    may_note = rules.may_on(request.user, "create_followup", minutes.meeting)
    context: dict[str, Any] = {
        **meeting_frame(minutes.meeting, request.user, SECTION),
        "minutes": minutes,
        "may": may,
        "may_note": may_note,
        "marks": services.marks_left(minutes) if "edit_minutes" in may else [],
    }
    if "edit_utterance" in may:
        context["utterances"] = minutes.utterances.filter(is_removed=False).select_related("item")
    else:
        sheet = sheets.get(CODE)
        layout = sheets.layout_for(sheet, minutes, today=timezone.localdate())
        context["fragment"] = sheets.render_fragment(sheet, sheet.values(minutes), layout)
    return render(request, "councils/minutes.html", context)


@require_GET
def print_minutes(request: HttpRequest, pk: int) -> HttpResponse:
    """会議要録の印刷."""
    minutes = _find(request, "print_minutes", pk)
    return answer_pdf(
        request,
        partial(output.print_one, sheets.get(CODE), minutes, timezone.localdate()),
        name=f"minutes-{pk}",
        record=minutes,
        back=minutes.get_absolute_url(),
    )


def edit_minutes(request: HttpRequest, pk: int) -> HttpResponse:
    """見出しの編集."""
    minutes = _find(request, "edit_minutes", pk)
    form = HeadingsForm(request.POST or None, instance=minutes)
    service = partial(services.edit_minutes, Minutes.objects.get(pk=pk))
    return _step(request, minutes, form, "要録の見出し", "保存", service)


def add_utterance(request: HttpRequest, pk: int) -> HttpResponse:
    """発言の追加, behind the one that `?after=` names."""
    minutes = _find(request, "add_utterance", pk)
    number = request.GET.get("after", "")
    after = minutes.utterances.filter(is_removed=False, pk=int(number)).first() if number.isdecimal() else None
    before = after or minutes.utterances.filter(is_removed=False).last()
    initial = {"item": before.item} if before else {}
    form = AddUtteranceForm(request.POST or None, minutes=minutes, initial=initial)
    service = partial(utterances.add_utterance, minutes, after=after)
    about = f"（{after.speaker}）{after.text[:60]}… のつぎに加えます。" if after else "いちばん後に加えます。"
    return _step(request, minutes, form, "発言の追加", "加える", service, about=about, at_row=True)


def edit_utterance(request: HttpRequest, pk: int) -> HttpResponse:
    """発言の編集."""
    utterance, minutes = _utterance(request, "edit_utterance", pk)
    form = UtteranceForm(request.POST or None, minutes=minutes, initial=UtteranceForm.of(utterance))
    return _step(
        request, minutes, form, "発言の編集", "保存", partial(utterances.edit_utterance, utterance), at_row=True
    )


@require_POST
def move_utterance(request: HttpRequest, pk: int) -> HttpResponse:
    """発言の並べかえ, by one."""
    utterance, minutes = _utterance(request, "move_utterance", pk)
    utterances.move_utterance(utterance, up=request.POST.get("to") == "up", actor=request.user)
    return go_to(request, f"{reverse('view_minutes', args=[minutes.pk])}#said-{pk}")


@require_POST
def remove_utterance(request: HttpRequest, pk: int) -> HttpResponse:
    """発言の削除."""
    utterance, minutes = _utterance(request, "remove_utterance", pk)
    utterances.remove_utterance(utterance, actor=request.user)
    messages.success(request, f"（{utterance.speaker}）の発言を削除しました。経過は履歴に残ります。")
    return go_to(request, "view_minutes", pk=minutes.pk)


@require_POST
def send_minutes(request: HttpRequest, pk: int) -> HttpResponse:
    """案 → 確認中."""
    minutes = _find(request, "send_minutes", pk)
    try:
        services.send_minutes(minutes, actor=request.user)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "確認に回しました。")
    return go_to(request, "view_minutes", pk=pk)


def settle_minutes(request: HttpRequest, pk: int) -> HttpResponse:
    """確認中 → 確定; open marks need a reason to stay."""
    minutes = _find(request, "settle_minutes", pk)
    marks = services.marks_left(minutes)
    about = f"確かめていない印が残っています：{'、'.join(marks)}" if marks else "確かめていない印は残っていません。"
    if count := services.beside_closed(minutes):
        about += (
            f"　非公開の議題のあとに、議題を選んでいない発言が{count}件あります。確定して公開すると、だれでも読めます。"
        )
    form = SettleMinutesForm(request.POST or None)
    service = partial(services.settle_minutes, minutes)
    return _step(request, minutes, form, "要録の確定", "確定する", service, about=about)


@require_POST
def publish_minutes(request: HttpRequest, pk: int) -> HttpResponse:
    """確定 → 公開."""
    minutes = _find(request, "publish_minutes", pk)
    try:
        services.publish_minutes(minutes, actor=request.user)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "会議要録を公開しました。")
    return go_to(request, "view_minutes", pk=pk)


def return_minutes(request: HttpRequest, pk: int) -> HttpResponse:
    """案にもどす, with the reason."""
    minutes = _find(request, "return_minutes", pk)
    form = ReturnMinutesForm(request.POST or None)
    service = partial(services.return_minutes, minutes)
    return _step(request, minutes, form, "要録を案にもどす", "案にもどす", service)


def _step(
    request: HttpRequest,
    minutes: Minutes,
    form: Any,
    heading: str,
    button: str,
    service: Any,
    *,
    at_row: bool = False,
    **context: Any,
) -> HttpResponse:
    """One form, one service, and back to the 要録 (to the utterance that was written, `at_row`)."""

    def done(made: Any) -> str:
        page = reverse("view_minutes", args=[minutes.pk])
        return f"{page}#said-{made.pk}" if at_row else page

    return answer_step(
        request,
        minutes.meeting,
        form,
        heading=heading,
        button=button,
        service=service,
        section=SECTION,
        done=done,
        speakers=getattr(form, "speakers", None),
        **context,
    )


def _find(request: HttpRequest, action: str, pk: int) -> Minutes:
    rows = Minutes.objects.select_related("meeting__body", "meeting__term", "imported_from")
    return rules.find(rows, request.user, action, pk=pk)


def _utterance(request: HttpRequest, action: str, pk: int) -> tuple[Utterance, Minutes]:
    utterance = get_object_or_404(Utterance.objects.filter(is_removed=False), pk=pk)
    minutes = _find(request, "view_minutes", utterance.minutes_id)
    rules.find(Utterance.objects.all(), request.user, action, pk=pk)
    return utterance, minutes
