"""審議会の一年の一回: the secretariat builds a meeting from two files, prints, runs and publishes it."""

from datetime import date

import pytest
from playwright.sync_api import expect

from councils.models import Meeting, Minutes
from history.writing import SYSTEM
from records.kinds import OUTSOURCING
from records.models import Proposal
from tests.printing.papers import pages_of
from tests.records.factories import accepted

pytestmark = pytest.mark.main_flow

COLLECTION = "特別区民税・都民税、軽自動車税および国民健康保険料に関する業務に係る電子計算組織の結合について"
WINDOW = "窓口業務に係る外部委託について"


def press(page, role, words):
    """Press the first link or button with these words; hidden words, which name the row, count as its own."""
    page.get_by_role(role).filter(has_text=words).first.click()


def section(page, label):
    page.locator(".sections a", has_text=label).click()


def test_from_two_accepted_files_to_the_published_minutes(ward):
    other = accepted(OUTSOURCING)
    other.title = WINDOW
    other.save_as(SYSTEM, action="edit_proposal")
    page = ward.window("shingikai")
    page.goto("/council/meetings/")
    press(page, "link", "会議を登録する")
    page.locator("#id_body").select_option(label="練馬区情報公開および個人情報保護運営審議会")
    page.locator("#id_term").select_option(label="審議会　第7期")
    page.get_by_label("開催日").fill("R4.12.1")
    page.get_by_label("開会の時刻").fill("午前10時")
    page.get_by_label("場所").fill("本庁舎5階 庁議室")
    press(page, "button", "登録する")
    expect(page.get_by_role("heading", level=1)).to_have_text("第7期第8回審議会")

    section(page, "次第")
    press(page, "link", "案件から加える")
    for title in (WINDOW, COLLECTION):
        press(page, "button", f"次第に加える：{title}")
        expect(page.get_by_text(f"「{title}」を次第に加えました。")).to_be_visible()
    press(page, "link", "次第に戻る")
    for title, number in ((COLLECTION, "1"), (WINDOW, "2")):
        press(page, "link", f"番号を付ける：{title}")
        page.get_by_label("諮問番号").fill(number)
        press(page, "button", "番号を付ける")

    section(page, "資料")
    press(page, "button", "案件の資料に番号を付ける")
    expect(page.get_by_text("案件の資料に番号を付けました（資料1）。")).to_be_visible()
    press(page, "link", "資料を加える")
    page.locator("#id_item").select_option(label=WINDOW)
    page.locator("#id_title").fill("窓口業務の委託")
    press(page, "button", "加える")
    page.locator("#id_text").fill("１ 件名\n窓口業務の委託")
    page.get_by_label("この資料を確定する").check()
    press(page, "button", "保存")
    packet = pages_of(page.request.get(page.get_by_role("link", name="資料一式を印刷").get_attribute("href")).body())
    assert "次第 1／1" in packet[0]
    assert any("資料１ 1／" in text for text in packet)
    assert any("電 算 結 合 記 録 票" in text or "電算結合記録票" in text for text in packet)

    section(page, "出欠")
    press(page, "button", "名簿を読み込む")
    came = page.locator('select[name^="came-"]')
    expect(came).to_have_count(23)
    for place in range(12):
        came.nth(place).select_option("yes")
    press(page, "button", "出欠を保存する")
    expect(page.get_by_text("出欠を保存しました（変わった委員 12人）。")).to_be_visible()

    section(page, "概要")
    press(page, "button", "開会する")
    page.locator("#id_method").select_option("hands")
    page.locator("#id_extent").select_option("majority")
    page.locator("#id_against").fill("1")
    page.locator("#id_result").select_option("by_majority")
    page.locator("#id_phrase").fill("原案通り承認")
    for box in page.locator('form.now input[name="items"]').all():
        box.check()
    press(page, "button", "結果を記録する")
    expect(page.get_by_text("結果を記録しました。")).to_be_visible()
    section(page, "概要")
    press(page, "link", "閉会する")
    page.get_by_label("閉会の時刻").fill("12:05")
    page.get_by_label("傍聴人の数").fill("1")
    press(page, "button", "閉会する")

    section(page, "要録")
    press(page, "button", "会議要録を作りはじめる")
    expect(page.get_by_text("＜多数＞反対の方挙手をお願いいたします。＜１名＞")).to_be_visible()
    press(page, "link", "後ろに加える")
    page.locator("#id_speaker").fill("会長")
    page.locator("#id_text").fill("本日の審議会はこれで終了いたします。")
    press(page, "button", "加える")
    press(page, "button", "確認に回す")
    press(page, "link", "確定する")
    press(page, "button", "確定する")
    press(page, "button", "公開する")
    expect(page.get_by_text("会議要録を公開しました。")).to_be_visible()
    ward.settle()

    meeting = Meeting.objects.get(number=8)
    for title, number in ((COLLECTION, "1"), (WINDOW, "2")):
        for record in Proposal.objects.get(title=title).records():
            assert (record.status, record.consultation_number) == ("decided", number)
            assert record.council_date.start == date(2022, 12, 1)
    page.goto("/public/council/")
    page.get_by_role("link", name=Minutes.objects.get(meeting=meeting).title).click()
    expect(page.get_by_text("本日の審議会はこれで終了いたします。")).to_be_visible()
