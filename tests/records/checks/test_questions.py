"""審議会の問い K1–K12: each is asked while nothing tells of it, and is silent once a sentence or a field does."""

import time

import pytest

from history.writing import SYSTEM
from records.checks import RULES, Level
from records.checks.running import check_file
from records.kinds import LINKAGE, OUT_OF_PURPOSE, OUTSOURCING
from records.services import papers
from records.services.papers import PaperEntry
from tests.printing.papers import fold
from tests.records.checks.passages import excerpts
from tests.records.factories import OUTSOURCING_VALUES, change_of, decided, draft
from tests.records.paper_factories import TEXTS, layout, paper_draft

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("layouts")]
OUTSOURCED = {
    "name": "窓口業務の委託",
    "content": "(1)申告書の処理",
    "partner": "民間事業者",
    "items": "氏名、住所",
    "protection": "個人情報の保護を義務付ける。",
}
# Rule → (kind of the paper, section, what tells of it).
TELLING = {
    "K1": (LINKAGE, "protection", "結合先の従事者は、氏名だけを閲覧する。出力は区の職員が行う。"),
    "K2": (LINKAGE, "protection", "操作ログを取得し、収納課が毎月、業務実績と突合する。"),
    "K3": (LINKAGE, "protection", "【結合先が講じる保護措置】\n(1) 受け取ったデータは60日後に消去する。"),
    "K4": (LINKAGE, "outline", "専用回線で毎日1回、データを送受信する。回線の終端装置を責任分界点とする。"),
    "K5": (LINKAGE, "outline", "対象は約3,000人である。"),
    "K6": (LINKAGE, "protection", "障害のときは控えから復旧する（4時間以内）。その間は紙の調査票で代替する。"),
    "K7": (LINKAGE, "protection", "アレルギー情報は、担任と看護師だけが閲覧する。備考には申し送りを書く。"),
    "K8": (OUTSOURCING, "content", "公募型プロポーザルで選び、単年度契約とする。"),
    "K9": (
        OUTSOURCING,
        "content",
        "税務課の執務室で従事者5名（職員は2名減）が行う。業務責任者が常駐し、指示は責任者を通じて行う。"
        "苦情は職員が受け、繁忙期は増員する。",
    ),
    "K10": (
        OUTSOURCING,
        "protection",
        "プライバシーマークの取得を条件とし、従事者は誓約書を出す。再委託は認めない。終了後も守秘義務を負い、資料は返還する。"
        "特記事項を添える。",
    ),
    "K11": (OUTSOURCING, "content", "条例第13条は、できる規定である。"),
    "K12": (LINKAGE, "partner", "株式会社NTTデータ"),
}
# What the paper says before, where the base text would not be asked.
ASKED_BY = {
    "K2": {"protection": "措置を講ずる。"},
    "K7": {"items": "【区が送信する項目】\nアレルギー情報、備考"},
    "K12": {"partner": "未定（入札により決定する。）"},
}


def of_kind(kind, **texts):
    if kind is OUTSOURCING:
        return paper_draft(draft(OUTSOURCING), code="paper-outsourcing", texts=OUTSOURCED | texts)
    return paper_draft(draft(kind, partner_name=partner_of(texts)), texts=TEXTS | texts)


def partner_of(texts):
    return texts.get("partner", "株式会社NTTデータ")


def write(paper, **texts):
    given = PaperEntry(title=paper.title, texts=texts)
    papers.edit_paper(paper, layout=layout(paper.layout_code), entry=given, lock=paper.lock, actor=SYSTEM)


def found(proposal):
    return {one.rule.code: one for one in check_file(proposal).found}


def test_every_question_of_the_council_is_tested_here():
    assert list(TELLING) == [code for code in RULES if code.startswith("K")]


@pytest.mark.parametrize("code", TELLING)
def test_a_question_is_asked_until_the_paper_tells_of_it(code):
    kind, section, told = TELLING[code]
    paper = of_kind(kind, **ASKED_BY.get(code, {}))
    assert code in found(paper.proposal)
    write(paper, **{section: told})
    if code == "K12":
        record = paper.proposal.records()[0]
        record.partner_name = told
        record.save_as(SYSTEM, action="edit_record")
    assert code not in found(paper.proposal)


@pytest.mark.parametrize("code", [code for code in RULES if code.startswith("K")])
def test_a_question_is_a_warning_with_words_of_the_minutes(code):
    rule = RULES[code]
    assert rule.level is Level.WARNING
    assert rule.passages
    for passage in rule.passages:
        assert passage.quoted
        assert fold(passage.words) in excerpts()


def test_the_messages_are_those_of_the_list():
    named = {"項目": "{項目}", "箇所": "{箇所}", "受信": "受信項目があるのに受信方法がありません。"}
    assert {code: RULES[code].message.format(**named) for code in TELLING} == MESSAGES


