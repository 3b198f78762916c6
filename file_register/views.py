"""個人情報ファイルのページ: the list, a file, its draft, its history and its sheet."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from common import exporting
from common.paging import page_of
from common.views import answer_form, as_of, go_to
from common.wareki import format_date
from exchange.batch_pages import bar
from file_register import exports, listing, presenting, reading, services, sheets
from file_register.forms import CreatePersonalFileForm, EditPersonalFileForm
from file_register.models import FileActivity, PersonalFile, PersonalFileVersion
from file_register.scans import SCANS
from file_register.search import VERSIONS
from history import changes, conflicts
from history.errors import DomainError, StaleEdit
from organization import rules
from printing import output
from printing import sheets as printing
from printing.answering import answer_pdf


def personal_file_list(request: HttpRequest) -> HttpResponse:
    """個人情報ファイルの一覧: the files in force on a day, or those under way that the person may see."""
    typed = as_of(request)
    asked = listing.understand(request, typed.day)
    rows = listing.found(request.user, asked)
    listed = listing.listed(rows, request.user, asked)
    if exporting.asked(request):
        shown = (listing.row(version, asked.day) for version in listed.iterator())
        return exporting.answer(request, exports.personal_file_list(shown, asked.day), listed)
    counted = listing.figures(rows, asked)
    page = page_of(request, listed.defer(*VERSIONS.long), total=counted["shown"])
    old = VERSIONS.other_texts(page.rows, asked.text, asked.day)
    day = format_date(asked.day)
    kept = {name: request.GET[name] for name in ("state", "register", "duty", "activity") if name in request.GET}
    frame = {
        "title": "個人情報ファイル",
        "count": f"{listing.STATES[asked.state]} {page.total:,}件",
        "search": {
            "name": "q",
            "label": "名称・利用目的・所管課・記録項目などで探す",
            "value": request.GET.get("q", ""),
        },
        "as_of": typed,
        "keep": list(kept.items()),
        "filters": listing.chips(request, asked, counted),
        "clear_url": "?" if kept or asked.text else "",
        "caption": f"個人情報ファイル（{listing.STATES[asked.state]}）、所管課の順、基準日 {day}",
        "has_rows": bool(page.rows),
        "empty": {
            "title": "この条件にあう個人情報ファイルはありません",
            "why": f"基準日は{day}です。",
            "url": "?",
            "action": "条件を消す",
        },
        "pager": page,
        "exports": exporting.menu(request),
        "batch": bar(sheets.BATCH, reverse("print_file_entries"), listing.address(request), page.total),
    }
    context = {
        "list": frame,
        "rows": [listing.row(version, asked.day, old.get(version.pk)) for version in page.rows],
        "may_create": rules.may(request.user, "create_personal_file"),
    }
    return render(request, "file_register/personal_file_list.html", context)


def view_personalfile(request: HttpRequest, pk: int) -> HttpResponse:
    """個人情報ファイル: the version in force on a day, its sheet, the rule's answer, what may be done."""
    file = rules.find(PersonalFile.objects.all(), request.user, "view_personalfile", pk=pk)
    asked = as_of(request)
    page = presenting.file_page(request.user, file, asked.day, timezone.localdate())
    return render(request, "file_register/personal_file.html", {"page": page, "as_of": asked})


def personal_file_history(request: HttpRequest, pk: int) -> HttpResponse:
    """個人情報ファイルの履歴: of the file, its versions that the person may see, their scans, counts and entries."""
    file = rules.find(PersonalFile.objects.all(), request.user, "personal_file_history", pk=pk)
    versions = list(presenting.visible_versions(request.user, file))
    links = FileActivity.objects.filter(version__in=versions).order_by("pk")
    tracked = [file, *versions, *links, *file.counts.all(), *file.public_entries.all(), *SCANS.every(versions)]
    context = {"file": file, "version": versions[0], "entries": changes.entries(tracked)}
    return render(request, "file_register/personal_file_history.html", context)


def create_personal_file(request: HttpRequest) -> HttpResponse:
    """個人情報ファイルの起案: leads to the draft's own page, where the rest of the 単票 is filled in."""
    form = CreatePersonalFileForm(posted(request), actor=request.user)
    if form.is_valid():
        version = services.create_personal_file(
            department=form.cleaned_data["department"],
            values=form.values(),
            activities=form.chosen_activities(),
            token=form.cleaned_data["token"],
            actor=request.user,
        )
        messages.success(request, "個人情報ファイルの下書きをつくりました。")
        return go_to(request, "edit_personal_file", pk=version.pk)
    return answer_form(request, "file_register/create_personal_file.html", {"form": form}, invalid=form.is_bound)


def edit_personal_file(request: HttpRequest, pk: int) -> HttpResponse:
    """個人情報ファイルの編集: the 18 items beside the sheet as it was last saved."""
    version = rules.find(version_rows(), request.user, "edit_personal_file", pk=pk)
    title, stale = version.name, []
    fragment = presenting.fragment(version, timezone.localdate())
    form = EditPersonalFileForm(posted(request), instance=version)
    if form.is_valid():
        try:
            services.edit_personal_file(
                version,
                values=form.values(),
                activities=form.chosen_activities(),
                lock=form.cleaned_data["lock"],
                actor=request.user,
            )
        except StaleEdit as refusal:
            stale = reading.conflicts(form, refusal.current)
            conflicts.refuse(form, refusal)
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
        else:
            messages.success(request, "個人情報ファイルを保存しました。")
            return go_to(request, "view_personalfile", pk=version.file_id)
    context = {"form": form, "version": version, "title": title, "stale": stale, "fragment": fragment}
    return answer_form(request, "file_register/edit_personal_file.html", context, invalid=form.is_bound)


def print_file_entry(request: HttpRequest, pk: int) -> HttpResponse:
    """単票の印刷: the official sheet as PDF; characters without a shape are asked about first."""
    version = rules.find(version_rows(), request.user, "print_file_entry", pk=pk)

    def printed(allow_missing: bool) -> bytes:
        if not sheets.has_sheet(version):
            raise NoSheetYet
        return output.print_one(printing.get(sheets.CODE), version, timezone.localdate(), allow_missing)

    back = reverse("view_personalfile", args=[version.file_id])
    return answer_pdf(request, printed, name=f"{sheets.CODE}-{version.pk}", record=version, back=back)


class NoSheetYet(DomainError):
    """単票のない登録: it ended before the law's register began."""

    def __init__(self) -> None:
        super().__init__("この登録は令和5年3月31日までに終わっているため、単票はありません。")


def posted(request: HttpRequest) -> Any:
    """What was sent, also when nothing was filled in; None for a fresh page."""
    return request.POST if request.method == "POST" else None


def version_rows() -> QuerySet:
    """Versions with what every page of them names."""
    return PersonalFileVersion.objects.select_related("file", "department__parent", "replaces")
