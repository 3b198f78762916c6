"""会議要録の取込みのページ: the file, what was understood of it and what not, and the confirmation."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from common.tables.shapes import TableError
from common.views import answer_form, go_to
from councils.forms.minutes import ConfirmImportForm, MinutesFileForm
from councils.importing import plan_of
from councils.keeping import MINUTES
from councils.services import importing as services
from files.models import StoredFile
from files.services import content_of
from history.conflicts import tell
from history.errors import DomainError
from organization import rules


def import_minutes(request: HttpRequest) -> HttpResponse:
    """会議要録の取込み: the file."""
    form = MinutesFileForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            stored = services.keep_file(upload.name, upload.read(), actor=request.user)
        except (DomainError, TableError) as refusal:
            form.add_error("file", str(refusal))
        else:
            return go_to(request, "confirm_minutes_import", pk=stored.pk)
    return answer_form(request, "councils/import_minutes.html", {"form": form}, invalid=form.is_bound)


def confirm_minutes_import(request: HttpRequest, pk: int) -> HttpResponse:
    """取込みの確認: what was understood, what not, what is new; then all of it or nothing."""
    rules.require_action(request.user, "import_minutes")
    stored = get_object_or_404(StoredFile.objects.filter(purpose=MINUTES), pk=pk)
    form = ConfirmImportForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            minutes = services.import_minutes(stored, actor=request.user, **form.cleaned_data)
        except (DomainError, ValidationError) as refusal:
            tell(form, refusal)
        else:
            messages.success(request, "会議要録を取り込みました。要録は「案」です。")
            return go_to(request, "view_minutes", pk=minutes.pk)
    context = {"form": form, "stored": stored, "plan": plan_of(content_of(stored))}
    return answer_form(request, "councils/confirm_minutes_import.html", context, invalid=form.is_bound)
