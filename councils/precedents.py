"""似た諮問: earlier 諮問 that are like a file, why they are, what came of them, and what the members asked then."""

from collections import defaultdict
from dataclasses import dataclass, field

from councils.models import AgendaItem, BlockKind, MinutesStatus, Outcome, Utterance
from councils.search import voted_together
from records.kinds import kind_of
from records.models import Proposal

MOST = 20
SAME_BUSINESS, SAME_PARTNER, SAME_KIND = "同じ業務", "同じ相手方", "同じ種類の記録票"
_WEIGHT = {SAME_BUSINESS: 4, SAME_PARTNER: 3, SAME_KIND: 1}
_READ = [MinutesStatus.SETTLED, MinutesStatus.PUBLISHED]


@dataclass
class Similar:
    """似た諮問: the item, its outcome, why it is alike, and the members' questions on it."""

    item: AgendaItem
    outcome: Outcome
    reasons: list[str]
    questions: list[Utterance] = field(default_factory=list)


def similar_to(proposal: Proposal) -> list[Similar]:
    """The 諮問 like `proposal`, the likest and then the newest first; at most MOST.

    Alike by what their records say: one business, one 相手方, one kind. Statements do not grow with the 諮問.
    """
    reasons = _reasons(proposal)
    items = AgendaItem.objects.filter(
        proposal__in=reasons, is_removed=False, block__kind=BlockKind.CONSULTATION, outcome__is_undone=False
    ).select_related("meeting__body", "consultation", "outcome__vote", "proposal")
    found = [
        Similar(item, item.outcome, sorted(reasons[item.proposal_id], key=lambda reason: -_WEIGHT[reason]))
        for item in items
    ]
    found.sort(key=lambda one: one.item.meeting.held_on, reverse=True)
    found.sort(key=lambda one: -sum(_WEIGHT[reason] for reason in one.reasons))
    found = found[:MOST]
    by_item = {one.item.pk: one for one in found}
    together = voted_together(by_item)
    asked = Utterance.objects.filter(item__in=together, is_removed=False, speaker="委員", minutes__status__in=_READ)
    for said in asked.order_by("position", "pk"):
        for pk in together[said.item_id]:
            by_item[pk].questions.append(said)
    return found


def _reasons(proposal: Proposal) -> dict[int, set[str]]:
    """By file: why it is like `proposal`."""
    found: dict[int, set[str]] = defaultdict(set)
    own = proposal.records()
    for kind in {kind_of(record) for record in own}:
        mine = [record for record in own if kind_of(record) is kind]
        businesses = {record.activity_id for record in mine if record.activity_id}
        partners = {name for record in mine if (name := _partner(record))}
        others = kind.model.objects.filter(proposal__agenda_items__is_removed=False).exclude(proposal=proposal)
        for other in others.select_related(None).distinct():
            found[other.proposal_id].add(SAME_KIND)
            if other.activity_id in businesses:
                found[other.proposal_id].add(SAME_BUSINESS)
            if _partner(other) in partners:
                found[other.proposal_id].add(SAME_PARTNER)
    return found


def _partner(record: object) -> str:
    return str(getattr(record, "partner_name", "")).strip()
