"""審議会の問い K8–K12: what council members asked about contracts, staff and grounds, as checks before 付議."""

from records.checks.base import Finding, Passage, Rule, of_parts
from records.checks.questions import BOTH, MINUTES, ONLY_OUTSOURCING
from records.checks.reading import Facet, Reading, folded, sentences, told
from records.checks.words import is_public_body
from records.kinds import OUTSOURCING

# The council's session and its answer identify a decision as 諮問 and number do (新宿区: 「令和元年度第4回…了承済」).
_APPROVED = r"諮問第\s{0,3}\d{1,9}\s{0,3}号|第\s{0,3}\d{1,9}\s{0,3}回[^。\n]{0,200}(?:承認|了承)"
_METHOD = r"入札|随意契約|プロポーザル|見積合わせ|単価契約|長期継続契約"
_TERM = r"単年度|複数年|継続契約|契約期間|\d{1,9}年(?:間)?(?:の)?契約"
_PLACE = r"執務(?:場所|室)|(?:作業|履行|勤務|業務)(?:を行う)?場所|常駐|区役所内|庁舎内"
_NUMBER_OF_STAFF = (
    r"(?:従事者|職員|人員|要員|スタッフ)[^。\n]{0,20}\d{1,9}\s{0,3}(?:人|名)"
    r"|\d{1,9}\s{0,3}(?:人|名)[^。\n]{0,12}(?:体制|配置|従事)"
)
_IN_CHARGE = r"(?:業務|現場|統括|運営)(?:の)?責任者|業務管理者|常駐"
_ORDERS = r"指揮命令|指示(?:の)?(?:経路|系統|方法|は|を)|偽装請負"
_COMPLAINTS = r"苦情|クレーム"
_PEAK = r"繁忙期|ピーク|混雑"
_CHOSEN = r"プライバシーマーク|Pマーク|ISMS|ISO|JIS\s{0,3}Q|プロポーザル|選定(?:条件|基準)|入札参加資格"
_OATH = r"誓約"
_SUBCONTRACT = r"再委託"
_SECRECY = r"守秘|秘密(?:の)?保持"
_GIVEN_BACK = r"返還|廃棄"
_SPECIAL = r"特記事項"
_DUTY = r"できる規定|出来る規定|義務規定|(?:法律|法令)上の義務|任意規定"
_REVIEWED = r"検証|(?:事故|苦情|漏えい)(?:等)?(?:は|の発生は)?(?:な|あ)[いっりし]|ログ(?:の)?点検(?:の)?結果"
_OPEN = r"未定|未確定|検討中|調整中|協議中|決まり次第|確定(?:して|されて)いな"
_AND_THEN = r"報告"


def _scope(reading: Reading) -> Finding | None:
    records = reading.of_kinds(ONLY_OUTSOURCING)
    method = any(record.contract_method.strip() for record in records)
    term = any((record.contract_from and record.contract_to) or record.contract_renewal for record in records)
    term = term or any(record.period_from and record.period_to for record in records)
    outsourced = OUTSOURCING.code in reading.kinds
    baselines = "\n".join(one.paper.baseline_name for one in reading.papers)
    return of_parts(
        {
            "承認済みの範囲": not reading.is_change or told(_APPROVED, f"{reading.text}\n{baselines}"),
            "契約方法": not outsourced or method or told(_METHOD, reading.text),
            "契約の期間": not outsourced or term or told(_TERM, reading.text),
        }
    )


def _supervision(reading: Reading) -> Finding | None:
    text = reading.text
    return of_parts(
        {
            "執務場所": told(_PLACE, text),
            "職員と従事者の人数": told(_NUMBER_OF_STAFF, text),
            "業務責任者": told(_IN_CHARGE, text),
            "指示の経路": told(_ORDERS, text),
            "苦情・繁忙期の体制": told(_COMPLAINTS, text) and told(_PEAK, text),
        }
    )


def _partner(reading: Reading) -> Finding | None:
    """Of a linkage with an authority (資料1: 法務省) nothing is asked: it is not chosen and signs no contract."""
    if OUTSOURCING.code not in reading.kinds and _all_public(reading):
        return None
    text, records = reading.text, reading.of_kinds(BOTH)
    certified = any(record.partner is not None and record.partner.certifications for record in records)
    outsourced = reading.of_kinds(ONLY_OUTSOURCING)
    signed = any(record.clauses_signed_on for record in outsourced)
    given_back = any(record.return_certificate_on for record in outsourced)
    return of_parts(
        {
            "選定条件": certified or told(_CHOSEN, text),
            "誓約書": told(_OATH, text),
            "再委託の可否": any(record.subcontracts for record in outsourced) or told(_SUBCONTRACT, text),
            "終了後の守秘義務": told(_SECRECY, text),
            "返還・廃棄": given_back or told(_GIVEN_BACK, text),
            "特記事項": signed or told(_SPECIAL, f"{text}\n{reading.attached}"),
        }
    )


