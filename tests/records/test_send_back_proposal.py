"""課内での差戻し: the head gives the file back to the clerk."""

import pytest

from history.errors import ReasonRequired
from organization.models import Role
from organization.rules import NotPermitted
from records.services.steps import send_back_proposal
from tests.organization.factories import person
from tests.records.cast import REASON, all_but, somebody, states_but
from tests.records.factories import awaiting_head, proposal_in, the_record

pytestmark = pytest.mark.django_db


def call(proposal, actor, reason=REASON):
    return send_back_proposal(proposal, reason=reason, actor=actor)


def test_makes_it_a_draft_again_and_keeps_the_reason():
    proposal = awaiting_head()
    proposal = call(proposal, person(Role.HEAD, proposal.department))
    assert (proposal.status, the_record(proposal).status) == ("draft", "draft")
    assert proposal.return_reason == REASON
    assert proposal.history.latest().history_change_reason == REASON


def test_needs_a_reason(nothing_is_written):
    proposal = awaiting_head()
    head = person(Role.HEAD, proposal.department)
    with nothing_is_written(ReasonRequired):
        call(proposal, head, reason=" ")


@pytest.mark.parametrize("status", states_but("awaiting_head"))
def test_is_refused_from_every_other_state(status, nothing_is_written):
    proposal = proposal_in(status)
    actor = person(Role.HEAD, proposal.department)
    with nothing_is_written(NotPermitted):
        call(proposal, actor)


@pytest.mark.parametrize("who", all_but("課長"))
def test_is_denied_to_everybody_else(who, nothing_is_written):
    proposal = awaiting_head()
    actor = somebody(who, proposal.department)
    with nothing_is_written(NotPermitted):
        call(proposal, actor)


def test_changes_nothing_when_the_history_cannot_be_written(history_breaks):
    proposal = awaiting_head()
    actor = person(Role.HEAD, proposal.department)
    with history_breaks(after=2):
        call(proposal, actor)
