"""様式の版: which wording a sheet has on which day. A ward's decision, so a row with a period, not code."""

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from history.models import TrackedModel, TrackedQuerySet


class SheetLayoutQuerySet(TrackedQuerySet):
    """Reads of the layouts."""

    def as_of(self, day: date) -> Self:
        """基準日: the layouts in use on `day`; at most one of each sheet while the periods do not overlap."""
        return self.filter(Q(valid_from=None) | Q(valid_from__lte=day), Q(valid_to=None) | Q(valid_to__gt=day))


class SheetLayout(TrackedModel):
    """様式の版: number, article, title, headings and option lists of one sheet, in use for a period."""

    code = models.SlugField("様式", max_length=60)
    valid_from = models.DateField("使用開始日", null=True, blank=True, help_text="空欄は「はじめから」です。")
    valid_to = models.DateField("使用終了日の翌日", null=True, blank=True)  # first day no longer in use
    form_label = models.CharField("様式番号と条", max_length=60, blank=True)
    title = models.CharField("標題", max_length=120)
    draft_mark = models.BooleanField("標題に「（案）」を付ける", default=False)
    wording = models.JSONField("文言", default=dict)

    objects: ClassVar[models.Manager["SheetLayout"]] = SheetLayoutQuerySet.as_manager()

    class Meta:
        verbose_name = "様式の版"
        verbose_name_plural = "様式の版"
        ordering = ["code", F("valid_from").asc(nulls_first=True)]
        constraints = [
            models.CheckConstraint(
                name="sheet_layout_period_is_not_empty",
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
                violation_error_message="使用終了日は使用開始日より後の日にしてください。",
            ),
            models.UniqueConstraint(
                name="sheet_layout_one_per_start",
                fields=["code", "valid_from"],
                violation_error_message="この様式には、同じ日に始まる版がすでにあります。",
            ),
            # Two empty dates are not equal for a database, so the first version of all time needs its own rule.
            models.UniqueConstraint(
                name="sheet_layout_one_first",
                fields=["code"],
                condition=Q(valid_from=None),
                violation_error_message="この様式には、使用開始日のない版がすでにあります。",
            ),
            models.UniqueConstraint(
                name="sheet_layout_one_open_end",
                fields=["code"],
                condition=Q(valid_to=None),
                violation_error_message="この様式には、使用終了日のない版がすでにあります。さきにその版を終わらせてください。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.form_label} {self.title}".strip()

    def clean(self) -> None:
        """Periods of one sheet must not overlap, and the wording must be complete (ValidationError)."""
        from printing import layouts

        later = Q(valid_from=None) | Q(valid_from__lt=self.valid_to) if self.valid_to else Q()
        earlier = Q(valid_to=None) | Q(valid_to__gt=self.valid_from) if self.valid_from else Q()
        if SheetLayout.objects.filter(later, earlier, code=self.code).exclude(pk=self.pk).exists():
            raise ValidationError({"valid_from": "この様式のほかの版と、使用する期間が重なっています。"})
        if problem := layouts.problem_with(self.as_mapping()):
            raise ValidationError({"wording": problem})

    def as_mapping(self) -> Mapping[str, Any]:
        """What a sheet's context function takes: plain values, no database behind them."""
        return {name: getattr(self, name) for name in ("code", "form_label", "title", "draft_mark", "wording")}
