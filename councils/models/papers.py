"""会議資料: what is laid before a meeting under a 資料番号, and what the members got."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from councils.models.agenda import AgendaItem
from councils.models.meetings import Meeting, OfMeeting
from files.models import StoredFile
from history.locking import CountedSaves
from history.models import TrackedModel
from records.models import Paper
from records.texts import text_up_to

MAX_FREE_PAPER = 100_000  # characters


class MeetingPaper(CountedSaves, OfMeeting, TrackedModel):
    """会議資料: 資料１, 資料54-1; numbered in the order in which the papers came, not in that of the agenda.

    One of three: a paper of a file (`paper`, with its attachments and 記録票), a text of its own (`text`, in the
    conventions of printing.prose), or a PDF from elsewhere (`file`).
    """

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="papers", verbose_name="会議")
    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="papers", verbose_name="議題")
    number = models.PositiveSmallIntegerField("資料番号")
    branch = models.PositiveSmallIntegerField("枝番", default=0)  # 0: none
    position = models.PositiveSmallIntegerField("議題の中の順", default=0)
    title = models.CharField("標題", max_length=300)
    paper = models.ForeignKey(
        Paper, models.PROTECT, null=True, blank=True, related_name="meeting_papers", verbose_name="案件の資料"
    )
    text = models.TextField("本文", blank=True, validators=[text_up_to(MAX_FREE_PAPER)])
    # What stands at the top right of a text of its own: the day, and who reports (two lines when joint).
    dated = models.CharField("日付の行", max_length=60, blank=True)
    senders = models.TextField("報告する課", blank=True, validators=[text_up_to(400)])
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="PDF")
    is_ready = models.BooleanField("確定", default=False)  # of a text or PDF; a file's paper is ready with its file
    on_desk = models.BooleanField("机上配布", default=False)
    is_removed = models.BooleanField("取りやめ", default=False)
    lock = models.PositiveIntegerField("保存回数", default=0)
    # Of the form that added it, so that a double click adds one; null for what no form added.
    token = models.UUIDField("送信票", unique=True, null=True, editable=False)
    source_note = models.CharField("出典・注記", max_length=300, blank=True)

    class Meta:
        verbose_name = "会議資料"
        verbose_name_plural = "会議資料"
        ordering = ["number", "branch", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="meetingpaper_number_once",
                fields=["meeting", "number", "branch"],
                condition=Q(is_removed=False),
                violation_error_message="この資料番号は、この会議ですでに使われています。",
            ),
            models.CheckConstraint(
                name="meetingpaper_number_positive",
                condition=Q(number__gt=0),
                violation_error_message="資料番号は1以上です。",
            ),
            models.CheckConstraint(
                name="meetingpaper_is_one_thing",
                condition=Q(paper__isnull=False, text="", file__isnull=True) | Q(paper__isnull=True),
                violation_error_message="資料は、案件の資料、本文、PDFのいずれか一つです。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label}　{self.title}"

    @property
    def label(self) -> str:
        """「資料1」, 「資料54-1」."""
        return f"資料{self.number}-{self.branch}" if self.branch else f"資料{self.number}"

    def clean(self) -> None:
        """The item is the meeting's (ValidationError)."""
        if self.item_id and self.item.meeting_id != self.meeting_id:
            raise ValidationError({"item": "この会議の議題ではありません。"})


class MeetingAttachment(OfMeeting, TrackedModel):
    """会議資料の添付: a PDF behind a paper of the meeting; one of another paper is printed once and named here."""

    STATUS_PATH = "paper__meeting__status"

    paper = models.ForeignKey(MeetingPaper, models.PROTECT, related_name="attachments", verbose_name="会議資料")
    name = models.CharField("名称", max_length=200)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="PDF")
    # 「以下資料は、諮問第９号の資料と同一のため省略する。」
    same_as = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="repeated", verbose_name="同一の添付"
    )
    position = models.PositiveSmallIntegerField("順", default=0)
    is_removed = models.BooleanField("取りやめ", default=False)

    class Meta:
        verbose_name = "会議資料の添付"
        verbose_name_plural = "会議資料の添付"
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="meetingattachment_is_one_thing",
                condition=Q(file__isnull=False, same_as__isnull=True) | Q(file__isnull=True, same_as__isnull=False),
                violation_error_message="添付には、PDFか、同一の添付のどちらか一つが必要です。",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def stored(self) -> StoredFile:
        """The PDF, whichever of the two papers has it."""
        return self.file or self.same_as.file

    @property
    def is_printed_elsewhere(self) -> bool:
        """Whether another paper prints it; not when that paper was taken off the meeting."""
        return self.same_as is not None and not self.same_as.paper.is_removed


class Distribution(OfMeeting, TrackedModel):
    """配布: what the members got, as the PDF itself with its digest; it can always be fetched again."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="distributions", verbose_name="会議")
    # Null: the whole packet.
    paper = models.ForeignKey(
        MeetingPaper, models.PROTECT, null=True, blank=True, related_name="distributions", verbose_name="会議資料"
    )
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name="配布したPDF")
    distributed_on = models.DateField("配布日")
    pages = models.PositiveIntegerField("ページ数")
    note = models.CharField("注記", max_length=200, blank=True)

    class Meta:
        verbose_name = "配布"
        verbose_name_plural = "配布"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.paper.label if self.paper else '一式'}の配布"
