"""取下げ: from every state before the decision."""

import itertools
from datetime import date

import pytest

from history.errors import ReasonRequired
from organization import rules
from organization.models import Role
from organization.rules import NotPermitted
from records.kinds import OUT_OF_PURPOSE
from records.models import OutOfPurposeUseVersion, Proposal
from records.services.errors import AlreadySettled, InForce
from records.services.settling import decide_proposal
from records.services.steps import withdraw_proposal
from tests.organization.factories import person
from tests.records.cast import REASON, all_but, somebody, states_but
from tests.records.factories import (
    COUNCIL_DATE,
    UNDER_THE_ACT,
    accepted,
    accepted_under_the_act,
    add_sheet,
    carry_on,
    draft,
    proposal_in,
    provider_of,
    submitted,
    the_record,
)

pytestmark = pytest.mark.django_db


def call(proposal, actor, reason=REASON):
    return withdraw_proposal(proposal, reason=reason, actor=actor)


BEFORE_THE_DECISION = ["draft", "awaiting_head", "submitted", "accepted"]
FROM_SUBMISSION_ON = ["submitted", "accepted"]


@pytest.mark.parametrize(
    ("who", "status"),
    [
        *itertools.product(["担当", "課長"], BEFORE_THE_DECISION),
        *itertools.product(["情報公開課"], FROM_SUBMISSION_ON),
    ],
)
def test_ends_the_file_and_its_sheets_before_the_decision(status, who):
    proposal = proposal_in(status)
    proposal = call(proposal, somebody(who, proposal.department))
    assert (proposal.status, the_record(proposal).status) == ("withdrawn", "withdrawn")
    assert proposal.history.latest().history_change_reason == REASON


def test_a_use_in_force_cannot_be_undone(nothing_is_written):
    proposal, office = accepted(OUT_OF_PURPOSE), person(Role.OFFICE)
    with nothing_is_written(InForce):
        call(proposal, office)


def test_a_use_whose_first_day_has_not_come_never_was():
    future = {"period_from": "", "period_to": "", "continues_from": "令和60年4月1日"}
    proposal = accepted_under_the_act(draft(OUT_OF_PURPOSE, **UNDER_THE_ACT["out-of-purpose"] | future))
    assert the_record(proposal) in OutOfPurposeUseVersion.objects.as_of(date(2078, 4, 1))
    call(proposal, person(Role.OFFICE))
    assert not OutOfPurposeUseVersion.objects.as_of(date(2078, 4, 1)).exists()


@pytest.mark.parametrize(("made", "seen"), [(draft, False), (submitted, True)])
def test_the_provider_goes_on_to_see_only_what_was_once_submitted(made, seen):
    proposal = made(OUT_OF_PURPOSE)
    provider = person(Role.CLERK, provider_of(proposal))
    call(proposal, person(Role.CLERK, proposal.department))
    assert rules.permitted(Proposal.objects.all(), provider, "view_proposal").exists() == seen
    uses = OutOfPurposeUseVersion.objects.all()
    assert rules.permitted(uses, provider, "view_outofpurposeuseversion").exists() == seen


@pytest.mark.parametrize(("made", "seen"), [(draft, False), (submitted, True)])
def test_the_it_department_goes_on_to_see_only_what_was_once_submitted(made, seen):
    proposal, reader = made(), person(Role.IT)
    call(proposal, person(Role.CLERK, proposal.department))
    for action in ("view_proposal", "proposal_history"):
        assert rules.permitted(Proposal.objects.all(), reader, action).exists() == seen


@pytest.mark.parametrize("status", ["draft", "awaiting_head"])
def test_of_what_was_not_submitted_yet_is_no_business_of_the_office(status, nothing_is_written):
    proposal, office = proposal_in(status), person(Role.OFFICE)
    with nothing_is_written(NotPermitted):
        call(proposal, office)


def test_what_the_council_has_decided_cannot_be_taken_back_with_the_rest_of_the_file(nothing_is_written):
    proposal, office = draft(), person(Role.OFFICE)
    add_sheet(proposal, OUT_OF_PURPOSE)
    proposal = carry_on(proposal, "accepted")
    decide_proposal(proposal, council_date=COUNCIL_DATE, consultation_number="5", actor=office)
    with nothing_is_written(AlreadySettled):
        call(proposal, office)


def test_needs_a_reason(nothing_is_written):
    proposal, office = submitted(), person(Role.OFFICE)
    with nothing_is_written(ReasonRequired):
        call(proposal, office, reason=" ")


@pytest.mark.parametrize("status", states_but("draft", "awaiting_head", "submitted", "accepted", "scheduled"))
def test_is_refused_from_every_other_state(status, nothing_is_written):
    proposal = proposal_in(status)
    actor = person(Role.OFFICE)
    with nothing_is_written(NotPermitted):
        call(proposal, actor)


@pytest.mark.parametrize("who", all_but("担当", "課長", "情報公開課"))
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
