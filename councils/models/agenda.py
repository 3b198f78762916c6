"""次第: the blocks and items of a meeting, and the 諮問 whose numbers no reordering changes."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from councils.models.bodies import Body
from councils.models.meetings import Meeting, OfMeeting
from history.locking import CountedSaves
from history.models import TrackedModel
from records.models import Proposal
from records.texts import reason_text


class BlockKind(models.TextChoices):
    """議事の区分: Ⅰ 報告 / Ⅱ 諮問 / Ⅲ 報告."""

    REPORT = "report", "報告"
    CONSULTATION = "consultation", "諮問"
    OTHER = "other", "その他"


class Subject(models.TextChoices):
    """議題の種類: where an item comes from."""

    PROPOSAL = "proposal", "案件"
    PRE_APPROVAL = "pre_approval", "事前一括承認基準の適用"
    INCIDENT = "incident", "事故の報告"
    AUDIT = "audit", "監査"
    ASSESSMENT = "assessment", "特定個人情報保護評価"
    AMENDMENT = "amendment", "条例改正"
    FOLLOW_UP = "follow_up", "要望・宿題の報告"
    FREE = "free", "その他"


class Consultation(TrackedModel):
    """諮問: a question put to a body under a number of its own; one 諮問 may carry records of several kinds."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="consultations", verbose_name="審議体")
    # Within what the number counts, as the body's rule had it when it was given: "term:7", "year:2012", "all".
    series = models.CharField("番号の数え方", max_length=20)
    number = models.PositiveIntegerField("諮問番号")
    proposal = models.OneToOneField(
        Proposal, models.PROTECT, null=True, blank=True, related_name="consultation", verbose_name="案件"
    )
    title = models.CharField("件名", max_length=300)
    given_on = models.DateField("番号を付けた日")
    # 法129条: what the law still lets a council be asked, from 2023-04-01 on; empty before.
    ground = models.CharField("諮問の根拠", max_length=200, blank=True)
    source_note = models.CharField("出典・注記", max_length=300, blank=True)

    class Meta:
        verbose_name = "諮問"
        verbose_name_plural = "諮問"
        ordering = ["body", "series", "number"]
        constraints = [
            models.UniqueConstraint(
                name="consultation_number_once",
                fields=["body", "series", "number"],
                violation_error_message="この諮問番号は、すでに使われています。",
            ),
            models.CheckConstraint(
                name="consultation_number_positive",
                condition=Q(number__gt=0),
                violation_error_message="諮問番号は1以上です。",
            ),
        ]

    def __str__(self) -> str:
        return f"諮問第{self.number}号"


class AgendaBlock(OfMeeting, TrackedModel):
    """議事の区分: one of the parts Ⅰ, Ⅱ, Ⅲ of a meeting, numbered by its place."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="blocks", verbose_name="会議")
    kind = models.CharField("区分", max_length=12, choices=BlockKind)
    heading = models.CharField("見出し", max_length=40)
    position = models.PositiveSmallIntegerField("順")
    is_removed = models.BooleanField("取りやめ", default=False)

    class Meta:
        verbose_name = "議事の区分"
        verbose_name_plural = "議事の区分"
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.heading


class AgendaItem(CountedSaves, OfMeeting, TrackedModel):
    """議題: one item; its own number follows from its place, its 諮問番号 from the 諮問."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="items", verbose_name="会議")
    block = models.ForeignKey(AgendaBlock, models.PROTECT, related_name="items", verbose_name="議事の区分")
    position = models.PositiveSmallIntegerField("順")
    subject = models.CharField("種類", max_length=16, choices=Subject)
    title = models.CharField("議題", max_length=300)
    # Who presents, as the agenda prints it: 高齢社会対策課・光が丘総合福祉事務所.
    presenter = models.CharField("説明する課", max_length=200, blank=True)
    consultation = models.ForeignKey(
        Consultation, models.PROTECT, null=True, blank=True, related_name="items", verbose_name="諮問"
    )
    proposal = models.ForeignKey(
        Proposal, models.PROTECT, null=True, blank=True, related_name="agenda_items", verbose_name="案件"
    )
    amendment = models.ForeignKey(
        "councils.Amendment", models.PROTECT, null=True, blank=True, related_name="items", verbose_name="条例改正"
    )
    # Since when it is dealt with; an item begun and without an outcome is the one in progress.
    begun_at = models.TimeField("審議に入った時刻", null=True, blank=True)
    is_public = models.BooleanField("公開", default=True)
    closed_ground = models.TextField("非公開の理由", blank=True, validators=[reason_text])
    is_removed = models.BooleanField("取りやめ", default=False)
    lock = models.PositiveIntegerField("保存回数", default=0)
    # Of the form that added it, so that a double click adds one; null for what no form added.
    token = models.UUIDField("送信票", unique=True, null=True, editable=False)

    class Meta:
        verbose_name = "議題"
        verbose_name_plural = "議題"
        ordering = ["block__position", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="agendaitem_consultation_once_a_meeting",
                fields=["meeting", "consultation"],
                condition=Q(is_removed=False, consultation__isnull=False),
                violation_error_message="この諮問は、この会議の次第にすでにあります。",
            ),
            models.UniqueConstraint(
                name="agendaitem_proposal_once_a_meeting",
                fields=["meeting", "proposal", "block"],
                condition=Q(is_removed=False, proposal__isnull=False),
                violation_error_message="この案件は、この区分にすでにあります。",
            ),
            models.CheckConstraint(
                name="agendaitem_closed_has_ground",
                condition=Q(is_public=True) | ~Q(closed_ground=""),
                violation_error_message="非公開の議題には、その理由が必要です。",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """The block is the meeting's, a 諮問 stands in a block of 諮問 and belongs to the body (ValidationError)."""
        if self.block_id and self.block.meeting_id != self.meeting_id:
            raise ValidationError({"block": "この会議の区分ではありません。"})
        if self.consultation_id and self.block.kind != BlockKind.CONSULTATION:
            raise ValidationError({"block": "諮問は、諮問の区分に置いてください。"})
        if self.consultation_id and self.consultation.body_id != self.meeting.body_id:
            raise ValidationError({"consultation": "ほかの審議体の諮問です。"})
