"""記録票の編集: the fields on one side, the official sheet on the other."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST

from common.views import answer_form, go_to
from history.errors import StaleEdit
from organization import rules
from records import buffering
from records.forms import FORMS
from records.forms.records import RecordForm
from records.kinds import RecordKind, kind_of
from records.models import RecordVersion
from records.presenting import sheet_fragment
from records.previewing import preview
from records.services import drafting
from records.services.completeness import missing_fields
from records.stale import refuse


def edit_record(request: HttpRequest, kind: RecordKind, pk: int) -> HttpResponse:
    """記録票の編集: 保存 writes the record and forgets what was buffered; a stale edit shows both versions."""
    record = rules.find(_records(kind), request.user, "edit_record", pk=pk)
    siblings = record.proposal.records()
    same_kind = sum(isinstance(sibling, kind.model) for sibling in siblings) - 1
    buffer = None if request.method == "POST" else buffering.find(request.user, record)
    data = request.POST if request.method == "POST" else (buffer and buffering.as_form_data(buffer))
    form = FORMS[kind.code](data or None, instance=record, siblings=same_kind)
    stale: list[Any] = []
    if request.method == "POST" and form.is_valid():
        try:
            drafting.edit_record(
                record,
                values=form.values(),
                lock=form.cleaned_data["lock"],
                actor=request.user,
                same_for_all=form.cleaned_data.get("same_for_all", False),
            )
        except StaleEdit as refusal:
            stale = refuse(form, refusal)
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
        else:
            buffering.forget(request.user, record)
            messages.success(request, "記録票を保存しました。")
            return go_to(request, "edit_record", kind=kind, pk=pk)
    invalid = request.method == "POST"
    return answer_form(
        request, "records/edit_record.html", _context(kind, pk, form, siblings, buffer, stale), invalid=invalid
    )


def _context(
    kind: RecordKind, pk: int, form: RecordForm, siblings: list[RecordVersion], buffer: Any, stale: list[Any]
) -> dict[str, Any]:
    record = kind.model.objects.select_related("proposal__department__parent", "activity").get(pk=pk)
    sheet = preview(form, record)
    return {
        "kind": kind,
        "record": record,
        "proposal": record.proposal,
        "form": form,
        "siblings": [(sibling, kind_of(sibling), missing_fields(sibling), sibling == record) for sibling in siblings],
        "missing_links": [(form[name].focus_id, form[name].label) for name in missing_fields(record)],
        "buffer": buffer,
        "stale": stale,
        "fragment": sheet_fragment(record, sheet.values),
        "missing_boxes": sheet.missing_boxes,
    }


@require_POST
def autosave_record(request: HttpRequest, kind: RecordKind, pk: int) -> HttpResponse:
    """下書きの自動保存: keep what is being typed, and answer with the sheet as it would print."""
    record = rules.find(_records(kind), request.user, "autosave_record", pk=pk)
    buffering.keep(request.user, record, request.POST, at=timezone.now())
    form = FORMS[kind.code](request.POST, instance=_records(kind).get(pk=pk))
    sheet = preview(form, record)
    context = {"fragment": sheet_fragment(record, sheet.values), "missing_boxes": sheet.missing_boxes}
    return render(request, "records/_preview.html", context)


@require_POST
def discard_buffer(request: HttpRequest, kind: RecordKind, pk: int) -> HttpResponse:
    """書きかけを捨てる: back to what was last saved."""
    record = rules.find(_records(kind), request.user, "discard_buffer", pk=pk)
    buffering.forget(request.user, record)
    messages.success(request, "書きかけを捨て、保存した内容に戻しました。")
    return go_to(request, "edit_record", kind=kind, pk=pk)


@require_POST
def remove_record(request: HttpRequest, kind: RecordKind, pk: int) -> HttpResponse:
    """記録票の取りやめ."""
    record = rules.find(_records(kind), request.user, "remove_record", pk=pk)
    drafting.remove_record(record, actor=request.user)
    messages.success(request, "記録票を1枚取りやめました。")
    return go_to(request, "view_proposal", pk=record.proposal_id)


def _records(kind: RecordKind) -> Any:
    return kind.model.objects.select_related("proposal__department__parent", "activity", "replaces")
