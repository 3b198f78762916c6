"""業務登録の差戻し: the office gives a business back with a reason."""

import pytest
from django.urls import reverse

from history.errors import ReasonRequired
from organization.models import Role
from organization.rules import NotPermitted
from registry.services import return_activity
from tests.organization.factories import person
from tests.records.cast import REASON, all_but, somebody
from tests.registry.factories import activity_in, submitted_activity

pytestmark = pytest.mark.django_db


def call(version, actor, reason=REASON):
    return return_activity(version, reason=reason, actor=actor)


def test_makes_it_a_draft_again_and_keeps_the_reason(department):
    version = call(submitted_activity(department), person(Role.OFFICE))
    assert (version.status, version.return_reason) == ("draft", REASON)
    assert version.history.latest().history_change_reason == REASON


def test_needs_a_reason(department, nothing_is_written):
    version, office = submitted_activity(department), person(Role.OFFICE)
    with nothing_is_written(ReasonRequired):
        call(version, office, reason=" ")


@pytest.mark.parametrize("status", ["draft", "registered"])
def test_is_refused_from_every_other_state(status, department, nothing_is_written):
    version, office = activity_in(status, department), person(Role.OFFICE)
    with nothing_is_written(NotPermitted):
        call(version, office)


@pytest.mark.parametrize("who", all_but("情報公開課"))
def test_is_denied_to_everybody_else(who, department, nothing_is_written):
    version, actor = submitted_activity(department), somebody(who, department)
    with nothing_is_written(NotPermitted):
        call(version, actor)


def test_changes_nothing_when_the_history_cannot_be_written(department, history_breaks):
    version, office = submitted_activity(department), person(Role.OFFICE)
    with history_breaks():
        call(version, office)


def test_page_returns_it_and_the_department_reads_why(department, sign_in):
    version = submitted_activity(department)
    url = reverse("return_activity", args=[version.pk])
    assert sign_in(person(Role.OFFICE)).post(url, {"reason": REASON}).status_code == 303
    page = sign_in(person(Role.CLERK, department)).get(reverse("view_activity", args=[version.activity_id]))
    assert "差戻しの理由" in page.content.decode()
    assert REASON in page.content.decode()


def test_page_asks_for_the_reason(department, sign_in):
    version = submitted_activity(department)
    answer = sign_in(person(Role.OFFICE)).post(reverse("return_activity", args=[version.pk]), {"reason": "　"})
    assert answer.status_code == 422
    assert answer.context["form"].errors["reason"] == ["理由を入力してください。"]
