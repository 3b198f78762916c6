"""審議会の議題の検索: what was asked and told at meetings, decided, said and laid before them; the precedents."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from councils.models import AgendaItem, Meeting, MeetingPaper, Minutes, MinutesStatus, Outcome, Utterance
from organization import rules
from organization.models import User
from records.models import Paper, PaperSection
from search.documents import Document, DocumentKind, Line, Presented, Shown, register
from search.places import Audience

KIND = "agenda-item"
_PLACE = 8  # stands in primary keys of documents: never changed, never used twice
# What is still being written is not found.
_READ = [MinutesStatus.SETTLED, MinutesStatus.PUBLISHED]


def register_documents() -> None:
    """Called once, while the application starts."""
    register(
        DocumentKind(
            code=KIND,
            label="審議会の議題",
            place=_PLACE,
            view="view_agenda",
            identities=lambda: AgendaItem.objects.filter(is_removed=False),
            build=build,
            touched={
                AgendaItem: lambda rows: [row.pk for row in rows],
                Outcome: lambda rows: [row.item_id for row in rows],
                Utterance: lambda rows: [row.item_id for row in rows if row.item_id],
                MeetingPaper: lambda rows: [row.item_id for row in rows],
                Paper: lambda rows: _of_papers([row.pk for row in rows]),
                PaperSection: lambda rows: _of_papers([row.paper_id for row in rows]),
                Minutes: lambda rows: _of_meetings([row.meeting_id for row in rows]),
                Meeting: lambda rows: _of_meetings([row.pk for row in rows]),
            },
            drafts=lambda user: AgendaItem.objects.none().values("pk"),
            present=present,
        )
    )


def build(identities: Collection[int]) -> Iterable[Document]:
    """An item's title, outcome, conditions, dissent, papers, and what was said where the 要録 is settled."""
    items = AgendaItem.objects.filter(pk__in=identities, is_removed=False)
    items = items.select_related("meeting__body", "consultation", "outcome")
    said, papers = _said(identities), _papers(identities)
    for item in items:
        outcome = getattr(item, "outcome", None)
        lines = [Line("会議", f"{item.meeting}　{item.consultation or ''}"), Line("説明する課", item.presenter)]
        if outcome is not None and not outcome.is_undone:
            lines += [
                Line("結果", f"{outcome.get_result_display()}　{outcome.phrase}"),
                Line("付された条件", outcome.conditions),
                Line("反対の意見", outcome.dissent),
            ]
        lines += papers[item.pk] + said[item.pk]
        yield Document(Audience.STAFF, item.pk, item.title, lines=[line for line in lines if line.text.strip()])


def present(user: User, identities: Collection[int], versions: Collection[int], day: date) -> Presented:
    """How hits are shown: the item with its meeting and what came of it."""
    rows = AgendaItem.objects.filter(pk__in=identities, is_removed=False)
    found = {}
    for item in rows.select_related("meeting__body", "consultation", "outcome"):
        outcome = getattr(item, "outcome", None)
        settled = outcome is not None and not outcome.is_undone
        found[item.pk] = Shown(
            title=item.title,
            url=f"{item.meeting.get_absolute_url()}#item-{item.pk}",
            number=str(item.consultation or ""),
            department=f"{item.meeting}　{item.presenter}",
            state="in_force" if settled else "scheduled",
            state_words=outcome.get_result_display() if outcome is not None and settled else "これから",
        )
    return (found if rules.may(user, "view_agenda") else {}), {}


def _said(identities: Collection[int]) -> Mapping[int, list[Line]]:
    """By item what was said about it, or about what was voted on together with it."""
    together = voted_together(identities)
    rows = Utterance.objects.filter(item__in=together, is_removed=False, minutes__status__in=_READ)
    found: dict[int, list[Line]] = defaultdict(list)
    for item, speaker, text in rows.order_by("position", "pk").values_list("item", "speaker", "text"):
        for asked in together[item]:
            found[asked].append(Line(f"（{speaker}）", text))
    return found


def voted_together(identities: Collection[int]) -> dict[int, set[int]]:
    """By an item those of `identities` that it was dealt with together: itself, and what had one vote with it."""
    found: dict[int, set[int]] = defaultdict(set)
    for pk in identities:
        found[pk].add(pk)
    votes = Outcome.objects.filter(item__in=identities, is_undone=False, vote__isnull=False).values("vote")
    by_vote: dict[int, list[int]] = defaultdict(list)
    for vote, item in Outcome.objects.filter(vote__in=votes, is_undone=False).values_list("vote", "item"):
        by_vote[vote].append(item)
    asked = set(identities)
    for items in by_vote.values():
        for item in items:
            found[item] |= asked.intersection(items)
    return found


def _papers(identities: Collection[int]) -> Mapping[int, list[Line]]:
    """By item the papers laid before the meeting: their own text, or that of the file's paper."""
    rows = list(MeetingPaper.objects.filter(item__in=identities, is_removed=False).order_by("number", "branch"))
    sections: dict[int, list[str]] = defaultdict(list)
    parts = PaperSection.objects.filter(paper__in=[row.paper_id for row in rows if row.paper_id])
    for paper, text in parts.order_by("pk").values_list("paper", "text"):
        sections[paper].append(text)
    found: dict[int, list[Line]] = defaultdict(list)
    for row in rows:
        text = "\n".join(sections[row.paper_id]) if row.paper_id else row.text
        found[row.item_id].append(Line(row.label, f"{row.title}\n{text}"))
    return found


def _of_papers(papers: Sequence[int]) -> list[int]:
    rows = MeetingPaper.objects.filter(paper__in=papers, is_removed=False)
    return list(rows.values_list("item", flat=True))


def _of_meetings(meetings: Sequence[Any]) -> list[int]:
    return list(AgendaItem.objects.filter(meeting__in=meetings).values_list("pk", flat=True))
