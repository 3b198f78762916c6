"""税務課 adds work to an outsourcing in force: from its page to the decision, the change marked on screen and paper."""

import re
import tempfile

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from common.wareki import format_date
from records.models import OutsourcingVersion, Paper
from tests.e2e.drafts import WINDOW_WORK, outsourcing_in_force
from tests.e2e.filing import accept_for_the_council, field, fill, heading, open_waiting, save, state, take_step
from tests.printing.papers import fold, poppler, text_of

pytestmark = pytest.mark.main_flow

TITLE = "軽自動車税に関する業務に係る外部委託の一部変更について"
ADDED = "＜追加する業務＞\n(1)軽自動車税の証明書発行手数料の領収・領収書の発行（窓口・郵送）"
WORK = f"＜現行の業務＞\n{WINDOW_WORK}\n{ADDED}"
SINCE = "令和4年4月1日から効力のある記録票の内容からの変更箇所"
MARKED = f"現行の業務{ADDED}"  # the brackets of a heading before what stood there are left as they were
REASON = "現在委託している軽自動車税事務の窓口業務の一部を追加する。"


def marked(page, key):
    """The runs that are bold and underlined in a box of the sheet, folded."""
    return fold("".join(page.locator(f'.sheet [data-field="{key}"] .chg').all_inner_texts()))


def bold_words(pdf):
    """The words that a PDF sets in ゴシック, folded."""
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(pdf)
        file.flush()
        page = poppler(b"", "pdftohtml", "-xml", "-stdout", "-i", file.name)
    fonts = dict(re.findall(r'<fontspec id="(\d+)"[^>]*family="([^"]*)"', page))
    lines = re.findall(r'<text [^>]*font="(\d+)"[^>]*>(.*?)</text>', page)
    return fold("".join(re.sub("<[^>]*>", "", words) for font, words in lines if "Gothic" in fonts[font]))


def test_from_the_record_in_force_to_the_decision_of_its_change(ward):
    before = outsourcing_in_force()
    clerk, head, office = (ward.window(name) for name in ("zeimu-tanto", "zeimu-kacho", "kokai-tanto"))

    clerk.goto(before.get_absolute_url())
    clerk.get_by_role("link", name="変更の案件をつくる").click()
    fill(clerk, {"件名": TITLE, "理由": REASON})
    clerk.get_by_role("button", name="変更の案件をつくる").click()
    expect(heading(clerk)).to_have_text(TITLE)
    clerk.get_by_role("link", name="編集する").first.click()

    expect(clerk.locator(".sheet .change-note")).to_contain_text(
        "令和4年4月1日から効力のある記録票の内容からの変更箇所"
    )
    field(clerk, "委託内容").fill(WORK)
    expect(clerk.locator('.sheet [data-field="work"] .chg').first).to_be_visible()
    assert marked(clerk, "work") == fold(MARKED)
    fill(clerk, {"以降継続の初日": "R7.4"})
    expect(clerk.locator('.sheet [data-field="period_from"]')).to_contain_text("令和7年4月")
    save(clerk)
    clerk.get_by_role("link", name="案件を見る").click()

    paper_of_the_change(clerk)
    clerk.goto(f"/proposals/{Paper.objects.latest('pk').proposal_id}/")
    take_step(clerk, "課長の確認に出す")
    open_waiting(head, TITLE)
    take_step(head, "承認して提出する")
    open_waiting(office, TITLE)
    accept_for_the_council(office)
    day = timezone.localdate()
    texts = {"審議会の日付": format_date(day, "short"), "諮問番号": "11"}
    take_step(office, "審議会の決定を記入する", "決定を記入する", texts)
    expect(state(office)).to_have_text("決定")
    ward.settle()

    after = OutsourcingVersion.objects.get(replaces=before)
    before.refresh_from_db()
    assert (before.valid_to, after.valid_from, after.consultation_number) == (after.valid_from, after.valid_from, "11")
    office.goto(after.get_absolute_url())
    expect(office.locator(".sheet .chg")).to_have_count(0)
    office.get_by_role("link", name="変更箇所を示す").click()
    assert marked(office, "work") == fold(MARKED)
    link = office.get_by_role("link", name="様式を印刷").get_attribute("href")
    address = f"/records/outsourcing/{after.pk}/sheet.pdf"
    assert link.endswith(f"{address}?changes=1")
    changed = office.request.get(link).body()
    assert fold(ADDED) in bold_words(changed)
    assert fold("(6)他業務への案内") not in bold_words(changed)
    assert fold(SINCE) in fold(text_of(changed))
    official = office.request.get(address).body()
    assert bold_words(official) == ""
    assert fold(WORK) in fold(text_of(official))
    assert fold(f"審議会{format_date(day)}諮問第11号") in fold(text_of(official))


def paper_of_the_change(page):
    """From the file: the paper of the last such change, with what is outsourced now marked in it."""
    old = Paper.objects.get(layout_code="paper-outsourcing-change")
    page.get_by_role("link", name="資料を追加").click()
    page.get_by_label("外部委託の一部変更の資料").check()
    page.get_by_label("もとにする資料").select_option(str(old.pk))
    page.get_by_role("button", name="つくる").click()
    content = page.locator("#id_text_content")
    content.fill(content.input_value() + "\n(2)軽自動車税の納付相談の受付")
    expect(page.locator('.sheet [data-field="content"] .chg').first).to_be_visible()
    assert marked(page, "content") == "軽自動車税の納付相談の受付"  # its number is no word
    save(page)
    paper = Paper.objects.latest("pk")
    printed = page.request.get(f"/papers/{paper.pk}/paper.pdf?whole=1").body()
    words = fold(text_of(printed))
    assert words.index(fold("(2)軽自動車税の納付相談の受付")) < words.index(fold("外部委託記録票"))
    assert fold("納付相談の受付") in bold_words(printed)
