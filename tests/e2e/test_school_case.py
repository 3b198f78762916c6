"""学校教育支援センター uses the schools' information by 報告: the schools confirm, it is in force, then reported."""

import datetime

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from common.wareki import format_date
from records.models import OutOfPurposeUseVersion
from tests.e2e.filing import (
    BOXES,
    SCHOOL,
    SCHOOL_TITLE,
    add_records,
    create_proposal,
    fill,
    open_waiting,
    paper,
    printed,
    save,
    sign_in,
    state,
    take_step,
)

pytestmark = pytest.mark.main_flow

BUSINESS = "児童生徒指導上の課題対応に関する業務"
# As tests/printing lists them: the label reads alike on every sheet, and the leftover of an older sheet is not copied.
# The case is that of the year after: two in force for the same pair are refused, and the ward has the paper's own.
CORRECTIONS = [
    ("管理個人情報記録の種類", "管理個人情報の記録の種別"),
    ("平成12年4月日以降継続", "年月日以降継続"),
    ("令和3年11月30日から令和4年3月31日まで", "令和4年4月1日から令和5年3月31日まで"),
]


def test_from_the_draft_to_the_reported_paper(ward):
    clerk, head, schools, office = (ward.window() for _person in range(4))
    for page, username in (
        (clerk, "shien-tanto"),
        (head, "shien-kacho"),
        (schools, "chugaku-tanto"),
        (office, "kokai-tanto"),
    ):
        sign_in(page, username)

    file_school(clerk)
    schools.goto(clerk.url)
    expect(schools.get_by_role("heading", level=1)).to_contain_text("見つかりません")
    take_step(clerk, "課長の確認に出す")
    open_waiting(head, SCHOOL_TITLE)
    take_step(head, "承認して提出する")

    open_waiting(office, SCHOOL_TITLE)
    office.get_by_role("link", name="受理する").click()
    office.get_by_role("button", name="受理する").click()
    expect(office.get_by_role("alert")).to_contain_text("提供する課の確認がまだです")

    open_waiting(schools, SCHOOL_TITLE)
    take_step(schools, "提供課として確認する", "確認する")
    open_waiting(office, SCHOOL_TITLE)
    take_step(office, "受理する")
    expect(office.get_by_text("効力あり")).to_have_count(0)  # its 期間 ended with the fiscal year 2022
    use = filed_use(ward)
    assert (use.status, use.valid_from, use.valid_to) == (
        "accepted",
        datetime.date(2022, 4, 1),
        datetime.date(2023, 4, 1),
    )

    take_step(
        office,
        "審議会への報告を記入する",
        "報告済にする",
        {"報告した審議会の日付": format_date(timezone.localdate(), "short")},
    )
    expect(state(office)).to_have_text("報告済")
    clerk.reload()
    text = printed(clerk, BUSINESS)
    assert BOXES.sub("", text) == paper("out-of-purpose-school", *CORRECTIONS)
    assert "審議会事項(年月日諮問第号)" in text


def test_the_list_of_uses_shows_it_on_a_day_of_its_period(ward):
    page = ward.window("chugaku-tanto")
    page.goto("/out-of-purpose/?as_of=R3.11.29")
    expect(page.get_by_role("link", name=BUSINESS)).to_have_count(0)
    for day in ("R3.11.30", "2022/3/31"):
        page.get_by_label("基準日").fill(day)
        page.get_by_role("button", name="この条件で見る").click()
        expect(page.get_by_role("link", name=BUSINESS)).to_have_count(1)


def file_school(page):
    """The 案件 with its 目的外利用記録票, to its page."""
    create_proposal(page, SCHOOL_TITLE)
    add_records(page, "目的外利用記録票", [BUSINESS])
    fill(page, SCHOOL)
    page.get_by_label("提供する課").select_option(label="教育振興部 区立中学校")
    page.get_by_label("戸籍等事項").check()
    page.get_by_label("審議会事前一括承認基準").check()
    page.get_by_label("類型").select_option(index=1)
    save(page)
    page.get_by_role("link", name="案件を見る").click()


def filed_use(ward):
    """The newest version, which this test filed."""
    ward.settle()
    return OutOfPurposeUseVersion.objects.latest("pk")
