"""審議会の先例のページ: what the council was asked, decided and said; and what is like a file."""

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast
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
from records.models import ActGround, Ground, Proposal
from records.models.parts import WithPartner
from records.views.framing import list_frame, select_box
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

# The boxes of the ordinance's form and those of the Act, each with its article where it has one.
GROUNDS = [*Ground.choices, *ActGround.choices]
_WITH_PARTNER = [kind.model for kind in KINDS.values() if issubclass(kind.model, WithPartner)]
_FIRST_YEAR, _NO_YEAR = 1873, 10_000  # what a calendar and the eras know


def outcome_words(item: AgendaItem) -> str:
    """What came of it, with the words; empty before."""
    outcome = getattr(item, "outcome", None)
    return "" if outcome is None or outcome.is_undone else f"{outcome.get_result_display()}（{outcome.phrase}）"


@require_GET
def precedent_list(request: HttpRequest) -> HttpResponse:
    """審議会の先例, newest meeting first: by words (of titles, outcomes, papers, 要録) and by what the boxes offer."""
    asked = {name: request.GET.get(name, "") for name in ("q", "kind", "ground", "partner", "result", "year")}
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
            select_box("kind", "種類", _kinds(), asked["kind"]),
            select_box("ground", "根拠", GROUNDS, asked["ground"]),
            select_box("partner", "相手方", [(name, name) for name in _partners()], asked["partner"]),
            select_box("result", "結果", Result.choices, asked["result"]),
            select_box("year", "年度", _years(), asked["year"]),
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
    if asked["ground"] in dict(GROUNDS):
        rows = rows.filter(_of_ground(asked["ground"]))
    if asked["partner"]:
        rows = rows.filter(_of_partner(asked["partner"]))
    if asked["result"] in Result.values:
        rows = rows.filter(outcome__result=asked["result"], outcome__is_undone=False)
    if (text := asked["year"]).isdecimal() and _FIRST_YEAR <= (year := int(text[:5])) < _NO_YEAR:
        rows = rows.filter(meeting__held_on__range=(fiscal_year.first_day(year), fiscal_year.last_day(year)))
    return rows


def _of_ground(code: str) -> Q:
    """Items whose file has a record that ticks the 根拠; on every engine its code stands quoted in the column."""
    told = Cast("grounds", TextField())
    found = Q()
    for kind in KINDS.values():
        if kind.has_grounds:
            rows = kind.model.objects.annotate(told=told).filter(told__contains=f'"{code}"')
            found |= Q(proposal__in=rows.values("proposal"))
    return found


def _of_partner(name: str) -> Q:
    """Items whose file has a record with the 相手方, by the name as printed."""
    found = Q()
    for model in _WITH_PARTNER:
        found |= Q(proposal__in=model.objects.filter(partner_name=name).values("proposal"))
    return found


def _partners() -> list[str]:
    """相手方 of the files that came before the council, by name; one statement."""
    brought = AgendaItem.objects.filter(is_removed=False, proposal__isnull=False).values("proposal")
    names = [
        model.objects.filter(proposal__in=brought).exclude(partner_name="").order_by().values_list("partner_name")
        for model in _WITH_PARTNER
    ]
    return sorted({name for (name,) in names[0].union(*names[1:])})


def _kinds() -> list[tuple[str, str]]:
    subjects = [(value, label) for value, label in Subject.choices if value != Subject.PROPOSAL]
    return [*((code, kind.short) for code, kind in KINDS.items()), *subjects]


def _years() -> list[tuple[str, str]]:
    days = AgendaItem.objects.filter(is_removed=False).dates("meeting__held_on", "month")
    years = sorted({fiscal_year.of(day) for day in days}, reverse=True)
    return [(str(year), fiscal_year.label(year)) for year in years]
