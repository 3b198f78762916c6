"""採決と結果: what the council made of an item, and what follows for the 案件, in one transaction."""

from collections.abc import Sequence
from datetime import date, time

from django.db import transaction
from django.utils import timezone

from common.wareki import format_date
from councils.models import AgendaItem, BlockKind, Extent, Meeting, Method, Outcome, Result, Vote
from councils.models.votes import APPROVALS, FITTING
from councils.quorum import has_quorum, members_present, quorum_needed
from history.errors import DomainError
from history.writing import Actor
from organization import rules
from records.models import Proposal
from records.services.scheduling import schedule_proposal, unschedule_proposal
from records.services.settling import decide_proposal, reject_proposal, report_proposal
from records.services.undoing import undo_decision
from records.states import WAITING, Route, Status


class NotYetHeld(DomainError):
    """会議の日の前: nothing is decided before the meeting takes place."""

    def __init__(self, meeting: Meeting) -> None:
        super().__init__(f"会議の日（{format_date(meeting.held_on)}）より前には、結果を記入できません。")


class NoQuorum(DomainError):
    """定足数不足: too few members were there."""

    def __init__(self, present: int, needed: int) -> None:
        super().__init__(
            f"出席している委員が{present}名で、定足数{needed}名に足りません。出欠を確かめてから記入してください。"
        )


class ResultDoesNotFit(DomainError):
    """結果の種類の誤り: a report is not approved, a 諮問 not merely taken note of."""

    def __init__(self, item: AgendaItem, result: str) -> None:
        super().__init__(
            f"「{item}」は{item.block.get_kind_display()}の議題なので、結果を「{Result(result).label}」にはできません。"
        )


class AlreadyHasOutcome(DomainError):
    """結果あり: the item has its outcome; a wrong one is corrected with a reason first."""

    def __init__(self, item: AgendaItem) -> None:
        super().__init__(f"「{item}」の結果は、すでに記入されています。誤りは、結果の訂正で直してください。")


class NumberNotGiven(DomainError):
    """諮問番号なし: a 諮問 is decided under its number."""

    def __init__(self, item: AgendaItem) -> None:
        super().__init__(f"「{item}」に諮問番号がありません。次第で番号を付けてください。")


class NothingChosen(DomainError):
    """議題の選択なし."""

    def __init__(self) -> None:
        super().__init__("議題を選んでください。")


class OutsideMeeting(DomainError):
    """会議の時間の外の採決: nobody votes before the opening or after the close."""

    def __init__(self, at: time, meeting: Meeting) -> None:
        hours = "から".join(f"{one:%H:%M}" for one in (meeting.starts_at, meeting.ends_at) if one)
        super().__init__(f"採決の時刻（{at:%H:%M}）が、会議の時間（{hours}）の外です。")


class NoVoteOnReports(DomainError):
    """報告の採決: a report is heard, and a withdrawn matter not put; what was counted would be lost."""

    def __init__(self, result: str) -> None:
        super().__init__(
            f"「{Result(result).label}」には採決がありません。採決の方法、程度、賛成・反対の数を消してください。"
        )


class VoteDoesNotFit(DomainError):
    """採決と結果のくいちがい: the words and the figures of a vote say different things."""


class FileNotWaiting(DomainError):
    """審議会を待っていない案件: the outcome would contradict what the file says."""

    def __init__(self, proposal: Proposal) -> None:
        super().__init__(
            f"案件「{proposal}」は、審議会の結果を待っていません（{proposal.get_status_display()}）。"
            "案件のページで、さきの結果を確かめてください。"
        )


class NotWithdrawn(DomainError):
    """取下げの前: the file is withdrawn by its department or the office, with the reason."""

    def __init__(self, proposal: Proposal) -> None:
        super().__init__(f"案件「{proposal}」は、まだ取り下げられていません。さきに案件のページで取り下げてください。")


@transaction.atomic
def begin_items(meeting: Meeting, items: Sequence[AgendaItem], *, at: time, actor: Actor) -> None:
    """審議中の議題: these are being dealt with since `at`, together when several; what was begun before has no outcome
    yet and waits again. Raises NothingChosen.
    """
    rules.require(actor, "begin_items", meeting)
    if not items:
        raise NothingChosen
    chosen = {item.pk for item in items}
    for item in meeting.items.select_for_update().filter(is_removed=False):
        begun = item.begun_at
        if item.pk in chosen:
            begun = begun or at
        elif not has_outcome(item):
            begun = None
        if begun != item.begun_at:
            item.begun_at = begun
            item.save_as(actor, action="begin_items")


