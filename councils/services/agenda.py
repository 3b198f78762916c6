"""次第を作る: blocks, items and 諮問番号."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Max, QuerySet
from django.utils import timezone

from common.wareki import format_date
from councils.agenda import fullwidth
from councils.candidates import REPORTS_ONLY, ROUTES, standing, subject_of, waiting
from councils.lawful import ground_of, require_lawful
from councils.models import (
    AgendaBlock,
    AgendaItem,
    Amendment,
    BlockKind,
    Consultation,
    Meeting,
    MeetingStatus,
    Subject,
)
from councils.numbering import next_consultation_number, rule_of, series_of
from councils.ordering import Order
from history.errors import DomainError, ReasonRequired, StaleEdit
from history.writing import Actor
from organization import rules
from records.models import Proposal
from records.services.scheduling import schedule_proposal, unschedule_proposal
from records.states import Status


class StaleAgenda(StaleEdit):
    """並べかえの競合: somebody arranged the agenda, added to it or took from it since the page was opened."""

    def __init__(self, meeting: Meeting) -> None:
        super().__init__(meeting)
        self.args = (
            "ページを開いたあとに、ほかの人が次第を変えました。いまの順と、あなたが選んだ順を見くらべてください。",
        )


class Misplaced(DomainError):
    """区分の誤り: the item does not belong into a block of this kind."""

    def __init__(self, title: str, kind: str) -> None:
        super().__init__(f"「{title}」は、{BlockKind(kind).label}の区分に置けません。")


class BlockNotEmpty(DomainError):
    """議題のある区分: its items would vanish with it."""

    def __init__(self, block: AgendaBlock) -> None:
        super().__init__(f"区分「{block}」には議題があります。さきに議題を移すか、取りやめてください。")


class ItemSettled(DomainError):
    """結果のある議題: what came of it stands in the record of the meeting."""

    def __init__(self, item: AgendaItem) -> None:
        super().__init__(f"「{item}」は、結果が記入されています。さきに結果の訂正をしてください。")


class NothingToBring(DomainError):
    """付議できない案件: not accepted, or without a record that goes this way."""

    def __init__(self, proposal: Proposal, kind: str) -> None:
        super().__init__(
            f"案件「{proposal}」（{proposal.get_status_display()}）には、{BlockKind(kind).label}を待つ記録票がありません。"
        )


class AlreadyOnAgenda(DomainError):
    """付議済: the file waits on an agenda already."""

    def __init__(self, item: AgendaItem) -> None:
        super().__init__(f"案件「{item.proposal}」は、{item.meeting}の次第にすでにあります。")


class HasItsNumber(DomainError):
    """番号あり: the file was put to the council under its number before."""

    def __init__(self, item: AgendaItem, consultation: Consultation) -> None:
        super().__init__(
            f"「{item}」の案件は、すでに{consultation}です（{format_date(consultation.given_on)}付番）。番号は空欄のまま付けてください。"
        )


class NoNumberYet(DomainError):
    """番号なし: there is no number to correct."""

    def __init__(self, item: AgendaItem) -> None:
        super().__init__(f"「{item}」には、まだ諮問番号がありません。")


@transaction.atomic
def add_block(meeting: Meeting, *, kind: str, actor: Actor, heading: str = "") -> AgendaBlock:
    """区分の追加, behind the last one; the heading is the kind's word unless another is given."""
    rules.require(actor, "add_agenda_block", meeting)
    block = AgendaBlock(
        meeting=meeting,
        kind=kind,
        heading=heading or BlockKind(kind).label,
        position=_behind(meeting.blocks.all()),
    )
    block.full_clean()
    return block.save_as(actor, action="add_agenda_block")


@transaction.atomic
def edit_block(block: AgendaBlock, *, heading: str, actor: Actor) -> AgendaBlock:
    """区分の見出し; raises ValidationError for none."""
    rules.require(actor, "edit_agenda_block", block.meeting)
    block.heading = heading
    block.full_clean()
    return block.save_as(actor, action="edit_agenda_block")


@transaction.atomic
def remove_block(block: AgendaBlock, *, actor: Actor) -> AgendaBlock:
    """区分の取りやめ; raises BlockNotEmpty while it holds items."""
    _locked(block.meeting)
    rules.require(actor, "edit_agenda_block", block.meeting)
    if block.items.filter(is_removed=False).exists():
        raise BlockNotEmpty(block)
    block.is_removed = True
    return block.save_as(actor, action="edit_agenda_block")


@transaction.atomic
def add_item(
    block: AgendaBlock,
    *,
    title: str,
    actor: Actor,
    subject: str = Subject.FREE,
    presenter: str = "",
    proposal: Proposal | None = None,
    amendment: Amendment | None = None,
    is_public: bool = True,
    closed_ground: str = "",
    token: UUID | None = None,
) -> AgendaItem:
    """議題の追加, at the end of its block; the same `token` again gives the first one back.

    Raises Misplaced, ValidationError.
    """
    meeting = _locked(block.meeting)
    rules.require(actor, "add_agenda_item", meeting)
    if token and (there := AgendaItem.objects.filter(token=token, meeting=meeting).first()):
        return there
    return _add_item(
        block,
        actor,
        "add_agenda_item",
        title=title,
        subject=subject,
        presenter=presenter,
        proposal=proposal,
        amendment=amendment,
        is_public=is_public,
        closed_ground=closed_ground,
        token=token,
    )


