"""お知らせと背景処理: what the application tells people, and the long work that it does for them."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q

from organization.scoping import PersonScoped


class JobState(models.TextChoices):
    """処理の状態."""

    WAITING = "waiting", "順番待ち"
    RUNNING = "running", "処理中"
    DONE = "done", "完了"
    FAILED = "failed", "失敗"
    INTERRUPTED = "interrupted", "中断"


UNFINISHED = frozenset({JobState.WAITING, JobState.RUNNING})


class Job(PersonScoped, models.Model):
    """背景処理: long work that the worker does for its owner.

    Not tracked: it says of itself who began what and when it ended; what the work writes has its own history.
    While it runs, `done` and `total` stand in a file (notices.progress); here they stand once it has ended.
    """

    owner = models.ForeignKey("organization.User", models.PROTECT, related_name="jobs", verbose_name="依頼した人")
    kind = models.CharField("種類", max_length=60)
    title = models.CharField("処理の内容", max_length=200)
    arguments = models.JSONField("引数", default=dict, blank=True, encoder=DjangoJSONEncoder)
    state = models.CharField("状態", max_length=12, choices=JobState, default=JobState.WAITING)
    done = models.PositiveIntegerField("済んだ件数", default=0)
    total = models.PositiveIntegerField("全部の件数", default=0)
    message = models.TextField("結果", blank=True)
    # [{"item": …, "reason": …}]: what could not be done although the rest went on.
    failures = models.JSONField("できなかったもの", default=list, blank=True)
    result_url = models.CharField("結果の場所", max_length=500, blank=True)
    created_at = models.DateTimeField("依頼日時", auto_now_add=True)
    started_at = models.DateTimeField("開始日時", null=True, blank=True)
    finished_at = models.DateTimeField("終了日時", null=True, blank=True)

    class Meta:
        verbose_name = "背景処理"
        verbose_name_plural = "背景処理"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="job_end_fits_its_state",
                condition=Q(state__in=sorted(UNFINISHED)) ^ Q(finished_at__isnull=False),
            ),
            models.CheckConstraint(name="job_done_within_total", condition=Q(done__lte=F("total"))),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_unfinished(self) -> bool:
        """Whether it waits or runs."""
        return self.state in UNFINISHED


class Notice(PersonScoped, models.Model):
    """お知らせ: one line to one person, and where it leads.

    Not tracked: what it tells of has its own history.
    """

    PERSON = "user"

    user = models.ForeignKey("organization.User", models.PROTECT, related_name="notices", verbose_name="宛先")
    text = models.TextField("内容")
    url = models.CharField("場所", max_length=500, blank=True)
    created_at = models.DateTimeField("日時", auto_now_add=True)
    read_at = models.DateTimeField("確認日時", null=True, blank=True)

    class Meta:
        verbose_name = "お知らせ"
        verbose_name_plural = "お知らせ"
        ordering = ["-pk"]
        indexes = [
            # Asked with every page, for the figure in the top bar.
            models.Index(name="notice_unread", fields=["user"], condition=Q(read_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return self.text
