"""Wrong input: 422, what was typed still there, said beside the field and in a summary that leads to it."""

import pytest
from playwright.sync_api import expect

from records.models import LinkageVersion, Paper, Proposal
from tests.e2e.drafts import FILLED, collection_draft, send_to_the_office, use_draft
from tests.e2e.filing import COLLECTION_TITLE, accept_for_the_council, field

BUSINESS = "軽自動車税に関する業務"


def send(page, button):
    """Press the button; the status of the answer."""
    with page.expect_response(lambda answer: answer.request.is_navigation_request()) as answer:
        page.get_by_role("button", name=button, exact=True).click()
    page.wait_for_load_state()
    return answer.value.status


DESCRIPTION = """() => {
    const described = document.activeElement.closest("[aria-describedby]");
    const ids = described?.getAttribute("aria-describedby").split(" ") ?? [];
    return ids.map(id => document.getElementById(id)?.innerText).join(" ");
}"""


def expect_refusal(page, label, message):
    """The summary says it and its link moves the cursor to the field, with which it is read out."""
    expect(page.get_by_role("alert")).to_contain_text(message)
    page.get_by_role("alert").get_by_role("link", name=label).first.click()
    expect(page.locator(":focus")).to_have_attribute("aria-invalid", "true")
    expect(page.locator(".field.is-error", has=page.locator(":focus")).locator(".err")).to_contain_text(message)
    assert message in page.evaluate(DESCRIPTION)


@pytest.fixture
def editor(ward):
    """The clerk's editor of a filled sheet of 収納課."""
    draft = collection_draft([BUSINESS], **FILLED)
    page = ward.window("shuno-tanto")
    page.goto(f"/records/linkage/{draft.pk}/edit/")
    return page


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("令和4年2月30日", "令和4年2月30日"),
        ("昭和64年1月8日", "昭和64年1月8日"),
        ("令和0年5月1日", "令和0年"),
        ("平成32年5月1日", "令和2年5月1日"),
        ("そのうち", "そのうち"),
    ],
)
def test_a_date_that_does_not_exist_is_refused_by_name(ward, editor, typed, message):
    field(editor, "結合年月日").fill(typed)
    assert send(editor, "保存") == 422
    expect(field(editor, "結合年月日")).to_have_value(typed)
    expect(field(editor, "電算結合の目的")).to_have_value(FILLED["purpose"])
    expect_refusal(editor, "結合年月日", message)
    ward.settle()
    assert str(LinkageVersion.objects.latest("pk").linked_on) == "令和4年6月"


def test_a_number_that_is_none_is_refused_and_kept(editor):
    field(editor, "業務登録番号").fill("701")
    assert send(editor, "保存") == 422
    expect(field(editor, "業務登録番号")).to_have_value("701")
    expect_refusal(editor, "業務登録番号", "業務登録番号として読めません")


def test_both_lines_of_the_period_are_refused(ward):
    record = use_draft()
    page = ward.window("shien-tanto")
    page.goto(f"/records/out-of-purpose/{record.pk}/edit/")
    period = {"利用期間の初日": "令和3年11月30日", "利用期間の末日": "令和4年3月31日", "以降継続の初日": "平成12年4月"}
    for label, typed in period.items():
        field(page, label).fill(typed)
    assert send(page, "保存") == 422
    for label, typed in period.items():
        expect(field(page, label)).to_have_value(typed)
    expect_refusal(page, "以降継続の初日", "期間と「以降継続」は一方だけ")


def test_a_period_that_ends_before_it_begins_is_refused(ward):
    record = use_draft()
    page = ward.window("shien-tanto")
    page.goto(f"/records/out-of-purpose/{record.pk}/edit/")
    field(page, "利用期間の初日").fill("R4.4.1")
    field(page, "利用期間の末日").fill("R4.3.31")
    assert send(page, "保存") == 422
    expect(page.get_by_role("alert")).to_contain_text("期間の末日は、初日より前にはできません")
    expect(field(page, "利用期間の末日")).to_have_value("R4.3.31")


def test_an_empty_title_is_refused(ward):
    page = ward.window("shuno-tanto")
    page.goto("/proposals/new/")
    assert send(page, "つくって記録票へ") == 422
    expect_refusal(page, "件名", "件名を入力してください")


def test_a_record_of_no_kind_is_refused(ward):
    record = collection_draft([BUSINESS])
    page = ward.window("shuno-tanto")
    page.goto(f"/proposals/{record.proposal_id}/records/new/")
    assert send(page, "追加する") == 422
    expect_refusal(page, "記録票の種類", "記録票の種類を選んでください")


def test_an_unfinished_file_does_not_leave_the_department(ward):
    record = collection_draft([BUSINESS])
    page = ward.window("shuno-tanto")
    page.goto(f"/proposals/{record.proposal_id}/request_approval/")
    assert send(page, "課長の確認に出す") == 422
    expect(page.get_by_role("alert")).to_contain_text(f"{BUSINESS}の「目的」、{BUSINESS}の「結合年月日」")


def test_a_return_without_a_reason_is_refused(ward):
    record = collection_draft([BUSINESS], **FILLED)
    send_to_the_office(record)
    page = ward.window("kokai-tanto")
    page.goto(f"/proposals/{record.proposal_id}/return/")
    assert send(page, "差し戻す") == 422
    expect_refusal(page, "理由", "理由を入力してください")


