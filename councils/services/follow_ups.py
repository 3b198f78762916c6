"""要望・宿題: noted from what was said, answered by the department, told to the council."""

from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from common.wareki import format_date
from councils.models import AgendaItem, FollowUp, FollowUpStatus, Meeting, Utterance
from history.errors import DomainError
from history.writing import Actor
from organization import rules
from organization.models import Department


class DueBeforeMeeting(DomainError):
    """期限の誤り: nothing is due before it was asked for."""

    def __init__(self, meeting: Meeting) -> None:
        super().__init__(f"期限は、会議の日（{format_date(meeting.held_on)}）より後の日にしてください。")


class PassageNotSaid(DomainError):
    """発言にない箇所: the passage is quoted as it was said."""

    def __init__(self) -> None:
        super().__init__("「発言の箇所」が、発言のなかにありません。発言のとおりに書いてください。")


class ToldTooEarly(DomainError):
    """前の会議での報告."""

    def __init__(self, follow_up: FollowUp) -> None:
        day = format_date(follow_up.meeting.held_on)
        super().__init__(f"報告した会議は、この宿題が出た会議（{day}）より後の会議を選んでください。")


@transaction.atomic
def create_followup(
    meeting: Meeting,
    *,
    kind: str,
    task: str,
    token: UUID,
    actor: Actor,
    passage: str = "",
    utterance: Utterance | None = None,
    item: AgendaItem | None = None,
    department: Department | None = None,
    due_on: date | None = None,
    source_note: str = "",
) -> FollowUp:
    """要望・宿題の登録; the item is that of the utterance where there is one. The same `token` gives the first back.

    Raises DueBeforeMeeting, PassageNotSaid, ValidationError.
    """
    rules.require(actor, "create_followup", meeting)
    if (there := FollowUp.objects.filter(token=token).first()) is not None:
        return there
    _check(meeting, utterance, passage, due_on)
    row = FollowUp(
        meeting=meeting,
        kind=kind,
        task=task,
        passage=passage,
        utterance=utterance,
        item=item or (utterance.item if utterance else None),
        department=department,
        due_on=due_on,
        token=token,
        source_note=source_note,
    )
    row.full_clean()
    try:
        with transaction.atomic():
            return row.save_as(actor, action="create_followup")
    except IntegrityError:  # two clicks at the same moment
        return FollowUp.objects.get(token=token)


@transaction.atomic
def edit_followup(
    row: FollowUp,
    *,
    kind: str,
    task: str,
    passage: str,
    department: Department | None,
    due_on: date | None,
    lock: int,
    actor: Actor,
) -> FollowUp:
    """要望・宿題の編集. Raises StaleEdit, DueBeforeMeeting, PassageNotSaid, ValidationError."""
    row = _locked(row, actor, "edit_followup")
    row.check_lock(lock)
    _check(row.meeting, row.utterance, passage, due_on)
    row.kind, row.task, row.passage, row.department, row.due_on = kind, task, passage, department, due_on
    return _written(row, actor, "edit_followup")


@transaction.atomic
def answer_followup(row: FollowUp, *, answer: str, lock: int, actor: Actor) -> FollowUp:
    """回答: by the department that owes it, or by the secretariat in its place. Raises StaleEdit, ValidationError."""
    row = _locked(row, actor, "answer_followup")
    row.check_lock(lock)
    row.answer, row.answered_on, row.status = answer, timezone.localdate(), FollowUpStatus.ANSWERED
    return _written(row, actor, "answer_followup")


@transaction.atomic
def report_followup(row: FollowUp, *, meeting: Meeting, actor: Actor) -> FollowUp:
    """審議会への報告: at a later meeting. Raises ToldTooEarly."""
    row = _locked(row, actor, "report_followup")
    if meeting.held_on <= row.meeting.held_on:
        raise ToldTooEarly(row)
    row.reported_at, row.status = meeting, FollowUpStatus.REPORTED
    return _written(row, actor, "report_followup")


@transaction.atomic
def drop_followup(row: FollowUp, *, reason: str, actor: Actor) -> FollowUp:
    """対応しない, with the reason."""
    row = _locked(row, actor, "drop_followup")
    row.drop_reason, row.status = reason, FollowUpStatus.DROPPED
    return _written(row, actor, "drop_followup", reason)


def _check(meeting: Meeting, utterance: Utterance | None, passage: str, due_on: date | None) -> None:
    if due_on is not None and due_on <= meeting.held_on:
        raise DueBeforeMeeting(meeting)
    if utterance is not None and passage and _one_way(passage) not in _one_way(utterance.text):
        raise PassageNotSaid


def _one_way(text: str) -> str:
    """The text with the line ends of one system; a browser sends those of another."""
    return "\n".join(text.splitlines())


def _locked(row: FollowUp, actor: Actor, action: str) -> FollowUp:
    rows = FollowUp.objects.select_for_update(of=("self",)).select_related("meeting__body", "department", "utterance")
    row = rows.get(pk=row.pk)
    rules.require(actor, action, row)
    return row


def _written(row: FollowUp, actor: Actor, action: str, reason: str = "") -> FollowUp:
    row.full_clean()
    return row.save_as(actor, action=action, reason=reason)
