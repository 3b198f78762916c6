"""審議会事前一括承認基準: its 類型 and their 事例; a closed, historical list since the Act (domain §1.11)."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from history.models import TrackedModel, TrackedQuerySet
from records.texts import long_text


class CriterionScope(models.TextChoices):
    """基準の区分: the criteria for uses inside the ward, and their twin for provisions."""

    USE = "use", "目的外利用"
    PROVISION = "provision", "外部提供"


class CriterionQuerySet(TrackedQuerySet):
    """Reads of the criteria."""

    def as_of(self, day: date) -> Self:
        """基準日: the criteria valid on `day`."""
        return self.filter(Q(valid_from=None) | Q(valid_from__lte=day), Q(valid_to=None) | Q(valid_to__gt=day))

    def of(self, scope: str, article: int | None, number: int | None) -> Self:
        """The criterion printed 「（{article}　{number}）」, in all its wordings, the newest first."""
        rows = self.filter(scope=scope, number=number)
        rows = rows if article is None else rows.filter(article=article)
        return rows.order_by(F("valid_from").desc(nulls_last=True), "pk")


class Criterion(TrackedModel):
    """類型: one wording of one 類型, valid for a period; None at either side: no limit is known."""

    scope = models.CharField("区分", max_length=12, choices=CriterionScope)
    # Printed first in 「（４　１）」; no source explains it (domain §1.5).
    article = models.PositiveSmallIntegerField("承認基準の番号")
    number = models.PositiveSmallIntegerField("類型")
    wording = models.TextField("文言", validators=[long_text])
    valid_from = models.DateField("適用開始日", null=True, blank=True, help_text="空欄は「はじめから」です。")
    valid_to = models.DateField("適用終了日の翌日", null=True, blank=True)
    source_note = models.CharField("出典・注記", max_length=200, blank=True)

    objects = CriterionQuerySet.as_manager()

    class Meta:
        verbose_name = "事前一括承認基準"
        verbose_name_plural = "事前一括承認基準"
        ordering = ["scope", "article", "number", F("valid_from").asc(nulls_first=True)]
        constraints = [
            models.UniqueConstraint(
                name="criterion_one_a_start",
                fields=["scope", "article", "number", "valid_from"],
                violation_error_message="この類型には、同じ日に始まる文言がすでにあります。",
            ),
            # Two empty dates are not equal for a database, so the first wording needs its own rule.
            models.UniqueConstraint(
                name="criterion_one_first",
                fields=["scope", "article", "number"],
                condition=Q(valid_from=None),
                violation_error_message="この類型には、適用開始日のない文言がすでにあります。",
            ),
            models.CheckConstraint(
                name="criterion_period_is_not_empty",
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
                violation_error_message="適用終了日は、適用開始日より後の日にしてください。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_scope_display()}　類型{self.number}"


class Precedent(TrackedModel):
    """事例: one case under a criterion, as it was added when the case was reported."""

    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="precedents", verbose_name="基準")
    # The record that the case is; empty for cases older than this register.
    use = models.OneToOneField(
        "records.OutOfPurposeUse",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="precedent",
        verbose_name="目的外利用",
    )
    provision = models.OneToOneField(
        "records.Provision", models.PROTECT, null=True, blank=True, related_name="precedent", verbose_name="外部提供"
    )
    providing_number = models.CharField("提供する業務の登録番号", max_length=40, blank=True)
    providing_name = models.CharField("提供する業務", max_length=200)
    using_number = models.CharField("利用する業務の登録番号", max_length=40, blank=True)
    using_name = models.CharField("利用する業務・提供先", max_length=200)
    added_on = models.DateField("追加した日")
    # The report that added it was taken back; a later one adds it again.
    is_removed = models.BooleanField("取消し", default=False)

    class Meta:
        verbose_name = "事例"
        verbose_name_plural = "事例"
        ordering = ["added_on", "pk"]

    def __str__(self) -> str:
        return f"{self.providing_name} → {self.using_name}"
