"""手続: what holds for every step: its states, its people, all or nothing, its page."""

import pytest
from django.urls import reverse

from file_register.kinds import FileStatus
from organization.rules import NotPermitted
from tests.file_register.factories import file_in
from tests.file_register.steps import STEPS
from tests.records.cast import NOBODY, OTHERS, OWN, all_but, somebody

pytestmark = pytest.mark.django_db


def pairs(values):
    return [(action, value) for action, step in STEPS.items() for value in values(step)]


@pytest.mark.parametrize(("action", "who"), pairs(lambda step: step.people))
def test_is_open_to_its_people_and_leaves_their_names_in_the_trail(action, who, department):
    step = STEPS[action]
    version, actor = file_in(step.states[0], department), somebody(who, department)
    row = step.take(version, actor).history.latest()
    assert (row.action, row.actor_name) == (action, actor.name)


@pytest.mark.parametrize(
    ("action", "status"), pairs(lambda step: [state for state in FileStatus if state not in step.states])
)
def test_is_refused_from_every_other_state(action, status, department, nothing_is_written):
    step = STEPS[action]
    version, actor = file_in(status, department), somebody(step.people[-1], department)
    with nothing_is_written(NotPermitted):
        step.take(version, actor)


@pytest.mark.parametrize(("action", "who"), pairs(lambda step: all_but(*step.people)))
def test_is_denied_to_everybody_else(action, who, department, nothing_is_written):
    step = STEPS[action]
    version, actor = file_in(step.states[0], department), somebody(who, department)
    with nothing_is_written(NotPermitted):
        step.take(version, actor)


@pytest.mark.parametrize(("action", "after"), pairs(lambda step: range(1, step.writes + 1)))
def test_changes_nothing_when_the_history_cannot_be_written(action, after, department, history_breaks):
    step = STEPS[action]
    version, actor = file_in(step.states[0], department), somebody(step.people[-1], department)
    with history_breaks(after=after):
        step.take(version, actor)


@pytest.mark.parametrize("action", STEPS)
def test_page_asks_and_takes_the_step(action, department, sign_in, layouts):
    step = STEPS[action]
    version = file_in(step.states[0], department)
    client, url = sign_in(somebody(step.people[-1], department)), reverse(action, args=[version.pk])
    assert version.name in client.get(url).content.decode()
    answer = client.post(url, step.sent)
    assert answer.status_code == 303
    assert version.file.versions.latest("pk").history.latest().action == action


@pytest.mark.parametrize("action", [action for action, step in STEPS.items() if step.sent])
def test_page_sent_empty_says_what_is_missing(action, department, sign_in):
    step = STEPS[action]
    version = file_in(step.states[0], department)
    answer = sign_in(somebody("情報公開課", department)).post(reverse(action, args=[version.pk]), {})
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == set(step.sent)


@pytest.mark.parametrize(("action", "who"), pairs(lambda step: [*OWN, *OTHERS, NOBODY]))
def test_page_is_forbidden_or_missing_for_everybody_else(action, who, department, sign_in):
    step = STEPS[action]
    version = file_in(step.states[0], department)
    answer = sign_in(somebody(who, department)).get(reverse(action, args=[version.pk]))
    assert (answer.status_code == 200) == (who in step.people)
    assert answer.status_code in (200, 403, 404)