@transaction.atomic
def take_vote(
    meeting: Meeting,
    *,
    method: str,
    actor: Actor,
    extent: str = "",
    in_favour: int | None = None,
    against: int | None = None,
    present: int | None = None,
    taken_at: time | None = None,
) -> Vote:
    """採決: counts as far as somebody counted; `present`, else those who were in the room at `taken_at`.

    Raises OutsideMeeting, NoQuorum, VoteDoesNotFit, ValidationError (more votes than members present, 反対 beside
    全員一致).
    """
    rules.require(actor, "record_outcome", meeting)
    _require_within(meeting, taken_at)
    _require_quorum(meeting, taken_at)
    vote = Vote(
        meeting=meeting,
        method=method,
        extent=extent,
        in_favour=in_favour,
        against=against,
        present=members_present(meeting, taken_at) if present is None else present,
        taken_at=taken_at,
    )
    vote.full_clean()
    _require_sense(vote)
    return vote.save_as(actor, action="record_outcome")


@transaction.atomic
def record_outcome(
    item: AgendaItem,
    *,
    result: str,
    actor: Actor,
    phrase: str = "",
    vote: Vote | None = None,
    conditions: str = "",
    dissent: str = "",
    decided_on: date | None = None,
    at: time | None = None,
    settled_before: bool = False,
) -> Outcome:
    """結果: written down, and the 案件 decided, reported, refused or put off, with the date and number in its 記録票.

    `phrase`: the words for the 要録, else those of the result; `decided_on`: the day of the meeting, else that day;
    `at`: when, of an outcome without a vote; `settled_before`: taken over from a 要録, whose file may say what it says.
    Raises NotYetHeld, NoQuorum, ResultDoesNotFit, AlreadyHasOutcome, NumberNotGiven, NotWithdrawn, FileNotWaiting,
    VoteDoesNotFit, ValidationError, and what the file's own step refuses.
    """
    item = AgendaItem.objects.select_for_update(of=("self",)).select_related("meeting", "block").get(pk=item.pk)
    meeting = item.meeting
    rules.require(actor, "record_outcome", meeting)
    day = decided_on or meeting.held_on
    if timezone.localdate() < meeting.held_on or day < meeting.held_on:
        raise NotYetHeld(meeting)
    if result not in FITTING[BlockKind(item.block.kind)]:
        raise ResultDoesNotFit(item, result)
    earlier = Outcome.objects.filter(item=item).first()
    if earlier is not None and not earlier.is_undone:
        raise AlreadyHasOutcome(item)
    if conditions.strip() and result != Result.CONDITIONAL:
        raise VoteDoesNotFit(f"付された条件は、結果が「{Result.CONDITIONAL.label}」のときだけ記入できます。")
    if vote is None and result != Result.WITHDRAWN:
        _require_quorum(meeting, at)
    if vote is not None:
        _require_fitting(vote, result)
    outcome = earlier or Outcome(item=item)
    outcome.vote, outcome.result, outcome.decided_on = vote, result, day
    outcome.phrase = phrase or Result(result).label
    outcome.conditions, outcome.dissent = conditions, dissent
    outcome.is_undone, outcome.undone_reason = False, ""
    outcome.moved_file = _carry_out(outcome, actor, settled_before=settled_before)
    outcome.full_clean()
    return outcome.save_as(actor, action="record_outcome")


@transaction.atomic
def settle_items(
    meeting: Meeting,
    items: Sequence[AgendaItem],
    *,
    result: str,
    method: str,
    actor: Actor,
    extent: str = "",
    in_favour: int | None = None,
    against: int | None = None,
    taken_at: time | None = None,
    phrase: str = "",
    conditions: str = "",
    dissent: str = "",
) -> list[Outcome]:
    """一括の採決: one vote and the same outcome for several items (諮問第9号および第10号); all of them or none.

    Without `taken_at` the moment is that at which the items were begun: who had left by then is not counted.
    Raises NothingChosen, NoVoteOnReports and what `take_vote` and `record_outcome` raise.
    """
    if not items:
        raise NothingChosen
    vote = None
    taken_at = taken_at or max((item.begun_at for item in items if item.begun_at), default=None)
    if result in (Result.REPORTED, Result.WITHDRAWN):
        if method != Method.NONE or extent or in_favour is not None or against is not None:
            raise NoVoteOnReports(result)
        _require_within(meeting, taken_at)
    else:
        vote = take_vote(
            meeting,
            method=method,
            extent=extent,
            in_favour=in_favour,
            against=against,
            taken_at=taken_at,
            actor=actor,
        )
    return [
        record_outcome(
            item,
            result=result,
            phrase=phrase,
            vote=vote,
            conditions=conditions,
            dissent=dissent,
            at=taken_at,
            actor=actor,
        )
        for item in items
    ]


@transaction.atomic
def undo_outcome(outcome: Outcome, *, reason: str, actor: Actor) -> Outcome:
    """結果の訂正: takes a wrong outcome back, with the decision of its 案件; the right one is entered afterwards.

    The trail keeps both. Raises what undoing the file's decision refuses.
    """
    outcome = Outcome.objects.select_for_update(of=("self",)).select_related("item__meeting").get(pk=outcome.pk)
    rules.require(actor, "undo_outcome", outcome)
    if not outcome.is_undone:
        outcome.is_undone, outcome.undone_reason = True, reason
        outcome.full_clean()
        outcome.save_as(actor, action="undo_outcome", reason=reason)
        _take_back(outcome, reason, actor)
    return outcome


