"""公表のページ: the published registers for everybody; they ask neither who looks nor for any cookie."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse

from common.paging import page_of
from public import feeds, listing, open_data, papers, searching
from public.entries import Page
from public.framing import for_everybody, show, today
from public.registers import KINDS, REGISTERS, Register, newest, open_today
from public.setting import Setting

NEW_ON_FRONT = 8


@for_everybody
def front(request: HttpRequest) -> HttpResponse:
    """公表の入口: the open registers with their sizes, search, what is new."""
    known = today()
    counted = [(register, register.rows(known, known.today).count()) for register in open_today(known)]
    return show(request, "front", known, {"counted": counted, "events": newest(known, NEW_ON_FRONT)})


@for_everybody
def register_page(request: HttpRequest, register: str) -> HttpResponse:
    """帳簿の一覧: one register on a day."""
    known, wanted = today(), REGISTERS[register]
    if not wanted.is_open(known):
        return show(request, "closed", known, {"register": wanted})
    asked = listing.understand(request, known)
    everything = wanted.rows(known, asked.day)
    rows = wanted.narrowed(everything, known, asked.place)
    page = page_of(request, rows)
    context = {
        "register": wanted,
        "current": register,
        "asked": asked,
        "page": page,
        "entries": wanted.entries(page.rows, known),
        "selects": listing.selects(wanted.places(everything, known), asked.place),
        "removed": listing.removed_since(wanted, known, asked.day),
    }
    return show(request, "register", known, context)


@for_everybody
def entry(request: HttpRequest, kind: str, key: UUID) -> HttpResponse:
    """記載: one entry as it stands today, or since when it does not."""
    known = today()
    return _show_entry(request, _find(kind, key, known), known)


@for_everybody
def entry_json(request: HttpRequest, kind: str, key: UUID) -> HttpResponse:
    """記載のJSON: the page's twin."""
    known = today()
    return _json(open_data.twin(_find(kind, key, known), known, request.build_absolute_uri))


@for_everybody
def entry_pdf(request: HttpRequest, kind: str, key: UUID) -> HttpResponse:
    """単票の印刷; of an entry that is over, its page with 410."""
    known = today()
    found = _find(kind, key, known)
    if found.entry is None:
        return _show_entry(request, found, known, status=410)
    answer = HttpResponse(papers.printed(found, known), content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="{kind}-{key}.pdf"'
    return answer


def _show_entry(request: HttpRequest, page: Page, known: Setting, status: int = 200) -> HttpResponse:
    where = [page.ref.kind, page.ref.key]
    context = {
        "page": page,
        "current": page.register,
        "canonical": request.build_absolute_uri(page.ref.url),
        "register_url": reverse("public_register", args=[page.register]),
        "json_url": reverse("public_entry_json", args=where),
        "pdf_url": reverse("public_entry_pdf", args=where),
    }
    return show(request, "entry", known, context, status)


def _find(kind: str, key: UUID, known: Setting) -> Page:
    found = KINDS[kind](key, known)
    if found is None:
        raise Http404
    return found


@for_everybody
def register_json(request: HttpRequest, register: str) -> HttpResponse:
    """帳簿のJSON."""
    known = today()
    return _json(open_data.as_json(_open(register, known), known, request.build_absolute_uri))


@for_everybody
def register_csv(request: HttpRequest, register: str) -> HttpResponse:
    """帳簿のCSV (UTF-8 with BOM)."""
    known = today()
    content = open_data.as_csv(_open(register, known), known, request.build_absolute_uri)
    answer = HttpResponse(content, content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{register}.csv"'
    return answer


@for_everybody
def schema(request: HttpRequest, register: str) -> HttpResponse:
    """帳簿のJSON Schema."""
    return _json(open_data.schema(REGISTERS[register], request.build_absolute_uri), "application/schema+json")


def _open(register: str, known: Setting) -> Register:
    wanted = REGISTERS[register]
    if not wanted.is_open(known):
        raise Http404
    return wanted


def _json(content: dict[str, Any], content_type: str = "application/json") -> HttpResponse:
    answer = JsonResponse(content, json_dumps_params={"ensure_ascii": False, "indent": 1}, content_type=content_type)
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return answer


@for_everybody
def open_data_page(request: HttpRequest) -> HttpResponse:
    """オープンデータの説明: files, fields, terms."""
    known = today()
    described = [
        (register, open_data.dictionary(register.fields(known), register.kind)) for register in open_today(known)
    ]
    return show(
        request,
        "open_data",
        known,
        {"described": described, "licence": open_data.licence(known), "current": "open-data"},
    )


@for_everybody
def feed(request: HttpRequest) -> HttpResponse:
    """変更の知らせ (Atom)."""
    content = feeds.atom(today(), request.build_absolute_uri)
    return HttpResponse(content, content_type="application/atom+xml; charset=utf-8")


@for_everybody
def search(request: HttpRequest) -> HttpResponse:
    """公表の検索: all open registers and the published 要録 at once."""
    known = today()
    text = request.GET.get("q", "").strip()[: searching.LONGEST]
    page = page_of(request, searching.find(text, known))
    return show(request, "search", known, {"text": text, "page": page})
