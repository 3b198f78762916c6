"""提出前の点検 in the browser: a clerk follows a warning to its field, and answers one, with scripts and without."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import expect

from records.models import CheckAnswer, Paper
from tests.e2e.drafts import FILLED, collection_draft
from tests.e2e.filing import save

WHY = "件数は、法務省が公表していないため"


def look(page, name):
    """A picture for whoever looks at the pages; only when a folder for it is named."""
    if folder := os.environ.get("SCREENSHOTS"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


@pytest.fixture
def paper(ward):
    """資料1 of 2013, a draft without a sheet."""
    return Paper.objects.get(layout_code="paper-linkage", proposal__status="draft")


def card(page, code):
    """The warning of a rule."""
    return page.locator(f'section[aria-labelledby="check-{code}"]')


def test_a_clerk_sees_the_number_follows_a_link_to_the_field_and_the_warning_goes(ward, paper):
    page = ward.window("koseki-tanto")
    page.goto(f"/proposals/{paper.proposal_id}/")
    expect(page.get_by_text("1件 直すまで進めません")).to_be_visible()
    expect(page.get_by_text("7件 注意")).to_be_visible()
    look(page, "checks-proposal")
    page.get_by_role("link", name="点検を見る").click()
    look(page, "checks-page")
    card(page, "K5").get_by_role("link", name="事業目的").click()
    field = page.locator("#id_text_purpose")
    field.fill(f"{field.input_value()}\n戸籍は約30万件である。")
    save(page)
    page.goto(f"/proposals/{paper.proposal_id}/checks/")
    expect(page.get_by_text("6件 注意").first).to_be_visible()
    expect(card(page, "K5")).to_have_count(0)


@pytest.mark.parametrize("scripts", [True, False])
def test_a_warning_is_answered_with_a_reason(ward, paper, scripts):
    page = ward.window("koseki-tanto", java_script_enabled=scripts)
    page.goto(f"/proposals/{paper.proposal_id}/checks/")
    card(page, "K5").get_by_text("該当なしと答える").first.click()
    card(page, "K5").get_by_role("button", name="該当なしと答える").click()
    expect(page.get_by_text("該当しない理由を入力してください。").first).to_be_visible()
    look(page, f"checks-refused-{scripts}")
    card(page, "K5").get_by_label("該当しない理由").fill(WHY)
    card(page, "K5").get_by_role("button", name="該当なしと答える").click()
    expect(card(page, "K5").get_by_text(f"該当なし：{WHY}")).to_be_visible()
    look(page, f"checks-answered-{scripts}")
    ward.settle()
    assert CheckAnswer.objects.get().answered_by.username == "koseki-tanto"


def test_the_office_reads_them_without_a_form(ward):
    paper = Paper.objects.filter(layout_code="paper-linkage").exclude(proposal__status="draft").first()
    page = ward.window("kokai-tanto")
    page.goto(f"/proposals/{paper.proposal_id}/checks/")
    expect(page.get_by_role("heading", name="提出前の点検")).to_be_visible()
    expect(page.locator("textarea")).to_have_count(0)
    look(page, "checks-office")


def test_the_step_shows_what_was_found_and_warnings_stop_nobody(ward):
    record = collection_draft(**FILLED)
    page = ward.window("shuno-tanto")
    page.goto(f"/proposals/{record.proposal_id}/request_approval/")
    expect(page.get_by_role("heading", name="提出前の点検")).to_be_visible()
    look(page, "checks-step")
    page.get_by_role("button", name="課長の確認に出す").click()
    expect(page.get_by_text("課長の確認に出しました。")).to_be_visible()