def has_outcome(item: AgendaItem) -> bool:
    """Whether the item has an outcome that was not taken back."""
    return Outcome.objects.filter(item=item, is_undone=False).exists()


def _require_quorum(meeting: Meeting, at: time | None) -> None:
    if not has_quorum(meeting, at):
        raise NoQuorum(members_present(meeting, at), quorum_needed(meeting) or 0)


def _require_within(meeting: Meeting, at: time | None) -> None:
    if at is None:
        return
    if (meeting.starts_at and at < meeting.starts_at) or (meeting.ends_at and at > meeting.ends_at):
        raise OutsideMeeting(at, meeting)


def _require_sense(vote: Vote) -> None:
    """What a vote says of itself: counted hands only where hands were raised, more for than against a majority."""
    favour, against = vote.in_favour, vote.against
    if vote.method == Method.NONE and (favour is not None or against is not None):
        raise VoteDoesNotFit("採決なしのときは、賛成・反対の数を記入できません。数えたときは「挙手」を選んでください。")
    if favour is None:
        return
    if vote.extent == Extent.UNANIMOUS and vote.present is not None and favour < vote.present - 1:
        raise VoteDoesNotFit(
            f"出席{vote.present}名のうち賛成{favour}名は、全員一致ではありません（議長を除いて数えます）。"
        )
    if vote.extent == Extent.MAJORITY and against is not None and favour <= against:
        raise VoteDoesNotFit(f"賛成{favour}名、反対{against}名は、賛成多数ではありません。")
    if vote.extent == Extent.MINORITY and against is not None and favour >= against:
        raise VoteDoesNotFit(f"賛成{favour}名、反対{against}名は、賛成少数ではありません。")


def _require_fitting(vote: Vote, result: str) -> None:
    """An approval follows from no minority, and 全員一致 from no refusal."""
    lost = vote.extent == Extent.MINORITY or (
        vote.in_favour is not None and vote.against is not None and vote.in_favour <= vote.against
    )
    if result in APPROVALS and lost:
        raise VoteDoesNotFit(f"賛成が少数なので、結果を「{Result(result).label}」にはできません。")
    if result == Result.REJECTED and vote.extent == Extent.UNANIMOUS:
        raise VoteDoesNotFit("全員一致で賛成したものを、不承認にはできません。")


def _carry_out(outcome: Outcome, actor: Actor, *, settled_before: bool) -> bool:
    """What the outcome means for the file; False for none, or one settled before the meeting was entered here."""
    item, result = outcome.item, outcome.result
    if item.block.kind == BlockKind.CONSULTATION and item.consultation is None:
        raise NumberNotGiven(item)
    proposal = item.proposal
    if proposal is None:
        return False
    if result == Result.WITHDRAWN:
        if proposal.status != Status.WITHDRAWN:
            raise NotWithdrawn(proposal)
        return False
    if not _has_open(proposal, Route.REPORT if result == Result.REPORTED else Route.CONSULTATION):
        if not settled_before and not _says_so(proposal, outcome):
            raise FileNotWaiting(proposal)
        return False
    if result == Result.REPORTED:
        report_proposal(proposal, on=outcome.decided_on, actor=actor)
    else:
        _decide(outcome, proposal, actor)
    return True


def _decide(outcome: Outcome, proposal: Proposal, actor: Actor) -> None:
    day, number = outcome.decided_on, str(outcome.item.consultation.number)
    if outcome.result == Result.CONTINUED:
        unschedule_proposal(proposal, actor=actor, reason=outcome.phrase)
    elif outcome.result == Result.REJECTED:
        reject_proposal(proposal, council_date=day, consultation_number=number, reason=outcome.phrase, actor=actor)
    else:
        decide_proposal(
            proposal, council_date=day, consultation_number=number, conditions=outcome.conditions, actor=actor
        )


def _take_back(outcome: Outcome, reason: str, actor: Actor) -> None:
    if not outcome.moved_file:
        return
    proposal = outcome.item.proposal
    if outcome.result == Result.CONTINUED:
        if proposal.status == Status.ACCEPTED:
            schedule_proposal(proposal, actor=actor)
    else:
        route = Route.REPORT if outcome.result == Result.REPORTED else Route.CONSULTATION
        undo_decision(proposal, route=route, reason=reason, actor=actor)


def _says_so(proposal: Proposal, outcome: Outcome) -> bool:
    """Whether the file was settled with this very day and number before the meeting was entered here."""
    if outcome.result == Result.REPORTED:
        return any(record.reported_on == outcome.decided_on for record in proposal.records())
    expected = Status.REJECTED if outcome.result == Result.REJECTED else Status.DECIDED
    number = str(outcome.item.consultation.number)
    return any(
        record.status == expected
        and number in (record.consultation_number, getattr(record, "change_consultation_number", ""))
        for record in proposal.records()
    )


def _has_open(proposal: Proposal, route: str) -> bool:
    return any(record.status in WAITING and record.route == route for record in proposal.records())
