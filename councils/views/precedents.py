"""審議会の先例のページ: what the council was asked, decided and said; and what is like a file."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from common import exporting, fiscal_year
from common.exporting import Column
from common.paging import page_of
from common.templatetags.wording import wareki_dense
from councils.models import AgendaItem, MeetingStatus, Result, Subject
from councils.precedents import similar_to
from councils.search import KIND
from organization import rules
from records.kinds import KINDS
from records.models import Proposal
from records.views.framing import list_frame
from search import marking
from search.queries import documents_of, matches
from search.words import understand

COLUMNS = [
    Column("議題", lambda item: item.title),
    Column("会議", lambda item: str(item.meeting)),
    Column("開催日", lambda item: wareki_dense(item.meeting.held_on)),
    Column("諮問", lambda item: str(item.consultation or "")),
    Column("結果", lambda item: outcome_words(item)),
]

_FIRST_YEAR, _NO_YEAR = 1873, 10_000  # what a calendar and the eras know


def outcome_words(item: AgendaItem) -> str:
    """What came of it, with the words; empty before."""
    outcome = getattr(item, "outcome", None)
    return "" if outcome is None or outcome.is_undone else f"{outcome.get_result_display()}（{outcome.phrase}）"


@require_GET
def precedent_list(request: HttpRequest) -> HttpResponse:
    """審議会の先例: by words (of titles, outcomes, papers, 要録), kind, result and 年度, newest meeting first."""
    asked = {name: request.GET.get(name, "") for name in ("q", "kind", "result", "year")}
    today = timezone.localdate()
    rows = _narrowed(_held(), asked)
    if exporting.asked(request):
        return exporting.answer(request, exporting.of("審議会の先例", COLUMNS, rows.iterator(), today), rows)
    page = page_of(request, rows)
    query = understand(asked["q"])
    documents = documents_of(KIND, [item.pk for item in page.rows]) if query else {}
    frame = list_frame("審議会の先例", page, caption="審議会の議題。新しい会議の順。") | {
        "search": {"name": "q", "label": "件名、結果、資料、要録から探す", "value": asked["q"]},
        "selects": [
            _select("kind", "種類", "すべての種類", _kinds(), asked),
            _select("result", "結果", "すべての結果", Result.choices, asked),
            _select("year", "年度", "すべての年度", _years(), asked),
        ],
        "clear_url": "?" if any(asked.values()) else "",
        "exports": exporting.menu(request),
    }
    passages = {pk: marking.passages(document, query, today, "") for pk, document in documents.items()}
    found = [(item, outcome_words(item), passages.get(item.pk, [])) for item in page.rows]
    return render(request, "councils/precedent_list.html", {"list": frame, "rows": found})


@require_GET
def similar_consultations(request: HttpRequest, pk: int) -> HttpResponse:
    """似た諮問 of a file."""
    proposal = rules.find(Proposal.objects.select_related("department"), request.user, "view_proposal", pk=pk)
    rules.require_action(request.user, "similar_consultations")
    return render(request, "councils/similar.html", {"proposal": proposal, "found": similar_to(proposal)})


def _held() -> QuerySet[AgendaItem]:
    rows = AgendaItem.objects.filter(is_removed=False, meeting__status__in=[MeetingStatus.OPEN, MeetingStatus.CLOSED])
    return rows.select_related("meeting__body", "consultation", "outcome").order_by(
        "-meeting__held_on", "-meeting", "block__position", "position", "pk"
    )


def _narrowed(rows: QuerySet[AgendaItem], asked: dict[str, str]) -> QuerySet[AgendaItem]:
    if understand(asked["q"]):
        rows = rows.filter(matches(KIND, asked["q"], identity="pk", registered=Q(is_removed=False)))
    kind = KINDS.get(asked["kind"])
    if kind is not None:
        rows = rows.filter(proposal__in=kind.model.objects.values("proposal"))
    elif asked["kind"] in Subject.values:
        rows = rows.filter(subject=asked["kind"])
    if asked["result"] in Result.values:
        rows = rows.filter(outcome__result=asked["result"], outcome__is_undone=False)
    if (text := asked["year"]).isdecimal() and _FIRST_YEAR <= (year := int(text[:5])) < _NO_YEAR:
        rows = rows.filter(meeting__held_on__range=(fiscal_year.first_day(year), fiscal_year.last_day(year)))
    return rows


def _kinds() -> list[tuple[str, str]]:
    subjects = [(value, label) for value, label in Subject.choices if value != Subject.PROPOSAL]
    return [*((code, kind.short) for code, kind in KINDS.items()), *subjects]


def _years() -> list[tuple[str, str]]:
    days = AgendaItem.objects.filter(is_removed=False).dates("meeting__held_on", "month")
    years = sorted({fiscal_year.of(day) for day in days}, reverse=True)
    return [(str(year), fiscal_year.label(year)) for year in years]


def _select(
    name: str, label: str, everything: str, choices: Iterable[tuple[str, str]], asked: dict[str, str]
) -> dict[str, object]:
    options = [(value, words, value == asked[name]) for value, words in choices]
    return {"name": name, "label": label, "all": everything, "options": options}
