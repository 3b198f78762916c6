"""記録票の編集: the fields on one side, the official sheet on the other."""

from copy import copy
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST

from common.views import answer_form, go_to
from history.conflicts import Difference
from history.errors import StaleEdit
from organization import rules
from records import buffering
from records.forms import FORMS
from records.forms.records import RecordForm
from records.kinds import RecordKind, kind_of
from records.models import RecordVersion
from records.presenting import sheet_fragment
from records.previewing import Preview, preview, typed_texts
from records.services import drafting
from records.services.completeness import missing_fields
from records.services.remarks import remarks, successor_grounds
from records.stale import refuse
from records.views.closing import answer_closed

CLOSED = "この記録票は、いまは編集できません。入力した内容は保存していませんが、この画面に残っています。"


def edit_record(request: HttpRequest, kind: RecordKind, pk: int) -> HttpResponse:
    """記録票の編集: 保存 writes the record and forgets what was buffered; a stale edit shows both versions."""
    try:
        record = rules.find(_records(kind), request.user, "edit_record", pk=pk)
        if record.is_end:
            return go_to(request, "edit_end", kind=kind, pk=pk)
        return _save_record(request, kind, record) if request.method == "POST" else _show_editor(request, kind, record)
    except rules.NotPermitted as refusal:
        if request.method != "POST" or not rules.may(request.user, "edit_record"):
            raise
        return _closed(request, kind, pk, refusal)


def _show_editor(request: HttpRequest, kind: RecordKind, record: RecordVersion) -> HttpResponse:
    siblings = record.proposal.records()
    buffer = buffering.find(request.user, record)
    data = buffering.as_form_data(buffer) if buffer else None
    form = FORMS[kind.code](data, instance=copy(record), siblings=_beside(record, siblings))
    return render(request, "records/edit_record.html", _context(kind, record, form, siblings, buffer, []))


def _save_record(request: HttpRequest, kind: RecordKind, record: RecordVersion) -> HttpResponse:
    siblings = record.proposal.records()
    form = FORMS[kind.code](request.POST, instance=record, siblings=_beside(record, siblings))
    stale: list[Difference] = []
    if form.is_valid():
        given = form.cleaned_data
        try:
            drafting.edit_record(
                record,
                values=form.values(),
                lock=given["lock"],
                actor=request.user,
                same_for_all=given.get("same_for_all", False),
                sibling_locks=given.get("sibling_locks", {}),
            )
        except StaleEdit as refusal:
            stale = refuse(form, refusal, drafting.siblings_of(record))
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
        else:
            buffering.forget(request.user, record)
            messages.success(request, "記録票を保存しました。")
            return go_to(request, "edit_record", kind=kind, pk=record.pk)
    context = _context(kind, _records(kind).get(pk=record.pk), form, siblings, None, stale)
    return answer_form(request, "records/edit_record.html", context, invalid=True)


def _beside(record: RecordVersion, records: list[RecordVersion]) -> dict[int, RecordVersion]:
    """The sheets of the same kind beside `record`, by their number in the file."""
    numbered = enumerate(records, start=1)
    return {number: one for number, one in numbered if type(one) is type(record) and one.pk != record.pk}


def _closed(request: HttpRequest, kind: RecordKind, pk: int, refusal: rules.NotPermitted) -> HttpResponse:
    """編集できない状態: somebody handed the file on meanwhile; what was typed is given back to be copied (409)."""
    record = _records(kind).get(pk=pk)
    form = FORMS[kind.code](request.POST, instance=_records(kind).get(pk=pk))
    return answer_closed(request, record, kind.label, record.proposal, refusal, typed_texts(form))


def _context(
    kind: RecordKind,
    record: RecordVersion,
    form: RecordForm,
    siblings: list[RecordVersion],
    buffer: Any,
    stale: list[Difference],
) -> dict[str, Any]:
    """What the editor shows; `record` as it stands saved, which the form's checks have not touched."""
    sheet = preview(form, record)
    return {
        "kind": kind,
        "record": record,
        "proposal": record.proposal,
        "form": form,
        "siblings": [
            (one, kind_of(one), sheet.missing if one == record else missing_fields(one), one == record)
            for one in siblings
        ],
        "buffer": buffer,
        "stale": stale,
        **_sheet_context(form, record, sheet),
    }


def _sheet_context(form: RecordForm, record: RecordVersion, sheet: Preview) -> dict[str, Any]:
    """What the editor and the answer to an autosave both show of what is typed."""
    return {
        "fragment": sheet_fragment(sheet.draft, sheet.values, marks_changes=True),
        "missing_boxes": sheet.missing_boxes,
        "missing_links": [(form[name].focus_id, form[name].label) for name in map(form.field_of, sheet.missing)],
        "remarks": remarks(sheet.draft),
        "successors": successor_grounds(sheet.draft),
        "too_long": sheet.too_long,
    }


@require_POST
def autosave_record(request: HttpRequest, kind: RecordKind, pk: int) -> HttpResponse:
    """下書きの自動保存: keep what is being typed, and answer with the sheet as it would print."""
    try:
        record = rules.find(_records(kind), request.user, "autosave_record", pk=pk)
    except rules.NotPermitted as refusal:
        if not rules.may(request.user, "autosave_record"):
            raise
        return HttpResponse(f"{CLOSED}{refusal}", status=409, content_type="text/plain; charset=utf-8")
    form = FORMS[kind.code](request.POST, instance=copy(record))
    buffering.keep(request.user, record, request.POST, names=form.input_names, at=timezone.now())
    context = _sheet_context(form, record, preview(form, record))
    return render(request, "records/_autosaved.html", context)


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
    return kind.model.objects.select_related("proposal__department__parent", *kind.related)
