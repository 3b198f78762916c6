"""The papers of the sources, printed from their texts, say what the wards' papers say; and marks come from the diff."""

import re

import pytest

from printing import pdf
from tests.printing.papers import fold, pages_of, source, text_of
from tests.records.papers import NERIMA, PAPERS, SHINJUKU, fragment, values_of

# Where our paper differs on purpose from the sources' text:
CORRECTIONS = {
    "linkage-collection": [("ネットワーククに", "ネットワークに")],  # a character doubled where the page turned
    "shinjuku-outsourcing": [("事業者処理させる", "事業者に処理させる")],  # a dropped 「に」 in a heading
}
MARK = re.compile(r'<b class="chg">(.*?)</b>', re.DOTALL)
# The bold and underlined runs of 新宿区's sheets, labels apart (domain §3.9).
COMMON = ["所属グループ", "出欠席情報"]
NAME, PERIOD = "区立幼稚園・区立学校一斉連絡事業", "令和6年1月初旬から令和6年3月31日まで"
BOLD = {
    "shinjuku-linkage": [
        "学校運営課",
        NAME,
        *COMMON,
        "出欠席連絡機能・電子データ添付機能・自動翻訳機能等を有したアプリによる配信に変更",
        "事業者がアプリ内で各幼稚園・学校のチャンネルを構築し、保護者は各学校のID・パスワードを基に登録を行う。"
        "情報は事業者が利用するサーバ上に保管される。",
        PERIOD,
    ],
    "shinjuku-outsourcing": [
        NAME,
        *COMMON,
        "一斉連絡システムの導入・運用・保守においては、一定水準以上の専門的な技術力及び経験が不可欠であるため。",
        "1、2月 システムの導入(初期設定・カスタマイズ・説明会等)",
        "3月 システムの運用・保守(データ管理・ヘルプデスク・緊急時対応等)",
        PERIOD,
    ],
    "criterion-school": ["児童生徒指導上の課題対応に関する業務（1309-14）"],
    "criterion-maternal-health": ["母子保健に関する業務(0701-01)"],
}


def expected(key):
    text = fold(source(f"paper-{key}"))
    for old, new in CORRECTIONS.get(key, []):
        assert old in text
        text = text.replace(old, new)
    return text


@pytest.mark.parametrize("key", PAPERS)
def test_prints_the_words_of_the_source_in_their_order(key):
    printed = text_of(pdf.render([fragment(PAPERS[key])], title=key))
    assert fold(printed) == expected(key)


@pytest.mark.parametrize("key", PAPERS)
def test_marks_exactly_the_runs_that_the_source_marks(key):
    assert MARK.findall(fragment(PAPERS[key])) == BOLD.get(key, [])


def test_each_sheet_is_marked_against_its_own_baseline():
    linkage, outsourcing = SHINJUKU["shinjuku-linkage"], SHINJUKU["shinjuku-outsourcing"]
    assert linkage["sections"]["department"] == outsourcing["sections"]["department"]
    assert "平成27年度第8回情報公開・個人情報保護審議会承認済の内容からの変更箇所" in fragment(linkage)
    assert "令和元年度第4回情報公開・個人情報保護審議会了承済の内容からの変更箇所" in fragment(outsourcing)


def test_without_a_baseline_there_is_neither_mark_nor_note():
    html = fragment(SHINJUKU["shinjuku-linkage"], baseline=None)
    assert MARK.findall(html) == []
    assert "変更箇所" not in html


def test_the_added_example_is_underlined_and_not_bold():
    assert "marks-line" in fragment(NERIMA["criterion-school"])
    assert "marks-line" not in fragment(SHINJUKU["shinjuku-linkage"])


def test_heading_six_has_the_wording_that_the_paper_chose():
    collection, nursery = (fold(fragment(NERIMA[key])) for key in ("linkage-collection", "linkage-nursery"))
    assert "(または送受信する個人情報)" in nursery
    assert "(または送受信する個人情報)" not in collection


def test_numbers_close_up_over_a_section_that_a_paper_leaves_out():
    school, health = (fold(fragment(NERIMA[f"criterion-{key}"])) for key in ("school", "maternal-health"))
    assert "7事例への追加" in school
    assert "7添付資料" in health
    assert "8事例への追加" in health


def test_the_number_stands_in_a_box_on_the_first_page_and_small_on_the_next():
    long = "\n".join(["つぎの保護措置を講ずる。区は職員の操作を記録し、毎月確かめる。"] * 60)
    item = NERIMA["linkage-collection"]
    sections = values_of(item)["sections"] | {"outline": long}
    first, second, *_ = pages_of(pdf.render([fragment(item, number="資料１", sections=sections)], title="資料"))
    assert first.count("資料１") == 1
    assert "資料１（つづき）" in second
    assert "つづき" not in first


def test_a_paper_is_printed_without_a_number_until_a_meeting_gives_one():
    assert "paper-number" not in fragment(NERIMA["linkage-collection"])
