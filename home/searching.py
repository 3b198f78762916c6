"""検索の画面: one box over every register that says what of it can be found (search.documents)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_vary_headers

from organization import rules
from organization.models import User
from search import documents, marking, queries
from search.documents import Presented, Shown
from search.marking import Passage, Piece
from search.queries import Found, Hit
from search.words import LONGEST_QUERY, MOST_PHRASES

PER_PAGE = 20


@dataclass(frozen=True)
class Result:
    """One entry found: its kind, how it is shown, its marked title, and the lines that hold what was looked for."""

    kind: str
    shown: Shown
    title: list[Piece]
    passages: list[Passage]


def search(request: HttpRequest) -> HttpResponse:
    """検索: the page, or as somebody types its results alone."""
    text, page = request.GET.get("q", "").strip(), _page(request)
    chosen = request.GET.get("kind", "")
    seen = [kind for kind in documents.kinds() if rules.may(request.user, kind.view)]
    kinds = [kind.code for kind in seen if kind.code == chosen] or [kind.code for kind in seen]
    found = queries.find(text, actor=request.user, kinds=kinds, start=(page - 1) * PER_PAGE, size=PER_PAGE)
    context = {
        "text": text,
        "longest": LONGEST_QUERY,
        "most_words": MOST_PHRASES,
        "found": found,
        "results": results(request.user, found, timezone.localdate()),
        "chips": [_chip(request, "", "すべて", chosen), *(_chip(request, k.code, k.label, chosen) for k in seen)],
        "kind": chosen if [chosen] == kinds else "",
        "pager": _pager(request, found, page),
        "labels": "、".join(kind.label for kind in seen),
    }
    # htmx asks for the whole page again when the browser goes back.
    fragment = request.htmx and not request.htmx.history_restore_request
    answer = render(request, "home/_found.html" if fragment else "home/search.html", context)
    # Page and fragment share their address: going back must not show the fragment as if it were the page.
    patch_vary_headers(answer, ["HX-Request", "HX-History-Restore-Request"])
    return answer


def results(user: User, found: Found, day: date) -> list[Result]:
    """The hits as they are shown; a statement for each kind among them, or for the kinds that are shown together."""
    rows, shown = found.documents, _shown(user, found.hits, day)
    return [
        Result(
            kind=documents.kind_of(hit.kind).label,
            shown=shown[hit.id],
            title=marking.marked(shown[hit.id].title, found.query),
            passages=marking.passages(rows[hit.id], found.query, day, shown[hit.id].title),
        )
        for hit in found.hits
        if hit.id in shown
    ]


def _shown(user: User, hits: list[Hit], day: date) -> Mapping[int, Shown]:
    asked = {
        code: (
            [hit.identity for hit in own if hit.version is None],
            [hit.version for hit in own if hit.version is not None],
        )
        for code in dict.fromkeys(hit.kind for hit in hits)
        if (own := [hit for hit in hits if hit.kind == code])
    }
    presented: dict[str, Presented] = {}
    for code in asked:
        kind = documents.kind_of(code)
        if code in presented:
            continue
        if kind.together is None:
            presented[code] = kind.present(user, *asked[code], day)
        else:
            of_these = {one: both for one, both in asked.items() if documents.kind_of(one).together is kind.together}
            presented |= kind.together(user, of_these, day)
    found: dict[int, Shown] = {}
    for hit in hits:
        by_identity, by_version = presented[hit.kind]
        one = by_identity.get(hit.identity) if hit.version is None else by_version.get(hit.version)
        if one is not None:
            found[hit.id] = one
    return found


def _page(request: HttpRequest) -> int:
    text = request.GET.get("page", "")
    last = queries.MOST // PER_PAGE
    return min(max(int(text), 1), last) if text.isascii() and text.isdigit() and len(text) < 9 else 1


def _pager(request: HttpRequest, found: Found, page: int) -> dict[str, str]:
    first, last = (page - 1) * PER_PAGE + 1, (page - 1) * PER_PAGE + len(found.hits)
    return {
        "words": f"{first:,}〜{last:,}件目（{found.count_words}）" if found.hits else "",
        "previous": _address(request, page=page - 1) if page > 1 else "",
        "next": _address(request, page=page + 1) if last < found.total else "",
    }


def _chip(request: HttpRequest, code: str, label: str, chosen: str) -> dict[str, Any]:
    return {"label": label, "url": _address(request, kind=code), "pressed": code == chosen}


def _address(request: HttpRequest, **changed: Any) -> str:
    query = request.GET.copy()
    query.pop("page", None)
    for name, value in changed.items():
        query[name] = str(value)
        if value == "":
            del query[name]
    return f"?{query.urlencode()}"
