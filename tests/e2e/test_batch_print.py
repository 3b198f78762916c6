"""まとめた印刷 in the browser: rows are chosen, with and without scripts; a job is watched until it ends."""

import re

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from exchange import batch_pages
from notices.models import Job
from tests.e2e.test_every_page import axe_findings, too_wide

PRINT = "選んだ票を印刷"


def work(ward):
    """Does what waits, as the worker beside the server would."""
    ward.settle()
    call_command("db_worker", batch=True, interval=0, startup_delay=False, verbosity=0)


@pytest.mark.main_flow
def test_the_box_in_the_head_chooses_what_is_shown_and_the_figure_is_said(ward):
    page = ward.window("kokai-tanto")
    page.goto("/activities/")
    rows = page.locator("[data-pick]")
    page.get_by_label("この画面の全件を選ぶ").check()
    expect(page.locator("[data-picked]")).to_have_text(f"{rows.count()}件を選択中")
    rows.first.uncheck()
    expect(page.get_by_label("この画面の全件を選ぶ")).not_to_be_checked()
    expect(page.locator("[data-picked]")).to_have_text(f"{rows.count() - 1}件を選択中")
    assert axe_findings(page) + too_wide(page) == []


def test_without_scripts_all_of_the_filter_become_a_pdf(ward):
    page = ward.window("kokai-tanto", java_script_enabled=False)
    page.goto("/activities/?q=母子保健")
    action = page.locator("#batch").get_attribute("action")
    page.get_by_label(re.compile("この条件の全")).check()
    with page.expect_response(lambda answer: action in answer.url) as answered:
        page.get_by_role("button", name=PRINT).click()
    assert answered.value.headers["content-type"] == "application/pdf"


@pytest.mark.main_flow
def test_a_large_print_is_watched_until_its_result_can_be_opened(ward, monkeypatch):
    monkeypatch.setattr(batch_pages, "AT_ONCE", 1)
    page = ward.window("kokai-tanto")
    page.goto("/activities/?q=保健")
    page.get_by_label(re.compile("この条件の全")).check()
    page.get_by_role("button", name=PRINT).click()
    assert axe_findings(page) + too_wide(page) == []
    page.get_by_role("button", name="印刷を始める").click()
    expect(page.locator("#job")).to_contain_text("順番待ち")
    work(ward)
    expect(page.locator("#job")).to_contain_text("完了")  # without being loaded again
    expect(page.locator("#job-said")).to_contain_text("完了")
    expect(page.get_by_role("link", name="結果を開く")).to_be_visible()
    assert axe_findings(page) == []
    page.goto("/")
    expect(page.get_by_role("link", name=re.compile("お知らせ"))).to_contain_text("1件 未読")
    page.goto("/notices/")
    page.get_by_role("button", name=re.compile("開く")).click()
    expect(page).to_have_url(re.compile(rf"/jobs/{Job.objects.get().pk}/$"))
    expect(page.get_by_role("link", name=re.compile("お知らせ"))).not_to_contain_text("未読")
