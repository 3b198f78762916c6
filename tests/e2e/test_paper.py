"""資料 in the browser: a clerk pastes from Word, the sheet follows, and a change shows on screen and paper."""

import pytest
from playwright.sync_api import expect

from records.models import Paper, ProtectiveMeasure
from tests.e2e.drafts import collection_draft, outsourcing_change
from tests.e2e.filing import field, save
from tests.printing.papers import fold, text_of

# As Word puts it on the clipboard: tabs behind the numbers, blanks for the indent, soft breaks.
FROM_WORD = (
    "【区が講じる保護措置】\r\n\u3000つぎの保護措置を講ずる。\r\n(1)\tLGWAN回線により送受信を行う。\r\n"
    "(2)\tUSBメモリは、使用後にデータを削除する。\r\n【結合先が講じる保護措置】\r\n(1)\t操作ログを取得する。"
)
PASTE = """([id, text]) => {
    const field = document.getElementById(id);
    field.focus();
    field.select();
    document.execCommand("insertText", false, text);
}"""


def box(page, key):
    """A box of the sheet."""
    return page.locator(f'.sheet [data-field="{key}"]').first


def paste(page, key, text):
    """Over what stands in a section, as the clipboard does it."""
    page.evaluate(PASTE, [f"id_text_{key}", text])


@pytest.fixture
def editor(ward):
    """The clerk's editor of a new paper, reached from its file."""
    draft = collection_draft()
    page = ward.window("shuno-tanto")
    page.goto(f"/proposals/{draft.proposal_id}/")
    page.get_by_role("link", name="資料を追加").click()
    page.get_by_label("電算結合の資料").check()
    page.get_by_role("button", name="つくる").click()
    expect(page.get_by_role("heading", name="紙の見え方")).to_be_visible()
    return page


def test_a_clerk_pastes_from_word_and_the_sheet_the_rows_and_the_print_follow(ward, editor):
    paste(editor, "protection", FROM_WORD)
    expect(box(editor, "protection").locator(".item")).to_have_count(3)
    expect(box(editor, "protection").locator(".group").first).to_have_text("【区が講じる保護措置】")
    editor.get_by_label("（または送受信する個人情報）").check()
    expect(editor.locator(".sheet")).to_contain_text("（または送受信する個人情報）")
    box(editor, "outline").click()
    expect(editor.locator("#id_text_outline")).to_be_focused()
    save(editor)
    expect(editor.get_by_text("保護措置の種別（3件）")).to_be_visible()
    ward.settle()
    paper = Paper.objects.latest("pk")
    rows = [(row.side, row.number) for row in ProtectiveMeasure.objects.filter(paper=paper).in_use()]
    assert rows == [("ward", "(1)"), ("ward", "(2)"), ("partner", "(1)")]
    printed = editor.request.get(f"/papers/{paper.pk}/paper.pdf?number=資料１").body()
    assert "(2)USBメモリは、使用後にデータを削除する。" in fold(text_of(printed))
    assert "資料1" in fold(text_of(printed))


def test_a_change_of_an_earlier_paper_is_marked_on_screen_and_paper(ward):
    old = Paper.objects.get(layout_code="paper-outsourcing-change")
    page = ward.window("zeimu-tanto")
    page.goto(f"/proposals/{outsourcing_change().pk}/papers/new/")
    page.get_by_label("外部委託の一部変更の資料").check()
    page.get_by_label("もとにする資料").select_option(str(old.pk))
    page.get_by_role("button", name="つくる").click()
    field(page, "どの内容からの変更か").fill("平成25年1月17日審議会承認済")
    place = page.locator("#id_text_start")
    place.fill("平成２５年５月")
    expect(box(page, "start").locator(".chg")).to_have_text("平成２５年５月")
    expect(page.locator(".sheet .chg")).to_have_count(1)
    expect(page.locator(".paper-note")).to_contain_text("平成25年1月17日審議会承認済の内容からの変更箇所")
    save(page)
    ward.settle()
    copy = Paper.objects.latest("pk")
    text = fold(text_of(page.request.get(f"/papers/{copy.pk}/paper.pdf").body()))
    assert "※太ゴシック(下線)が、平成25年1月17日審議会承認済の内容からの変更箇所" in text


def test_what_was_typed_survives_closing_the_window(ward, editor):
    address = editor.url
    field(editor, "1 概要").fill("書きかけの概要")
    expect(editor.locator("[data-saved]")).to_contain_text("に保存しました")
    editor.close()
    page = ward.window("shuno-tanto")
    page.goto(address)
    expect(field(page, "1 概要")).to_have_value("書きかけの概要")
    page.get_by_role("button", name="書きかけを捨てる").click()
    expect(field(page, "1 概要")).to_have_value("")
