"""要望・宿題: what a member asked for or an official promised, until the council has been told what became of it."""

from collections.abc import Iterable

from django.db import models
from django.db.models import Q
from django.urls import reverse

from councils.models.agenda import AgendaItem
from councils.models.meetings import Meeting
from councils.models.minutes import Utterance
from history.locking import CountedSaves
from history.models import TrackedModel
from organization.models import Department
from organization.scoping import DepartmentScoped
from records.texts import reason_text


class FollowUpKind(models.TextChoices):
    """要望・宿題の種類."""

    REQUEST = "request", "委員の要望"
    PROMISE = "promise", "区側の約束"
    QUESTION = "question", "答えられていない質問"


class FollowUpStatus(models.TextChoices):
    """要望・宿題の状態."""

    OPEN = "open", "未対応"
    ANSWERED = "answered", "回答済"
    REPORTED = "reported", "審議会へ報告済"
    DROPPED = "dropped", "対応しない"


class FollowUp(CountedSaves, DepartmentScoped, TrackedModel):
    """要望・宿題: who owes an answer until when, the answer, and the meeting that was told."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="follow_ups", verbose_name="出た会議")
    item = models.ForeignKey(
        AgendaItem, models.PROTECT, null=True, blank=True, related_name="follow_ups", verbose_name="議題"
    )
    utterance = models.ForeignKey(
        Utterance, models.PROTECT, null=True, blank=True, related_name="follow_ups", verbose_name="発言"
    )
    kind = models.CharField("種類", max_length=12, choices=FollowUpKind)
    # The words that were said, as a passage of the utterance, and what is to be done in the office's words.
    passage = models.TextField("発言の箇所", blank=True, validators=[reason_text])
    task = models.TextField("内容", validators=[reason_text])
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="follow_ups", verbose_name="所管課"
    )
    due_on = models.DateField("期限", null=True, blank=True)
    status = models.CharField("状態", max_length=12, choices=FollowUpStatus, default=FollowUpStatus.OPEN)
    answer = models.TextField("回答", blank=True, validators=[reason_text])
    answered_on = models.DateField("回答した日", null=True, blank=True)
    reported_at = models.ForeignKey(
        Meeting, models.PROTECT, null=True, blank=True, related_name="reported_follow_ups", verbose_name="報告した会議"
    )
    drop_reason = models.TextField("対応しない理由", blank=True, validators=[reason_text])
    lock = models.PositiveIntegerField("保存回数", default=0)
    token = models.UUIDField("送信票", unique=True, editable=False)
    source_note = models.CharField("出典・注記", max_length=300, blank=True)

    class Meta:
        verbose_name = "要望・宿題"
        verbose_name_plural = "要望・宿題"
        ordering = ["-meeting__held_on", "pk"]
        indexes = [models.Index(name="followup_open", fields=["status", "due_on"])]
        constraints = [
            models.CheckConstraint(
                name="followup_answered_has_answer",
                condition=~Q(status__in=["answered", "reported"]) | ~Q(answer="") & Q(answered_on__isnull=False),
                violation_error_message="回答済には、回答とその日が必要です。",
            ),
            models.CheckConstraint(
                name="followup_reported_has_meeting",
                condition=~Q(status="reported") | Q(reported_at__isnull=False),
                violation_error_message="報告済には、報告した会議が必要です。",
            ),
            models.CheckConstraint(
                name="followup_dropped_has_reason",
                condition=~Q(status="dropped") | ~Q(drop_reason=""),
                violation_error_message="対応しないときは、その理由が必要です。",
            ),
        ]

    def __str__(self) -> str:
        return self.task

    def get_absolute_url(self) -> str:
        """Its own page."""
        return reverse("view_followup", args=[self.pk])

    @classmethod
    def shared_with(cls, departments: Iterable[int]) -> Q:
        """What was said in the council is open to all staff."""
        return ~Q(pk__in=[])
