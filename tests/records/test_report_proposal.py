"""報告: the council was told; no 諮問, and the line 審議会事項 stays empty."""

from datetime import date

import pytest

from organization.models import Role
from organization.rules import NotPermitted
from records.kinds import OUT_OF_PURPOSE
from records.services.errors import NothingToDecide
from records.services.settling import report_proposal
from tests.organization.factories import person
from tests.records.cast import all_but, somebody, states_but
from tests.records.factories import COUNCIL_DATE, accepted, proposal_in, the_record

pytestmark = pytest.mark.django_db


def call(proposal, actor):
    return report_proposal(proposal, on=COUNCIL_DATE, actor=actor)


def accepted_use():
    return accepted(OUT_OF_PURPOSE)


def test_keeps_the_day_and_leaves_the_bracket_empty():
    proposal = call(accepted_use(), person(Role.OFFICE))
    record = the_record(proposal)
    assert (proposal.status, record.status) == ("reported", "reported")
    assert record.reported_on == COUNCIL_DATE
    assert (record.council_date.is_blank, record.consultation_number) == (True, "")
    assert record.valid_from == date(2021, 11, 30)  # since its 適用日, before the report


def test_a_file_that_needs_a_consultation_cannot_be_reported_away(nothing_is_written):
    proposal, office = accepted(), person(Role.OFFICE)
    with nothing_is_written(NothingToDecide):
        call(proposal, office)


@pytest.mark.parametrize("status", states_but("accepted", "scheduled"))
def test_is_refused_from_every_other_state(status, nothing_is_written):
    proposal = proposal_in(status)
    actor = person(Role.OFFICE)
    with nothing_is_written(NotPermitted):
        call(proposal, actor)


@pytest.mark.parametrize("who", all_but("情報公開課", "審議会事務局"))
def test_is_denied_to_everybody_else(who, nothing_is_written):
    proposal = accepted_use()
    actor = somebody(who, proposal.department)
    with nothing_is_written(NotPermitted):
        call(proposal, actor)


def test_changes_nothing_when_the_history_cannot_be_written(history_breaks):
    proposal = accepted_use()
    actor = person(Role.OFFICE)
    with history_breaks(after=2):
        call(proposal, actor)
