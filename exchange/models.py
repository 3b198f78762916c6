"""取込み: one file on its way into a register, from the upload to the last row, and what its rows would do."""

from typing import Self

from django.db import models
from django.db.models import Q

from exchange import registers
from exchange.drafts import Outcome
from history.models import TrackedModel, TrackedQuerySet


class RunState(models.TextChoices):
    """取込みの状態."""

    UPLOADED = "uploaded", "確認待ち"
    READY = "ready", "取り込める"
    WRONG = "wrong", "誤りあり"
    REFUSED = "refused", "読み取れない"
    APPLYING = "applying", "取込み中"
    APPLIED = "applied", "取込み済"
    CANCELLED = "cancelled", "取りやめ"


# What may be looked at again; organization.permissions says the same of the button.
CHECKABLE = frozenset({RunState.UPLOADED, RunState.READY, RunState.WRONG, RunState.REFUSED})


class ImportRunQuerySet(TrackedQuerySet):
    """Reads of imports."""

    def of(self, register: str) -> Self:
        """Those of one register, the newest first."""
        return self.filter(register=register).order_by("-pk")


class ImportRun(TrackedModel):
    """取込み: what was uploaded is kept, so that nothing is uploaded twice; the figures are those of the preview."""

    register = models.CharField("台帳", max_length=30)
    status = models.CharField("状態", max_length=12, choices=RunState, default=RunState.UPLOADED)
    owner = models.ForeignKey(
        "organization.User", models.PROTECT, null=True, blank=True, related_name="imports", verbose_name="取り込む人"
    )
    file = models.ForeignKey("files.StoredFile", models.PROTECT, related_name="+", verbose_name="ファイル")
    uploaded_at = models.DateTimeField("受付日時", auto_now_add=True)
    # The preview: on which day, of what, and one word for all that a person saw.
    checked_on = models.DateField("確認した日", null=True, blank=True)
    encoding = models.CharField("文字コード", max_length=10, blank=True)
    notes = models.JSONField("読み取りの注記", default=list, blank=True)
    unknown_columns = models.JSONField("取り込まない列", default=list, blank=True)
    absent_columns = models.JSONField("ファイルにない列", default=list, blank=True)
    new = models.PositiveIntegerField("新規", default=0)
    changed = models.PositiveIntegerField("変更", default=0)
    same = models.PositiveIntegerField("同じ", default=0)
    wrong = models.PositiveIntegerField("誤り", default=0)
    digest = models.CharField("確認した内容", max_length=64, blank=True)
    message = models.TextField("結果", blank=True)
    applying_since = models.DateTimeField("取込みの開始日時", null=True, blank=True)
    applied_at = models.DateTimeField("取込みの終了日時", null=True, blank=True)
    job = models.ForeignKey(
        "notices.Job", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="背景処理"
    )

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        verbose_name = "取込み"
        verbose_name_plural = "取込み"
        constraints = [
            models.UniqueConstraint(
                name="importrun_one_at_a_time",
                fields=["register"],
                condition=Q(status=RunState.APPLYING),
                violation_error_message="この台帳には、いま取り込んでいる人がいます。",
            ),
            models.CheckConstraint(
                name="importrun_applying_since",
                condition=~Q(status=RunState.APPLYING) | Q(applying_since__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def file_name(self) -> str:
        """The file's name as it was uploaded: the reason that the trail keeps for every row."""
        return self.file.name

    @property
    def rows(self) -> int:
        """How many rows the preview found."""
        return self.new + self.changed + self.same + self.wrong

    @property
    def can_be_checked(self) -> bool:
        """Whether it is neither in, nor being written, nor called off."""
        return self.status in CHECKABLE

    @property
    def register_label(self) -> str:
        """The register's name on the screen."""
        return registers.get(self.register).label

    @property
    def summary(self) -> str:
        """What became of it, in one line."""
        if self.message:
            return self.message
        figures = "、".join(f"{outcome.label}{getattr(self, outcome.value):,}件" for outcome in Outcome)
        return f"{self.get_status_display()}：{figures}"

    @property
    def owner_name(self) -> str:
        """The person, or the system for a command that nobody in particular started."""
        return self.owner.name if self.owner else "システム"


class ImportRow(models.Model):
    """取込みの行: what one row would do, as the preview shows it.

    Not tracked: it follows from the file and the register, and is made anew with each look.
    """

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="found", verbose_name="取込み")
    line = models.PositiveIntegerField("行")
    outcome = models.CharField("判定", max_length=10, choices=Outcome)
    title = models.TextField("内容", blank=True)
    kind = models.TextField("取込みのしかた", blank=True)
    # [[column, before, after]] and [[column, value, message]]
    changes = models.JSONField("変更", default=list)
    faults = models.JSONField("誤り", default=list)

    class Meta:
        verbose_name = "取込みの行"
        verbose_name_plural = "取込みの行"
        indexes = [models.Index(name="importrow_outcome", fields=["run", "outcome", "line"])]
        constraints = [models.UniqueConstraint(name="importrow_once", fields=["run", "line"])]

    def __str__(self) -> str:
        return f"{self.line}行目"
