"""業務登録の提出: the department hands its draft to the office."""

import pytest
from django.urls import reverse

from organization.models import Role
from organization.rules import NotPermitted
from registry.services import ActivityIncomplete, submit_activity
from tests.organization.factories import person
from tests.records.cast import all_but, somebody
from tests.registry.factories import activity_draft, activity_in

pytestmark = pytest.mark.django_db


def test_makes_it_submitted_and_forgets_the_reason_of_the_last_return(department):
    version = submit_activity(activity_draft(department), actor=person(Role.CLERK, department))
    assert (version.status, version.return_reason) == ("submitted", "")
    assert version.history.latest().action == "submit_activity"


@pytest.mark.parametrize("status", ["submitted", "registered"])
def test_is_refused_from_every_other_state(status, department, nothing_is_written):
    version, clerk = activity_in(status, department), person(Role.CLERK, department)
    with nothing_is_written(NotPermitted):
        submit_activity(version, actor=clerk)


@pytest.mark.parametrize("who", all_but("担当", "課長", "情報公開課"))
def test_is_denied_to_everybody_else(who, department, nothing_is_written):
    version, actor = activity_draft(department), somebody(who, department)
    with nothing_is_written(NotPermitted):
        submit_activity(version, actor=actor)


def test_changes_nothing_when_the_history_cannot_be_written(department, history_breaks):
    version, clerk = activity_draft(department), person(Role.CLERK, department)
    with history_breaks():
        submit_activity(version, actor=clerk)


def test_needs_purpose_person_in_charge_and_subjects(department, nothing_is_written):
    version = activity_draft(department, purpose="", responsible=" ", subjects="")
    clerk = person(Role.CLERK, department)
    with nothing_is_written(ActivityIncomplete) as refusal:
        submit_activity(version, actor=clerk)
    assert "業務の目的、個人情報保護管理責任者、対象者（個人の範囲）の記入が必要です。" in str(refusal.value)


def test_page_submits_and_leads_back_to_the_business(department, sign_in):
    version, client = activity_draft(department), sign_in(person(Role.CLERK, department))
    url = reverse("submit_activity", args=[version.pk])
    assert client.get(url).status_code == 200
    answer = client.post(url)
    version.refresh_from_db()
    assert (version.status, answer["Location"]) == ("submitted", reverse("view_activity", args=[version.activity_id]))


def test_page_says_what_is_missing(department, sign_in):
    version = activity_draft(department, purpose="")
    answer = sign_in(person(Role.CLERK, department)).post(reverse("submit_activity", args=[version.pk]))
    assert answer.status_code == 422
    assert "提出するには、業務の目的の記入が必要です。" in answer.content.decode()
