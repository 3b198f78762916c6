"""業務登録の変更の起案: a new draft beside the version in force."""

from datetime import date

import pytest
from django.urls import reverse

from history.errors import ReasonRequired
from history.writing import SYSTEM
from organization.models import Role
from organization.rules import NotPermitted
from registry.models import ActivityVersion
from registry.services import AlreadyChanged, ChangeUnderWay, register_activity, revise_activity
from tests.organization.factories import person
from tests.records.cast import REASON, all_but, somebody
from tests.registry.factories import activity_in, change_of, registered_activity, submitted_change_of

pytestmark = pytest.mark.django_db


def call(version, actor, reason=REASON):
    return revise_activity(version, reason=reason, actor=actor)


def test_copies_the_version_in_force_which_stays_as_it_is(department):
    version = registered_activity(department, number_as_printed="（1309-14）")
    draft = call(version, person(Role.CLERK, department))
    assert (draft.status, draft.replaces, draft.activity) == ("draft", version, version.activity)
    assert (draft.purpose, draft.items, draft.number_as_printed) == (version.purpose, version.items, "（1309-14）")
    assert (draft.valid_from, draft.registered_on) == (None, None)
    assert draft.history.latest().history_change_reason == REASON
    version.refresh_from_db()
    assert (version.status, version.valid_to) == ("registered", None)


def test_needs_a_reason(department, nothing_is_written):
    version, clerk = registered_activity(department), person(Role.CLERK, department)
    with nothing_is_written(ReasonRequired):
        call(version, clerk, reason="")


def test_is_refused_while_a_change_is_under_way(department, nothing_is_written):
    version, clerk = registered_activity(department), person(Role.CLERK, department)
    call(version, clerk)
    with nothing_is_written(ChangeUnderWay):
        call(version, clerk, reason="ほかの理由")


def test_starts_from_the_newest_version_only(department, nothing_is_written):
    first, clerk = registered_activity(department), person(Role.CLERK, department)
    register_activity(submitted_change_of(first), on=date(2022, 4, 1), actor=SYSTEM)
    with nothing_is_written(AlreadyChanged):
        call(first, clerk)


@pytest.mark.parametrize("status", ["draft", "submitted"])
def test_is_refused_from_every_other_state(status, department, nothing_is_written):
    version, clerk = activity_in(status, department), person(Role.CLERK, department)
    with nothing_is_written(NotPermitted):
        call(version, clerk)


@pytest.mark.parametrize("who", all_but("担当", "課長", "情報公開課"))
def test_is_denied_to_everybody_else(who, department, nothing_is_written):
    version, actor = registered_activity(department), somebody(who, department)
    with nothing_is_written(NotPermitted):
        call(version, actor)


def test_changes_nothing_when_the_history_cannot_be_written(department, history_breaks):
    version, clerk = registered_activity(department), person(Role.CLERK, department)
    with history_breaks():
        call(version, clerk)


def test_page_leads_to_the_new_draft(department, sign_in):
    version, client = registered_activity(department), sign_in(person(Role.CLERK, department))
    answer = client.post(reverse("revise_activity", args=[version.pk]), {"reason": REASON})
    draft = ActivityVersion.objects.get(replaces=version)
    assert answer["Location"] == reverse("edit_activity", args=[draft.pk])
    assert client.get(answer["Location"]).status_code == 200


def test_page_sent_twice_makes_one_draft_and_leads_to_it_twice(department, sign_in):
    version, client = registered_activity(department), sign_in(person(Role.CLERK, department))
    url = reverse("revise_activity", args=[version.pk])
    answers = [client.post(url, {"reason": REASON}) for _ in range(2)]
    assert answers[0]["Location"] == answers[1]["Location"]
    assert ActivityVersion.objects.filter(replaces=version).count() == 1


def test_page_says_when_somebody_else_began_a_change(department, sign_in):
    version = registered_activity(department)
    change_of(version)
    client = sign_in(person(Role.CLERK, department))
    answer = client.post(reverse("revise_activity", args=[version.pk]), {"reason": "まったく別の理由"})
    assert answer.status_code == 422
    assert "この業務には手続中の変更があります。" in answer.content.decode()
    assert answer.context["form"]["reason"].value() == "まったく別の理由"
