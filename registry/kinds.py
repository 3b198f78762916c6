"""記録の種別: the eight kinds of recorded items, shared by 業務登録 and the 記録票 (domain §1.5-9)."""

from django.db import models


class ItemKind(models.TextChoices):
    """記録の種別; the examples in brackets stand on the form itself."""

    FAMILY_REGISTER = "family_register", "戸籍等事項（氏名、住所、生年月日、本籍、続柄、親族関係、婚歴など）"
    SOCIAL_STATUS = "social_status", "社会的地位（職業、勤務先、役職、地位、職歴、学歴、資格など）"
    ECONOMY = "economy", "経済活動（収入、財産、納税額、負債状況、公的扶助など）"
    HEALTH = "health", "心身健康（健康状態、病歴、障害など）"
    LIVING = "living", "生活状況（家庭状況、居住状況、趣味・嗜好など）"
    KNOWLEDGE = "knowledge", "知識能力（各種試験成績、勤務成績、学業成績など）"
    BELIEF = "belief", "思想信条（支持政党、宗教、主義・主張など）"
    OTHER = "other", "その他"

    @property
    def short(self) -> str:
        """The name without its examples: 「戸籍等事項」."""
        return str(self.label).split("（", 1)[0]
