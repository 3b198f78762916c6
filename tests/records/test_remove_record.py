"""記録票の取りやめ: the sheet leaves the draft; its row and its trail stay."""

import pytest

from organization import rules
from organization.models import Role
from organization.rules import NotPermitted
from records.kinds import LINKAGE, OUT_OF_PURPOSE
from records.models import OutOfPurposeUseVersion, Proposal
from records.services.drafting import remove_record
from records.states import Status
from tests.organization.factories import person
from tests.records.cast import all_but, somebody, states_but
from tests.records.factories import add_sheet, carry_on, draft, proposal_in

pytestmark = pytest.mark.django_db


def call(proposal, actor):
    return remove_record(proposal.records()[0], actor=actor)


@pytest.mark.parametrize("who", ["担当", "課長"])
def test_leaves_the_file_without_being_deleted(who):
    proposal = draft()
    kept = add_sheet(proposal, LINKAGE)
    removed = call(proposal, somebody(who, proposal.department))
    assert proposal.records() == [kept]
    assert removed.history.latest().action == "remove_record"
    assert carry_on(proposal, Status.DECIDED).status == "decided"
    removed.refresh_from_db()
    assert (removed.status, removed.valid_from) == ("withdrawn", None)


def test_a_department_named_on_a_removed_sheet_never_sees_it_nor_the_file():
    proposal = draft()
    use = add_sheet(proposal, OUT_OF_PURPOSE)
    clerk = person(Role.CLERK, proposal.department)
    named = person(Role.CLERK, use.providing_department)
    remove_record(use, actor=clerk)
    assert not rules.permitted(OutOfPurposeUseVersion.objects.all(), named, "view_outofpurposeuseversion").exists()
    carry_on(proposal, Status.ACCEPTED)
    assert not rules.permitted(OutOfPurposeUseVersion.objects.all(), named, "view_outofpurposeuseversion").exists()
    assert not rules.permitted(Proposal.objects.all(), named, "view_proposal").exists()


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
    actor = person(Role.CLERK, proposal.department)
    with history_breaks():
        call(proposal, actor)
