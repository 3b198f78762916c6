"""業務登録の取下げ: a draft or a submitted change ends without effect, and the business is free for a new one."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from history.errors import ReasonRequired
from history.writing import SYSTEM
from organization.models import Role
from organization.reorganizing import NewDepartment, reorganize
from organization.rules import NotPermitted
from registry.models import ActivityVersion
from registry.services import abolish_activity, register_activity, revise_activity, submit_activity, withdraw_activity
from registry.statistics import registration_status
from tests.organization.factories import DivisionFactory, person
from tests.records.cast import REASON, all_but, somebody
from tests.registry.factories import (
    activity_draft,
    activity_in,
    change_of,
    registered_activity,
    submitted_activity,
    submitted_change_of,
    withdrawn_activity,
)

pytestmark = pytest.mark.django_db


def call(version, actor, reason=REASON):
    return withdraw_activity(version, reason=reason, actor=actor)


@pytest.mark.parametrize(
    ("who", "status"),
    [("担当", "draft"), ("担当", "submitted"), ("課長", "draft"), ("課長", "submitted"), ("情報公開課", "submitted")],
)
def test_ends_the_version_and_keeps_the_reason_in_the_trail(who, status, department):
    version = call(activity_in(status, department), somebody(who, department))
    assert (version.status, version.valid_from) == ("withdrawn", None)
    assert version.history.latest().history_change_reason == REASON


def test_needs_a_reason(department, nothing_is_written):
    version, clerk = activity_draft(department), person(Role.CLERK, department)
    with nothing_is_written(ReasonRequired):
        call(version, clerk, reason=" ")


@pytest.mark.parametrize("status", ["registered", "withdrawn"])
def test_is_refused_from_every_other_state(status, department, nothing_is_written):
    version, clerk = activity_in(status, department), person(Role.CLERK, department)
    with nothing_is_written(NotPermitted):
        call(version, clerk)


@pytest.mark.parametrize("who", all_but("担当", "課長", "情報公開課"))
def test_is_denied_to_everybody_else(who, department, nothing_is_written):
    version, actor = submitted_activity(department), somebody(who, department)
    with nothing_is_written(NotPermitted):
        call(version, actor)


def test_takes_no_draft_away_from_its_department(department, nothing_is_written):
    version, office = activity_draft(department), person(Role.OFFICE)
    with nothing_is_written(NotPermitted):
        call(version, office)


def test_changes_nothing_when_the_history_cannot_be_written(department, history_breaks):
    version, clerk = activity_draft(department), person(Role.CLERK, department)
    with history_breaks():
        call(version, clerk)


def test_of_a_change_leaves_what_is_in_force_and_frees_it_for_a_new_change(department):
    version = registered_activity(department)
    withdrawn = call(submitted_change_of(version, name="新しい名称"), person(Role.OFFICE))
    again = revise_activity(version, reason="あらためて", actor=person(Role.CLERK, department))
    assert again.pk != withdrawn.pk
    changed = register_activity(submit_activity(again, actor=SYSTEM), on=date(2023, 4, 1), actor=SYSTEM)
    assert list(ActivityVersion.objects.as_of(date(2023, 3, 31))) == [version]
    assert list(ActivityVersion.objects.as_of(date(2023, 4, 1))) == [changed]


def test_of_a_change_frees_the_business_for_its_abolition(department):
    version = registered_activity(department)
    call(change_of(version), person(Role.CLERK, department))
    abolish_activity(version, on=date(2023, 4, 1), reason=REASON, actor=person(Role.OFFICE))


def test_is_no_reason_to_keep_a_department_and_does_not_move_with_it(department):
    version = registered_activity(department)
    withdrawn = call(change_of(version), person(Role.CLERK, department))
    withdrawn_activity(department)
    (after,) = reorganize(
        [department], [NewDepartment("支援課", DivisionFactory())], on=date(2024, 4, 1), actor=SYSTEM, reason=REASON
    )
    withdrawn.refresh_from_db()
    assert (withdrawn.replaces, withdrawn.department) == (version, department)
    reorganize([after], [NewDepartment("別名課", DivisionFactory())], on=date(2025, 4, 1), actor=SYSTEM, reason=REASON)


def test_of_a_first_draft_leaves_a_business_that_is_nowhere_counted(department, sign_in):
    withdrawn_activity(department, name="やめた業務")
    client = sign_in(person(Role.CLERK, department))
    assert registration_status(2026).total.end == 0
    assert client.get(reverse("activity_list")).context["rows"] == []
    (row,) = client.get(reverse("activity_list"), {"state": "withdrawn"}).context["rows"]
    assert (row[0].name, row[2]) == ("やめた業務", "取下げ")


def test_of_a_first_draft_can_be_read_by_its_department_and_the_office_and_by_nobody_else(department, sign_in):
    version = call(activity_draft(department), person(Role.CLERK, department))
    url = reverse("view_activity", args=[version.activity_id])
    for who, code in [("担当", 200), ("情報公開課", 200), ("監査", 200), ("他課の担当", 404), ("管理者", 404)]:
        answer = sign_in(somebody(who, department)).get(url)
        assert answer.status_code == code
        if code == 200:
            assert REASON in answer.content.decode()
            assert answer.context["page"].buttons == []


def test_cannot_have_been_in_force(department):
    version = withdrawn_activity(department)
    version.valid_from = date(2022, 4, 1)
    with pytest.raises(ValidationError, match="効力の始まる日"):
        version.full_clean()


def test_page_withdraws_it(department, sign_in):
    version = activity_draft(department)
    client, url = sign_in(person(Role.CLERK, department)), reverse("withdraw_activity", args=[version.pk])
    assert "取り消せません" in client.get(url).content.decode()
    assert client.post(url, {"reason": REASON}).status_code == 303
    version.refresh_from_db()
    assert version.status == "withdrawn"


def test_page_asks_for_the_reason(department, sign_in):
    version = activity_draft(department)
    answer = sign_in(person(Role.CLERK, department)).post(reverse("withdraw_activity", args=[version.pk]), {})
    assert answer.status_code == 422
    assert answer.context["form"].errors["reason"] == ["理由を入力してください。"]
