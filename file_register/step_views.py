"""手続のページ: one page for each step; it asks, calls the service, and goes back to the file."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from common.views import answer_form, go_to
from common.wareki import format_date
from file_register import duties, presenting, reading, services
from file_register.impact import of_file
from file_register.kinds import PublicRegister
from file_register.models import FileCount, PersonalFile, PersonalFileVersion, PublicEntry
from file_register.publication import Outcome
from file_register.step_forms import (
    AbolishPersonalFileForm,
    CorrectCountForm,
    CorrectEntryDaysForm,
    CorrectEntryForm,
    CountPersonsForm,
    PublishEntryForm,
    ReasonForm,
    RegisterPersonalFileForm,
    RemoveEntryForm,
    RenameSectionForm,
    StepForm,
)
from file_register.views import posted, version_rows
from history.errors import DomainError
from organization import rules
from registry import impact_paper

# The steps that are shown what they touch before they are confirmed.
_TOUCHING = (services.revise_personal_file, services.abolish_personal_file)


def submit_personal_file(request: HttpRequest, pk: int) -> HttpResponse:
    """個人情報ファイルの提出."""
    version = _version(request, "submit_personal_file", pk)
    words = {
        "button": "提出する",
        "explanation": "情報公開課へ提出します。登録または差戻しまで、内容は変えられません。",
        "done": "情報公開課へ提出しました。",
    }
    return _take_step(request, version, services.submit_personal_file, StepForm(posted(request)), words)


def return_personal_file(request: HttpRequest, pk: int) -> HttpResponse:
    """個人情報ファイルの差戻し."""
    version = _version(request, "return_personal_file", pk)
    words = {
        "button": "差し戻す",
        "explanation": "理由を添えて、所管課に戻します。",
        "done": "所管課へ差し戻しました。",
        "look": "btn-d",
    }
    return _take_step(request, version, services.return_personal_file, ReasonForm(posted(request)), words)


def withdraw_personal_file(request: HttpRequest, pk: int) -> HttpResponse:
    """個人情報ファイルの取下げ."""
    version = _version(request, "withdraw_personal_file", pk)
    words = {
        "button": "取り下げる",
        "explanation": "この下書きは登録されません。いま有効な内容があるときは、変わりません。取り消せません。",
        "done": "取り下げました。",
        "look": "btn-d",
    }
    return _take_step(request, version, services.withdraw_personal_file, ReasonForm(posted(request)), words)


def register_personal_file(request: HttpRequest, pk: int) -> HttpResponse:
    """個人情報ファイルの登録."""
    version = _version(request, "register_personal_file", pk)
    words = {
        "button": "登録する",
        "explanation": "登録し、効力の始まる日から有効にします。",
        "done": "登録しました。",
    }
    form = RegisterPersonalFileForm(posted(request), version=version)
    return _take_step(request, version, services.register_personal_file, form, words)


def revise_personal_file(request: HttpRequest, pk: int) -> HttpResponse:
    """個人情報ファイルの変更の起案: leads to the new draft."""
    version = _version(request, "revise_personal_file", pk)
    words = {
        "button": "変更を起案する",
        "explanation": "いまの内容を写した下書きをつくります。登録されるまで、いまの内容が有効です。",
        "done": "変更の下書きをつくりました。",
        "onward": "edit_personal_file",
    }
    return _take_step(request, version, services.revise_personal_file, ReasonForm(posted(request)), words)


def rename_file_section(request: HttpRequest, pk: int) -> HttpResponse:
    """所管課の名称を改める: after a reorganisation, from a day."""
    version = _version(request, "rename_file_section", pk)
    words = {
        "button": "名称を改める",
        "explanation": "組織改正のあとの所管課と名称で、その日から登録します。ほかの内容は変わりません。"
        "公表しているときは、つづけて記載の修正を記入してください。",
        "done": "名称を改めました。公表している記載も直したら、修正を記入してください。",
    }
    form = RenameSectionForm(posted(request), version=version, today=timezone.localdate())
    return _take_step(request, version, services.rename_file_section, form, words)


def abolish_personal_file(request: HttpRequest, pk: int) -> HttpResponse:
    """個人情報ファイルの廃止."""
    version = _version(request, "abolish_personal_file", pk)
    words = {
        "button": "廃止する",
        "explanation": "区がこのファイルを保有しなくなったときに行います。公表しているときは、記載の消除も必要です。",
        "done": "廃止しました。",
        "look": "btn-d",
    }
    form = AbolishPersonalFileForm(posted(request), version=version)
    return _take_step(request, version, services.abolish_personal_file, form, words)


def count_personal_file(request: HttpRequest, pk: int) -> HttpResponse:
    """本人の数の記入."""
    file = _file(request, "count_personal_file", pk)
    words = {
        "button": "人数を記入する",
        "explanation": "記録されている本人の数を、調べた日とともに記入します。掲載の要否は、この数から判断します。",
        "done": "本人の数を記入しました。",
    }
    form = CountPersonsForm(posted(request))
    return _take_step(request, _newest(request, file), services.count_personal_file, form, words, subject=file)


def correct_file_count(request: HttpRequest, pk: int, count: int) -> HttpResponse:
    """本人の数の訂正."""
    file = _file(request, "correct_file_count", pk)
    row = get_object_or_404(FileCount, pk=count, file=file)
    words = {
        "button": "訂正する",
        "explanation": f"{format_date(row.counted_on)}の人数（{row.text}）を訂正します。もとの内容は履歴に残ります。",
        "done": "本人の数を訂正しました。",
    }
    form = CorrectCountForm(posted(request), initial={"text": row.text, "counted_on": row.counted_on, "note": row.note})
    return _take_step(request, _newest(request, file), services.correct_file_count, form, words, subject=row)


def publish_file_entry(request: HttpRequest, pk: int) -> HttpResponse:
    """個人情報ファイル簿への掲載: the register that the rule names is offered first."""
    file = _file(request, "publish_file_entry", pk)
    words = {
        "button": "公表したと記入する",
        "explanation": "公表した日と帳簿を記入します。その日に効力のある登録の内容が、公表した内容になります。",
        "done": "公表を記入しました。",
        "decides": True,
    }
    form = PublishEntryForm(posted(request), initial={"register": _register_by_rule(file)})
    return _take_step(request, _newest(request, file), services.publish_file_entry, form, words, subject=file)


def correct_file_entry(request: HttpRequest, pk: int) -> HttpResponse:
    """個人情報ファイル簿の修正."""
    file = _file(request, "correct_file_entry", pk)
    words = {
        "button": "修正したと記入する",
        "explanation": "公表している記載を、その日に効力のある登録の内容に直したことを記入します。",
        "done": "修正を記入しました。",
    }
    form = CorrectEntryForm(posted(request))
    return _take_step(request, _newest(request, file), services.correct_file_entry, form, words, subject=file)


def remove_file_entry(request: HttpRequest, pk: int) -> HttpResponse:
    """個人情報ファイル簿からの消除."""
    file = _file(request, "remove_file_entry", pk)
    words = {
        "button": "消除したと記入する",
        "explanation": "公表していた記載を消したことを、その日と理由とともに記入します。",
        "done": "消除を記入しました。",
        "look": "btn-d",
    }
    form = RemoveEntryForm(posted(request))
    return _take_step(request, _newest(request, file), services.remove_file_entry, form, words, subject=file)


def correct_entry_days(request: HttpRequest, pk: int, entry: int) -> HttpResponse:
    """公表日・修正日・消除日の訂正."""
    file = _file(request, "correct_entry_days", pk)
    row = get_object_or_404(PublicEntry.objects.select_related("file"), pk=entry, file=file)
    words = {
        "button": "公表の日を訂正する",
        "explanation": f"{row.get_register_display()}の記載について、誤って記入した日を訂正します。"
        "訂正した日に効力のある登録の内容が、その日からの公表した内容になります。もとの日は履歴に残ります。",
        "done": "公表の日を訂正しました。",
    }
    form = CorrectEntryDaysForm(posted(request), entry=row)
    return _take_step(request, _newest(request, file), services.correct_entry_days, form, words, subject=row)


def _version(request: HttpRequest, action: str, pk: int) -> PersonalFileVersion:
    return rules.find(version_rows(), request.user, action, pk=pk)


def _file(request: HttpRequest, action: str, pk: int) -> PersonalFile:
    return rules.find(PersonalFile.objects.all(), request.user, action, pk=pk)


def _newest(request: HttpRequest, file: PersonalFile) -> PersonalFileVersion:
    """The version whose name stands above a step of the file itself."""
    return presenting.visible_versions(request.user, file).first()


def _register_by_rule(file: PersonalFile) -> str:
    """The register that the rule names today; 個人情報ファイル簿 where it names none."""
    decision = duties.decision_on(file, timezone.localdate())
    is_small = decision is not None and decision.outcome is Outcome.ORDINANCE
    return PublicRegister.ORDINANCE if is_small else PublicRegister.ACT


def _decision_shown(version: PersonalFileVersion, form: StepForm) -> dict[str, Any]:
    """What the rule says on the day that was typed, else today."""
    day = getattr(form, "cleaned_data", {}).get("on") or timezone.localdate()
    return {"decision": duties.decision_on(version.file, day), "decision_day": day}


def _add_at_fields(form: StepForm, refusal: ValidationError) -> None:
    """What a service refuses stands beside the field that it names, else above the form."""
    if not hasattr(refusal, "error_dict"):
        form.add_error(None, refusal)
        return
    for name, errors in refusal.error_dict.items():
        form.add_error(name if name in form.fields else None, errors)


def _take_step(
    request: HttpRequest,
    version: PersonalFileVersion,
    service: Callable[..., Any],
    form: StepForm,
    words: dict[str, Any],
    subject: Any = None,
) -> HttpResponse:
    """Ask, carry out on `subject` (the version where none is given), go on; a refusal is shown with what was typed."""
    if form.is_valid():
        try:
            result = service(subject or version, actor=request.user, **form.arguments())
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        except ValidationError as refusal:
            _add_at_fields(form, refusal)
        else:
            messages.success(request, words["done"])
            if "onward" in words:
                return go_to(request, words["onward"], pk=result.pk)
            return go_to(request, "view_personalfile", pk=version.file_id)
    today = timezone.localdate()
    touched = of_file(version.file, version.name, today)
    context = {
        "form": form,
        "version": version,
        "words": words,
        "beside": reading.step_lines(version),
        "impact": impact_paper.notice_for(request.user, touched, today) if service in _TOUCHING else "",
    }
    if words.get("decides"):
        context |= _decision_shown(version, form)
    return answer_form(request, "file_register/step.html", context, invalid=form.is_bound)