@transaction.atomic
def put_on_agenda(
    meeting: Meeting, proposal: Proposal, *, kind: str, actor: Actor, block: AgendaBlock | None = None
) -> AgendaItem:
    """案件の付議: as 諮問 or 報告 (`kind`), into `block`, else the last one of the kind; a first one is made.

    A file with records of both routes may stand in a block of each.
    Raises OnlyReported, NothingToBring, AlreadyOnAgenda.
    """
    rules.require(actor, "put_on_agenda", meeting)
    proposal = Proposal.objects.select_for_update().get(pk=proposal.pk)
    if kind == BlockKind.CONSULTATION:
        require_lawful(meeting, proposal.title, Subject.PROPOSAL)
    if kind not in ROUTES or not waiting(kind).filter(pk=proposal.pk).exists():
        raise NothingToBring(proposal, kind)
    if (there := standing(kind).filter(proposal=proposal).select_related("meeting__body").first()) is not None:
        raise AlreadyOnAgenda(there)
    block = block or meeting.blocks.filter(kind=kind, is_removed=False).last()
    block = block or add_block(meeting, kind=kind, actor=actor)
    if block.kind != kind:
        raise Misplaced(proposal.title, block.kind)
    item = _add_item(
        block,
        actor,
        "put_on_agenda",
        title=proposal.title,
        subject=subject_of(proposal, kind),
        presenter=proposal.department.name,
        proposal=proposal,
    )
    _schedule(proposal, actor)
    return item


@transaction.atomic
def edit_agenda_item(
    item: AgendaItem,
    *,
    title: str,
    presenter: str,
    lock: int,
    actor: Actor,
    is_public: bool = True,
    closed_ground: str = "",
) -> AgendaItem:
    """議題の編集: its words, who presents, whether the public may stay.

    Raises StaleEdit, ValidationError (非公開 without ground).
    """
    rows = AgendaItem.objects.select_for_update(of=("self",)).select_related("meeting__body", "block", "consultation")
    item = rows.get(pk=item.pk)
    rules.require(actor, "edit_agenda_item", item.meeting)
    item.check_lock(lock)
    item.title = title
    item.presenter = presenter
    item.is_public = is_public
    item.closed_ground = "" if is_public else closed_ground
    item.full_clean()
    return item.save_as(actor, action="edit_agenda_item")


@transaction.atomic
def remove_agenda_item(item: AgendaItem, *, actor: Actor, reason: str = "") -> AgendaItem:
    """議題の取りやめ, with its papers; its file waits for the next agenda, a 諮問 keeps its number.

    Once the members are convened the reason is needed. Raises ReasonRequired, ItemSettled.
    """
    meeting = _locked(item.meeting)
    rules.require(actor, "remove_agenda_item", meeting)
    if meeting.status != MeetingStatus.PREPARING and not reason.strip():
        raise ReasonRequired(rules.RULES["remove_agenda_item"].label)
    if _is_settled(item):
        raise ItemSettled(item)
    for paper in item.papers.filter(is_removed=False):
        paper.is_removed = True
        paper.save_as(actor, action="remove_agenda_item", reason=reason)
    item.is_removed = True
    item.save_as(actor, action="remove_agenda_item", reason=reason)
    if item.proposal is not None and not _stands_elsewhere(item):
        _unschedule(Proposal.objects.get(pk=item.proposal_id), actor, reason)
    return item


@transaction.atomic
def arrange_agenda(meeting: Meeting, *, order: Order, agenda_lock: int, actor: Actor) -> Meeting:
    """次第の編成: the blocks and their items in `order`; no 諮問番号 and no 資料番号 changes.

    Raises StaleAgenda when the agenda is not the one that was arranged (`agenda_lock`, its blocks and items), Misplaced
    when an item would come into a block that is not for it.
    """
    meeting = _locked(meeting)
    rules.require(actor, "arrange_agenda", meeting)
    blocks = {block.pk: block for block in meeting.blocks.filter(is_removed=False)}
    items = {item.pk: item for item in meeting.items.filter(is_removed=False).select_related("block", "consultation")}
    named = [item for _, inside in order for item in inside]
    whole = sorted(block for block, _ in order) == sorted(blocks) and sorted(named) == sorted(items)
    if agenda_lock != meeting.agenda_lock or not whole:
        raise StaleAgenda(meeting)
    for place, (block_key, inside) in enumerate(order):
        block = blocks[block_key]
        if block.position != place:
            block.position = place
            block.save_as(actor, action="arrange_agenda")
        for item_place, key in enumerate(inside):
            _put(items[key], block, item_place, actor)
    meeting.agenda_lock += 1
    return meeting.save_as(actor, action="arrange_agenda")


