"""会議要録を作る: begun from what is known of the meeting, its headings, and the way to publication."""

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from councils.drafting import headings_of, skeleton_of
from councils.marks import unresolved
from councils.models import Meeting, Minutes, MinutesStatus, Utterance
from history.errors import DomainError
from history.writing import Actor
from organization import rules

HEADINGS = ("title", "when", "place", "members", "ward_side", "observers")


class NothingSaid(DomainError):
    """発言なし: a 要録 without a word is not settled."""

    def __init__(self) -> None:
        super().__init__("発言が一つもないため、確認に回せません。")


class UnresolvedMarks(DomainError):
    """未確認の印: somebody still wanted to ask; it may stay, but not unseen."""

    def __init__(self, marks: list[str]) -> None:
        words = "、".join(f"「{mark}」" for mark in marks)
        super().__init__(
            f"確かめていない印が残っています（{words}）。このまま確定するときは、その理由を記入してください。"
        )
        self.marks = marks


class BesideClosed(DomainError):
    """非公開の議題のあとの発言: without an item it would be published; whoever settles the 要録 says that it may be."""

    def __init__(self, count: int) -> None:
        super().__init__(
            f"非公開の議題の発言のあとに、議題を選んでいない発言が{count}件あり、このままでは公開されます。"
            "発言に議題を結びつけるか、公開してよい理由を記入してください。"
        )


class ClosedMeeting(DomainError):
    """非公開の会議の要録."""

    def __init__(self) -> None:
        super().__init__("非公開の会議の要録は、公開できません。")


@transaction.atomic
def begin_minutes(meeting: Meeting, *, actor: Actor) -> Minutes:
    """会議要録の作成: headings and the frame of the utterances from what the meeting's pages know; once a meeting."""
    rules.require(actor, "begin_minutes", meeting)
    if (there := Minutes.objects.filter(meeting=meeting).first()) is not None:
        return there
    minutes = Minutes(meeting=meeting, **headings_of(meeting))
    minutes.full_clean()
    try:
        with transaction.atomic():
            minutes.save_as(actor, action="begin_minutes")
    except IntegrityError:  # two clicks at the same moment
        return Minutes.objects.get(meeting=meeting)
    for position, line in enumerate(skeleton_of(meeting)):
        row = Utterance(minutes=minutes, position=position, **line)
        row.full_clean()
        row.save_as(actor, action="begin_minutes")
    return minutes


@transaction.atomic
def edit_minutes(minutes: Minutes, *, values: Mapping[str, Any], lock: int, actor: Actor) -> Minutes:
    """見出しの編集: `values` of HEADINGS. Raises StaleEdit, ValidationError."""
    minutes = locked(minutes)
    rules.require(actor, "edit_minutes", minutes)
    minutes.check_lock(lock)
    for name in HEADINGS:
        setattr(minutes, name, values[name])
    minutes.full_clean()
    return minutes.save_as(actor, action="edit_minutes")


@transaction.atomic
def send_minutes(minutes: Minutes, *, actor: Actor) -> Minutes:
    """案 → 確認中: who was there reads it. Raises NothingSaid."""
    minutes = locked(minutes)
    rules.require(actor, "send_minutes", minutes)
    if not minutes.utterances.filter(is_removed=False).exists():
        raise NothingSaid
    return _move(minutes, MinutesStatus.CHECKING, "send_minutes", actor)


@transaction.atomic
def settle_minutes(minutes: Minutes, *, actor: Actor, reason: str = "") -> Minutes:
    """確認中 → 確定: slips of the source stay as they are.

    Raises UnresolvedMarks, BesideClosed unless a `reason` lets them stay.
    """
    minutes = locked(minutes)
    rules.require(actor, "settle_minutes", minutes)
    if (marks := marks_left(minutes)) and not reason:
        raise UnresolvedMarks(marks)
    if (count := beside_closed(minutes)) and not reason:
        raise BesideClosed(count)
    minutes.settled_on = timezone.localdate()
    return _move(minutes, MinutesStatus.SETTLED, "settle_minutes", actor, reason)


@transaction.atomic
def publish_minutes(minutes: Minutes, *, actor: Actor) -> Minutes:
    """確定 → 公開: from now on everybody can read it. Raises ClosedMeeting."""
    minutes = locked(minutes)
    rules.require(actor, "publish_minutes", minutes)
    if not minutes.meeting.is_public:
        raise ClosedMeeting
    minutes.published_on = timezone.localdate()
    return _move(minutes, MinutesStatus.PUBLISHED, "publish_minutes", actor)


@transaction.atomic
def return_minutes(minutes: Minutes, *, reason: str, actor: Actor) -> Minutes:
    """案にもどす: what was published is taken back with it. Raises ReasonRequired."""
    minutes = locked(minutes)
    rules.require(actor, "return_minutes", minutes)
    minutes.settled_on = minutes.published_on = None
    minutes.return_reason = reason
    return _move(minutes, MinutesStatus.DRAFT, "return_minutes", actor, reason)


def marks_left(minutes: Minutes) -> list[str]:
    """未確認の印 in the headings and utterances."""
    texts = [getattr(minutes, name) for name in HEADINGS]
    texts += minutes.utterances.filter(is_removed=False).values_list("text", flat=True)
    return [mark for text in texts for mark in unresolved(text)]


def beside_closed(minutes: Minutes) -> int:
    """How many utterances without an item stand behind one of a closed item, before the next of an open one."""
    count, closed = 0, False
    for one in minutes.utterances.filter(is_removed=False).select_related("item"):
        if one.item is not None:
            closed = not one.item.is_public
        elif closed:
            count += 1
    return count


def locked(minutes: Minutes) -> Minutes:
    """The row as it stands, held until the end of the transaction."""
    rows = Minutes.objects.select_for_update(of=("self",)).select_related("meeting__body", "meeting__term")
    return rows.get(pk=minutes.pk)


def _move(minutes: Minutes, status: str, action: str, actor: Actor, reason: str = "") -> Minutes:
    minutes.status = status
    minutes.full_clean()
    return minutes.save_as(actor, action=action, reason=reason)
