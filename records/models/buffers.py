"""書きかけ: what was typed and not yet saved."""

from django.db import models

from organization.models import User


class EditBuffer(models.Model):
    """書きかけ: the autosaved fields of one form, for one user and one object.

    Not tracked: it holds what nobody has saved yet, and goes with the next save (architecture §4, Typing).
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="+", verbose_name="利用者")
    target = models.CharField("対象", max_length=60)
    data = models.JSONField("入力中の内容", default=dict)
    base_lock = models.PositiveIntegerField("もとの保存回数")
    saved_at = models.DateTimeField("自動保存の時刻")

    class Meta:
        verbose_name = "書きかけ"
        verbose_name_plural = "書きかけ"
        constraints = [models.UniqueConstraint(name="editbuffer_one_a_user_and_target", fields=["user", "target"])]

    def __str__(self) -> str:
        return f"{self.user.username}: {self.target}"
