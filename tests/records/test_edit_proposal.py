"""案件の編集: its title, with the lock that keeps two people from overwriting each other."""

import pytest

from history.errors import StaleEdit
from organization.models import Role
from organization.rules import NotPermitted
from records.services.drafting import edit_proposal
from tests.organization.factories import person
from tests.records.cast import all_but, somebody, states_but
from tests.records.factories import draft, proposal_in

pytestmark = pytest.mark.django_db


def call(proposal, actor, title="新しい件名"):
    return edit_proposal(proposal, title=title, lock=proposal.lock, actor=actor)


@pytest.mark.parametrize("who", ["担当", "課長"])
def test_changes_the_title_and_counts_the_save(who):
    proposal = draft()
    edited = call(proposal, somebody(who, proposal.department))
    assert (edited.title, edited.lock) == ("新しい件名", proposal.lock + 1)


def test_a_stale_edit_is_refused_and_shows_what_stands(nothing_is_written):
    proposal = draft()
    clerk = person(Role.CLERK, proposal.department)
    call(proposal, clerk, title="先の人の件名")
    with nothing_is_written(StaleEdit) as refusal:
        call(proposal, clerk, title="後の人の件名")
    assert refusal.value.current.title == "先の人の件名"


@pytest.mark.parametrize("status", states_but("draft"))
def test_is_refused_from_every_other_state(status, nothing_is_written):
    proposal = proposal_in(status)
    actor = person(Role.CLERK, proposal.department)
    with nothing_is_written(NotPermitted):
        call(proposal, actor)


@pytest.mark.parametrize("who", all_but("担当", "課長"))
def test_is_denied_to_everybody_else(who, nothing_is_written):
    proposal = draft()
    actor = somebody(who, proposal.department)
    with nothing_is_written(NotPermitted):
        call(proposal, actor)


def test_changes_nothing_when_the_history_cannot_be_written(history_breaks):
    proposal = draft()
    clerk = person(Role.CLERK, proposal.department)
    with history_breaks():
        call(proposal, clerk)
