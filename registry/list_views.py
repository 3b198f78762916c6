"""業務登録の一覧と登録状況: the register as a whole, on a day and over a year."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from common import exporting, fiscal_year
from common.paging import ListPage, page_of
from common.views import AsOf, as_of
from common.wareki import format_date
from exchange.batch_pages import bar
from organization import rules
from registry import exports, listing, presenting, statistics
from registry.models import ActivityVersion
from registry.search import VERSIONS
from registry.sheets import BATCH


def activity_list(request: HttpRequest) -> HttpResponse:
    """業務登録の一覧: the businesses in force on a day, or those under way that the person may see."""
    day = as_of(request)
    wanted = listing.asked(request, day.day)
    visible = rules.permitted(ActivityVersion.objects.all(), request.user, "view_activityversion")
    organs = statistics.organs_by_department() if wanted.organ is not None else {}
    found = listing.found(visible, wanted, organs)
    listed = listing.listed(found.filter(wanted.condition), request.user)
    if exporting.asked(request):
        return exporting.answer(request, exports.activity_list(listed.iterator(), day.day), listed)
    figures = listing.figures(found, wanted)
    page = page_of(request, listed.defer(*VERSIONS.long), total=figures["shown"])
    old = VERSIONS.other_texts(page.rows, wanted.text, day.day)
    frame = _frame(wanted, day, page) | {"exports": exporting.menu(request)}
    frame["filters"] = listing.chips(wanted, figures, organs)
    frame["batch"] = bar(BATCH, reverse("print_activities"), wanted.address().lstrip("?"), page.total)
    frame["selects"] = [_departments(visible, wanted)]
    context = {
        "list": frame,
        "rows": [(version, *presenting.state_of(version, day.day), old.get(version.pk)) for version in page.rows],
        "deceased": statistics.deceased_note("この件数", figures["deceased_shown"], day.day),
        "may_create": rules.may(request.user, "create_activity"),
    }
    return render(request, "registry/activity_list.html", context)


def _frame(wanted: listing.Asked, day: AsOf, page: ListPage) -> dict[str, Any]:
    """What ui/list.html asks for, but for the filters."""
    words = format_date(day.day)
    return {
        "title": "業務登録",
        "count": f"{wanted.words} {page.total:,}件",
        "search": {
            "name": "q",
            "label": "番号・名称・目的・所管課・記録項目などで探す",
            "value": wanted.query.get("q", ""),
        },
        "as_of": day,
        "keep": wanted.keep(),
        "clear_url": "" if wanted.is_usual else "?",
        "caption": f"業務登録（{wanted.words}）、業務登録番号の順、基準日 {words}",
        "has_rows": bool(page.rows),
        "empty": {
            "title": "この条件にあう業務はありません",
            "why": f"基準日は{words}です。",
            "url": "?",
            "action": "条件を消す",
        },
        "pager": page,
    }


def _departments(visible: QuerySet, wanted: listing.Asked) -> dict[str, Any]:
    options = [(pk, name, pk == wanted.department) for pk, name in listing.departments(visible)]
    return {"name": "department", "label": "所管課", "all": "すべての課", "options": options}


@dataclass(frozen=True)
class Cell:
    """One figure of 登録状況 and the list that it counts."""

    number: int
    url: str


def registration_status(request: HttpRequest) -> HttpResponse:
    """登録状況: the yearly movement for each 実施機関, every figure leading to the list that it counts."""
    this_year = fiscal_year.of(timezone.localdate())
    years = range(this_year, min(statistics.first_year() or this_year, this_year - 1) - 1, -1)
    asked = _asked_year(request)
    # The figures of the year that has ended are final, so that one is shown first.
    year = asked if asked in years else this_year - 1
    status = statistics.registration_status(year)
    context = {
        "missing": _missing_year(asked, years),
        "status": status,
        "label": fiscal_year.label(year),
        "years": [(each, fiscal_year.label(each), each == year) for each in years],
        "opening": statistics.opening_day(year),
        "closing": fiscal_year.last_day(year),
        "is_over": year < this_year,
        "rows": [(row.organ, row.figures, _cells(row.figures, year, row.organ.pk)) for row in status.rows],
        "total": _cells(status.total, year, None),
        "notes": statistics.notes(status),
    }
    return render(request, "registry/registration_status.html", context)


def _asked_year(request: HttpRequest) -> int | None:
    """The fiscal year of the address; None for none, and for what the calendar has not."""
    text = request.GET.get("year", "")
    is_number = text.isascii() and text.isdigit() and len(text) == 4
    return int(text) if is_number and statistics.is_year(int(text)) else None


def _missing_year(asked: int | None, years: range) -> str:
    """What is said of a fiscal year that was asked for and of which the register has no figures; usually empty."""
    if asked is None or asked in years:
        return ""
    yet = "まだ" if asked > years[0] else ""
    return f"{fiscal_year.label(asked)}の登録状況は{yet}ありません。"


def _cells(figures: statistics.Figures, year: int, organ: int | None) -> list[Cell]:
    """The five columns in their order."""
    where = {"organ": organ} if organ is not None else {}
    return [
        Cell(figures.start, _list_on(statistics.opening_day(year), where)),
        *(
            Cell(getattr(figures, kind), _list_of({"movement": kind, "year": year, **where}))
            for kind in statistics.MOVEMENTS
        ),
        Cell(figures.end, _list_on(fiscal_year.last_day(year), where)),
    ]


def _list_on(day: date, where: dict[str, Any]) -> str:
    return _list_of({"as_of": day.isoformat(), **where})


def _list_of(query: dict[str, Any]) -> str:
    return f"{reverse('activity_list')}?{urlencode(query)}"