MESSAGES = {
    "K1": "委託先・相手方の従事者が見る情報項目と操作（閲覧・入力・出力・媒体の操作のみ）を記入してください。"
    "出力する人は職員か委託先かも示します。",
    "K2": "だれが・いつ・どの情報を扱ったかの記録（操作ログ等）と、業務実績との突合の担当・頻度がありません。",
    "K3": "相手方（中継装置・バックアップを含む）に残る情報の保存期間と消去の時期・方法を記入してください。",
    "K4": "送信・受信それぞれの経路（回線・媒体）、頻度、責任分界点を記入してください。"
    "受信項目があるのに受信方法がありません。",
    "K5": "対象となる人数または件数が未記入です。概数で構いません（例：約20,000件）。",
    "K6": "データが失われた場合の復旧方法、見込み時間、代替手段を記入してください。",
    "K7": "配慮の要る項目（{項目}）があります。閲覧者の限定など、ほかの項目と異なる取扱いを記入してください。"
    "自由記載欄は何を書くかも示します。",
    "K8": "今回お諮りする範囲と承認済みの範囲（審議会の日付・諮問番号）を分け、"
    "契約方法と期間（単年度／複数年）を記入してください。",
    "K9": "執務場所、職員と従事者の人数の変化、業務責任者（常駐の有無）、指示の経路、"
    "苦情・繁忙期の体制を記入してください。",
    "K10": "選定条件（プライバシーマーク等）、誓約書、再委託の可否、契約終了後・受託者交代後の守秘義務と"
    "返還・廃棄を記入し、特記事項を添付してください。",
    "K11": "根拠は「義務」ですか「できる規定」ですか。区が行う理由と、前回承認分の検証結果"
    "（事故・苦情・ログ点検・従事者の交代）を記入してください。",
    "K12": "未確定の事項（{箇所}）があります。確定の時期と、審議会への追加報告の要否を記入してください。",
}


def test_receiving_is_missed_only_where_something_is_received_and_no_way_told():
    paper = of_kind(LINKAGE, outline="専用回線で毎日データを送信する。回線の終端装置を責任分界点とする。")
    words = found(paper.proposal)["K4"].words
    assert words.endswith("受信項目があるのに受信方法がありません。")
    write(paper, outline="専用回線で毎日データを送受信する。")
    assert not found(paper.proposal)["K4"].words.endswith("受信方法がありません。")


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"volume": "約20,000件"}, "K5"),
        ({"contract_method": "一般競争入札", "contract_from": "令和4年4月1日", "contract_to": "令和5年3月31日"}, "K8"),
        ({"ground_documents": [{"subject": "通知", "force": "discretion"}]}, "K11"),
    ],
)
def test_a_field_of_the_sheet_tells_as_well_as_the_paper(fields, code):
    without = paper_draft(draft(OUTSOURCING), code="paper-outsourcing", texts=OUTSOURCED)
    full = {"issued_by": "", "number": "", "dated": "", "subject": "", "article": "", "force": ""}
    fields = {n: [full | row for row in v] if isinstance(v, list) else v for n, v in fields.items()}
    with_it = paper_draft(draft(OUTSOURCING, **fields), code="paper-outsourcing", texts=OUTSOURCED)
    assert code in found(without.proposal)
    assert code not in found(with_it.proposal)


@pytest.mark.parametrize("words", ["ログインの認証を行う。", "プログラムを更新する。", "予防接種履歴を送る。"])
def test_a_login_a_program_and_a_history_of_the_person_are_no_log(words):
    paper = of_kind(LINKAGE, protection=words)
    assert "操作の記録" in found(paper.proposal)["K2"].finding.parts


def test_todays_way_of_working_tells_nothing_of_the_new_one():
    paper = of_kind(LINKAGE, current="月に約300件を送付し、ログを保存して突合している。")
    assert {"K2", "K5"} <= set(found(paper.proposal))


def test_the_figure_of_the_staff_is_not_that_of_the_persons():
    assert "K5" in found(of_kind(LINKAGE, outline="従事者5名が行う。").proposal)


def test_what_the_ward_erases_says_nothing_of_what_stays_with_the_partner():
    both = "【区が講じる保護措置】\n(1) USBメモリは使用後に削除する。\n【結合先が講じる保護措置】\n(1) {}。"
    paper = of_kind(LINKAGE, protection=both.format("暗号化する"))
    assert "K3" in found(paper.proposal)
    write(paper, protection=both.format("30日で消去する"))
    assert "K3" not in found(paper.proposal)


def test_an_outsourcing_at_the_counter_leaves_nothing_at_the_partner():
    """K3 and K6 ask an outsourcing only where it hands out data or has a system of the partner's."""
    paper = of_kind(OUTSOURCING)
    assert not {"K3", "K4", "K6"} & set(found(paper.proposal))
    write(paper, content="受託者のシステムで申告書を処理する。")
    assert {"K3", "K6"} <= set(found(paper.proposal))


def test_a_partner_that_is_an_authority_is_not_chosen():
    assert "K10" in found(of_kind(LINKAGE).proposal)
    assert "K10" not in found(of_kind(LINKAGE, partner="法務省").proposal)


def test_a_change_is_asked_what_was_approved_and_how_it_went():
    (record,) = decided(OUTSOURCING).records()
    proposal = change_of(record, **OUTSOURCING_VALUES | {"continues_from": "令和5年4月"})
    asked = found(proposal)
    assert "承認済みの範囲" in asked["K8"].finding.parts
    assert "前回承認分の検証" in asked["K11"].finding.parts
    assert "前回承認分の検証" not in found(draft(OUTSOURCING))["K11"].finding.parts


def test_a_use_within_the_ward_is_asked_for_persons_alone():
    assert [code for code in found(draft(OUT_OF_PURPOSE)) if code.startswith("K")] == ["K5"]


@pytest.mark.parametrize("text", ["1" * 10_000, "第1回" * 3_000, "(" * 5_000 + ")" * 5_000, "アクセス通じて" * 1_400])
def test_the_longest_text_is_read_in_a_moment(text):
    """A careless pattern takes 18 seconds for ten thousand figures."""
    paper = of_kind(LINKAGE, protection=text, items=text)
    started = time.perf_counter()
    check_file(paper.proposal)
    assert time.perf_counter() - started < 5
