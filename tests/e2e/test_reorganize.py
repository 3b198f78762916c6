"""組織改正と異動 in the browser: the administrator renames 収納課, and its clerk goes on with the old files."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import expect

from organization.models import Department
from tests.e2e.filing import field
from tests.ui.test_access import findings

OLD, NEW = "収納課", "納税収納課"


def look(page, name):
    """A picture for whoever looks at the pages; only when a folder for it is named."""
    if folder := os.environ.get("SCREENSHOTS"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


@pytest.fixture
def admin(ward):
    """A window of the administrator."""
    return ward.window("kanri")


@pytest.mark.main_flow
def test_a_department_is_renamed_and_its_clerk_goes_on(ward, admin):
    admin.goto("/departments/")
    admin.get_by_role("main").get_by_role("link", name=OLD, exact=True).click()
    look(admin, "department")
    admin.get_by_role("link", name="この組織を改正する").click()
    expect(admin.get_by_label(f"区民部 {OLD}")).to_be_checked()
    admin.get_by_label("名称").first.fill(NEW)
    field(admin, "改正の日").fill("R5.4.1")
    field(admin, "理由").fill("組織規則の改正による")
    look(admin, "reorganize")
    admin.get_by_role("button", name="確認へ").click()
    expect(admin.get_by_role("heading", name="登録された業務")).to_be_visible()
    expect(admin.get_by_text("9003-01 見本：納付相談の申請受付に関する業務")).to_be_visible()
    assert findings(admin) == []
    look(admin, "preview")
    admin.get_by_role("button", name="この内容で改正する").click()
    expect(admin.get_by_role("heading", level=1, name=f"区民部 {NEW}")).to_be_visible()

    clerk = ward.window("shuno-tanto")
    clerk.goto("/proposals/")
    expect(clerk.locator(".who")).to_contain_text(f"区民部 {NEW}")
    clerk.get_by_role("main").get_by_role("table").get_by_role("link").first.click()
    expect(clerk.get_by_role("main")).to_contain_text(OLD)
    ward.settle()
    assert Department.objects.get(name=OLD).valid_to.isoformat() == "2023-04-01"


def test_a_split_is_refused_until_everything_has_its_successor(admin):
    admin.goto("/departments/reorganize/")
    admin.get_by_label(f"区民部 {OLD}").check()
    for place, name in enumerate(["収納第一課", "収納第二課"]):
        admin.get_by_label("名称").nth(place).fill(name)
    field(admin, "改正の日").fill("R5.4.1")
    field(admin, "理由").fill("組織規則の改正による")
    admin.get_by_role("button", name="確認へ").click()
    admin.get_by_role("button", name="この内容で改正する").click()
    expect(admin.get_by_role("alert")).to_contain_text("承継先を選んでいないものが")
    look(admin, "split")
    for choice in admin.get_by_role("combobox").all():
        choice.select_option("区民部 収納第一課")
    assert findings(admin) == []
    admin.get_by_role("button", name="この内容で改正する").click()
    expect(admin.get_by_text("令和5年4月1日の組織改正を行いました。")).to_be_visible()


@pytest.mark.parametrize(
    "path", ["/departments/", "/departments/reorganize/", "/people/", "/people/hand-over/", "/people/stand-in/"]
)
def test_axe_finds_nothing(admin, path):
    admin.goto(path)
    look(admin, path.strip("/").replace("/", "-"))
    assert findings(admin) == []


def test_somebody_moves_on_april_1(admin):
    admin.goto("/people/")
    admin.get_by_role("row", name="shuno-tanto").get_by_role("link", name="異動").click()
    admin.get_by_label("異動の日").fill("R9.4.1")
    field(admin, "理由").fill("人事異動")
    admin.get_by_role("button", name="確認へ").click()
    expect(admin.get_by_role("heading", name="終わる担当")).to_be_visible()
    assert findings(admin) == []
    look(admin, "hand-over-preview")
    admin.get_by_role("button", name="この内容で引き継ぐ").click()
    expect(admin.get_by_text("異動（令和9年4月1日）を記録しました。")).to_be_visible()
