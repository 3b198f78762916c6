"""審議会の問い K1–K7: what council members asked about data and machines, as checks before 付議 (checks.md §2)."""

from records.checks.base import Finding, Passage, Rule, of_parts
from records.checks.items import Item, read_items
from records.checks.reading import Facet, Reading, folded, sentences, together, told
from records.kinds import LINKAGE, OUTSOURCING

MINUTES = "審議会 会議要録（平成25年1月17日）"
BOTH = frozenset({LINKAGE.code, OUTSOURCING.code})
ONLY_LINKAGE = frozenset({LINKAGE.code})
ONLY_OUTSOURCING = frozenset({OUTSOURCING.code})

_PARTNERS_STAFF = r"従事者|委託先|委託業者|委託事業者|受託者|受託事業者|相手方|結合先|事業者"
_HANDLES = r"閲覧|入力|出力|参照|知り得|目に触れ|媒体の操作のみ"
# 「ログイン」 and 「プログラム」 are no logs.
_LOG = (
    r"(?<![ァ-ヶー])(?:アクセス|システム|イベント|サーバー?|通信)?ログ(?![ァ-ヶー])"
    r"|(?:操作|アクセス|閲覧|処理|作業)の?(?:記録|履歴)"
)
_COMPARED = rf"突合|突き合わせ|(?:{_LOG})[^。\n]{{0,30}}(?:点検|確認|確かめ|検査|監査|照合)"
_ERASED = r"削除|消去|廃棄|破棄|抹消|(?:保存|保管|保持)(?:する)?期間|(?:日|週間|月|年)間?(?:の間)?(?:保存|保管|保持)"
# Something in which data can stay: a system or a medium of the other side.
_STORE = r"システム|サーバ|クラウド|アプリ|データ|媒体|USB|ファイル|印刷|封入"
_ROUTE = r"回線|LGWAN|インターネット|ネットワーク|VPN|閉域|無線|媒体|USB|郵送|メール"
_RECEIVED = r"受信|受領|ダウンロード|取り込|閲覧"
_ACCESS_BY = r"(?:通じて|経由(?:し|で))[^。\n]{0,200}アクセス|アクセス[^。\n]{0,200}(?:通じて|経由(?:し|で))"
_TRANSFER = r"送信|受信|送付|提出|連携|接続|結合|照会|アップロード|ダウンロード|取り込|更新|配信|データ"
_OFTEN = (
    r"毎(?:日|週|月|年|時)|(?:日|週|月|年)次|随時|都度|リアルタイム|即時|常時|逐次|夜間|ごとに"
    r"|(?:日|週|月|年)に?\d{0,9}[一二三四]?回|(?<![第\d])\d{1,9}回"
)
_NO_ROUTE = ("items", "current", "attachments")
_BOUNDARY = r"責任分界|分界点|責任の(?:所在|範囲|分岐)"
_PERSONS = r"\d[\d,]{0,14}(?:千|万|億)?\s{0,3}(?:件|人|名|世帯|通)"
_STAFF = r"従事者|職員|人員|要員|スタッフ"  # a number of these is not that of the persons concerned


def _contact(reading: Reading) -> Finding | None:
    return of_parts({"従事者の操作": together(reading.text, _PARTNERS_STAFF, _HANDLES)})


def _log(reading: Reading) -> Finding | None:
    return of_parts(
        {"操作の記録": told(_LOG, reading.text), "業務実績との突合": told(_COMPARED, reading.text)},
    )


def _remains(reading: Reading) -> Finding | None:
    if LINKAGE.code not in reading.kinds and not _has_store(reading):
        return None
    certified = any(record.return_certificate_on for record in reading.of_kinds(ONLY_OUTSOURCING))
    return of_parts({"保存期間と消去": certified or told(_ERASED, reading.partner_side)})


def _has_store(reading: Reading) -> bool:
    """Whether an outsourcing hands out data, or has a system or a medium of the partner's."""
    return told(_STORE, reading.text)


