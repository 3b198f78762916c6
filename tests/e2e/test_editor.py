"""The editor: the sheet follows the typing, box and field know each other, and nothing typed is lost."""

import pytest
from playwright.sync_api import expect

from records.models import LinkageVersion
from tests.e2e.drafts import FILLED, collection_draft, use_draft
from tests.e2e.filing import field
from tests.ui.test_typing import compose, press_enter_to_the_input_method

BUSINESS = "軽自動車税に関する業務"
# Filled by the decision, not by the department; the box that only surrounds two others.
NOT_TYPED = ["council_date", "consultation_number", "change_council_date", "change_consultation_number", "items"]
BOX_OF_THE_CURSOR = """() => {
    const field = document.activeElement;
    return field.form?.id === "editor-form" && (field.dataset.box ?? field.name);
}"""

HEIGHT = "document.documentElement.scrollHeight"


def box(page, name):
    """A box of the sheet."""
    return page.locator(f'.sheet [data-field="{name}"]').first


@pytest.fixture
def draft(ward):
    """An almost empty sheet of 収納課."""
    return collection_draft([BUSINESS])


@pytest.fixture
def editor(ward, draft):
    """The clerk's editor of that sheet."""
    page = ward.window("shuno-tanto")
    page.goto(f"/records/linkage/{draft.pk}/edit/")
    return page


def test_the_sheet_follows_the_typing(editor):
    field(editor, "電算結合の目的").press_sequentially("預金調査")
    field(editor, "結合年月日").press_sequentially("R4.6")
    field(editor, "業務登録番号").press_sequentially("０７０１－０１")
    expect(box(editor, "purpose")).to_have_text("預金調査")
    expect(box(editor, "linked_on")).to_contain_text("令和4年6月")
    expect(editor.locator('.sheet [data-field="activity_number"]')).to_have_text([*"0701", "", *"01", ""])


def test_the_sheet_shows_a_mistake_as_it_was_typed(editor):
    field(editor, "結合年月日").press_sequentially("令和4年2月30日")
    expect(box(editor, "linked_on")).to_contain_text("令和4年2月30日")


@pytest.mark.parametrize("kind", ["linkage", "out-of-purpose"])
def test_a_click_on_any_box_moves_the_cursor_to_its_field(ward, kind):
    record, username = (
        (collection_draft([BUSINESS]), "shuno-tanto") if kind == "linkage" else (use_draft(), "shien-tanto")
    )
    page = ward.window(username)
    page.goto(f"/records/{kind}/{record.pk}/edit/")
    boxes = page.locator(".sheet [data-field]").evaluate_all("boxes => boxes.map(box => box.dataset.field)")
    for name in dict.fromkeys(name for name in boxes if name not in NOT_TYPED):
        box(page, name).click(position={"x": 3, "y": 3})
        assert page.evaluate(BOX_OF_THE_CURSOR) == name
        expect(box(page, name)).to_contain_class("is-cur")


def test_what_is_missing_is_marked_until_it_is_typed(editor):
    for name in ("purpose", "linked_on", "partner", "provided_items", "received_items"):
        expect(box(editor, name)).to_contain_class("is-miss")
    for name in ("department", "activity_name", "changed_on", "responsible"):
        expect(box(editor, name)).not_to_contain_class("is-miss")
    field(editor, "相手方の名称").press_sequentially("株式会社NTTデータ")
    expect(box(editor, "partner")).not_to_contain_class("is-miss")
    expect(box(editor, "purpose")).to_contain_class("is-miss")


def test_a_link_of_what_is_missing_leads_to_its_field(editor):
    editor.locator(".miss").get_by_role("link", name="相手方の名称").click()
    expect(field(editor, "相手方の名称")).to_be_focused()


def test_what_was_typed_survives_closing_the_window(ward, draft, editor):
    field(editor, "電算結合の目的").press_sequentially("書きかけの目的")
    expect(editor.locator("[data-saved]")).to_contain_text("に保存しました")
    editor.close()
    page = ward.window("shuno-tanto")
    page.goto(f"/records/linkage/{draft.pk}/edit/")
    expect(page.get_by_text("の書きかけを表示しています")).to_be_visible()
    expect(field(page, "電算結合の目的")).to_have_value("書きかけの目的")
    expect(box(page, "purpose")).to_have_text("書きかけの目的")
    ward.settle()
    assert LinkageVersion.objects.get(pk=draft.pk).purpose == ""

    page.get_by_role("button", name="書きかけを捨てる").click()
    expect(page.get_by_text("書きかけを捨て、保存した内容に戻しました。")).to_be_visible()
    expect(field(page, "電算結合の目的")).to_have_value("")
    expect(page.get_by_text("の書きかけを表示しています")).to_have_count(0)


def test_enter_and_the_enter_of_a_conversion_save_nothing(ward, draft, editor):
    place = field(editor, "相手方の名称")
    place.press("Enter")
    compose(editor, "かぶしきがいしゃ")
    press_enter_to_the_input_method(editor)
    editor.wait_for_timeout(300)
    expect(place).to_have_value("かぶしきがいしゃ")
    expect(editor.locator(".messages")).to_have_count(0)
    ward.settle()
    assert LinkageVersion.objects.get(pk=draft.pk).lock == draft.lock


def test_one_saving_writes_the_same_into_the_three_sheets(ward):
    first = collection_draft()
    page = ward.window("shuno-tanto")
    page.goto(f"/records/linkage/{first.pk}/edit/")
    expect(page.get_by_label("3枚とも同じ内容に")).to_be_checked()
    field(page, "電算結合の目的").fill(FILLED["purpose"])
    page.get_by_role("button", name="保存", exact=True).click()
    page.get_by_role("link", name=BUSINESS).click()
    expect(field(page, "電算結合の目的")).to_have_value(FILLED["purpose"])
    expect(field(page, "業務の名称")).to_have_value(BUSINESS)


def test_the_editor_fills_the_window_and_stays_where_it_is_when_it_saves(ward, draft, editor):
    frame = editor.locator(".editor")
    place = frame.bounding_box()
    field(editor, "電算結合の目的").press_sequentially("預金調査")
    expect(editor.locator("[data-saved]")).to_contain_text("に保存しました")
    assert frame.bounding_box() == place
    assert editor.evaluate(HEIGHT) == editor.viewport_size["height"]

    editor.goto(f"/proposals/{draft.proposal_id}/edit/")
    field(editor, "件名").fill("長い件名" * 50)
    editor.get_by_role("button", name="保存", exact=True).click()
    editor.goto(f"/records/linkage/{draft.pk}/edit/")
    assert frame.bounding_box()["height"] < place["height"]
    assert editor.evaluate(HEIGHT) == editor.viewport_size["height"]