def _all_public(reading: Reading) -> bool:
    return bool(reading.partner_names) and all(map(is_public_body, reading.partner_names))


def _ground(reading: Reading) -> Finding | None:
    """条例第13条 allows an outsourcing and obliges nobody; of a change of any kind the earlier part is asked for."""
    if OUTSOURCING.code not in reading.kinds and not reading.is_change:
        return None
    forces = {row.get("force") for record in reading.records for row in record.ground_documents}
    return of_parts(
        {
            "義務・できる規定の別": bool(forces - {"", None}) or told(_DUTY, reading.text),
            "前回承認分の検証": not reading.is_change or told(_REVIEWED, reading.text),
        }
    )


def _undecided(reading: Reading) -> Finding | None:
    """A sentence that leaves something open and does not say that the council hears of it."""
    places = tuple(dict.fromkeys(label for label, text in reading.labelled if _leaves_open(text)))
    return Finding(fill={"箇所": "、".join(places)}, parts=places) if places else None


def _leaves_open(text: str) -> bool:
    return any(told(_OPEN, one) and not told(_AND_THEN, one) for one in sentences(folded(text)))


RULES = (
    Rule(
        "K8", "今回の範囲と契約",
        "今回お諮りする範囲と承認済みの範囲（審議会の日付・諮問番号）を分け、"
        "契約方法と期間（単年度／複数年）を記入してください。",
        (
            Passage("つまり契約は一つなんですよね。", MINUTES),
            Passage("これは単年度契約ですよね。継続契約ですか。", MINUTES),
        ),
        _scope, ONLY_OUTSOURCING, fill_in=(Facet.SCOPE, Facet.CONTRACT),
        about=(Facet.SCOPE, Facet.PERIOD, Facet.CONTRACT),
    ),
    Rule(
        "K9", "現場の体制",
        "執務場所、職員と従事者の人数の変化、業務責任者（常駐の有無）、指示の経路、苦情・繁忙期の体制を記入してください。",
        (
            Passage("その辺についてはどういった管理体制をとるのか", MINUTES),
            Passage("その責任者は区に常駐しているのですか。", MINUTES),
        ),
        _supervision, ONLY_OUTSOURCING, fill_in=(Facet.SCOPE,), about=(Facet.SCOPE, Facet.PARTNER, Facet.MEASURES),
    ),
    Rule(
        "K10", "相手方の選定と契約終了後",
        "選定条件（プライバシーマーク等）、誓約書、再委託の可否、契約終了後・受託者交代後の守秘義務と返還・廃棄を記入し、"
        "特記事項を添付してください。",
        (
            Passage("民間事業者を選ぶときには、やはりプライバシーマークの取得事業者とか", MINUTES),
            Passage("代わってしまうとその後のことについては、罰則を含む厳しい規定があるとはいっても", MINUTES),
        ),
        _partner, BOTH, fill_in=(Facet.MEASURES, Facet.CONTRACT, Facet.ATTACHED),
        about=(Facet.PARTNER, Facet.CONTRACT, Facet.MEASURES, Facet.ATTACHED),
    ),
    Rule(
        "K11", "根拠と前回の検証",
        "根拠は「義務」ですか「できる規定」ですか。区が行う理由と、前回承認分の検証結果"
        "（事故・苦情・ログ点検・従事者の交代）を記入してください。",
        (
            Passage("委託で取り扱わせることが出来るという「出来る規定」なんですよね。", MINUTES),
            Passage("事務を委託したことについての検証なりはどうだったのか", MINUTES),
        ),
        _ground, fill_in=(Facet.GROUNDS,), about=(Facet.SCOPE, Facet.GROUNDS),
    ),
    Rule(
        "K12", "未確定の事項",
        "未確定の事項（{箇所}）があります。確定の時期と、審議会への追加報告の要否を記入してください。",
        (Passage("この装置の働きの詳細が分かるにつれて、やはりセキュリティの見直しを行いながら", MINUTES),),
        _undecided, fill_in=(Facet.PARTNER, Facet.SCOPE), about=(Facet.SCOPE, Facet.PARTNER, Facet.MEASURES),
        parts_label="箇所",
    ),
)  # fmt: skip
