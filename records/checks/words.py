"""点検のことば: the words that the rules look for in a list of items, in one place (checks.md §2, K7)."""

import re

# 配慮の要る項目: the words of checks.md §2 (K7), and 不登校 (its hint for the 目的外利用 sheets).
SENSITIVE = (
    "犯罪歴",
    "病歴",
    "アレルギー",
    "予防接種",
    "障害",
    "所得",
    "取引明細",
    "発達",
    "不登校",
)

# 自由記載: under such a heading anything may be written; a bracket behind it says what is (「日誌（連絡帳記載内容）」).
FREE_TEXT = ("備考", "日誌", "自由記載", "自由記述", "所見", "メモ")

# 本人以外の人: items about somebody beside the person that the sheet is about (保育: 在園中のきょうだい名).
# 保護者 is none of them: for a child the parent acts.
THIRD_PERSONS = (
    "きょうだい",
    "兄弟",
    "姉妹",
    "家族",
    "親族",
    "父母",
    "配偶者",
    "同居",
    "世帯員",
    "緊急連絡先",
    "友人",
    "知人",
)

# 公の機関: a partner that nobody selects and that signs no 誓約書 (資料1: 法務省). Told by the end of its name.
_PUBLIC_BODY = re.compile(
    r"(?:省|庁|法務局|労働局|税務署|裁判所|警察署|保健所|都|道|府|[^\s]県|区|市|町|村|教育委員会|公安委員会|広域連合)$"
)
_COMPANY = re.compile(r"会社|法人|組合|協会|協議会|機構|財団|事業者")


def is_public_body(name: str) -> bool:
    """Whether a partner's name is that of a ministry, a municipality or another authority."""
    name = name.strip()
    return bool(_PUBLIC_BODY.search(name)) and not _COMPANY.search(name)
