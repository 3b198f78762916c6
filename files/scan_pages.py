"""写しのページ: attaching a scan and taking one off, the same for every register."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from common.views import answer_form, go_to
from files.forms import AttachScanForm, RemoveScanForm
from files.models import Scan
from files.scanning import Scans
from history.errors import DomainError
from organization import rules


@dataclass(frozen=True)
class Pages:
    """What the pages of one register need: its services, the page of an entry, and its list (title, URL name)."""

    scans: Scans
    attach: Callable[..., Scan]
    remove: Callable[..., Scan]
    entry: Callable[[Any], tuple[str, int]]
    list_page: tuple[str, str]


def attach(request: HttpRequest, pages: Pages, pk: int) -> HttpResponse:
    """写しの添付 to the version `pk`."""
    versions = pages.scans.versions().select_related("department__parent")
    version = rules.find(versions, request.user, pages.scans.attach, pk=pk)
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = AttachScanForm(*posted, purpose=pages.scans.purpose)
    words = {
        "title": "写しを添付する",
        "button": "添付する",
        "explanation": "紙の届出や、以前の登録票を読み取ったものを、この登録に添えます。",
        "done": "写しを添付しました。",
    }

    def step() -> Scan:
        sent = form.cleaned_data["file"]
        return pages.attach(
            version, name=sent.name, content=sent.content, title=form.cleaned_data["title"], actor=request.user
        )

    return _answer(request, pages, version, form, words, step)


def remove(request: HttpRequest, pages: Pages, pk: int) -> HttpResponse:
    """写しの取りはずし of the scan `pk`: 404 unless it hangs on a version in sight."""
    scan = get_object_or_404(pages.scans.in_sight(request.user).select_related("version__department__parent"), pk=pk)
    rules.require(request.user, pages.scans.remove, scan.version)
    form = RemoveScanForm(request.POST if request.method == "POST" else None)
    words = {
        "title": "写しを取りはずす",
        "button": "取りはずす",
        "explanation": f"「{scan.title}」を、この登録から取りはずします。履歴には残ります。",
        "done": "写しを取りはずしました。",
        "look": "btn-d",
    }
    return _answer(
        request,
        pages,
        scan.version,
        form,
        words,
        lambda: pages.remove(scan, reason=form.cleaned_data["reason"], actor=request.user),
    )


def _answer(
    request: HttpRequest, pages: Pages, version: Any, form: Any, words: dict[str, str], step: Callable[[], Scan]
) -> HttpResponse:
    """Ask, carry out, go on; a refusal is shown above the form."""
    name, entry = pages.entry(version)
    if form.is_valid():
        try:
            step()
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, words["done"])
            return go_to(request, name, pk=entry)
    title, list_name = pages.list_page
    context = {
        "form": form,
        "version": version,
        "words": words,
        "entry_url": reverse(name, args=[entry]),
        "list_title": title,
        "list_url": reverse(list_name),
    }
    return answer_form(request, "files/scan_form.html", context, invalid=form.is_bound)
