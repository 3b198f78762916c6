"""公表の検索文書: what everybody may find, told to the search; it only narrows down, the live registers decide.

A document is written when a row is, but what is public also changes with the day (a policy begins, a removal comes).
So each hit is looked at again in the register of today (`public.searching`).
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date

from django.utils import timezone

from file_register.models import PublicEntry, PublishedState
from file_register.search import KIND as FILE
from public import activities, files
from public.fields import ACTIVITY_FIELDS, FILE_FIELDS, labels
from public.models import PublicPolicy
from registry import sheets
from registry.models import Activity, ActivityStatus
from registry.search import KIND as ACTIVITY
from search.documents import Document, register_public, through_time
from search.places import Audience


def register_documents() -> None:
    """Called when the application starts."""
    register_public(FILE, _files, {PublicEntry: _of_entries, PublishedState: _of_states})
    register_public(ACTIVITY, _activities, {PublicPolicy: _all_activities})


def _of_entries(rows: Sequence[PublicEntry]) -> set[int]:
    return {row.file_id for row in rows}


def _of_states(rows: Sequence[PublishedState]) -> set[int]:
    entries = PublicEntry.objects.filter(pk__in=[row.entry_id for row in rows])
    return set(entries.values_list("file", flat=True))


def _all_activities(rows: Sequence[PublicPolicy]) -> list[int]:
    return list(Activity.objects.values_list("pk", flat=True))


def _files(identities: Collection[int]) -> list[Document]:
    """What the entries say that were not removed by now, whatever they said before."""
    standing = PublicEntry.objects.open_on(timezone.localdate()).filter(file__in=identities)
    states = PublishedState.objects.filter(entry__in=standing)
    said: dict[int, list[tuple[date, dict[str, str]]]] = defaultdict(list)
    for state in states.select_related("version", "entry").order_by("-since", "-pk"):
        said[state.entry.file_id].append((state.since, files.texts(state.version)))
    return [_document(pk, states, labels(FILE_FIELDS)) for pk, states in said.items()]


def _activities(identities: Collection[int]) -> list[Document]:
    """The items that a policy names, of the businesses that are not abolished; none without a policy."""
    chosen = {key for keys in PublicPolicy.objects.values_list("activity_fields", flat=True) for key in keys}
    if not chosen:
        return []
    named = {field.key: field.label for field in ACTIVITY_FIELDS if field.key in chosen}
    rows = sheets.printable().filter(activity__in=identities, status=ActivityStatus.REGISTERED, abolished_on=None)
    said: dict[int, list[tuple[date, dict[str, str]]]] = defaultdict(list)
    for row in rows.order_by("-valid_from", "-pk"):
        said[row.activity_id].append((row.valid_from, activities.texts_of(row, named)))
    return [_document(pk, states, named) for pk, states in said.items()]


def _document(identity: int, states: list[tuple[date, dict[str, str]]], named: dict[str, str]) -> Document:
    newest = states[0][1]
    return Document(
        audience=Audience.PUBLIC,
        identity=identity,
        title=newest["name"],
        purpose=newest.get("purpose", ""),
        number=newest.get("number", ""),
        lines=through_time(named.items(), states),
    )
