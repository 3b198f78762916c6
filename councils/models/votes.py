"""採決と結果: how a matter was put, how the members voted, and what came of it."""

from django.db import models
from django.db.models import F, Q

from councils.models.agenda import AgendaItem, BlockKind
from councils.models.bodies import Body
from councils.models.meetings import Meeting, OfMeeting
from history.models import TrackedModel
from records.texts import reason_text


class Method(models.TextChoices):
    """採決の方法."""

    NONE = "none", "採決なし（異議の有無を問う）"
    HANDS = "hands", "挙手"


class Extent(models.TextChoices):
    """賛成の程度: what the 要録 prints in ＜ ＞ where nobody counted; 「多数」 is no number."""

    UNANIMOUS = "unanimous", "全員一致"
    MAJORITY = "majority", "多数"
    MINORITY = "minority", "少数"


class Result(models.TextChoices):
    """結果 (domain §1.12)."""

    APPROVED = "approved", "原案どおり承認"
    BY_MAJORITY = "by_majority", "賛成多数で承認"
    CONDITIONAL = "conditional", "条件付承認"
    CONTINUED = "continued", "継続審議"
    REJECTED = "rejected", "不承認"
    WITHDRAWN = "withdrawn", "取下げ"
    REPORTED = "reported", "報告（了承）"


# The 諮問 is over, and its file with it.
APPROVALS = [Result.APPROVED, Result.BY_MAJORITY, Result.CONDITIONAL]
# What can become of a 諮問, and of a report.
FITTING = {
    BlockKind.CONSULTATION: [*APPROVALS, Result.CONTINUED, Result.REJECTED, Result.WITHDRAWN],
    BlockKind.REPORT: [Result.REPORTED, Result.WITHDRAWN],
    BlockKind.OTHER: [*Result],
}


class OutcomePhrase(TrackedModel):
    """結果の言い回し: the words from which the secretariat picks; a body's decision, so rows."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="phrases", verbose_name="審議体")
    result = models.CharField("結果", max_length=12, choices=Result)
    words = models.CharField("言い回し", max_length=200)
    position = models.PositiveSmallIntegerField("順", default=0)

    class Meta:
        verbose_name = "結果の言い回し"
        verbose_name_plural = "結果の言い回し"
        ordering = ["body", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="outcomephrase_once",
                fields=["body", "result", "words"],
                violation_error_message="この言い回しはすでにあります。",
            ),
        ]

    def __str__(self) -> str:
        return self.words


class Vote(OfMeeting, TrackedModel):
    """採決: one count, for one 諮問 or for several together (諮問第9号および第10号)."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="votes", verbose_name="会議")
    method = models.CharField("採決の方法", max_length=8, choices=Method)
    extent = models.CharField("賛成の程度", max_length=12, choices=Extent, blank=True)
    in_favour = models.PositiveSmallIntegerField("賛成", null=True, blank=True)
    against = models.PositiveSmallIntegerField("反対", null=True, blank=True)
    # How many were there when it was taken; null: no source says it.
    present = models.PositiveSmallIntegerField("採決のときの出席者", null=True, blank=True)
    taken_at = models.TimeField("採決の時刻", null=True, blank=True)
    is_removed = models.BooleanField("取消し", default=False)

    class Meta:
        verbose_name = "採決"
        verbose_name_plural = "採決"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="vote_unanimous_without_against",
                condition=~Q(extent=Extent.UNANIMOUS) | Q(against=None) | Q(against=0),
                violation_error_message="反対があるので、全員一致にはできません。",
            ),
            models.CheckConstraint(
                name="vote_in_favour_not_over_present",
                condition=Q(in_favour=None) | Q(present=None) | Q(in_favour__lte=F("present")),
                violation_error_message="賛成の数が、出席している委員の数をこえています。",
            ),
            models.CheckConstraint(
                name="vote_against_not_over_present",
                condition=Q(against=None) | Q(present=None) | Q(against__lte=F("present")),
                violation_error_message="反対の数が、出席している委員の数をこえています。",
            ),
            models.CheckConstraint(
                name="vote_sum_not_over_present",
                condition=Q(in_favour=None)
                | Q(against=None)
                | Q(present=None)
                | Q(present__gte=F("in_favour") + F("against")),
                violation_error_message="賛成と反対を合わせた数が、出席している委員の数をこえています。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_method_display()}"


class Outcome(OfMeeting, TrackedModel):
    """結果: what came of one item at one meeting; a wrong one is corrected with a reason."""

    STATUS_PATH = "item__meeting__status"

    item = models.OneToOneField(AgendaItem, models.PROTECT, related_name="outcome", verbose_name="議題")
    vote = models.ForeignKey(Vote, models.PROTECT, null=True, blank=True, related_name="outcomes", verbose_name="採決")
    result = models.CharField("結果", max_length=12, choices=Result)
    phrase = models.CharField("結果の言葉", max_length=300)
    conditions = models.TextField("付された条件", blank=True, validators=[reason_text])
    dissent = models.TextField("反対の意見", blank=True, validators=[reason_text])
    decided_on = models.DateField("審議会の日付")
    # Whether it moved the item's 案件; not so for a file that was settled before the meeting was entered here.
    moved_file = models.BooleanField("案件を動かした", default=False)
    # Corrected away: the item is without an outcome again until the next is entered in the same row.
    is_undone = models.BooleanField("取消し", default=False)
    undone_reason = models.TextField("取消しの理由", blank=True, validators=[reason_text])

    class Meta:
        verbose_name = "結果"
        verbose_name_plural = "結果"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="outcome_conditional_has_conditions",
                condition=~Q(result=Result.CONDITIONAL) | ~Q(conditions=""),
                violation_error_message="条件付承認には、付された条件が必要です。",
            ),
        ]

    def __str__(self) -> str:
        return self.phrase
