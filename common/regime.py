"""制度: which rules on personal data hold on a day. National law by date; a ward's own decisions are rows elsewhere.

The ward's ordinance (平成12年3月 練馬区条例第79号) held until the Act on the Protection of Personal Information
(平成15年法律第57号) came to apply to local public bodies themselves, on 2023-04-01 (令和3年法律第37号第51条).
From then on it depends also on the body: the Act leaves local assemblies out of its chapter 5, and treats what
hospitals and clinics do as a private business does.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import TextChoices


class Regime(TextChoices):
    """制度の区分."""

    ORDINANCE = "ordinance", "旧条例"
    ACT = "act", "個人情報保護法"
    MEDICAL = "medical", "個人情報保護法（病院・診療所）"
    ASSEMBLY = "assembly", "議会の定め（個人情報保護法第5章の対象外）"


class Body(TextChoices):
    """制度からみた組織の区別: what the Act distinguishes among the bodies of a ward."""

    ORDINARY = "ordinary", "議会・病院・診療所以外"
    ASSEMBLY = "assembly", "議会"
    MEDICAL = "medical", "病院・診療所"


@dataclass(frozen=True)
class Rules:
    """その制度の決まりと言葉: from `first` (None = from the beginning) to `last` (None = still), both inclusive.

    `managed_data` is the name of the data that the body holds. `consults_by_kind`: whether the council is asked about
    linkages, outsourcings and uses as such. `use_provision` is what the record of a use for another purpose cites; the
    boxes on its sheet are rows. `living_only`: the article by which information on the dead is no 個人情報. `chapter5`
    says whether chapter 5 of the Act holds (duties of 行政機関等), or at least its ファイル簿 and disclosure;
    `outside_citation` is the article that leaves a body out of it. An empty text means that no source says it.
    """

    regime: Regime
    first: date | None
    last: date | None
    managed_data: str
    consults_by_kind: bool
    use_provision: str
    living_only: str = ""
    bodies: frozenset[Body] = frozenset(Body)
    chapter5: bool = False
    outside_citation: str = ""


# Domain §3.3, §3.8 and §8.1.
TABLE = (
    Rules(
        regime=Regime.ORDINANCE,
        first=None,
        last=date(2023, 3, 31),
        managed_data="管理個人情報",
        consults_by_kind=True,  # 練馬区個人情報保護条例第13条、第17条
        use_provision="練馬区個人情報保護条例施行規則第8条",
    ),
    Rules(
        regime=Regime.ACT,
        first=date(2023, 4, 1),
        last=None,
        managed_data="保有個人情報",
        consults_by_kind=False,  # 法第129条: only where expert opinion is specially needed
        use_provision="個人情報の保護に関する法律第69条",
        living_only="個人情報の保護に関する法律第2条第1項",  # 「生存する個人に関する情報」
        bodies=frozenset({Body.ORDINARY}),
        chapter5=True,
    ),
    Rules(
        regime=Regime.MEDICAL,
        first=date(2023, 4, 1),
        last=None,
        # 法第58条第2項第1号: chapter 4 holds for running them.
        # 法第125条第1項: of chapter 5, 第75条 and 第4節 hold still.
        managed_data="保有個人情報",
        consults_by_kind=False,
        use_provision="個人情報の保護に関する法律第18条",
        bodies=frozenset({Body.MEDICAL}),
        chapter5=True,
    ),
    Rules(
        regime=Regime.ASSEMBLY,
        first=date(2023, 4, 1),
        last=None,
        # 法第2条第11項第2号: 「地方公共団体の機関（議会を除く。…）」. The sources hold no rule of its own.
        managed_data="",
        consults_by_kind=False,
        use_provision="",
        bodies=frozenset({Body.ASSEMBLY}),
        outside_citation="法第2条第11項第2号",
    ),
)


def on(day: date, body: Body = Body.ORDINARY) -> Rules:
    """The rules in force on a day for a kind of body."""
    return next(rules for rules in TABLE if body in rules.bodies and (rules.last is None or day <= rules.last))


@dataclass(frozen=True)
class Exclusion:
    """適用除外: a fact that keeps a file out of the 個人情報ファイル簿; the law's words and the article."""

    code: str
    words: str
    citation: str


