"""取込みのページ: upload, look at every row, confirm."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from common.views import answer_form, go_to
from exchange import presenting, registers, services
from exchange.forms import UploadForm
from exchange.models import ImportRun, RunState
from exchange.registers import Register
from history.errors import DomainError
from organization import rules


@require_GET
def import_list(request: HttpRequest) -> HttpResponse:
    """取込みの一覧."""
    return render(request, "exchange/import_list.html", presenting.runs_page(request))


def import_register(request: HttpRequest, code: str) -> HttpResponse:
    """取込み: the file, and what its columns must be."""
    register = _register(code)
    services.require(request.user, register)
    form = UploadForm(request.POST or None, request.FILES or None) if request.method == "POST" else UploadForm()
    if form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            run = services.begin_import(register, name=upload.name, content=upload.read(), actor=request.user)
            return _go_on(request, services.look(run, actor=request.user))
        except DomainError as refusal:
            form.add_error("file", str(refusal))
    columns = register.resource().columns
    context = {"register": register, "form": form, "columns": columns}
    return answer_form(request, "exchange/import_register.html", context, invalid=form.is_bound)


@require_GET
def view_import(request: HttpRequest, pk: int) -> HttpResponse:
    """取込みの内容: what each row would do, or has done."""
    run = _run(request, pk, "view_importrun")
    return render(request, "exchange/import_run.html", presenting.run_page(request, run))


@require_POST
def check_import(request: HttpRequest, pk: int) -> HttpResponse:
    """もう一度の確認: against the register of now; nothing is uploaded again."""
    return _go_on(request, services.look(_run(request, pk, "check_import"), actor=request.user))


@require_POST
def confirm_import(request: HttpRequest, pk: int) -> HttpResponse:
    """取込みの確定."""
    try:
        run = services.confirm_import(_run(request, pk, "confirm_import"), actor=request.user)
    except DomainError as refusal:
        if ImportRun.objects.filter(pk=pk, status=RunState.APPLIED).exists():  # the button was pressed twice
            messages.info(request, "すでに取り込まれています。")
        else:
            messages.error(request, str(refusal))
        return go_to(request, "view_import", pk=pk)
    if run.job is None:
        messages.success(request, f"{run.file_name}を取り込みました（新規{run.new:,}件、変更{run.changed:,}件）。")
    return _go_on(request, run)


@require_POST
def cancel_import(request: HttpRequest, pk: int) -> HttpResponse:
    """取込みの取りやめ."""
    run = services.cancel_import(_run(request, pk, "cancel_import"), actor=request.user)
    messages.success(request, f"{run.file_name}の取込みを取りやめました。")
    return go_to(request, "import_list")


@require_GET
def import_errors(request: HttpRequest, pk: int) -> HttpResponse:
    """取込みの誤りの一覧, as CSV."""
    run = _run(request, pk, "view_importrun")
    answer = HttpResponse(presenting.errors_csv(run), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="import-errors-{run.pk}.csv"'
    return answer


def _register(code: str) -> Register:
    try:
        return registers.get(code)
    except KeyError:
        raise Http404(code) from None


def _run(request: HttpRequest, pk: int, action: str) -> ImportRun:
    """An import into a register that the person may bring files into; every other one does not exist for them."""
    codes = [entry.code for entry in presenting.open_registers(request.user)]
    runs = ImportRun.objects.filter(register__in=codes).select_related("owner", "job", "file")
    return rules.find(runs, request.user, action, pk=pk)


def _go_on(request: HttpRequest, run: ImportRun) -> HttpResponse:
    """To the progress of what is long, else to the rows."""
    if run.job is not None and run.job.is_unfinished:
        return go_to(request, "view_job", pk=run.job.pk)
    return go_to(request, "view_import", pk=run.pk)
