"""根拠: the boxes of the ordinance's form, and those of the Act that took its place on 2023-04-01 (domain §3.3)."""

from django.db import models


class Ground(models.TextChoices):
    """旧条例の根拠; the form's own words (domain §1.5-10)."""

    CONSENT = "consent", "本人の同意"
    LAW = "law", "法令等に定めがある"
    PUBLIC = "public", "出版、報道等により公にされている"
    EMERGENCY = "emergency", "緊急かつやむをえないと認められる"
    STATISTICS = "statistics", "専ら統計作成のため、本人の権利利益を不当に侵害するおそれがない"
    COUNCIL = "council", "審議会事項"
    PREAPPROVED = "preapproved", "審議会事前一括承認基準"


class ActGround(models.TextChoices):
    """法の根拠: 個人情報の保護に関する法律第69条, in the ward's spelling."""

    LAW = "act_law", "法令に基づく場合（法第69条第1項）"
    CONSENT = "act_consent", "本人の同意があるとき、または本人に提供するとき（法第69条第2項第1号）"
    INTERNAL = (
        "act_internal",
        "法令の定める事務に必要な限度で内部で利用し、相当の理由があるとき（法第69条第2項第2号）",
    )
    PUBLIC_BODY = (
        "act_public_body",
        "ほかの行政機関等に、その事務に必要な限度で提供し、相当の理由があるとき（法第69条第2項第3号）",
    )
    SPECIAL = (
        "act_special",
        "専ら統計の作成もしくは学術研究の目的、明らかに本人の利益、その他特別の理由があるとき（法第69条第2項第4号）",
    )


# The reason that the Act demands is written beside these.
NEED_REASON = (ActGround.INTERNAL, ActGround.PUBLIC_BODY, ActGround.SPECIAL)


class UseForm(models.TextChoices):
    """目的外利用・外部提供の形態 (domain §1.5-11)."""

    VIEWING = "viewing", "閲覧・転記"
    DOCUMENT = "document", "文書"
    DRAWING = "drawing", "図画"
    FILM = "film", "フィルム"
    MAGNETIC = "magnetic", "磁気ディスク等"
    COMPUTER = "computer", "電算処理"
    OTHER = "other", "その他"
