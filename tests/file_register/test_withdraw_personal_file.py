"""個人情報ファイルの取下げ: a draft or a submitted change ends without effect, and the file is free for a new one."""

from datetime import date

import pytest
from django.urls import reverse

from file_register.models import PersonalFileVersion
from file_register.services import (
    abolish_personal_file,
    register_personal_file,
    revise_personal_file,
    submit_personal_file,
    withdraw_personal_file,
)
from history.errors import ReasonRequired
from history.writing import SYSTEM
from organization.models import Role
from organization.reorganizing import reorganize
from organization.rules import NotPermitted
from tests.file_register.factories import STARTS, change_of, file_draft, registered_file, withdrawn_file
from tests.organization.factories import person
from tests.records.cast import somebody

pytestmark = pytest.mark.django_db
REASON = "事業の中止のため"


def call(version, actor=SYSTEM, reason=REASON):
    return withdraw_personal_file(version, reason=reason, actor=actor)


@pytest.mark.parametrize("who", ["担当", "課長"])
def test_of_a_draft_is_open_to_its_department_and_keeps_the_reason(who, department):
    version = call(file_draft(department), somebody(who, department))
    assert (version.status, version.valid_from) == ("withdrawn", None)
    assert version.history.latest().history_change_reason == REASON


def test_of_a_draft_is_not_open_to_the_office(department, nothing_is_written):
    version, office = file_draft(department), person(Role.OFFICE)
    with nothing_is_written(NotPermitted):
        call(version, office)


def test_without_a_reason_is_refused(department, nothing_is_written):
    version = file_draft(department)
    with nothing_is_written(ReasonRequired):
        call(version, reason="　")


def test_of_a_change_leaves_what_is_in_force_and_frees_it_for_a_new_change(department):
    version = registered_file(department)
    call(change_of(version, name="新しい名称"))
    again = revise_personal_file(version, reason="あらためて", actor=person(Role.CLERK, department))
    changed = register_personal_file(submit_personal_file(again, actor=SYSTEM), on=date(2024, 4, 1), actor=SYSTEM)
    assert list(PersonalFileVersion.objects.as_of(STARTS)) == [version]
    assert list(PersonalFileVersion.objects.as_of(date(2024, 4, 1))) == [changed]


def test_of_a_change_frees_the_file_for_its_abolition(department, sign_in):
    version = registered_file(department)
    call(change_of(version))
    abolish_personal_file(version, on=date(2024, 4, 1), reason=REASON, actor=person(Role.OFFICE))
    listed = sign_in(person(Role.OFFICE)).get(reverse("personal_file_list"), {"state": "abolished"}).context["rows"]
    assert [row.version for row in listed] == [version]


def test_of_a_first_draft_leaves_nothing_that_a_department_must_hand_over(department):
    withdrawn_file(department)
    reorganize([department], [], on=date(2024, 4, 1), actor=SYSTEM, reason=REASON)


def test_of_a_first_draft_is_hidden_from_the_list_except_by_its_filter(department, sign_in):
    withdrawn_file(department, name="やめたファイル")
    client = sign_in(person(Role.CLERK, department))
    assert client.get(reverse("personal_file_list")).context["rows"] == []
    (row,) = client.get(reverse("personal_file_list"), {"state": "withdrawn"}).context["rows"]
    assert (row.version.name, row.state) == ("やめたファイル", ("withdrawn", "取下げ"))
    assert row.duty is None


def test_of_a_first_draft_can_be_read_by_those_who_saw_it(department, sign_in, layouts):
    version = withdrawn_file(department)
    url = reverse("view_personalfile", args=[version.file_id])
    for who, code in [("担当", 200), ("情報公開課", 200), ("他課の担当", 404), ("管理者", 404)]:
        answer = sign_in(somebody(who, department)).get(url)
        assert answer.status_code == code
        if code == 200:
            assert "登録されないまま取り下げられました" in answer.content.decode()
            assert answer.context["page"].buttons == []
