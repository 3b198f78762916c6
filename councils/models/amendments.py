"""条例改正: old and new text beside each other, and the steps around the change (domain §6.7)."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from councils.models.bodies import Body
from history.locking import CountedSaves
from history.models import TrackedModel
from records.texts import long_text, reason_text


class AmendmentStage(models.TextChoices):
    """条例改正の段階."""

    DRAFT = "draft", "改正案"
    ENACTED = "enacted", "公布済"


class Amendment(CountedSaves, TrackedModel):
    """条例改正: reason, content and 施行期日 of an amendment, told to a body before or after the fact."""

    STATUS_PATH = "stage"  # where the state stands that the permission table's grants name

    body = models.ForeignKey(Body, models.PROTECT, related_name="amendments", verbose_name="審議体")
    ordinance = models.CharField("条例・規則の名称", max_length=200)
    title = models.CharField("標題", max_length=300)
    dated = models.CharField("日付の行", max_length=60, blank=True)
    sender = models.CharField("報告する課", max_length=120, blank=True)
    lead = models.TextField("前文", blank=True, validators=[long_text])
    reason = models.TextField("改正の理由", blank=True, validators=[long_text])
    content = models.TextField("改正の内容", blank=True, validators=[long_text])
    effective = models.TextField("施行期日", blank=True, validators=[long_text])  # as printed
    effective_on = models.DateField("施行日", null=True, blank=True)
    comparison_note = models.CharField("新旧対照表の欄", max_length=120, default="裏面のとおり")
    old_heading = models.CharField("旧の見出し", max_length=40, default="現 行")
    new_heading = models.CharField("新の見出し", max_length=40, default="改正案")
    # On paper 「第26条 ［略］」 stands for what does not change; the rows keep the whole text.
    shortens = models.BooleanField("変わらない条・項を略す", default=False)
    stage = models.CharField("段階", max_length=12, choices=AmendmentStage, default=AmendmentStage.DRAFT)
    enacted_on = models.DateField("公布日", null=True, blank=True)
    # 法167条: the ordinance is filed with the national commission.
    filed_on = models.DateField("国の委員会への届出日", null=True, blank=True)
    filing_note = models.TextField("届出の注記", blank=True, validators=[reason_text])
    lock = models.PositiveIntegerField("保存回数", default=0)
    token = models.UUIDField("送信票", unique=True, editable=False)
    source_note = models.CharField("出典・注記", max_length=300, blank=True)

    class Meta:
        verbose_name = "条例改正"
        verbose_name_plural = "条例改正"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="amendment_enacted_has_day",
                condition=Q(stage=AmendmentStage.DRAFT) | Q(enacted_on__isnull=False) | Q(effective_on__isnull=False),
                violation_error_message="公布済の改正には、公布日か施行日が必要です。",
            ),
            models.CheckConstraint(
                name="amendment_filed_after_enactment",
                condition=Q(filed_on=None) | Q(enacted_on=None) | Q(filed_on__gte=F("enacted_on")),
                violation_error_message="届出日は、公布日より前にはできません。",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its own page."""
        return reverse("view_amendment", args=[self.pk])


class ComparedProvision(TrackedModel):
    """新旧対照の行: one provision before and after; where a side is empty, it is new or gone."""

    amendment = models.ForeignKey(Amendment, models.PROTECT, related_name="provisions", verbose_name="条例改正")
    position = models.PositiveSmallIntegerField("順")
    old_text = models.TextField("現行", blank=True, validators=[long_text])
    new_text = models.TextField("改正案", blank=True, validators=[long_text])
    is_removed = models.BooleanField("取りやめ", default=False)

    class Meta:
        verbose_name = "新旧対照の行"
        verbose_name_plural = "新旧対照の行"
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return f"{self.amendment}　{self.position}"

    def clean(self) -> None:
        """A row says something on one side at least (ValidationError)."""
        if not (self.old_text.strip() or self.new_text.strip()):
            raise ValidationError("現行か改正案のどちらかを記入してください。")
