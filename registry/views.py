"""業務登録のページ: read the request, ask the services, answer."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import Count, Q, QuerySet
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from common.business_number import BusinessNumberError, parse
from common.paging import page_of
from common.views import answer_form, as_of, go_to
from common.wareki import format_date
from history import changes
from history.errors import DomainError, StaleEdit
from organization import rules
from registry import presenting, services
from registry.forms import CreateActivityForm, EditActivityForm, ReasonForm, RegisterActivityForm, StepForm
from registry.models import Activity, ActivityVersion


def activity_list(request: HttpRequest) -> HttpResponse:
    """業務登録の一覧: the businesses in force on a day, or those under way that the person may see."""
    asked = as_of(request)
    state = request.GET.get("state", "")
    state = state if state in presenting.STATES else presenting.USUAL_STATE
    visible = rules.permitted(ActivityVersion.objects.all(), request.user, "view_activityversion")
    found = _search(visible, request.GET.get("q", ""))
    figures = found.aggregate(
        **{code: Count("pk", filter=presenting.state_condition(code, asked.day)) for code in presenting.STATES}
    )
    page = page_of(request, presenting.listed(found.filter(presenting.state_condition(state, asked.day)), request.user))
    rows = [(version, *presenting.state_of(version, asked.day)) for version in page.rows]
    day = format_date(asked.day)
    frame = {
        "title": "業務登録",
        "count": f"{presenting.STATES[state]} {page.total:,}件",
        "search": {"name": "q", "label": "業務登録番号または業務の名称で探す", "value": request.GET.get("q", "")},
        "as_of": asked,
        "keep": [("state", state)],
        "filters": _filters(request, state, figures),
        "clear_url": "?" if request.GET.get("q") or state != presenting.USUAL_STATE else "",
        "caption": f"業務登録（{presenting.STATES[state]}）、業務登録番号の順、基準日 {day}",
        "has_rows": bool(rows),
        "empty": {
            "title": "この条件にあう業務はありません",
            "why": f"基準日は{day}です。",
            "url": "?",
            "action": "条件を消す",
        },
        "pager": page,
    }
    context = {"list": frame, "rows": rows, "may_create": rules.may(request.user, "create_activity")}
    return render(request, "registry/activity_list.html", context)


def _search(versions: QuerySet, text: str) -> QuerySet:
    """By the number in any spelling, or by a part of the name."""
    text = text.strip()
    if not text:
        return versions
    try:
        return versions.filter(activity__number=parse(text).number)
    except BusinessNumberError:
        return versions.filter(Q(name__icontains=text) | Q(activity__number__startswith=text))


def _filters(request: HttpRequest, state: str, figures: dict[str, int]) -> list[dict[str, Any]]:
    """The states that can be asked for in place of 有効, each with its figure; the rest of the address is kept."""
    filters = []
    for code, label in presenting.STATES.items():
        if code == presenting.USUAL_STATE:
            continue
        query = request.GET.copy()
        for name in ("page", "state"):
            query.pop(name, None)
        if code != state:
            query["state"] = code
        chip = {"label": f"{label} {figures[code]:,}件", "url": f"?{query.urlencode()}", "pressed": code == state}
        filters.append(chip)
    return filters


def view_activity(request: HttpRequest, pk: int) -> HttpResponse:
    """業務登録: the version in force on a day, its earlier versions, and what may be done next."""
    activity = rules.find(Activity.objects.all(), request.user, "view_activity", pk=pk)
    asked = as_of(request)
    page = presenting.activity_page(request.user, activity, asked.day, timezone.localdate())
    return render(request, "registry/activity.html", {"page": page, "as_of": asked})


def activity_history(request: HttpRequest, pk: int) -> HttpResponse:
    """業務登録の履歴: of the business and of each version that the person may see."""
    activity = rules.find(Activity.objects.all(), request.user, "activity_history", pk=pk)
    versions = list(presenting.visible_versions(request.user, activity))
    context = {"activity": activity, "version": versions[0], "entries": changes.entries([activity, *versions])}
    return render(request, "registry/activity_history.html", context)


def create_activity(request: HttpRequest) -> HttpResponse:
    """業務登録の起案."""
    form = CreateActivityForm(_posted(request), actor=request.user)
    if form.is_valid():
        token, department = form.cleaned_data["token"], form.cleaned_data["department"]
        version = services.create_activity(department=department, values=form.values(), token=token, actor=request.user)
        messages.success(request, "業務登録の下書きをつくりました。")
        return go_to(request, "view_activity", pk=version.activity_id)
    return answer_form(request, "registry/create_activity.html", {"form": form}, invalid=form.is_bound)


def edit_activity(request: HttpRequest, pk: int) -> HttpResponse:
    """業務登録の編集; a stale edit shows both versions and keeps what was typed."""
    version = rules.find(_versions(), request.user, "edit_activity", pk=pk)
    title, stale = version.name, []
    form = EditActivityForm(_posted(request), instance=version)
    if form.is_valid():
        try:
            services.edit_activity(version, values=form.values(), lock=form.cleaned_data["lock"], actor=request.user)
        except StaleEdit as refusal:
            stale = presenting.conflicts(form, refusal.current)
            form.add_error(None, str(refusal))
            form.data = form.data.copy()
            form.data["lock"] = refusal.current.lock
        except ValidationError as refusal:
            _show(form, refusal)
        else:
            messages.success(request, "業務登録を保存しました。")
            return go_to(request, "view_activity", pk=version.activity_id)
    context = {"form": form, "version": version, "title": title, "stale": stale}
    return answer_form(request, "registry/edit_activity.html", context, invalid=form.is_bound)


def submit_activity(request: HttpRequest, pk: int) -> HttpResponse:
    """業務登録の提出."""
    version = rules.find(_versions(), request.user, "submit_activity", pk=pk)
    words = {
        "button": "提出する",
        "explanation": "情報公開課へ提出します。登録または差戻しまで、内容は変えられません。",
        "done": "情報公開課へ提出しました。",
    }
    return _take_step(request, version, services.submit_activity, StepForm(_posted(request)), words)


def return_activity(request: HttpRequest, pk: int) -> HttpResponse:
    """業務登録の差戻し."""
    version = rules.find(_versions(), request.user, "return_activity", pk=pk)
    words = {
        "button": "差し戻す",
        "explanation": "理由を添えて、所管課に戻します。",
        "done": "所管課へ差し戻しました。",
        "look": "btn-d",
    }
    return _take_step(request, version, services.return_activity, ReasonForm(_posted(request)), words)


def register_activity(request: HttpRequest, pk: int) -> HttpResponse:
    """業務の登録."""
    version = rules.find(_versions(), request.user, "register_activity", pk=pk)
    words = {
        "button": "登録する",
        "explanation": "業務登録簿に登録し、効力の始まる日から有効にします。",
        "done": "登録しました。",
    }
    form = RegisterActivityForm(_posted(request), version=version)
    return _take_step(request, version, services.register_activity, form, words)


def revise_activity(request: HttpRequest, pk: int) -> HttpResponse:
    """業務登録の変更の起案: leads to the new draft."""
    version = rules.find(_versions(), request.user, "revise_activity", pk=pk)
    words = {
        "button": "変更を起案する",
        "explanation": "いまの内容を写した下書きをつくります。登録されるまで、いまの内容が有効です。",
        "done": "変更の下書きをつくりました。",
    }
    return _take_step(request, version, services.revise_activity, ReasonForm(_posted(request)), words, "edit_activity")


def _posted(request: HttpRequest) -> Any:
    """What was sent, also when nothing was filled in; None for a fresh page."""
    return request.POST if request.method == "POST" else None


def _take_step(
    request: HttpRequest,
    version: ActivityVersion,
    service: Callable[..., ActivityVersion],
    form: StepForm,
    words: dict[str, str],
    onward: str = "view_activity",
) -> HttpResponse:
    """Ask, carry out, go on; a refusal is shown on the step's own page with what was typed."""
    if form.is_valid():
        try:
            result = service(version, actor=request.user, **form.arguments())
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        except ValidationError as refusal:
            _show(form, refusal)
        else:
            messages.success(request, words["done"])
            return go_to(request, onward, pk=result.activity_id if onward == "view_activity" else result.pk)
    context = {"form": form, "version": version, "words": words, "lines": presenting.lines(version)}
    return answer_form(request, "registry/step.html", context, invalid=form.is_bound)


def _show(form: Form, refusal: ValidationError) -> None:
    """A refusal of the service beside the field that it names, above the form where the page does not ask for it."""
    for name, texts in getattr(refusal, "message_dict", {NON_FIELD_ERRORS: refusal.messages}).items():
        form.add_error(name if name in form.fields else None, texts)


def _versions() -> QuerySet:
    return ActivityVersion.objects.select_related("activity", "department__parent", "replaces")
