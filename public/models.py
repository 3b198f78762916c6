"""公表の方針: what the ward has decided to show to everybody, in force for a period (docs/decisions/0005)."""

from datetime import date
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from history.models import TrackedModel, TrackedQuerySet
from public.fields import ACTIVITY_CHOICES


class PublicPolicyQuerySet(TrackedQuerySet):
    """Reads of the policies."""

    def as_of(self, day: date) -> Self:
        """基準日: the policy in force on `day`; at most one while the periods do not overlap."""
        return self.filter(Q(valid_from=None) | Q(valid_from__lte=day), Q(valid_to=None) | Q(valid_to__gt=day))

    def publishing_activities(self) -> Self:
        """The policies under which the 業務登録簿 is open."""
        return self.exclude(activity_fields=[])


class PublicPolicy(TrackedModel):
    """公表の方針: which items of 業務登録 are public; what stays of a removed entry; the terms of the open data.

    Without a policy no business is published. 個人情報ファイル簿 is published by law, whatever stands here.
    """

    CODE_LISTS = {"activity_fields": dict(ACTIVITY_CHOICES)}

    valid_from = models.DateField("適用開始日", null=True, blank=True, help_text="空欄は「はじめから」です。")
    valid_to = models.DateField("適用終了日の翌日", null=True, blank=True)  # first day no longer in force
    basis = models.CharField("根拠", max_length=200, help_text="条例、規則、要綱などの名称と条")
    activity_fields = models.JSONField(
        "業務登録簿で公表する項目",
        default=list,
        blank=True,
        help_text="印のない項目は、公表のページにも、オープンデータにも、検索にも出ません。"
        "ひとつも選ばないときは、業務登録簿を公表しません。",
    )
    keeps_names = models.BooleanField(
        "消除または廃止した記載の名称を残す",
        default=False,
        help_text="選ばないときは、公表のページには帳簿の名称と日付だけが残ります。",
    )
    licence = models.CharField(
        "オープンデータの利用条件", max_length=200, blank=True, help_text="例：CC BY 4.0。空欄のときは何も示しません。"
    )
    licence_url = models.URLField("利用条件のアドレス", blank=True)
    contact = models.CharField("公表のページの問合せ先", max_length=200, blank=True)
    request_url = models.URLField("開示請求等の案内のアドレス", blank=True)
    notice = models.TextField("公表のページに出す注記", blank=True)

    objects = PublicPolicyQuerySet.as_manager()

    class Meta:
        verbose_name = "公表の方針"
        verbose_name_plural = "公表の方針"
        ordering = [F("valid_from").asc(nulls_first=True)]
        constraints = [
            models.CheckConstraint(
                name="publicpolicy_period_is_not_empty",
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
                violation_error_message="適用終了日は適用開始日より後の日にしてください。",
            ),
            models.UniqueConstraint(
                name="publicpolicy_one_per_start",
                fields=["valid_from"],
                violation_error_message="同じ日に始まる方針がすでにあります。",
            ),
        ]

    def __str__(self) -> str:
        return self.basis

    def clean(self) -> None:
        """Periods must not overlap, the items must be known and hold the name (ValidationError)."""
        later = Q(valid_from=None) | Q(valid_from__lt=self.valid_to) if self.valid_to else Q()
        earlier = Q(valid_to=None) | Q(valid_to__gt=self.valid_from) if self.valid_from else Q()
        if PublicPolicy.objects.filter(later, earlier).exclude(pk=self.pk).exists():
            raise ValidationError({"valid_from": "ほかの方針と、適用する期間が重なっています。"})
        if unknown := set(self.activity_fields) - set(dict(ACTIVITY_CHOICES)):
            raise ValidationError({"activity_fields": f"公表できない項目です：{'、'.join(sorted(unknown))}"})
        if self.activity_fields and "name" not in self.activity_fields:
            raise ValidationError({"activity_fields": "業務登録簿を公表するときは、業務の名称も選んでください。"})
