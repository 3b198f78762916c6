"""会議要録: the edited verbatim record of a meeting (domain §6.8)."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from councils.models.agenda import AgendaItem
from councils.models.meetings import Meeting
from files.models import StoredFile
from history.locking import CountedSaves
from history.models import TrackedModel
from records.texts import long_text, reason_text


class MinutesStatus(models.TextChoices):
    """会議要録の状態."""

    DRAFT = "draft", "案"
    CHECKING = "checking", "確認中"
    SETTLED = "settled", "確定"
    PUBLISHED = "published", "公開"


class Minutes(CountedSaves, TrackedModel):
    """会議要録: 日時, 場所, 出席者, 傍聴人, 議事 as printed, and the utterances.

    The five headings are filled from the meeting when the 要録 is begun, and then are texts of their own: what is
    printed is what was agreed on, even where it holds a slip.
    """

    meeting = models.OneToOneField(Meeting, models.PROTECT, related_name="minutes", verbose_name="会議")
    status = models.CharField("状態", max_length=12, choices=MinutesStatus, default=MinutesStatus.DRAFT)
    title = models.CharField("標題", max_length=200)
    when = models.CharField("日時", max_length=120, blank=True)
    place = models.CharField("場所", max_length=200, blank=True)
    members = models.TextField("出席者（委員）", blank=True, validators=[long_text])
    ward_side = models.TextField("出席者（区側）", blank=True, validators=[long_text])
    observers = models.CharField("傍聴人", max_length=60, blank=True)
    settled_on = models.DateField("確定した日", null=True, blank=True)
    published_on = models.DateField("公開した日", null=True, blank=True)
    return_reason = models.TextField("案にもどした理由", blank=True, validators=[reason_text])
    # The file that an existing 要録 was read from.
    imported_from = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="取り込んだファイル"
    )
    lock = models.PositiveIntegerField("保存回数", default=0)
    source_note = models.CharField("出典・注記", max_length=300, blank=True)

    class Meta:
        verbose_name = "会議要録"
        verbose_name_plural = "会議要録"
        ordering = ["-meeting__held_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="minutes_settled_has_day",
                condition=~Q(status__in=["settled", "published"]) | Q(settled_on__isnull=False),
                violation_error_message="確定した会議要録には、確定した日が必要です。",
            ),
            models.CheckConstraint(
                name="minutes_published_has_day",
                condition=~Q(status="published") | Q(published_on__isnull=False),
                violation_error_message="公開した会議要録には、公開した日が必要です。",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The 要録's own page."""
        return reverse("view_minutes", args=[self.pk])


class Utterance(CountedSaves, TrackedModel):
    """発言: a speaker's label 「（副会長）」 and what was said; line breaks are paragraphs, not lines of the paper."""

    STATUS_PATH = "minutes__status"

    minutes = models.ForeignKey(Minutes, models.PROTECT, related_name="utterances", verbose_name="会議要録")
    position = models.PositiveIntegerField("順")
    # Members stand only as （委員）, officials by title (domain §1.12).
    speaker = models.CharField("発言者", max_length=60)
    text = models.TextField("発言", validators=[long_text])
    item = models.ForeignKey(
        AgendaItem, models.PROTECT, null=True, blank=True, related_name="utterances", verbose_name="議題"
    )
    # A slip of the tongue or of the pen that stays as it is (平成25年12月27日 for 24年): what is known about it.
    remark = models.CharField("注記（印刷しない）", max_length=300, blank=True)
    is_removed = models.BooleanField("削除", default=False)
    lock = models.PositiveIntegerField("保存回数", default=0)
    token = models.UUIDField("送信票", null=True, unique=True, editable=False)  # null: not typed on a page

    class Meta:
        verbose_name = "発言"
        verbose_name_plural = "発言"
        ordering = ["position", "pk"]
        indexes = [models.Index(name="utterance_in_order", fields=["minutes", "position"])]

    def __str__(self) -> str:
        return f"（{self.speaker}）"
