"""個人情報ファイル in the browser: from the draft through register and publication to the removal below 1,000."""

import re

import pytest
from playwright.sync_api import expect

from file_register.models import PersonalFile, PublicEntry
from tests.e2e.filing import field, heading
from tests.ui.test_access import findings

NAME = "納税相談ファイル"
ENTRY = {
    "個人情報ファイルの利用目的": "納税の相談に応じるため",
    "記録項目": "1氏名、2住所、3電話番号、4相談の内容",
    "記録範囲": "納税の相談をした人",
    "記録情報の収集方法": "本人からの聴取り",
    "開示請求等を受理する組織の名称および所在地": "総務部情報公開課",
}


@pytest.fixture
def office(ward):
    """A window of the disclosure office."""
    return ward.window("kokai-tanto")


def step(page, link, button, **texts):
    """Follow a button of the file's page, fill its form, send it."""
    page.get_by_role("link", name=link, exact=True).click()
    for label, text in texts.items():
        field(page, label).fill(text)
    page.get_by_role("button", name=button, exact=True).click()
    expect(heading(page)).to_have_text(NAME)


def draft(clerk):
    """起案, and what the law demands of an entry."""
    clerk.goto("/personal-files/")
    clerk.get_by_role("link", name="ファイルを登録する").click()
    field(clerk, "個人情報ファイルの名称").fill(NAME)
    clerk.get_by_role("button", name="下書きをつくる").click()
    for label, text in ENTRY.items():
        field(clerk, label).fill(text)
    clerk.get_by_role("group", name=re.compile("^要配慮個人情報")).get_by_label("含まない").check()
    clerk.get_by_label(re.compile("第1号（電算処理ファイル）")).check()
    clerk.get_by_role("button", name="保存").click()
    expect(heading(clerk)).to_have_text(NAME)


@pytest.mark.main_flow
def test_a_file_is_registered_published_and_struck_out_when_it_falls_below_a_thousand(ward, clerk, office):
    draft(clerk)
    assert findings(clerk) == []
    step(clerk, "情報公開課へ提出する", "提出する")

    office.goto("/")
    waiting = office.get_by_role("region", name="登録を待っている個人情報ファイル")
    waiting.get_by_role("link", name=NAME, exact=True).click()
    step(office, "登録する", "登録する", 効力の始まる日="R8.4.1")
    expect(office.get_by_role("region", name="掲載の要否")).to_contain_text("本人の数が分からない")
    step(office, "記入する", "人数を記入する", 本人の数="1,000人", 調べた日="R8.4.1")
    expect(office.get_by_text("公表が必要です")).to_be_visible()
    step(office, "公表したと記入する", "公表したと記入する", 公表日="R8.4.2")
    expect(office.get_by_role("region", name="公表")).to_contain_text("公表中")
    expect(office.get_by_text("公表が必要です")).to_have_count(0)

    step(office, "記入する", "人数を記入する", 本人の数="999人", 調べた日="R8.10.1")
    expect(office.get_by_text("消除が必要です")).to_be_visible()
    expect(office.get_by_role("main")).to_contain_text("令第21条第4項")
    office.goto("/")
    duties = office.get_by_role("region", name="個人情報ファイルについて、するべきこと")
    expect(duties).to_contain_text("遅滞なく記載を消除してください")
    duties.get_by_role("link", name=NAME, exact=True).click()
    step(office, "消除したと記入する", "消除したと記入する", 消除日="R8.10.5", 理由="1,000人に満たなくなったため")
    expect(office.get_by_role("region", name="公表")).to_contain_text("消除済")
    expect(office.get_by_text("消除が必要です")).to_have_count(0)
    assert findings(office) == []
    ward.settle()
    entry = PublicEntry.objects.get(file__versions__name=NAME)
    assert (entry.published_on.isoformat(), entry.removed_on.isoformat()) == ("2026-04-02", "2026-10-05")


def test_a_draft_is_withdrawn_and_leaves_nothing_in_the_list(ward, clerk):
    draft(clerk)
    step(clerk, "取り下げる", "取り下げる", 理由="事業の中止のため")
    expect(clerk.get_by_role("main")).to_contain_text("登録されないまま取り下げられました")
    clerk.goto("/personal-files/?q=納税相談")
    expect(clerk.get_by_text("この条件にあう個人情報ファイルはありません")).to_be_visible()
    clerk.get_by_role("link", name=re.compile("^取下げ 1件")).click()
    expect(clerk.get_by_role("main").get_by_role("link", name=NAME)).to_be_visible()
    ward.settle()
    assert PersonalFile.objects.get(versions__name=NAME).versions.get().status == "withdrawn"