def test_a_decision_on_a_day_that_does_not_exist_is_refused(ward):
    record = collection_draft([BUSINESS], **FILLED)
    send_to_the_office(record)
    page = ward.window("kokai-tanto")
    page.goto(f"/proposals/{record.proposal_id}/")
    accept_for_the_council(page)
    page.get_by_role("link", name="審議会の決定を記入する").click()
    field(page, "審議会の日付").fill("R4.2")
    field(page, "諮問番号").fill("26")
    assert send(page, "決定を記入する") == 422
    expect(field(page, "諮問番号")).to_have_value("26")
    expect_refusal(page, "審議会の日付", "年月日まで書いてください")


@pytest.mark.parametrize("scripts", [True, False])
def test_a_double_click_creates_one_file_and_one_sheet(ward, scripts):
    before = Proposal.objects.count()
    sheets = LinkageVersion.objects.count()
    page = ward.window("shuno-tanto", java_script_enabled=scripts)
    page.goto("/proposals/new/")
    field(page, "件名").fill(COLLECTION_TITLE)
    page.get_by_role("button", name="つくって記録票へ").dblclick()
    page.wait_for_url("**/records/new/")
    page.get_by_label("電算結合記録票").check()
    page.get_by_label(BUSINESS).check()
    page.get_by_role("button", name="追加する").dblclick()
    page.wait_for_url("**/edit/")
    ward.settle()
    assert Proposal.objects.count() == before + 1
    assert LinkageVersion.objects.count() == sheets + 1


def test_a_stale_edit_shows_both_versions_and_loses_neither(ward):
    record = collection_draft([BUSINESS], **FILLED)
    clerk, head = ward.window("shuno-tanto"), ward.window("shuno-kacho")
    for page in (clerk, head):
        page.goto(f"/records/linkage/{record.pk}/edit/")
    field(clerk, "電算結合の目的").fill("担当の書いた目的")
    assert send(clerk, "保存") == 303
    field(head, "電算結合の目的").fill("課長の書いた目的")
    assert send(head, "保存") == 422
    row = head.get_by_role("table", name="ほかの人が保存した内容とのちがい").get_by_role("row").filter(has_text="目的")
    expect(row.get_by_role("cell")).to_have_text(["担当の書いた目的", "課長の書いた目的"])
    expect(field(head, "電算結合の目的")).to_have_value("課長の書いた目的")
    ward.settle()
    assert LinkageVersion.objects.get(pk=record.pk).purpose == "担当の書いた目的"

    assert send(head, "保存") == 303
    ward.settle()
    assert LinkageVersion.objects.get(pk=record.pk).purpose == "課長の書いた目的"
    head.goto(f"/proposals/{record.proposal_id}/history/")
    for text in ("担当の書いた目的", "課長の書いた目的"):
        expect(head.get_by_text(text).first).to_be_visible()


def test_another_departments_draft_does_not_exist_for_a_clerk(ward):
    record = collection_draft([BUSINESS], **FILLED)
    proposal = f"/proposals/{record.proposal_id}/"
    sheet = f"/records/linkage/{record.pk}/"
    addresses = [proposal, f"{proposal}history/", f"{proposal}edit/", f"{proposal}records/new/"]
    addresses += [f"{sheet}edit/", f"{sheet}sheet.pdf", f"/linkages/{record.pk}/", f"{proposal}request_approval/"]
    page = ward.window("hoiku-tanto")
    for address in addresses:
        assert page.goto(address).status == 404
        expect(page.get_by_role("heading", level=1)).to_contain_text("見つかりません")
    page.goto("/proposals/")
    expect(page.get_by_role("table").get_by_role("link")).not_to_have_count(0)
    expect(page.get_by_role("link", name=COLLECTION_TITLE)).to_have_count(0)


def test_a_file_too_large_is_named_before_it_is_sent_and_what_was_typed_stays(ward, tmp_path):
    """Sent, the whole request would be refused, and the text with it."""
    paper = Paper.objects.get(proposal__status="draft", layout_code="paper-linkage")
    attachment = paper.attachments.in_use().first().attachment
    page = ward.window("koseki-tanto")
    page.goto(f"/attachments/{attachment.pk}/edit/")
    field(page, "内容").fill("打った文")
    sent = []
    page.on("request", lambda request: sent.append(request.method))
    large = tmp_path / "構成図.pdf"
    with large.open("wb") as file:
        file.truncate(300 * 1024 * 1024)
    page.locator("input[type=file]").set_input_files(large)
    expect(page.get_by_role("alert")).to_have_text("「構成図.pdf」は大きすぎます（300MB）。50MBまで受け付けます。")
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.locator("input[type=file]")).to_be_focused()
    expect(field(page, "内容")).to_have_value("打った文")
    assert "POST" not in sent
    empty = tmp_path / "空.pdf"
    empty.touch()
    page.locator("input[type=file]").set_input_files(empty)
    expect(page.get_by_role("alert")).to_have_text("「空.pdf」は空のファイルです。")
    page.locator("input[type=file]").set_input_files([])
    expect(page.get_by_role("alert")).to_have_count(0)
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.locator(".messages")).to_contain_text("添付資料を保存しました。")
