"""発言を書く: added, edited, moved and taken out while the 要録 is not settled."""

from uuid import UUID

from django.db import transaction
from django.db.models import Max

from common.text import name_key
from councils.models import AgendaItem, Minutes, Utterance
from councils.services.minutes import locked
from history.errors import DomainError
from history.writing import Actor
from organization import rules


class MemberNamed(DomainError):
    """委員の氏名: members speak as （委員） only (domain §1.12)."""

    def __init__(self, speaker: str) -> None:
        super().__init__(f"「{speaker}」は委員の名です。会議要録では、委員は「委員」とだけ書きます。")


@transaction.atomic
def add_utterance(
    minutes: Minutes,
    *,
    speaker: str,
    text: str,
    actor: Actor,
    item: AgendaItem | None = None,
    remark: str = "",
    after: Utterance | None = None,
    token: UUID | None = None,
) -> Utterance:
    """発言の追加, behind `after`, else at the end. The same `token` again gives the first back.

    Raises MemberNamed, ValidationError.
    """
    minutes = locked(minutes)
    rules.require(actor, "add_utterance", minutes)
    if token is not None and (there := Utterance.objects.filter(token=token).first()) is not None:
        return there
    last = minutes.utterances.aggregate(last=Max("position"))["last"]
    position = 0 if last is None else last + 1
    if after is not None:
        position = after.position + 1
        _make_room(minutes, position, actor, "add_utterance")
    row = Utterance(minutes=minutes, position=position, speaker=speaker, text=text, item=item, remark=remark)
    row.token = token
    return _written(row, actor, "add_utterance")


@transaction.atomic
def edit_utterance(
    utterance: Utterance,
    *,
    speaker: str,
    text: str,
    lock: int,
    actor: Actor,
    item: AgendaItem | None = None,
    remark: str = "",
) -> Utterance:
    """発言の編集. Raises StaleEdit, MemberNamed, ValidationError."""
    locked(utterance.minutes)
    rules.require(actor, "edit_utterance", utterance)
    utterance = Utterance.objects.select_related("minutes__meeting").get(pk=utterance.pk)
    utterance.check_lock(lock)
    utterance.speaker, utterance.text, utterance.item, utterance.remark = speaker, text, item, remark
    return _written(utterance, actor, "edit_utterance")


@transaction.atomic
def move_utterance(utterance: Utterance, *, up: bool, actor: Actor) -> Utterance:
    """発言の並べかえ: before the one above, or behind the one below; at the end of the row nothing happens."""
    minutes = locked(utterance.minutes)
    rules.require(actor, "move_utterance", utterance)
    rows = list(minutes.utterances.filter(is_removed=False))
    place = next(at for at, row in enumerate(rows) if row.pk == utterance.pk)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(rows):
        return utterance
    rows[place], rows[other] = rows[other], rows[place]
    for position, row in enumerate(rows):
        if row.position != position:
            row.position = position
            row.save_as(actor, action="move_utterance")
    return rows[other]


@transaction.atomic
def remove_utterance(utterance: Utterance, *, actor: Actor) -> Utterance:
    """発言の削除: out of the 要録, kept in the trail."""
    locked(utterance.minutes)
    rules.require(actor, "remove_utterance", utterance)
    utterance.is_removed = True
    return utterance.save_as(actor, action="remove_utterance")


def _make_room(minutes: Minutes, position: int, actor: Actor, action: str) -> None:
    """Whatever stands at `position` goes on by one, and so on as far as there is no gap."""
    for row in minutes.utterances.filter(position__gte=position).order_by("position", "pk"):
        if row.position > position:
            break
        row.position = position = position + 1
        row.save_as(actor, action=action)


def _written(row: Utterance, actor: Actor, action: str) -> Utterance:
    meeting = row.minutes.meeting
    titles = meeting.ward_attendees.filter(is_removed=False).values_list("title", flat=True)
    surnames = meeting.attendances.values_list("appointment__member__surname", flat=True)
    row.speaker = row.speaker.strip().removeprefix("（").removesuffix("）").strip()
    row.text = "\n".join(row.text.splitlines())
    # A title of the 区側 may hold the characters of a name; any other label that does names the member, also 柴崎 柴﨑.
    label = name_key(row.speaker)
    if row.speaker not in titles and any(name_key(surname) in label for surname in surnames):
        raise MemberNamed(row.speaker)
    row.full_clean()
    return row.save_as(actor, action=action)