def _route(reading: Reading) -> Finding | None:
    text = _without_items(reading)
    both_ways = "送受信" in text or told(_ACCESS_BY, text)
    received = both_ways or told(_RECEIVED, text) or not _receives(reading)
    told_of = {
        "送信の経路": told(_ROUTE, text),
        "受信の方法": received,
        "頻度": together(text, _TRANSFER, _OFTEN),
        "責任分界点": told(_BOUNDARY, text),
    }
    return of_parts(told_of, {"受信": "" if received else "受信項目があるのに受信方法がありません。"})


def _receives(reading: Reading) -> bool:
    """Whether anything comes back, by the papers and the sheets."""
    if any(paper.items.received for paper in reading.papers_on(LINKAGE.code)):
        return True
    return any(record.received_items.strip() for record in reading.of_kinds(ONLY_LINKAGE))


def _without_items(reading: Reading) -> str:
    """The text without the lists of items: 「受信する項目」 and 「メールアドレス」 tell of no route."""
    sections = [text for one in reading.papers for key, text in one.sections.items() if key not in _NO_ROUTE]
    rest = [f"{one.own_attachments}\n{one.checklists}" for one in reading.papers]
    fields = [f"{record.linkage_form}\n{record.purpose}" for record in reading.of_kinds(ONLY_LINKAGE)]
    steps = [row.get("step", "") for record in reading.of_kinds(ONLY_LINKAGE) for row in record.flow_steps]
    return folded("\n".join([*sections, *rest, *fields, *steps]))


def _volume(reading: Reading) -> Finding | None:
    counted = (sentence for sentence in sentences(_papers_own_words(reading)) if not told(_STAFF, sentence))
    if any(told(_PERSONS, sentence) for sentence in counted):
        return None
    without = [record for record in reading.records if not getattr(record, "volume", "").strip()]
    return Finding(lines=tuple(map(str, without))) if without or not reading.records else None


def _papers_own_words(reading: Reading) -> str:
    """The sections alone: a figure in a specification may count anything."""
    return folded("\n".join(text for one in reading.papers for key, text in one.sections.items() if key != "current"))


def _recovery(reading: Reading) -> Finding | None:
    if LINKAGE.code not in reading.kinds and not _has_own_system(reading):
        return None
    text = reading.text
    return of_parts(
        {
            "復旧の方法": told(r"復旧|復元|リストア", text),
            "見込み時間": told(
                r"(?:復旧|復元)[^。\n]{0,30}\d{1,9}\s{0,3}(?:分|時間|日)|\d{1,9}\s{0,3}(?:分|時間|日)以内", text
            ),
            "代替手段": told(r"代替|予備機|待機系|冗長|二重化", text),
        }
    )


def _has_own_system(reading: Reading) -> bool:
    return told(r"システム|サーバ|クラウド|アプリ", reading.text)


def _sensitive(reading: Reading) -> Finding | None:
    """Items without a word of their own in the measures, and free text of which nobody says what is written."""
    measures = reading.facet(Facet.MEASURES)
    named = [item for item in all_items(reading) if _needs_a_word(item, measures)]
    names = "、".join(dict.fromkeys(_shown(item) for item in named))
    return Finding(fill={"項目": names}, parts=tuple(_shown(item) for item in named)) if named else None


def all_items(reading: Reading) -> list[Item]:
    """Every item that papers and sheets name, each once by its words."""
    lists = [paper.items for paper in reading.papers]
    for record in reading.records:
        names = ("provided_items", "received_items", "items")
        lists += [read_items(getattr(record, name, "") or "") for name in names]
    return list({item.atoms: item for one in lists for item in one.all}.values())


def _needs_a_word(item: Item, measures: str) -> bool:
    if any(word not in measures for word in item.sensitive_words):
        return True
    return item.is_free_text and not item.is_explained and not any(atom in measures for atom in item.atoms)


