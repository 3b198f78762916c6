"""区の方針: what the ward has decided about its files, in force for a period."""

from datetime import date
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from history.models import TrackedModel, TrackedQuerySet


class FilePolicyQuerySet(TrackedQuerySet):
    """Reads of the policies."""

    def as_of(self, day: date) -> Self:
        """基準日: the policy in force on `day`; at most one while the periods do not overlap."""
        return self.filter(Q(valid_from=None) | Q(valid_from__lte=day), Q(valid_to=None) | Q(valid_to__gt=day))


class FilePolicy(TrackedModel):
    """個人情報ファイルの方針: whether small files are published too; items 10, 14 and 16 of the 単票."""

    valid_from = models.DateField("適用開始日", null=True, blank=True, help_text="空欄は「はじめから」です。")
    valid_to = models.DateField("適用終了日の翌日", null=True, blank=True)  # first day no longer in force
    publishes_small = models.BooleanField(
        "1,000人に満たないファイルも公表する", help_text="条例個人情報ファイル簿として公表するときに選びます。"
    )
    basis = models.CharField("根拠", max_length=200, help_text="条例、規則、要綱などの名称と条")
    request_office = models.TextField("開示請求等を受理する組織の名称および所在地（10）", blank=True)
    proposal_office = models.TextField("提案を受ける組織の名称および所在地（14）", blank=True)
    anonymised_office = models.TextField("作成後の提案を受ける組織の名称および所在地（16）", blank=True)

    objects = FilePolicyQuerySet.as_manager()

    class Meta:
        verbose_name = "個人情報ファイルの方針"
        verbose_name_plural = "個人情報ファイルの方針"
        ordering = [F("valid_from").asc(nulls_first=True)]
        constraints = [
            models.CheckConstraint(
                name="filepolicy_period_is_not_empty",
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
                violation_error_message="適用終了日は適用開始日より後の日にしてください。",
            ),
            models.UniqueConstraint(
                name="filepolicy_one_per_start",
                fields=["valid_from"],
                violation_error_message="同じ日に始まる方針がすでにあります。",
            ),
        ]

    def __str__(self) -> str:
        return self.basis

    def clean(self) -> None:
        """Periods must not overlap (ValidationError)."""
        later = Q(valid_from=None) | Q(valid_from__lt=self.valid_to) if self.valid_to else Q()
        earlier = Q(valid_to=None) | Q(valid_to__gt=self.valid_from) if self.valid_from else Q()
        if FilePolicy.objects.filter(later, earlier).exclude(pk=self.pk).exists():
            raise ValidationError({"valid_from": "ほかの方針と、適用する期間が重なっています。"})
