"""点検への答え: a warning of the pre-checks is answered with 「該当なし」 and the reason."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from history.errors import DomainError, StaleEdit
from history.writing import Actor
from organization import rules
from organization.models import User
from records.checks import RULES, Level
from records.checks.loading import read_file
from records.checks.running import digest_of
from records.models import CheckAnswer, Proposal
from records.services.locks import lock_proposal


class NotAnswerable(DomainError):
    """答えられない項目: what must be mended before the file may go on cannot be answered away."""

    def __init__(self, name: str) -> None:
        super().__init__(f"「{name}」には「該当なし」と答えられません。記載を直してください。")


@transaction.atomic
def answer_check(proposal: Proposal, *, rule: str, reason: str, lock: int, actor: Actor) -> CheckAnswer:
    """該当なしの答え: the only one to this rule; a later one takes the place of the earlier, which the trail keeps.

    `lock`: that of the answer which stood when the form was opened, 0 for none. Raises NotAnswerable, StaleEdit,
    ValidationError for an empty reason.
    """
    proposal = lock_proposal(proposal)
    rules.require(actor, "answer_check", proposal)
    asked = RULES[rule]
    if asked.level is Level.STOP:
        raise NotAnswerable(asked.name)
    if not reason.strip():
        raise ValidationError("該当しない理由を入力してください。")
    answer = _standing(proposal, rule) or CheckAnswer(proposal=proposal, rule=rule)
    answer.check_lock(lock)
    reading = read_file(proposal)
    answer.reason, answer.is_taken_back = reason.strip(), False
    answer.answered_by = actor if isinstance(actor, User) else None
    answer.answered_at = timezone.now()
    answer.text_digest = digest_of(asked, reading, asked.find(reading))
    answer.full_clean()
    return answer.save_as(actor, action="answer_check")


@transaction.atomic
def take_back_answer(proposal: Proposal, *, rule: str, lock: int, actor: Actor) -> CheckAnswer:
    """答えの取消し: the warning stands again; the answer stays in the trail. Raises StaleEdit."""
    proposal = lock_proposal(proposal)
    rules.require(actor, "take_back_answer", proposal)
    answer = _standing(proposal, rule)
    if answer is None or answer.is_taken_back:
        raise StaleEdit(answer)
    answer.check_lock(lock)
    answer.is_taken_back = True
    answer.full_clean()
    return answer.save_as(actor, action="take_back_answer")


def _standing(proposal: Proposal, rule: str) -> CheckAnswer | None:
    return CheckAnswer.objects.select_for_update(of=("self",)).filter(proposal=proposal, rule=rule).first()
