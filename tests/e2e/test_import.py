"""A file of the register comes in: first with errors, then corrected; a long one in the background."""

import re

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from registry.models import ActivityVersion
from tests.exchange.conftest import HEADER, table

pytestmark = pytest.mark.main_flow
RIGHT = ("1309-01", "学童の見守りに関する業務", "収納課", "平成12年4月1日")
WRONG = ("1309-02", "通学路の点検に関する業務", "収能課", "令和3年2月30日")
CORRECTED = (WRONG[0], WRONG[1], "収納課", "令和3年2月28日")


def upload(page, content, name="業務登録.csv"):
    """From the menu to what the file would do."""
    page.goto("/imports/")
    page.get_by_role("link", name="業務登録", exact=True).last.click()
    page.get_by_label("取り込むファイル").set_input_files({"name": name, "mimeType": "text/csv", "buffer": content})
    page.get_by_role("button", name="内容を確認する").click()


def test_a_file_with_errors_is_corrected_and_stands_in_the_list(ward):
    page = ward.window("kokai-tanto")
    upload(page, table(RIGHT, WRONG, encoding="cp932"))
    expect(page.get_by_role("heading", level=1)).to_have_text("業務登録の取込み")
    expect(page.get_by_text("CP932（Windowsの日本語、Shift_JIS）")).to_be_visible()
    row = page.get_by_role("row").filter(has_text="通学路の点検")
    expect(row).to_contain_text("名称の近い組織：「区民部 収納課」")
    expect(row).to_contain_text("令和3年2月30日という日はありません。")
    expect(page.get_by_role("button", name=re.compile("この内容で取り込む"))).to_have_count(0)
    page.get_by_role("link", name=re.compile("^誤り 1件")).click()
    expect(page.get_by_role("row")).to_have_count(2)
    with page.expect_download() as download:
        page.get_by_role("link", name="誤りの一覧（CSV）").click()
    assert download.value.path().read_bytes().decode("utf-8-sig").startswith('"行","列","値","誤り"')
    page.get_by_role("link", name="直したファイルを取り込む").click()
    page.get_by_label("取り込むファイル").set_input_files(
        {"name": "業務登録.csv", "mimeType": "text/csv", "buffer": table(RIGHT, CORRECTED, encoding="cp932")}
    )
    page.get_by_role("button", name="内容を確認する").click()
    page.get_by_role("button", name="この内容で取り込む（新規2件、変更0件）").click()
    expect(page.get_by_role("status").filter(has_text="取り込みました")).to_contain_text("新規2件、変更0件")
    page.get_by_role("link", name="業務登録の一覧を見る").click()
    page.get_by_role("searchbox", name=re.compile("番号")).fill("1309-02")
    page.keyboard.press("Enter")
    expect(page.get_by_role("row").filter(has_text="通学路の点検に関する業務")).to_have_count(1)


def test_a_long_file_is_looked_at_and_written_in_the_background(ward):
    page = ward.window("kokai-tanto")
    rows = [(f"{8000 + at // 100}-{at % 100:02}", f"試験の業務{at}", "収納課", "R3.4.1") for at in range(600)]
    upload(page, table(*rows, header=HEADER))
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("業務登録の取込みの確認"))
    expect(page.locator("#job").get_by_text("順番待ち")).to_be_visible()
    work(ward)
    page.get_by_role("link", name="結果を開く").click()
    page.get_by_role("button", name="この内容で取り込む（新規600件、変更0件）").click()
    expect(page.locator("#job").get_by_text("順番待ち")).to_be_visible()
    work(ward)
    expect(page.get_by_role("progressbar", name="進みぐあい")).to_have_attribute("value", "600")
    page.get_by_role("link", name="結果を開く").click()
    expect(page.get_by_text("取込み済")).to_be_visible()
    assert ActivityVersion.objects.filter(name__startswith="試験の業務", is_migrated=True).count() == 600


def work(ward):
    """What bin/serve's worker does beside the server."""
    ward.settle()
    call_command("db_worker", batch=True, interval=0, startup_delay=False, verbosity=0)
