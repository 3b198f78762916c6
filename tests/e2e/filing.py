"""What people do in the browser, step by step, and the real texts that they type."""

import re

from playwright.sync_api import Page, expect

from organization.demo import DEMO_PASSWORD
from tests.printing.papers import fold, source, text_of

COLLECTION_TITLE = "特別区民税・都民税、軽自動車税および国民健康保険料に関する業務に係る電子計算組織の結合について"
COLLECTION_SHEETS = {  # business: name of its sheet's text in tests/sources
    "特別区民税・都民税に関する業務": "linkage-resident-tax",
    "軽自動車税に関する業務": "linkage-light-vehicle-tax",
    "国民健康保険に関する業務": "linkage-health-insurance",
}
PURPOSE = (
    "滞納者の金融機関への預金調査をオンラインで照会することにより、滞納整理業務の効率化を図る。\n"
    "また、紙や郵送代の経費削減および回答書の入力などの業務量を削減する。"
)
COLLECTION = {  # label: what the clerk types
    "電算結合の目的": PURPOSE,
    "結合年月日": "R4.6",
    "結合変更年月日": "年 月",
    "相手方の名称": "株式会社NTTデータ",
    "相手方の住所": "東京都江東区豊洲3-3-3　豊洲センタービル",
    "提供する管理個人情報": "氏名、フリガナ、住所、生年月日、性別",
    "提供を受ける個人情報": "氏名、フリガナ、住所、生年月日、性別\n口座の有無、取引明細（口座有の場合）",
    "個人情報保護管理責任者": "区民部収納課長",
}
SCHOOL_TITLE = "「指導に関する業務」における目的外利用に関する審議会事前一括承認基準の適用について"
SCHOOL = {
    "目的外利用する業務登録番号": "1309-14",
    "目的外利用する所管課名": "教育振興部　学校教育支援センター",
    "目的外利用する業務の目的": "不登校に関する実態調査を実施するにあたり、対象者を特定するため",
    "目的外利用させる業務登録番号": "1303-02",
    "目的外利用させる所管課名": "教育振興部　区立中学校",
    "目的外利用させる業務の名称": "指導に関する業務",
    "利用期間の初日": "R4.4.1",
    "利用期間の末日": "R5.3.31",
    "適用日": "令和4年4月1日",
    "個人情報保護管理責任者": "学校教育支援センター所長",
}

BOXES = re.compile("[□☑]")  # printed, but lost in the text of the sources


def sign_in(page: Page, username: str) -> None:
    """Through the sign-in page, to the first page."""
    page.goto("/")
    page.get_by_label("利用者名").fill(username)
    page.get_by_label("パスワード").fill(DEMO_PASSWORD)
    page.get_by_role("button", name="ログイン").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("はじめの画面")


def create_proposal(page: Page, title: str) -> None:
    """From the first page to an empty file."""
    page.goto("/")
    page.get_by_role("link", name="案件をつくる").click()
    field(page, "件名").fill(title)
    page.get_by_role("button", name="つくって記録票へ").click()
    expect(heading(page)).to_have_text("記録票の追加")


def add_records(page: Page, kind: str, businesses: list[str]) -> None:
    """From the page 記録票の追加 to the editor of the first sheet."""
    page.get_by_label(kind).check()
    for business in businesses:
        page.get_by_label(business).check()
    page.get_by_role("button", name="追加する").click()
    expect(page.get_by_role("heading", name="紙の見え方")).to_be_visible()


def fill(page: Page, texts: dict[str, str]) -> None:
    """Type into the fields with these labels."""
    for label, text in texts.items():
        field(page, label).fill(text)


def save(page: Page) -> None:
    """保存, and wait for the word that it was done."""
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.locator(".messages")).to_contain_text("保存しました")


def file_collection(page: Page, **changes: str) -> None:
    """The 案件 of 収納課 with its three sheets, to its page; `changes` replace what is typed."""
    create_proposal(page, COLLECTION_TITLE)
    add_records(page, "電算結合記録票", list(COLLECTION_SHEETS))
    fill(page, COLLECTION | changes)
    save(page)
    page.get_by_role("link", name="案件を見る").click()
    expect(heading(page)).to_have_text(COLLECTION_TITLE)


def open_waiting(page: Page, title: str) -> None:
    """From the first page to a file that waits there."""
    page.goto("/")
    page.get_by_role("main").get_by_role("link", name=title).first.click()
    expect(heading(page)).to_have_text(title)


def take_step(page: Page, link: str, button: str = "", texts: dict[str, str] | None = None) -> None:
    """From the file's page through the page of a step and back."""
    page.get_by_role("link", name=link, exact=True).click()
    fill(page, texts or {})
    page.get_by_role("button", name=button or link, exact=True).click()
    page.wait_for_url(re.compile(r"/proposals/\d+/$"))


def accept_for_the_council(page: Page) -> None:
    """From the file's page through the acceptance: every sheet goes by 諮問, which the Act leaves to the office."""
    page.get_by_role("link", name="受理する", exact=True).click()
    choices = page.get_by_role("radio", name=re.compile("^諮問する"))
    expect(choices.first).to_be_visible()
    for choice in choices.all():
        choice.check()
    page.get_by_role("button", name="受理する", exact=True).click()
    page.wait_for_url(re.compile(r"/proposals/\d+/$"))


def field(page: Page, label: str):
    """The input of that label, without the words about being needed that follow it."""
    exactly = re.compile(f"^{re.escape(label)}( (必須|任意)| [^ ]+)?$")
    return page.locator("main").get_by_label(exactly)


def heading(page: Page):
    """The page's first heading."""
    return page.locator(".head").get_by_role("heading", level=1)  # the sheets have titles of their own


def state(page: Page):
    """The chip behind the heading."""
    return page.locator(".head .chip").first


def printed(page: Page, record: str) -> str:
    """The folded text of the PDF behind the link 様式を印刷 of that record."""
    return fold(text_of(downloaded(page, page.get_by_role("link", name=re.compile(f"様式を印刷.*{record}")))))


def downloaded(page: Page, link) -> bytes:
    """The PDF that a link of the page leads to, fetched as the person signed in there."""
    answer = page.request.get(link.get_attribute("href"))
    assert (answer.status, answer.headers["content-type"]) == (200, "application/pdf")
    return answer.body()


def paper(name: str, *corrections: tuple[str, str]) -> str:
    """The folded text of a sheet of January 2022; each correction replaces a first occurrence that must be there."""
    text = fold(source(name))
    for old, new in corrections:
        assert old in text
        text = text.replace(old, new, 1)
    return text