def _shown(item: Item) -> str:
    """An item in a sentence: a long one by its sensitive words."""
    short = item.text.split("（")[0].split("(")[0]
    if item.sensitive_words and not any(word in short for word in item.sensitive_words):
        return "、".join(item.sensitive_words)
    return short.strip() or item.text


RULES = (
    Rule(
        "K1", "従事者の触れる範囲",
        "委託先・相手方の従事者が見る情報項目と操作（閲覧・入力・出力・媒体の操作のみ）を記入してください。"
        "出力する人は職員か委託先かも示します。",
        (
            Passage("この委託業者は個人情報を知り得るんですか。また、どの程度知り得るんでしょうか。", MINUTES),
            Passage("端末から出力するのは委託業者ではなく、区の職員ということでよろしいですか。", MINUTES),
        ),
        _contact, BOTH, fill_in=(Facet.MEASURES,), about=(Facet.ITEMS, Facet.PARTNER, Facet.MEASURES),
    ),
    Rule(
        "K2", "扱った記録と突合",
        "だれが・いつ・どの情報を扱ったかの記録（操作ログ等）と、業務実績との突合の担当・頻度がありません。",
        (
            Passage("どれくらい知り得たかの管理というか、確認はどのようにしていますか。", MINUTES),
            Passage("閲覧のアクセスログと実際にやった業務とを、食い違いがないか突き合わせる", MINUTES),
        ),
        _log, BOTH, fill_in=(Facet.MEASURES,), about=(Facet.PARTNER, Facet.MEASURES),
    ),
    Rule(
        "K3", "相手方に残る情報",
        "相手方（中継装置・バックアップを含む）に残る情報の保存期間と消去の時期・方法を記入してください。",
        (Passage("市区町村専用装置の中に何かデータが蓄積されるものなのですか。", MINUTES),),
        _remains, BOTH, fill_in=(Facet.MEASURES,), about=(Facet.PARTNER, Facet.FORM, Facet.MEASURES),
    ),
    Rule(
        "K4", "経路・頻度・責任分界点",
        "送信・受信それぞれの経路（回線・媒体）、頻度、責任分界点を記入してください。{受信}",
        (
            Passage("受け取る場合は、どういう具合に受信するんですか。", MINUTES),
            Passage("責任の所在の分岐点が設定されていると理解しています。", MINUTES),
        ),
        _route, ONLY_LINKAGE, fill_in=(Facet.FORM, Facet.MEASURES),
        about=(Facet.ITEMS, Facet.PARTNER, Facet.FORM, Facet.MEASURES),
    ),
    Rule(
        "K5", "人数・件数",
        "対象となる人数または件数が未記入です。概数で構いません（例：約20,000件）。",
        (Passage("バックアップされているデータは何万件くらいあるのでしょうか。", MINUTES),),
        _volume, fill_in=(Facet.VOLUME,), about=(Facet.SCOPE, Facet.VOLUME),
    ),
    Rule(
        "K6", "復旧と代替",
        "データが失われた場合の復旧方法、見込み時間、代替手段を記入してください。",
        (Passage("データが滅失しないような方法がフォローされているのか", MINUTES),),
        _recovery, BOTH, fill_in=(Facet.MEASURES,), about=(Facet.PARTNER, Facet.FORM, Facet.MEASURES),
    ),
    Rule(
        "K7", "配慮の要る項目",
        "配慮の要る項目（{項目}）があります。閲覧者の限定など、ほかの項目と異なる取扱いを記入してください。"
        "自由記載欄は何を書くかも示します。",
        (Passage("全くここに書いてある他の個人情報と同じ扱いにされているようですけれども", MINUTES),),
        _sensitive, fill_in=(Facet.MEASURES, Facet.ITEMS), about=(Facet.ITEMS, Facet.MEASURES), parts_label="項目",
    ),
)  # fmt: skip
