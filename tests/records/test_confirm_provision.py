"""提供課の確認: the providing department agrees."""

import pytest

from organization.models import Role
from organization.rules import NotPermitted
from records.kinds import OUT_OF_PURPOSE
from records.services.steps import confirm_provision
from tests.organization.factories import person
from tests.records.cast import all_but, somebody, states_but
from tests.records.factories import proposal_in, provider_of, submitted, the_record

pytestmark = pytest.mark.django_db


def call(proposal, actor):
    return confirm_provision(the_record(proposal), note="了承した。", actor=actor)


def use_in(status):
    """A file with one 目的外利用 in `status`."""
    return proposal_in(status, OUT_OF_PURPOSE)


def submitted_use():
    return submitted(OUT_OF_PURPOSE)


@pytest.mark.parametrize("role", [Role.CLERK, Role.HEAD])
def test_keeps_the_answer_of_the_providing_department(role):
    proposal = submitted_use()
    use = call(proposal, person(role, provider_of(proposal)))
    assert (use.confirmation, use.confirmation_note) == ("confirmed", "了承した。")
    assert (use.status, use.proposal.status) == ("submitted", "submitted")
    assert use.history.latest().action == "confirm_provision"


@pytest.mark.parametrize("status", states_but("submitted"))
def test_is_refused_from_every_other_state(status, nothing_is_written):
    proposal = use_in(status)
    actor = person(Role.HEAD, provider_of(proposal))
    with nothing_is_written(NotPermitted):
        call(proposal, actor)


@pytest.mark.parametrize("who", all_but())
def test_is_denied_to_everybody_else(who, nothing_is_written):
    proposal = submitted_use()
    actor = somebody(who, proposal.department)
    with nothing_is_written(NotPermitted):
        call(proposal, actor)


def test_changes_nothing_when_the_history_cannot_be_written(history_breaks):
    proposal = submitted_use()
    actor = person(Role.HEAD, provider_of(proposal))
    with history_breaks(after=1):
        call(proposal, actor)
