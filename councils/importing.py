"""会議要録の取込みの下見: what a file says beside what is here already, and what stands against taking it over."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from common.tables.decoding import decode
from councils.models import Appointment, Body, Consultation, Meeting, MeetingStatus, Term
from councils.numbering import rule_of, series_of
from councils.reading.findings import Findings, findings_of
from councils.reading.minutes import Doubt, Item, MinutesText, Name, NotMinutes, fold, parse
from history.errors import DomainError
from records.kinds import KINDS
from records.models import Paper, Proposal


class UnknownBody(DomainError):
    """登録のない審議体."""

    def __init__(self, name: str) -> None:
        super().__init__(f"「{name}」は審議体として登録されていません。基礎データで登録してください。")


class UnreadableDay(DomainError):
    """読めない日付: the file names a day that is none."""

    def __init__(self, words: str) -> None:
        super().__init__(f"開催日を読み取れません。{words}")


@dataclass
class Plan:
    """取込みの下見.

    members    (name as printed, the seat in the roster or None) of those present, then of those absent
    proposals  by 諮問番号: the file here that the council decided on that day under that number
    papers     by 資料番号: the paper of that file
    refusals   why it cannot be taken over; empty when it can
    """

    text: MinutesText
    findings: Findings
    encoding: str
    body: Body
    term: Term | None
    series: str
    present: list[tuple[Name, Appointment | None]]
    absent: list[tuple[Name, Appointment | None]]
    proposals: dict[int, Proposal]
    papers: dict[int, Paper]
    refusals: list[str] = field(default_factory=list)

    @property
    def unknown(self) -> list[Name]:
        """Members whom the roster does not have."""
        return [name for name, seat in [*self.present, *self.absent] if seat is None]

    @property
    def doubts(self) -> list[Doubt]:
        """Everything to look at, in the order of the file."""
        return sorted([*self.text.doubts, *self.findings.doubts], key=lambda doubt: doubt.line)


def plan_of(content: bytes) -> Plan:
    """Read the file and lay it beside what is here.

    Raises NotMinutes, UnreadableDay, UnknownBody, TableError (another encoding), NoBodyRule.
    """
    decoded = decode(content)
    try:
        text = parse(decoded.text)
    except ValueError as refusal:
        raise UnreadableDay(str(refusal)) from refusal
    body = next((body for body in Body.objects.all() if fold(body.name) == fold(text.body)), None)
    if body is None:
        raise UnknownBody(text.body)
    term = body.terms.filter(number=text.term).first() if text.term else None
    refusals = []
    if text.term and term is None:
        refusals.append(f"第{text.term}期が登録されていません。基礎データで登録してください。")
        series = ""
    else:
        series = series_of(rule_of(body, text.held_on).session_restart, text.held_on, term)
    findings = findings_of(text)
    seats = _seats(term)
    proposals = _proposals(text, findings)
    plan = Plan(
        text=text,
        findings=findings,
        encoding=decoded.encoding,
        body=body,
        term=term,
        series=series,
        present=[(name, seats.get(str(name))) for name in text.members],
        absent=[(name, seats.get(str(name))) for name in findings.absent],
        proposals=proposals,
        papers=_papers(text.items, proposals),
        refusals=refusals,
    )
    plan.refusals += _standing_against(plan)
    return plan


def _seats(term: Term | None) -> dict[str, Appointment]:
    """The roster by the names that lists print; a surname alone where nobody shares it."""
    if term is None:
        return {}
    rows = list(term.appointments.select_related("member"))
    alone = {row.member.surname: row for row in rows}
    return alone | {row.member.surname + row.member.bracketed: row for row in rows}


def _proposals(text: MinutesText, findings: Findings) -> dict[int, Proposal]:
    """The files that carry this day and number already, else those with the item's very title."""
    found: dict[int, Proposal] = {}
    for kind in KINDS.values():
        records = kind.model.objects.filter(council_date__start=text.held_on)
        for record in records.select_related("proposal__department"):
            if record.consultation_number.isdigit():
                found.setdefault(int(record.consultation_number), record.proposal)
    numbered = [item for item in text.items if item.consultation]
    titles = {fold(item.title): item.consultation for item in numbered if item.consultation not in found}
    for proposal in Proposal.objects.filter(title__in=[item.title for item in numbered]).select_related("department"):
        if (number := titles.get(fold(proposal.title))) is not None and not _decided_elsewhere(proposal):
            found.setdefault(number, proposal)
    return {item.consultation: found[item.consultation] for item in numbered if item.consultation in found}


def _decided_elsewhere(proposal: Proposal) -> bool:
    """A file that another 諮問 was about, or whose record has its number: the title alone makes it not this one."""
    if Consultation.objects.filter(proposal=proposal).exists():
        return True
    return any(record.consultation_number for record in proposal.records())


def _papers(items: Iterable[Item], proposals: dict[int, Proposal]) -> dict[int, Paper]:
    found = {}
    for item in items:
        if item.paper and item.consultation in proposals:
            paper = proposals[item.consultation].papers.in_use().filter(title__contains=item.title[:20]).first()
            paper = paper or proposals[item.consultation].papers.in_use().first()
            if paper is not None:
                found[item.paper] = paper
    return found


def _standing_against(plan: Plan) -> list[str]:
    text = plan.text
    found = []
    meetings = Meeting.objects.filter(body=plan.body, series=plan.series, number=text.session)
    if (meeting := meetings.exclude(status=MeetingStatus.CANCELLED).first()) is not None:
        found.append(f"{meeting}は、すでに登録されています。")
    numbers = [item.consultation for item in text.items if item.consultation]
    if plan.series:
        rule = rule_of(plan.body, text.held_on)
        series = series_of(rule.consultation_restart, text.held_on, plan.term)
        for used in Consultation.objects.filter(body=plan.body, series=series, number__in=numbers):
            if used.proposal_id is None or plan.proposals.get(used.number) != used.proposal:
                found.append(f"諮問第{used.number}号は、すでに「{used.title}」に使われています。")
    for number in {number for number in numbers if numbers.count(number) > 1}:
        found.append(f"諮問第{number}号が、二つの議題にあります。")
    papers = [(item.paper, item.branch) for item in text.items if item.paper]
    for paper in {paper for paper in papers if papers.count(paper) > 1}:
        found.append(f"資料{paper[0]}が、二つの議題にあります。")
    return found


__all__ = ["NotMinutes", "Plan", "UnknownBody", "UnreadableDay", "plan_of"]