@dataclass(frozen=True)
class FileRules:
    """個人情報ファイル簿の決まり: from `first` to `last` (None = still), both inclusive.

    `minimum_persons`: a file of this many persons or more stands in the register. The citations name the duties that
    follow: to make it at once, to publish it, to correct it at once, to strike an entry out without delay.
    """

    first: date
    last: date | None
    minimum_persons: int
    minimum_citation: str
    duty_citation: str
    make_citation: str
    publish_citation: str
    correct_citation: str
    remove_citation: str
    withhold_citation: str
    ordinance_register_citation: str
    exclusions: tuple[Exclusion, ...]


# 法第74条第2項第9号 is no fact to be ticked: it follows from the count. 第5号 speaks of files notified to the
# Commission under 第74条第1項, which binds the national ministries alone.
_EXCLUSIONS = (
    Exclusion(
        "national_interest",
        "国の安全、外交上の秘密その他の国の重大な利益に関する事項を記録するファイル",
        "法第75条第2項第1号（第74条第2項第1号）",
    ),
    Exclusion(
        "criminal_investigation",
        "犯罪の捜査、租税に関する法律の規定に基づく犯則事件の調査または公訴の提起もしくは維持のためのファイル",
        "法第75条第2項第1号（第74条第2項第2号）",
    ),
    Exclusion(
        "personnel",
        "職員または職員であった者の人事、給与もしくは福利厚生などを専ら記録するファイル（採用試験をふくむ）",
        "法第75条第2項第1号（第74条第2項第3号）",
    ),
    Exclusion(
        "trial_processing",
        "専ら試験的な電子計算機処理の用に供するためのファイル",
        "法第75条第2項第1号（第74条第2項第4号）",
    ),
    Exclusion(
        "erased_within_a_year",
        "１年以内に消去することとなる記録情報のみを記録するファイル",
        "法第75条第2項第1号（第74条第2項第6号）",
    ),
    Exclusion(
        "mailing",
        "物品もしくは金銭の送付または業務上の連絡に必要な事項のみを記録するファイル",
        "法第75条第2項第1号（第74条第2項第7号）",
    ),
    Exclusion(
        "research",
        "職員が学術研究のため、その発意により作成し、または取得するファイル",
        "法第75条第2項第1号（第74条第2項第8号）",
    ),
    Exclusion(
        "similar_by_order",
        "上の各号に準ずるものとして政令で定めるファイル",
        "法第75条第2項第1号（第74条第2項第10号）",
    ),
    Exclusion(
        "part_of_published",
        "公表しているファイルの写しや一部で、利用目的、記録項目および記録範囲がその範囲内のもの",
        "法第75条第2項第2号",
    ),
    Exclusion(
        "manual_beside_published",
        "公表している電算処理ファイルと、利用目的および記録範囲が同じ範囲内のマニュアル処理ファイル",
        "法第75条第2項第3号、令第21条第7項",
    ),
)

# Domain §3.2. Before 2023-04-01 the ward registered its files under its own ordinance and no such register was due.
FILE_TABLE = (
    FileRules(
        first=date(2023, 4, 1),
        last=None,
        minimum_persons=1000,
        minimum_citation="法第74条第2項第9号、令第20条第2項",
        duty_citation="法第75条第1項",
        make_citation="令第21条第1項",
        publish_citation="令第21条第5項",
        correct_citation="令第21条第3項",
        remove_citation="令第21条第4項",
        withhold_citation="法第75条第3項",
        ordinance_register_citation="法第75条第5項",
        exclusions=_EXCLUSIONS,
    ),
)


def files_on(day: date) -> FileRules | None:
    """個人情報ファイル簿の決まり on a day; None while the law demanded no such register of a ward."""
    for rules in FILE_TABLE:
        if rules.first <= day and (rules.last is None or day <= rules.last):
            return rules
    return None
