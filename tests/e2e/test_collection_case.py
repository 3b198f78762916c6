"""収納課 files three 電算結合, is sent back once, corrects, and gets the decision printed into the right bracket."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from common.wareki import format_date
from tests.e2e.filing import (
    COLLECTION_SHEETS,
    COLLECTION_TITLE,
    PURPOSE,
    accept_for_the_council,
    field,
    file_collection,
    open_waiting,
    paper,
    printed,
    save,
    sign_in,
    state,
    take_step,
)

pytestmark = pytest.mark.main_flow

RETURN_REASON = "電算結合の目的の「及び」は「および」と書いてください。"


def test_from_the_first_page_to_three_decided_papers(ward):
    clerk, head, office = ward.window(), ward.window(), ward.window()
    for page, username in ((clerk, "shuno-tanto"), (head, "shuno-kacho"), (office, "kokai-tanto")):
        sign_in(page, username)

    file_collection(clerk, 電算結合の目的=PURPOSE.replace("および", "及び"))
    take_step(clerk, "課長の確認に出す")
    expect(state(clerk)).to_have_text("課長承認待ち")
    approve(head)

    open_waiting(office, COLLECTION_TITLE)
    take_step(office, "差し戻す", texts={"理由": RETURN_REASON})

    open_waiting(clerk, COLLECTION_TITLE)
    expect(clerk.get_by_text(RETURN_REASON)).to_be_visible()
    expect(state(clerk)).to_contain_text("差戻し")
    clerk.get_by_role("link", name="編集する").first.click()
    field(clerk, "電算結合の目的").fill(PURPOSE)
    save(clerk)
    clerk.get_by_role("link", name="案件を見る").click()
    take_step(clerk, "課長の確認に出す")
    approve(head)

    open_waiting(office, COLLECTION_TITLE)
    accept_for_the_council(office)
    take_step(
        office,
        "審議会の決定を記入する",
        "決定を記入する",
        {"審議会の日付": format_date(timezone.localdate(), "short"), "諮問番号": "第26号"},
    )
    expect(state(office)).to_have_text("決定")

    clerk.reload()
    for business, name in COLLECTION_SHEETS.items():
        assert printed(clerk, business) == paper(
            name, ("(審議会令和年月日諮問第号)", f"(審議会{format_date(timezone.localdate())}諮問第26号)")
        )


def approve(head):
    open_waiting(head, COLLECTION_TITLE)
    take_step(head, "承認して提出する")
    expect(state(head)).to_have_text("提出済")
