"""保存年限: how long the ward keeps a document, as its own rules name the classes."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from history.models import TrackedModel, TrackedQuerySet


class RetentionPeriodQuerySet(TrackedQuerySet):
    """Reads of the classes."""

    def as_of(self, day: date) -> Self:
        """基準日: the classes that may be chosen on `day`; None at either side: no limit."""
        return self.filter(Q(valid_from=None) | Q(valid_from__lte=day), Q(valid_to=None) | Q(valid_to__gt=day))


class RetentionPeriod(TrackedModel):
    """保存年限の区分: a choice of the ward; a file keeps the one that it was given."""

    name = models.CharField("区分の名称", max_length=40, help_text="例：5年")
    years = models.PositiveSmallIntegerField("年数", null=True, blank=True, help_text="年数で定めない区分は空欄")
    valid_from = models.DateField("適用開始日", null=True, blank=True, help_text="空欄は「はじめから」です。")
    valid_to = models.DateField("適用終了日の翌日", null=True, blank=True)
    source_note = models.CharField("出典・注記", max_length=200, blank=True)

    objects = RetentionPeriodQuerySet.as_manager()

    class Meta:
        verbose_name = "保存年限"
        verbose_name_plural = "保存年限"
        ordering = [F("years").asc(nulls_last=True), "name", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="retentionperiod_one_a_name",
                fields=["name"],
                violation_error_message="この名称の区分は、すでにあります。",
            ),
            models.CheckConstraint(
                name="retentionperiod_period_is_not_empty",
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
                violation_error_message="適用終了日は適用開始日より後の日にしてください。",
            ),
        ]

    def __str__(self) -> str:
        return self.name
