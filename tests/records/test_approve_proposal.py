"""課長承認: the head lets the file go to the office."""

import pytest

from organization.models import Role
from organization.rules import NotPermitted
from records.kinds import OUT_OF_PURPOSE
from records.models import Confirmation
from records.services.steps import approve_proposal, confirm_provision, request_approval, return_proposal
from tests.organization.factories import person
from tests.records.cast import REASON, all_but, somebody, states_but
from tests.records.factories import SUBMITTED_ON, awaiting_head, proposal_in, provider_of, submitted, the_record

pytestmark = pytest.mark.django_db


def call(proposal, actor):
    return approve_proposal(proposal, actor=actor, on=SUBMITTED_ON)


def test_submits_the_file_and_its_sheets_on_that_day():
    proposal = awaiting_head()
    proposal = call(proposal, person(Role.HEAD, proposal.department))
    assert (proposal.status, the_record(proposal).status) == ("submitted", "submitted")
    assert proposal.form_date == SUBMITTED_ON


def test_asks_the_provider_again_when_the_file_was_returned():
    proposal = submitted(OUT_OF_PURPOSE)
    confirm_provision(the_record(proposal), actor=person(Role.HEAD, provider_of(proposal)), note="了承した。")
    return_proposal(proposal, reason=REASON, actor=person(Role.OFFICE))
    request_approval(proposal, actor=person(Role.CLERK, proposal.department))
    call(proposal, person(Role.HEAD, proposal.department))
    use = the_record(proposal)
    assert (use.confirmation, use.confirmation_note) == (Confirmation.PENDING, "")


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
