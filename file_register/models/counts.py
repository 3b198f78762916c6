"""本人の数: how many persons a file held on a day."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from file_register.models.files import PersonalFile
from history.models import TrackedModel, TrackedQuerySet


class FileCountQuerySet(TrackedQuerySet):
    """Reads of the counts."""

    def as_of(self, day: date) -> Self:
        """基準日: what had been counted by `day`, newest first."""
        return self.filter(counted_on__lte=day).order_by("-counted_on")


class FileCount(TrackedModel):
    """本人の数: as typed (1,234人, 約1,200人, 不明) and the bounds of what it means; None where there is no bound."""

    file = models.ForeignKey(PersonalFile, models.PROTECT, related_name="counts", verbose_name="個人情報ファイル")
    counted_on = models.DateField("調べた日")
    text = models.CharField("本人の数", max_length=60)
    lowest = models.PositiveIntegerField("少なくとも", null=True, blank=True)
    highest = models.PositiveIntegerField("多くとも", null=True, blank=True)
    note = models.CharField("数え方・注記", max_length=200, blank=True)

    objects = FileCountQuerySet.as_manager()

    class Meta:
        verbose_name = "本人の数"
        verbose_name_plural = "本人の数"
        constraints = [
            models.UniqueConstraint(
                name="filecount_one_a_day",
                fields=["file", "counted_on"],
                violation_error_message="この日の人数は、すでに記入されています。訂正してください。",
            ),
            models.CheckConstraint(
                name="filecount_bounds_in_order",
                condition=Q(lowest__isnull=True) | Q(highest__isnull=True) | Q(lowest__lte=F("highest")),
                violation_error_message="人数の範囲は、少ない方から書いてください。",
            ),
        ]

    def __str__(self) -> str:
        return self.text
