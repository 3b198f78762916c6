"""検索文書: what can be found, one row for each identity and audience; derived from the registers, never typed."""

from django.db import models

from search.engines import WordsField
from search.places import Audience, Place


class SearchDocument(models.Model):
    """検索文書: the texts as they are shown, and their keys and words as they are looked for.

    The primary key is a `search.places.Place`. A document is replaced as a whole (`search.writing`).
    """

    id = models.BigIntegerField(primary_key=True)
    audience = models.CharField("見る人", max_length=8, choices=Audience)
    kind = models.CharField("種類", max_length=30)
    identity = models.BigIntegerField("台帳の番号")
    version = models.BigIntegerField("版の番号", null=True)
    number = models.CharField("業務登録番号", max_length=7, blank=True)
    title = models.TextField("見出し")
    passages = models.JSONField("本文", default=list)  # [[label, text, first day, first day no longer]]
    name_key = models.TextField("名称のキー")
    purpose_key = models.TextField("目的のキー", blank=True)
    all_key = models.TextField("全体のキー")
    name_words = WordsField("名称の語", of="name_key")
    purpose_words = WordsField("目的の語", of="purpose_key")
    all_words = WordsField("全体の語", of="all_key")

    class Meta:
        verbose_name = "検索文書"
        verbose_name_plural = "検索文書"
        indexes = [models.Index(name="searchdocument_of", fields=["kind", "identity"])]

    def __str__(self) -> str:
        return self.title

    @property
    def place(self) -> Place:
        """What the primary key says."""
        return Place.of(self.id)
