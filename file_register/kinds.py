"""個人情報ファイルの選択肢: states, kinds and ticks of the 単票."""

from django.db import models

from common import regime


class FileStatus(models.TextChoices):
    """個人情報ファイルの状態."""

    DRAFT = "draft", "下書き"
    SUBMITTED = "submitted", "提出済"
    REGISTERED = "registered", "登録済"
    WITHDRAWN = "withdrawn", "取下げ"


UNDECIDED = [FileStatus.DRAFT, FileStatus.SUBMITTED]


class FileKind(models.TextChoices):
    """個人情報ファイルの種別 (法第60条第2項)."""

    COMPUTER = "computer", "法第60条第2項第1号（電算処理ファイル）"
    MANUAL = "manual", "法第60条第2項第2号（マニュアル処理ファイル）"

    @property
    def short(self) -> str:
        """「電算処理ファイル」."""
        return str(self.label).split("（", 1)[1].rstrip("）")


class WithheldPart(models.TextChoices):
    """記載しない事項: what 法第75条第3項 allows to leave out of an entry."""

    ITEMS = "items", "記録項目の一部"
    COLLECTION = "collection_method", "記録情報の収集方法"
    RECIPIENTS = "recipients", "記録情報の経常的提供先"

    @property
    def partly(self) -> str:
        """How much of the item is left out."""
        return "一部を掲載しない" if self is WithheldPart.ITEMS else "掲載しない"


class PublicRegister(models.TextChoices):
    """公表する帳簿."""

    ACT = "act", "個人情報ファイル簿"
    ORDINANCE = "ordinance", "条例個人情報ファイル簿"


# Every fact that the law has known, so that an old choice keeps its words.
EXCLUSIONS = {item.code: item for rules in regime.FILE_TABLE for item in rules.exclusions}
EXCLUSION_CHOICES = [(code, f"{item.words}（{item.citation}）") for code, item in EXCLUSIONS.items()]
