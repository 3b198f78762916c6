"""次第を作る: blocks, items and 諮問番号."""

from django.db import transaction
from django.utils import timezone

from councils.models import AgendaBlock, AgendaItem, Amendment, BlockKind, Consultation, Meeting, Subject
from councils.numbering import next_consultation_number, rule_of, series_of
from history.writing import Actor
from organization import rules
from records.models import Proposal


@transaction.atomic
def add_block(meeting: Meeting, *, kind: str, actor: Actor, heading: str = "") -> AgendaBlock:
    """区分の追加, behind the last one; the heading is the kind's word unless another is given."""
    rules.require(actor, "arrange_agenda", meeting)
    block = AgendaBlock(
        meeting=meeting,
        kind=kind,
        heading=heading or BlockKind(kind).label,
        position=meeting.blocks.count(),
    )
    block.full_clean()
    return block.save_as(actor, action="arrange_agenda")


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
) -> AgendaItem:
    """議題の追加, at the end of its block."""
    rules.require(actor, "add_agenda_item", block.meeting)
    item = AgendaItem(
        meeting=block.meeting,
        block=block,
        position=block.items.count(),
        subject=subject,
        title=title,
        presenter=presenter,
        proposal=proposal,
        amendment=amendment,
    )
    item.full_clean()
    return item.save_as(actor, action="add_agenda_item")


@transaction.atomic
def give_number(item: AgendaItem, *, actor: Actor, number: int | None = None) -> Consultation:
    """諮問番号: given once, within what the body's rule counts in; `number`, else the next one.

    A 諮問 that goes on at a later meeting keeps its number. Raises ValidationError for a number in use.
    """
    meeting = item.meeting
    rules.require(actor, "number_consultation", meeting)
    if item.consultation is not None:
        return item.consultation
    earlier = Consultation.objects.filter(proposal=item.proposal).first() if item.proposal else None
    consultation = earlier or _new_consultation(item, number, actor)
    item.consultation = consultation
    item.full_clean()
    item.save_as(actor, action="number_consultation")
    return consultation


def _new_consultation(item: AgendaItem, number: int | None, actor: Actor) -> Consultation:
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
    )
    consultation.full_clean()
    return consultation.save_as(actor, action="number_consultation")
