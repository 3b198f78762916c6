"""相手方の台帳: companies and bodies outside the ward, once for all kinds of records."""

from django.db import models
from django.urls import reverse

from common.rows import Column, RowsField
from history.locking import CountedSaves
from history.models import TrackedModel
from records.texts import long_text

FORMER_NAMES = (Column("name", "旧名称", needed=True), Column("until", "いつまで", is_date=True))
CERTIFICATIONS = (
    Column("name", "認証（プライバシーマークなど）", needed=True),
    Column("number", "登録番号"),
    Column("until", "有効期限", is_date=True),
)
POLICIES = (
    Column("title", "文書の名称", needed=True),
    Column("established_on", "制定日", is_date=True),
    Column("revised_on", "改定日", is_date=True),
)


class Partner(CountedSaves, TrackedModel):
    """相手方: its present name and address; a record prints the name that it had then."""

    name = models.CharField(
        "名称", max_length=200, unique=True, error_messages={"unique": "この名称の相手方は、台帳にあります。"}
    )
    address = models.CharField("住所", max_length=300, blank=True)
    former_names = RowsField("旧名称", FORMER_NAMES)
    certifications = RowsField("認証", CERTIFICATIONS)
    # 個人情報保護方針、情報セキュリティ方針…: named once, and named again on every paper that attaches them.
    policies = RowsField("方針などの文書", POLICIES)
    note = models.TextField("備考", blank=True, validators=[long_text])
    lock = models.PositiveIntegerField("保存回数", default=0)
    token = models.UUIDField("送信票", unique=True, editable=False)
    source_note = models.CharField("出典・注記", max_length=200, blank=True)

    class Meta:
        verbose_name = "相手方"
        verbose_name_plural = "相手方"
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The partner's own page."""
        return reverse("view_partner", args=[self.pk])
