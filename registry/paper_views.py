"""業務登録票の印刷と帳票: the official sheet, and the forms on which a business collects."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from common.views import answer_form, go_to
from history.errors import DomainError
from organization import rules
from printing import output, sheets
from printing.answering import answer_pdf
from registry import collecting
from registry.forms import CollectingForms, LockForm
from registry.models import ActivityVersion
from registry.sheets import CODE


def print_activity(request: HttpRequest, pk: int) -> HttpResponse:
    """業務登録票の印刷: the official sheet as PDF; characters without a shape are asked about first."""
    sheet = sheets.get(CODE)
    rules.find(ActivityVersion.objects.all(), request.user, "print_activity", pk=pk)
    version = sheet.queryset().get(pk=pk)
    return answer_pdf(
        request,
        partial(output.print_one, sheet, version, timezone.localdate()),
        name=f"{CODE}-{version.pk}",
        record=version,
        back=reverse("view_activity", args=[version.activity_id]),
    )


def edit_collecting_forms(request: HttpRequest, pk: int) -> HttpResponse:
    """帳票の編集: all lines of a draft on one page."""
    versions = ActivityVersion.objects.select_related("activity", "department__parent")
    version = rules.find(versions, request.user, "edit_collecting_forms", pk=pk)
    posted = request.POST if request.method == "POST" else None
    lock, lines = LockForm(posted, initial={"lock": version.lock}), CollectingForms(posted, initial=_standing(version))
    if lock.is_valid() and lines.is_valid():
        entries = [entry for line in lines.forms if (entry := line.entry())]
        try:
            collecting.edit_collecting_forms(
                version, entries=entries, lock=lock.cleaned_data["lock"], actor=request.user
            )
        except (DomainError, ValidationError) as refusal:
            lock.add_error(None, getattr(refusal, "messages", None) or str(refusal))
        else:
            messages.success(request, "帳票を保存しました。")
            return go_to(request, "view_activity", pk=version.activity_id)
    context = {"version": version, "form": lock, "lines": lines}
    return answer_form(request, "registry/edit_collecting_forms.html", context, invalid=lock.is_bound)


def _standing(version: ActivityVersion) -> list[dict[str, Any]]:
    return [
        {"pk": form.pk, "name": form.name, "edition": form.edition, "items": form.items}
        for form in version.forms_in_use
    ]