@transaction.atomic
def give_number(item: AgendaItem, *, actor: Actor, number: int | None = None, ground: str = "") -> Consultation:
    """諮問番号: given once, within what the body's rule counts in; `number`, else the next one.

    A 諮問 that goes on at a later meeting keeps its number. `ground`: why the law lets it be asked, from 2023-04-01 on
    (else that of its subject). Raises HasItsNumber, ValidationError for a number in use.
    """
    meeting = item.meeting
    rules.require(actor, "number_consultation", meeting)
    if item.consultation is not None:
        return item.consultation
    require_lawful(meeting, item.title, item.subject)
    earlier = Consultation.objects.filter(proposal=item.proposal).first() if item.proposal else None
    if earlier is not None and number not in (None, earlier.number):
        raise HasItsNumber(item, earlier)
    consultation = earlier or _new_consultation(item, number, ground or ground_of(meeting, item.subject), actor)
    item.consultation = consultation
    item.full_clean()
    item.save_as(actor, action="number_consultation")
    return consultation


@transaction.atomic
def correct_consultation_number(item: AgendaItem, *, number: int, reason: str, actor: Actor) -> Consultation:
    """諮問番号の訂正, while the council has not decided: the files that were decided carry their number on paper.

    Raises NoNumberYet, ItemSettled, ReasonRequired, ValidationError (a number in use).
    """
    rules.require(actor, "correct_consultation_number", item.meeting)
    consultation = item.consultation
    if consultation is None:
        raise NoNumberYet(item)
    for one in consultation.items.filter(is_removed=False):
        if _is_settled(one):
            raise ItemSettled(one)
    consultation.number = number
    return _numbered(consultation, actor, "correct_consultation_number", reason)


def fits(item: AgendaItem, kind: str) -> bool:
    """Whether the item may stand in a block of `kind`: a file where it was put, a 諮問 among 諮問, reports outside."""
    if item.consultation_id:
        return kind == BlockKind.CONSULTATION
    if item.subject == Subject.PROPOSAL and item.proposal_id:
        return kind == item.block.kind
    return kind != BlockKind.CONSULTATION or item.subject not in REPORTS_ONLY


def _put(item: AgendaItem, block: AgendaBlock, place: int, actor: Actor) -> None:
    if (item.block_id, item.position) == (block.pk, place):
        return
    if not fits(item, block.kind):
        raise Misplaced(item.title, block.kind)
    item.block, item.position = block, place
    item.full_clean()
    item.save_as(actor, action="arrange_agenda")


def _add_item(block: AgendaBlock, actor: Actor, action: str, **values: object) -> AgendaItem:
    item = AgendaItem(meeting=block.meeting, block=block, position=_behind(block.items.all()), **values)
    if not fits(item, block.kind):
        raise Misplaced(item.title, block.kind)
    if block.kind == BlockKind.CONSULTATION:
        require_lawful(block.meeting, item.title, item.subject)
    item.full_clean()
    return item.save_as(actor, action=action)


def _new_consultation(item: AgendaItem, number: int | None, ground: str, actor: Actor) -> Consultation:
    meeting = item.meeting
    restart = rule_of(meeting.body, meeting.held_on).consultation_restart
    series = series_of(restart, meeting.held_on, meeting.term)
    consultation = Consultation(
        body=meeting.body,
        series=series,
        number=number or next_consultation_number(meeting.body, series),
        proposal=item.proposal,
        title=item.title,
        given_on=timezone.localdate(),
        ground=ground,
    )
    return _numbered(consultation, actor, "number_consultation")


def _numbered(consultation: Consultation, actor: Actor, action: str, reason: str = "") -> Consultation:
    """Written under its number; what has the number already is named."""
    same = Consultation.objects.filter(
        body=consultation.body_id, series=consultation.series, number=consultation.number
    )
    if (other := same.exclude(pk=consultation.pk).first()) is not None:
        words = f"この諮問番号は、すでに使われています（諮問第{fullwidth(other.number)}号「{other.title}」）。"
        raise ValidationError({"number": words})
    consultation.full_clean()
    try:
        with transaction.atomic():
            return consultation.save_as(actor, action=action, reason=reason)
    except IntegrityError as refusal:  # two secretaries at the same moment: the first has written
        raise ValidationError({"number": "この諮問番号は、すでに使われています。"}) from refusal


def _locked(meeting: Meeting) -> Meeting:
    return Meeting.objects.select_for_update(of=("self",)).select_related("body", "term").get(pk=meeting.pk)


def _behind(rows: QuerySet) -> int:
    last = rows.aggregate(last=Max("position"))["last"]
    return 0 if last is None else last + 1


def _is_settled(item: AgendaItem) -> bool:
    outcome = getattr(item, "outcome", None)
    return outcome is not None and not outcome.is_undone


def _stands_elsewhere(item: AgendaItem) -> bool:
    return any(standing(kind).filter(proposal=item.proposal_id).exists() for kind in ROUTES)


def _schedule(proposal: Proposal, actor: Actor) -> None:
    if proposal.status == Status.ACCEPTED:
        schedule_proposal(proposal, actor=actor)


def _unschedule(proposal: Proposal, actor: Actor, reason: str) -> None:
    if proposal.status == Status.SCHEDULED:
        unschedule_proposal(proposal, actor=actor, reason=reason)
