"""業務登録のページ: read the request, ask the services, answer."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from common.views import answer_form, as_of, go_to
from history import changes, conflicts
from history.errors import DomainError, StaleEdit
from organization import rules
from registry import impact_paper, offers, presenting, services
from registry.forms import (
    AbolishActivityForm,
    CreateActivityForm,
    EditActivityForm,
    ReasonForm,
    RegisterActivityForm,
    StepForm,
)
from registry.impact_subjects import of_activity
from registry.models import Activity, ActivityVersion
from registry.scans import SCANS

# The steps that are shown what they touch before they are confirmed.
_TOUCHING = (services.revise_activity, services.abolish_activity)


def view_activity(request: HttpRequest, pk: int) -> HttpResponse:
    """業務登録: the version in force on a day, its earlier versions, and what may be done next."""
    activity = rules.find(Activity.objects.all(), request.user, "view_activity", pk=pk)
    asked = as_of(request)
    page = presenting.activity_page(request.user, activity, asked.day, timezone.localdate())
    return render(request, "registry/activity.html", {"page": page, "as_of": asked})


def activity_history(request: HttpRequest, pk: int) -> HttpResponse:
    """業務登録の履歴: of the business, of each version that the person may see, and of their scans."""
    activity = rules.find(Activity.objects.all(), request.user, "activity_history", pk=pk)
    versions = list(presenting.visible_versions(request.user, activity))
    entries = changes.entries([activity, *versions, *SCANS.every(versions)])
    context = {"activity": activity, "version": versions[0], "entries": entries}
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
            stale = conflicts.conflicts(form, refusal.current, form._meta.fields, presenting.shown)
            conflicts.refuse(form, refusal)
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


def withdraw_activity(request: HttpRequest, pk: int) -> HttpResponse:
    """業務登録の取下げ."""
    version = rules.find(_versions(), request.user, "withdraw_activity", pk=pk)
    words = {
        "button": "取り下げる",
        "explanation": "この下書きは登録されません。いま有効な内容があるときは、変わりません。取り消せません。",
        "done": "取り下げました。",
        "look": "btn-d",
    }
    return _take_step(request, version, services.withdraw_activity, ReasonForm(_posted(request)), words)


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


def abolish_activity(request: HttpRequest, pk: int) -> HttpResponse:
    """業務の廃止."""
    version = rules.find(_versions(), request.user, "abolish_activity", pk=pk)
    words = {
        "button": "廃止する",
        "explanation": "廃止年月日から効力がなくなります。業務登録番号は、ほかの業務に付けられません。取り消せません。",
        "done": "業務を廃止しました。",
        "look": "btn-d",
    }
    form = AbolishActivityForm(_posted(request), version=version)
    return _take_step(request, version, services.abolish_activity, form, words)


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
    subject = of_activity(version.activity, version.name)
    context = {
        "form": form,
        "version": version,
        "words": words,
        "lines": presenting.lines(version),
        "offers": offers.shown(request.user, version) if service is services.abolish_activity else [],
        "impact": impact_paper.notice_for(request.user, subject, timezone.localdate()) if service in _TOUCHING else "",
    }
    return answer_form(request, "registry/step.html", context, invalid=form.is_bound)


def _show(form: Form, refusal: ValidationError) -> None:
    """A refusal of the service beside the field that it names, above the form where the page does not ask for it."""
    for name, texts in getattr(refusal, "message_dict", {NON_FIELD_ERRORS: refusal.messages}).items():
        form.add_error(name if name in form.fields else None, texts)


def _versions() -> QuerySet:
    rows = ActivityVersion.objects.with_first_registered_on()
    return rows.select_related("activity", "department__parent", "replaces")
