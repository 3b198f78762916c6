"""資料: the narrative papers of a file, section by section, with what they promise and what is attached to them."""

from collections.abc import Iterable
from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from files.models import StoredFile
from history.locking import CountedSaves
from history.models import TrackedModel, TrackedQuerySet
from organization.scoping import DepartmentScoped
from records.models.partners import Partner
from records.models.proposals import Proposal
from records.texts import long_text

MAX_NAME = 200  # characters of an attachment's name
MAX_ATTACHMENT = 100_000  # characters of an attachment that is kept as text


class InUseQuerySet(TrackedQuerySet):
    """Reads of rows that a person may take out; what was taken out stays readable."""

    def in_use(self) -> Self:
        """Without those taken out."""
        return self.filter(is_removed=False)


class OfProposal(DepartmentScoped):
    """案件のもの: seen and written as the file that it belongs to, and in the file's states."""

    PROPOSAL = "proposal"
    STATUS_PATH = "proposal__status"  # where the state stands that the permission table's grants name

    @classmethod
    def owned_by(cls, departments: Iterable[int]) -> Q:
        """Of the department of the file."""
        return Q(**{f"{cls.PROPOSAL}__department__in": departments})

    @classmethod
    def shared_with(cls, departments: Iterable[int]) -> Q:
        """Whoever sees the file sees it."""
        return Q(**{f"{cls.PROPOSAL}__in": Proposal.objects.filter(Proposal.shared_with(departments))})

    @classmethod
    def once_submitted(cls) -> Q:
        """Of a file that was submitted."""
        return Q(**{f"{cls.PROPOSAL}__form_date__isnull": False})


class Paper(OfProposal, TrackedModel):
    """資料: one paper of a file, in one of the layouts of its kind (domain §6.3–6.5, §6.11)."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="papers", verbose_name="案件")
    position = models.PositiveSmallIntegerField("案件の中の順", default=0)
    layout_code = models.SlugField("資料の種類", max_length=60)
    # Chooses the layout before the file has a 提出日; papers taken over keep the day that they have.
    made_on = models.DateField("作成日", null=True, blank=True)
    title = models.CharField("標題", max_length=300, blank=True)
    # Which wording of a heading this paper has, where the layout offers several: {key of the section: number}.
    heading_choices = models.JSONField("見出しの選択", default=dict, blank=True)
    marks_changes = models.BooleanField("変更箇所を示す", default=False)
    baseline_name = models.CharField("変更前の内容", max_length=120, blank=True)
    copied_from = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="copies", verbose_name="写しもとの資料"
    )
    is_removed = models.BooleanField("取りやめ", default=False)
    lock = models.PositiveIntegerField("保存回数", default=0)
    token = models.UUIDField("送信票", unique=True, editable=False)
    source_note = models.CharField("出典・注記", max_length=200, blank=True)

    # 資料番号 while it is printed for a meeting; the meeting gives it, not the paper.
    printed_number = ""

    objects = InUseQuerySet.as_manager()

    class Meta:
        verbose_name = "資料"
        verbose_name_plural = "資料"
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.title.replace("\n", "") or "資料（標題未記入）"

    def get_absolute_url(self) -> str:
        """The paper's own page."""
        return reverse("view_paper", args=[self.pk])


class PaperSection(TrackedModel):
    """資料の項目: the text under one heading, and the text before the change when changes are shown."""

    paper = models.ForeignKey(Paper, models.PROTECT, related_name="sections", verbose_name="資料")
    key = models.SlugField("項目", max_length=40)
    text = models.TextField("文", blank=True, validators=[long_text])
    baseline_text = models.TextField("変更前の文", blank=True, validators=[long_text])

    class Meta:
        verbose_name = "資料の項目"
        verbose_name_plural = "資料の項目"
        constraints = [models.UniqueConstraint(name="papersection_one_a_key", fields=["paper", "key"])]

    def __str__(self) -> str:
        return self.key


class Side(models.TextChoices):
    """措置を講じる側."""

    WARD = "ward", "区"
    PARTNER = "partner", "相手方"


class MeasureKind(models.TextChoices):
    """保護措置の種別: what the measure is about (checks.md §1 asks for each)."""

    ROUTE = "route", "通信経路・接続"
    ACCESS = "access", "認証・操作者の限定"
    LOG = "log", "操作の記録"
    MEDIA = "media", "媒体・持出し"
    RETENTION = "retention", "保存期間・消去"
    PREMISES = "premises", "場所・入退室"
    VIRUS = "virus", "ウイルス・不正アクセス対策"
    RECOVERY = "recovery", "復旧・控え"
    CONTRACT = "contract", "契約・特記事項"
    OTHER = "other", "その他"


