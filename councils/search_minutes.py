"""会議要録の検索: for the staff what was said between the items, for everybody all that is public."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from councils.models import AgendaItem, Meeting, Minutes, MinutesStatus, Utterance
from councils.sheets.minutes import public_said
from organization import rules
from organization.models import User
from search.documents import Document, DocumentKind, Line, Presented, Shown, register, register_public
from search.places import Audience

KIND = "minutes"
_PLACE = 9  # stands in primary keys of documents: never changed, never used twice
# What is still being written is not found.
_READ = [MinutesStatus.SETTLED, MinutesStatus.PUBLISHED]


def register_documents() -> None:
    """Called once, while the application starts."""
    touched = {
        Minutes: lambda rows: [row.pk for row in rows],
        Utterance: lambda rows: [row.minutes_id for row in rows],
        AgendaItem: lambda rows: _of_meetings([row.meeting_id for row in rows]),
        Meeting: lambda rows: _of_meetings([row.pk for row in rows]),
    }
    register(
        DocumentKind(
            code=KIND,
            label="会議要録",
            place=_PLACE,
            view="view_minutes",
            identities=Minutes.objects.all,
            build=build,
            touched=touched,
            drafts=lambda user: Minutes.objects.none().values("pk"),
            present=present,
        )
    )
    register_public(KIND, build_public, touched)


def build(identities: Collection[int]) -> Iterable[Document]:
    """The headings, and what was said between the items; the rest is found with its item (councils.search)."""
    between: dict[int, list[Line]] = defaultdict(list)
    said = Utterance.objects.filter(minutes__in=identities, item=None, is_removed=False).order_by("position", "pk")
    for minutes, speaker, text in said.values_list("minutes", "speaker", "text"):
        between[minutes].append(Line(f"（{speaker}）", text))
    for minutes in Minutes.objects.filter(pk__in=identities, status__in=_READ):
        heads = [Line("場所", minutes.place), Line("出席者", f"{minutes.members}　{minutes.ward_side}")]
        lines = [line for line in heads if line.text.strip()] + between[minutes.pk]
        yield Document(Audience.STAFF, minutes.pk, minutes.title, lines=lines)


def build_public(identities: Collection[int]) -> Iterable[Document]:
    """What everybody reads of the published 要録 of open meetings."""
    rows = Minutes.objects.filter(pk__in=identities, status=MinutesStatus.PUBLISHED, meeting__is_public=True)
    texts = public_texts(rows)
    for minutes in rows:
        lines = [Line(label, text) for label, text in texts[minutes.pk]]
        yield Document(Audience.PUBLIC, minutes.pk, minutes.title, lines=lines)


def public_texts(rows: Collection[Minutes]) -> Mapping[int, list[tuple[str, str]]]:
    """By 要録 its public texts with their labels: items, and what was said outside of closed ones; two statements."""
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    by_meeting = {minutes.meeting_id: minutes.pk for minutes in rows}
    items = AgendaItem.objects.filter(meeting__in=by_meeting, is_removed=False)
    for meeting, title in items.values_list("meeting", "title"):
        found[by_meeting[meeting]].append(("議題", title))
    said = Utterance.objects.filter(minutes__in=by_meeting.values(), is_removed=False).select_related("item")
    for minutes, utterances in groupby(said.order_by("minutes", "position", "pk"), key=lambda one: one.minutes_id):
        for one in public_said(utterances):
            found[minutes].append((f"（{one['speaker']}）", "\n".join(one["paragraphs"])))
    return found


def present(user: User, identities: Collection[int], versions: Collection[int], day: date) -> Presented:
    """How hits are shown: the 要録 with the day of its meeting."""
    rows = rules.permitted(Minutes.objects.filter(pk__in=identities), user, "view_minutes")
    found = {
        minutes.pk: Shown(
            title=minutes.title,
            url=minutes.get_absolute_url(),
            number="",
            department=f"{minutes.meeting}　{minutes.when}",
            state="in_force" if minutes.status == MinutesStatus.PUBLISHED else "scheduled",
            state_words=minutes.get_status_display(),
        )
        for minutes in rows.select_related("meeting__body")
    }
    return found, {}


def _of_meetings(meetings: Sequence[Any]) -> list[int]:
    return list(Minutes.objects.filter(meeting__in=meetings).values_list("pk", flat=True))
