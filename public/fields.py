"""公表する項目: the English keys and Japanese labels of the public registers, in their order (docs/open-data.md).

These lists are the whole of what can ever be read without signing in: pages, files and search show nothing else.
"""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class PublicField:
    """公表する項目: key in files, label on pages, number on the 単票 where it has one."""

    key: str
    label: str
    number: str = ""


# 個人情報ファイル簿: the items of the 単票; 法第75条 says which are published, so no ward chooses among them.
FILE_FIELDS = (
    PublicField("name", "個人情報ファイルの名称", "1"),
    PublicField("organ_name", "行政機関等の名称", "2"),
    PublicField("section_name", "個人情報ファイルが利用に供される事務をつかさどる組織の名称", "3"),
    PublicField("purpose", "個人情報ファイルの利用目的", "4"),
    PublicField("items", "記録項目", "5"),
    PublicField("scope", "記録範囲", "6"),
    PublicField("collection_method", "記録情報の収集方法", "7"),
    PublicField("sensitive", "要配慮個人情報が含まれるときは、その旨", "8"),
    PublicField("ordinance_sensitive", "条例要配慮個人情報が含まれるときは、その旨"),
    PublicField("recipients", "記録情報の経常的提供先", "9"),
    PublicField("request_office", "開示請求等を受理する組織の名称および所在地", "10"),
    PublicField("special_procedure", "訂正および利用停止に関する他の法令の規定による特別の手続等", "11"),
    PublicField("kind", "個人情報ファイルの種別", "12"),
    PublicField("manual_twin", "令第21条第7項に該当するファイル"),
    PublicField("invites_proposals", "行政機関等匿名加工情報の提案の募集", "13"),
    PublicField("proposal_office", "行政機関等匿名加工情報の提案を受ける組織の名称および所在地", "14"),
    PublicField("anonymised_summary", "行政機関等匿名加工情報の概要", "15"),
    PublicField(
        "anonymised_office", "作成された行政機関等匿名加工情報に関する提案を受ける組織の名称および所在地", "16"
    ),
    PublicField("anonymised_period", "作成された行政機関等匿名加工情報に関する提案をすることができる期間", "17"),
    PublicField("remarks", "備考", "18"),
)

# What 法第75条第3項 allows to leave out.
MAY_BE_WITHHELD = frozenset({"items", "collection_method", "recipients"})

# 業務登録簿: what a ward may choose from (PublicPolicy.activity_fields).
ACTIVITY_FIELDS = (
    PublicField("number", "業務登録番号"),
    PublicField("name", "業務の名称"),
    PublicField("purpose", "業務の目的"),
    PublicField("department", "所管課"),
    PublicField("responsible", "個人情報保護管理責任者"),
    PublicField("subjects", "対象者（個人の範囲）"),
    PublicField("persons", "対象者の人数"),
    PublicField("item_kinds", "記録項目の種別"),
    PublicField("items", "記録項目"),
    PublicField("collection", "収集の方法"),
    PublicField("forms", "収集に用いる帳票"),
    PublicField("media", "記録の媒体"),
    PublicField("sensitive", "要注意情報"),
    PublicField("deceased", "死者に関する情報"),
    PublicField("started_on", "業務の開始年月日"),
    PublicField("registered_on", "登録年月日"),
)
ACTIVITY_CHOICES = [(field.key, field.label) for field in ACTIVITY_FIELDS]


def labels(fields: Iterable[PublicField]) -> dict[str, str]:
    """{key: label}, in the fields' order."""
    return {field.key: field.label for field in fields}
