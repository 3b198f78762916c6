"""The secretariat puts two accepted files on the agenda and brings them into order, with the keyboard alone."""

from datetime import date

import pytest
from playwright.sync_api import expect

from councils import agenda
from history.writing import SYSTEM
from records.kinds import LINKAGE, OUTSOURCING
from tests.e2e.councils import a_meeting
from tests.records.factories import accepted

pytestmark = pytest.mark.main_flow


def press(page, role, words):
    """Press the link or button with the keyboard; hidden words, which name the item, count as its own."""
    page.get_by_role(role).filter(has_text=words).focus()
    page.keyboard.press("Enter")


def titles(meeting):
    return [line.item.title for part in agenda.read(meeting) for line in part.lines]


def test_a_meeting_is_built_from_two_accepted_files_with_the_keyboard(ward):
    first, second = accepted(LINKAGE), accepted(OUTSOURCING)
    for proposal, title in ((first, "先に出た案件"), (second, "後に出た案件")):
        proposal.title = title
        proposal.save_as(SYSTEM, action="edit_proposal")
    meeting = a_meeting(date(2022, 12, 1))  # since April 2023 files are no 諮問
    page = ward.window("shingikai")
    page.goto("/council/meetings/")
    press(page, "link", str(meeting))
    press(page, "link", "次第を開く")
    expect(page.get_by_text("次第はまだありません")).to_be_visible()
    press(page, "link", "案件から加える")
    for title in ("先に出た案件", "後に出た案件"):
        press(page, "button", f"次第に加える：{title}")
        expect(page.get_by_text(f"「{title}」を次第に加えました。")).to_be_visible()
    press(page, "link", "次第に戻る")
    press(page, "button", "上へ：後に出た案件")
    expect(page.get_by_text("次第を並べかえました")).to_be_visible()
    ward.settle()
    assert titles(meeting) == ["後に出た案件", "先に出た案件"]
    press(page, "link", "番号を付ける：先に出た案件")
    page.get_by_label("諮問番号").focus()
    page.keyboard.type("９")
    press(page, "button", "番号を付ける")
    expect(page.get_by_role("row", name="先に出た案件").first).to_contain_text("諮問第9号")
    page.get_by_label("位置：先に出た案件").focus()
    page.keyboard.press("ArrowUp")
    press(page, "button", "選んだ位置に並べる")
    expect(page.get_by_text("次第を並べかえました")).to_be_visible()
    ward.settle()
    assert titles(meeting) == ["先に出た案件", "後に出た案件"]
