"""審議体: the bodies that are consulted or told, and what the ward has laid down about each, by date."""

from datetime import date
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from common.wareki import format_date
from history.models import TrackedModel, TrackedQuerySet


class BodyKind(models.TextChoices):
    """審議体の種類: what a body is there for."""

    COUNCIL = "council", "審議会"
    REVIEW = "review", "第三者点検"  # of 特定個人情報保護評価
    MANAGEMENT = "management", "庁内の管理運営会議"
    SUBCOMMITTEE = "subcommittee", "小委員会"


class Restart(models.TextChoices):
    """番号の起こし方: when the counting of meetings or of 諮問 begins again (domain §1.12: no source says it)."""

    TERM = "term", "期ごと"
    FISCAL_YEAR = "fiscal_year", "年度ごと"
    NEVER = "never", "通し"


class Quorum(models.TextChoices):
    """定足数: how many of the members must be there."""

    MAJORITY = "majority", "委員の過半数"
    HALF = "half", "委員の半数以上"
    TWO_THIRDS = "two_thirds", "委員の３分の２以上"
    NONE = "none", "定めなし"


class Body(TrackedModel):
    """審議体: a council, a review committee, an internal meeting; a 小委員会 belongs to its council."""

    key = models.SlugField("略号", max_length=40, unique=True)
    name = models.CharField("名称", max_length=120, unique=True)
    short_name = models.CharField("略称", max_length=40)
    kind = models.CharField("種類", max_length=16, choices=BodyKind)
    office = models.CharField("事務局", max_length=80, blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="subcommittees", verbose_name="親の審議体"
    )
    source_note = models.CharField("出典・注記", max_length=300, blank=True)

    class Meta:
        verbose_name = "審議体"
        verbose_name_plural = "審議体"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="body_subcommittee_has_parent",
                condition=Q(kind=BodyKind.SUBCOMMITTEE, parent__isnull=False)
                | (~Q(kind=BodyKind.SUBCOMMITTEE) & Q(parent__isnull=True)),
                violation_error_message="小委員会には親の審議体が必要で、ほかの審議体には入りません。",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class BodyRuleQuerySet(TrackedQuerySet):
    """Reads of the rules."""

    def as_of(self, day: date) -> Self:
        """基準日: the rules in force on `day`; at most one of each body while the periods do not overlap."""
        return self.filter(Q(valid_from=None) | Q(valid_from__lte=day), Q(valid_to=None) | Q(valid_to__gt=day))


class BodyRule(TrackedModel):
    """審議体の定め: numbering, quorum and vocabulary of one body, in force for a period."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="rules", verbose_name="審議体")
    valid_from = models.DateField("適用開始日", null=True, blank=True, help_text="空欄は「はじめから」です。")
    valid_to = models.DateField("適用終了日の翌日", null=True, blank=True)  # first day no longer in force
    session_restart = models.CharField("会議の回の起こし方", max_length=12, choices=Restart)
    consultation_restart = models.CharField("諮問番号の起こし方", max_length=12, choices=Restart)
    quorum = models.CharField("定足数", max_length=12, choices=Quorum, default=Quorum.MAJORITY)
    # 承認 (練馬区) and 了承 (新宿区, of a report): the words in which a body settles a matter.
    approval_word = models.CharField("諮問を認める語", max_length=20, default="承認")
    report_word = models.CharField("報告を受ける語", max_length=20, default="了承")
    basis = models.CharField("根拠", max_length=300, blank=True)

    objects = BodyRuleQuerySet.as_manager()

    class Meta:
        verbose_name = "審議体の定め"
        verbose_name_plural = "審議体の定め"
        ordering = ["body", F("valid_from").asc(nulls_first=True)]
        constraints = [
            models.CheckConstraint(
                name="bodyrule_period_is_not_empty",
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
                violation_error_message="適用終了日は適用開始日より後の日にしてください。",
            ),
            models.UniqueConstraint(
                name="bodyrule_one_per_start",
                fields=["body", "valid_from"],
                violation_error_message="同じ日に始まる定めがすでにあります。",
            ),
            # Two empty dates are not equal for a database, so the first rule of all time needs its own constraint.
            models.UniqueConstraint(
                name="bodyrule_one_first",
                fields=["body"],
                condition=Q(valid_from=None),
                violation_error_message="この審議体には、適用開始日のない定めがすでにあります。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body}の定め"

    def clean(self) -> None:
        """Periods of one body must not overlap (ValidationError)."""
        later = Q(valid_from=None) | Q(valid_from__lt=self.valid_to) if self.valid_to else Q()
        earlier = Q(valid_to=None) | Q(valid_to__gt=self.valid_from) if self.valid_from else Q()
        if BodyRule.objects.filter(later, earlier, body=self.body_id).exclude(pk=self.pk).exists():
            raise ValidationError({"valid_from": "ほかの定めと、適用する期間が重なっています。"})


class Term(TrackedModel):
    """期: one term of a body; its days are null where no source gives them (第7期), shown as 不明."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="terms", verbose_name="審議体")
    number = models.PositiveSmallIntegerField("期")
    starts_on = models.DateField("はじまり", null=True, blank=True)
    ends_on = models.DateField("おわり", null=True, blank=True)  # the last day
    source_note = models.CharField("出典・注記", max_length=300, blank=True)

    class Meta:
        verbose_name = "期"
        verbose_name_plural = "期"
        ordering = ["body", "number"]
        constraints = [
            models.UniqueConstraint(
                name="term_number_once", fields=["body", "number"], violation_error_message="この期はすでにあります。"
            ),
            models.CheckConstraint(
                name="term_number_positive", condition=Q(number__gt=0), violation_error_message="期は1以上です。"
            ),
            models.CheckConstraint(
                name="term_days_in_order",
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                violation_error_message="期のおわりは、はじまりより前にはできません。",
            ),
        ]

    def __str__(self) -> str:
        return f"第{self.number}期"

    @property
    def period(self) -> str:
        """「令和6年4月1日から令和8年3月31日まで」; 不明 for a day that no source gives."""
        starts, ends = (format_date(day) if day else "不明" for day in (self.starts_on, self.ends_on))
        return f"{starts}から{ends}まで"

    def holds(self, day: date) -> bool:
        """Whether `day` lies in the term; a day that no source gives does not limit."""
        return (self.starts_on is None or self.starts_on <= day) and (self.ends_on is None or day <= self.ends_on)

    def clean(self) -> None:
        """No meeting of the term is left outside of its days (ValidationError)."""
        meetings = self.meetings.standing() if self.pk else []
        if outside := [meeting for meeting in meetings if not self.holds(meeting.held_on)]:
            words = "、".join(f"{meeting}（{format_date(meeting.held_on)}）" for meeting in outside[:3])
            raise ValidationError(f"この期間の外に、この期の会議があります：{words}")
