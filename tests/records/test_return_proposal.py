"""差戻し: the office gives the file back to the department."""

import pytest

from history.errors import ReasonRequired
from organization.models import Role
from organization.rules import NotPermitted
from records.services.steps import return_proposal
from tests.organization.factories import person
from tests.records.cast import REASON, all_but, somebody, states_but
from tests.records.factories import carry_on, proposal_in, submitted, the_record

pytestmark = pytest.mark.django_db


def call(proposal, actor, reason=REASON):
    return return_proposal(proposal, reason=reason, actor=actor)


def test_makes_it_a_draft_again_and_keeps_the_reason():
    proposal = call(submitted(), person(Role.OFFICE))
    assert (proposal.status, the_record(proposal).status) == ("draft", "draft")
    assert proposal.return_reason == REASON
    assert the_record(proposal).history.latest().history_change_reason == REASON


def test_goes_the_whole_way_again_to_the_acceptance():
    proposal = carry_on(call(submitted(), person(Role.OFFICE)), "accepted")
    assert [row.status for row in proposal.history.order_by("history_id")] == [
        "draft", "awaiting_head", "submitted", "draft", "awaiting_head", "submitted", "accepted",
    ]  # fmt: skip
    assert proposal.return_reason == ""


def test_needs_a_reason(nothing_is_written):
    proposal, office = submitted(), person(Role.OFFICE)
    with nothing_is_written(ReasonRequired):
        call(proposal, office, reason="")


@pytest.mark.parametrize("status", states_but("submitted"))
def test_is_refused_from_every_other_state(status, nothing_is_written):
    proposal = proposal_in(status)
    actor = person(Role.OFFICE)
    with nothing_is_written(NotPermitted):
        call(proposal, actor)


@pytest.mark.parametrize("who", all_but("情報公開課"))
def test_is_denied_to_everybody_else(who, nothing_is_written):
    proposal = submitted()
    actor = somebody(who, proposal.department)
    with nothing_is_written(NotPermitted):
        call(proposal, actor)


def test_changes_nothing_when_the_history_cannot_be_written(history_breaks):
    proposal = submitted()
    actor = person(Role.OFFICE)
    with history_breaks(after=2):
        call(proposal, actor)
