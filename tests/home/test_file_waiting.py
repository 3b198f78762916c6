"""はじめの画面: the files that wait for the office or their department, and what the law asks of them."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from file_register.services import abolish_personal_file, remove_file_entry, return_personal_file
from history.writing import SYSTEM
from organization.models import Role
from organization.reorganizing import NewDepartment, reorganize
from tests.file_register.factories import counted, file_draft, published, registered_file, submitted_file
from tests.organization.factories import DivisionFactory, person
from tests.records.factories import section

pytestmark = pytest.mark.django_db


@pytest.fixture
def department():
    return section("収納課")


def home(user):
    client = Client()
    client.force_login(user)
    return client.get(reverse("home"))


def waiting(user):
    """{code of a group of files: (total, its titles, address of all)}."""
    groups = home(user).context["groups"]
    return {
        group.code: (group.total, [row.title for row in group.rows], group.url)
        for group in groups
        if group.code.startswith("file")
    }


def test_of_the_office_shows_submitted_files_but_not_the_drafts_of_departments(department):
    file_draft(department, name="下書き")
    submitted_file(department, name="提出済")
    assert waiting(person(Role.OFFICE)) == {
        "files_to_register": (1, ["提出済"], "/personal-files/?state=submitted"),
    }


@pytest.mark.parametrize("role", [Role.CLERK, Role.HEAD])
def test_of_a_department_shows_its_drafts_with_returned_ones_first(role, department):
    file_draft(department, name="下書き")
    return_personal_file(submitted_file(department, name="差戻し"), reason="記録範囲が不明", actor=person(Role.OFFICE))
    file_draft(section("ほかの課"), name="ほかの下書き")
    assert waiting(person(role, department)) == {
        "file_drafts": (2, ["差戻し", "下書き"], "/personal-files/?state=draft"),
    }


def test_shows_every_duty_to_the_office_and_to_each_department_its_own(department):
    counted(registered_file(department, name="公表する"), "1,000人")
    fallen = counted(counted(registered_file(department, name="消す"), "1,000人"), "999人", date(2024, 4, 1))
    published(fallen)
    old = section("改正前の課")
    published(counted(registered_file(old, name="名称を直す"), "1,000人"))
    reorganize(
        [old], [NewDepartment("改正後の課", DivisionFactory())], on=date(2024, 4, 1), actor=SYSTEM, reason="改正"
    )
    counted(registered_file(department, name="何もない"), "10人")
    assert waiting(person(Role.OFFICE)) == {
        "file_duties": (3, ["公表する", "消す", "名称を直す"], "/personal-files/?duty=1"),
    }
    assert waiting(person(Role.CLERK, department)) == {"file_duties": (2, ["公表する", "消す"], "")}
    text = home(person(Role.OFFICE)).content.decode()
    for words in ("個人情報ファイル簿を直ちに作成し、遅滞なく公表", "遅滞なく記載を消除", "直ちに記載を修正"):
        assert words in text


def test_the_list_of_all_duties_holds_as_many_as_the_figure_says(department):
    for number in range(12):
        counted(registered_file(department, name=f"ファイル{number}"), "1,000人")
    office = person(Role.OFFICE)
    (total, titles, url) = waiting(office)["file_duties"]
    assert (total, len(titles)) == (12, 10)
    client = Client()
    client.force_login(office)
    assert client.get(url).context["list"]["pager"].total == 12


@pytest.mark.parametrize("role", [Role.IT, Role.SECRETARIAT, Role.AUDITOR, Role.ADMIN])
def test_of_all_others_shows_none(role, department):
    submitted_file(department)
    counted(registered_file(department), "1,000人")
    assert waiting(person(role)) == {}


def test_takes_one_statement_for_all_files_however_many(department):
    office, figures = person(Role.OFFICE), []
    for more in (1, 15):
        for _ in range(more):
            submitted_file(department)
            counted(registered_file(department), "1,000人")
        with CaptureQueriesContext(connection) as statements:
            home(office)
        figures.append(len([one for one in statements if "file_register" in one["sql"]]))
    assert figures == [1, 1]


def test_an_entry_of_a_file_that_is_held_no_longer_waits_until_it_is_struck_out(department):
    version = counted(registered_file(department, name="廃止した"), "1,000人")
    published(version)
    abolish_personal_file(version, on=date(2024, 4, 1), reason="事業の終了", actor=SYSTEM)
    office = person(Role.OFFICE)
    assert waiting(office)["file_duties"][:2] == (1, ["廃止した"])
    assert "保有をやめたため、遅滞なく記載を消除" in home(office).content.decode()
    client = Client()
    client.force_login(office)
    listed = client.get(reverse("personal_file_list"), {"duty": "1"})
    assert [row.version.name for row in listed.context["rows"]] == ["廃止した"]
    remove_file_entry(version.file, on=date(2024, 4, 2), reason="廃止のため", actor=SYSTEM)
    assert waiting(office) == {}
