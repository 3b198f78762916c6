"""期間の終わり: when a department is asked whether its business goes on, and what it answered."""

from datetime import date, timedelta
from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from history.models import TrackedModel, TrackedQuerySet
from records.models.about import COLUMNS, AboutRecord, exactly_one
from records.texts import reason_text

MOST_DAYS = 366


class ReminderDayQuerySet(TrackedQuerySet):
    """Reads of the days."""

    def as_of(self, day: date) -> Self:
        """基準日: the rows valid on `day`; None at either side: no limit."""
        return self.filter(Q(valid_from=None) | Q(valid_from__lte=day), Q(valid_to=None) | Q(valid_to__gt=day))


class ReminderDay(TrackedModel):
    """継続の確認の時期: how many days before the end a department is asked; the ward's choice, for a period."""

    days = models.PositiveSmallIntegerField(
        "何日前", validators=[MinValueValidator(1), MaxValueValidator(MOST_DAYS)], help_text="例：90"
    )
    valid_from = models.DateField("適用開始日", null=True, blank=True, help_text="空欄は「はじめから」です。")
    valid_to = models.DateField("適用終了日の翌日", null=True, blank=True)

    objects = ReminderDayQuerySet.as_manager()

    class Meta:
        verbose_name = "継続の確認の時期"
        verbose_name_plural = "継続の確認の時期"
        ordering = ["-days", "pk"]
        constraints = [
            models.CheckConstraint(
                name="reminderday_period_is_not_empty",
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
                violation_error_message="適用終了日は適用開始日より後の日にしてください。",
            ),
            models.CheckConstraint(
                name="reminderday_within_a_year",
                condition=Q(days__gte=1, days__lte=MOST_DAYS),
                violation_error_message=f"1から{MOST_DAYS}までの日数にしてください。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.days}日前"


class EndingAnswer(models.TextChoices):
    """事業は継続しますか. Going on is no answer to be kept: it is a 変更 that somebody begins."""

    NONE = "", "未回答"
    ENDS = "ends", "終了する"


class PeriodEnd(AboutRecord, TrackedModel):
    """期間の終わりの確認: of one record and one end, what the department was told of, and its answer."""

    # As on the record: the first day no longer in force. Another end is another question.
    until = models.DateField("効力を失う日")
    told = models.JSONField("知らせた時期", default=list, blank=True)  # days before the end
    answer = models.CharField("回答", max_length=8, choices=EndingAnswer, default=EndingAnswer.NONE, blank=True)
    note = models.TextField("回答の説明", blank=True, validators=[reason_text])

    class Meta:
        verbose_name = "期間の終わりの確認"
        verbose_name_plural = "期間の終わりの確認"
        constraints = [
            models.CheckConstraint(name="periodend_of_one_record", condition=exactly_one()),
            *(
                models.UniqueConstraint(name=f"periodend_one_an_end_{number}", fields=[column, "until"])
                for number, column in enumerate(COLUMNS)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.record}（{self.until - timedelta(days=1)}まで）"
