"""点検への答え: why a warning of the pre-checks does not apply to a file."""

from django.db import models

from history.errors import StaleEdit
from history.models import TrackedModel
from organization.models import User
from records.models.proposals import Proposal
from records.texts import reason_text


class CheckAnswer(TrackedModel):
    """該当なしの答え: one to a rule of the pre-checks (records.checks), with its reason; on no official sheet."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="check_answers", verbose_name="案件")
    rule = models.SlugField("点検の項目", max_length=8)
    reason = models.TextField("該当しない理由", validators=[reason_text])
    # Null: taken over by the system.
    answered_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="答えた人"
    )
    answered_at = models.DateTimeField("答えた日時")
    # What the rule read when it was answered, as a digest: another one means that the text has changed since.
    text_digest = models.CharField("答えたときの記載", max_length=64)
    is_taken_back = models.BooleanField("取消し", default=False)
    lock = models.PositiveIntegerField("保存回数", default=0)

    class Meta:
        verbose_name = "点検への答え"
        verbose_name_plural = "点検への答え"
        constraints = [models.UniqueConstraint(name="checkanswer_one_a_rule", fields=["proposal", "rule"])]

    def __str__(self) -> str:
        return f"{self.rule} 該当なし"

    def check_lock(self, lock: int) -> None:
        """Raise StaleEdit unless `lock` is the number this row still carries; then count the coming save."""
        if lock != self.lock:
            raise StaleEdit(self)
        self.lock += 1