class ProtectiveMeasure(TrackedModel):
    """保護措置: one measure as its paper words it; read from the section, so that paper and row never differ."""

    paper = models.ForeignKey(Paper, models.PROTECT, related_name="measures", verbose_name="資料")
    position = models.PositiveSmallIntegerField("順", default=0)
    side = models.CharField("講じる側", max_length=8, choices=Side)
    number = models.CharField("番号", max_length=12, blank=True)
    wording = models.TextField("文言", validators=[long_text])
    category = models.CharField("種別", max_length=12, choices=MeasureKind, default=MeasureKind.OTHER)
    is_removed = models.BooleanField("取りやめ", default=False)

    objects = InUseQuerySet.as_manager()

    class Meta:
        verbose_name = "保護措置"
        verbose_name_plural = "保護措置"
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return f"{self.get_side_display()} {self.number}".strip()


class Attachment(CountedSaves, OfProposal, TrackedModel):
    """添付資料: what is attached, kept once however many papers name it."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="attachments", verbose_name="案件")
    name = models.CharField("名称", max_length=MAX_NAME)
    # Whose document it is, for one of the register of partners: its content is found again for the next paper.
    partner = models.ForeignKey(
        Partner, models.PROTECT, null=True, blank=True, related_name="attachments", verbose_name="相手方"
    )
    text = models.TextField("内容（文字）", blank=True)
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="ファイル"
    )
    is_third_party = models.BooleanField("相手方など第三者の文書", default=False)
    source_note = models.CharField("出典・注記", max_length=200, blank=True)
    lock = models.PositiveIntegerField("保存回数", default=0)

    class Meta:
        verbose_name = "添付資料"
        verbose_name_plural = "添付資料"

    def __str__(self) -> str:
        return self.name

    @property
    def is_record(self) -> bool:
        """Whether it is one of the 記録票 of the file (also 「…（案）」): printed from the record, not from here."""
        return self.name.removesuffix("（案）").endswith("記録票")

    def get_absolute_url(self) -> str:
        """The attachment's own page."""
        return reverse("view_attachment", args=[self.pk])


class PaperAttachment(TrackedModel):
    """資料の添付: a line of the section 添付資料, or a figure in the text.

    `is_omitted`: the same as with another paper, not attached again.
    """

    paper = models.ForeignKey(Paper, models.PROTECT, related_name="attachments", verbose_name="資料")
    attachment = models.ForeignKey(Attachment, models.PROTECT, related_name="papers", verbose_name="添付資料")
    position = models.PositiveSmallIntegerField("順", default=0)
    is_omitted = models.BooleanField("ほかの資料と同一のため省略", default=False)
    # 「［図：…］」 in the text: printed where it stands, not behind the paper.
    in_text = models.BooleanField("本文の図", default=False)
    is_removed = models.BooleanField("取りやめ", default=False)

    objects = InUseQuerySet.as_manager()

    class Meta:
        verbose_name = "資料の添付"
        verbose_name_plural = "資料の添付"
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return str(self.attachment)


class Checklist(CountedSaves, OfProposal, TrackedModel):
    """別紙チェックリスト: one list that a section of the paper points to, in a layout of its own."""

    PROPOSAL = "paper__proposal"
    STATUS_PATH = "paper__proposal__status"

    paper = models.ForeignKey(Paper, models.PROTECT, related_name="checklists", verbose_name="資料")
    layout_code = models.SlugField("チェックリストの種類", max_length=60)
    lock = models.PositiveIntegerField("保存回数", default=0)

    class Meta:
        verbose_name = "別紙チェックリスト"
        verbose_name_plural = "別紙チェックリスト"
        constraints = [models.UniqueConstraint(name="checklist_one_a_kind", fields=["paper", "layout_code"])]

    def __str__(self) -> str:
        return "別紙チェックリスト"

    def get_absolute_url(self) -> str:
        """The checklist's own page."""
        return reverse("view_checklist", args=[self.pk])


class ChecklistAnswer(TrackedModel):
    """チェックリストの回答: to one item, with a word of explanation."""

    checklist = models.ForeignKey(Checklist, models.PROTECT, related_name="answers", verbose_name="別紙チェックリスト")
    item = models.SlugField("項目", max_length=40)
    answer = models.CharField("回答", max_length=20, blank=True)
    note = models.CharField("説明", max_length=200, blank=True)

    class Meta:
        verbose_name = "チェックリストの回答"
        verbose_name_plural = "チェックリストの回答"
        constraints = [models.UniqueConstraint(name="checklistanswer_one_an_item", fields=["checklist", "item"])]

    def __str__(self) -> str:
        return f"{self.item} {self.answer}".strip()
