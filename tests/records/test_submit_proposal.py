"""自ら起案した案件の提出: a head sends what they wrote, and the trail says so."""

import pytest

from organization.models import Role
from organization.rules import NotPermitted
from records.kinds import LINKAGE
from records.services.drafting import add_records, create_proposal, edit_record
from records.services.errors import RecordIncomplete, WrittenByAnother
from records.services.steps import submit_proposal
from tests.organization.factories import person
from tests.records.cast import all_but, somebody, states_but
from tests.records.factories import LINKAGE_VALUES, SUBMITTED_ON, draft, proposal_in, section, the_record, token

pytestmark = pytest.mark.django_db


def call(proposal, actor):
    return submit_proposal(proposal, actor=actor, on=SUBMITTED_ON)


def written_by(writer, department, **values):
    """A draft that `writer` wrote, complete unless `values` say otherwise."""
    proposal = create_proposal(title="課長の案件", department=department, token=token(), actor=writer)
    (record,) = add_records(proposal, kind=LINKAGE, activities=[], token=token(), actor=writer)
    edit_record(record, values=LINKAGE_VALUES | values, lock=record.lock, actor=writer)
    return proposal


def test_submits_without_a_separate_approval_and_says_so_in_the_trail():
    department = section("収納課")
    head = person(Role.HEAD, department)
    proposal = call(written_by(head, department), head)
    assert (proposal.status, the_record(proposal).status) == ("submitted", "submitted")
    assert proposal.form_date == SUBMITTED_ON
    latest = proposal.history.latest()
    assert (latest.action, latest.history_change_reason) == ("submit_proposal", "自ら起案した案件の提出")
    assert latest.actor_role == "所管課 課長"


def test_what_the_clerk_wrote_must_be_approved_not_submitted(nothing_is_written):
    department = section("収納課")
    proposal = written_by(person(Role.CLERK, department), department)
    head = person(Role.HEAD, department)
    with nothing_is_written(WrittenByAnother):
        call(proposal, head)


def test_what_a_clerk_wrote_into_the_heads_file_needs_an_approval(nothing_is_written):
    department = section("収納課")
    head = person(Role.HEAD, department)
    proposal = written_by(head, department)
    record = the_record(proposal)
    clerk = person(Role.CLERK, department)
    edit_record(record, values={"purpose": "担当が書いた目的"}, lock=record.lock, actor=clerk)
    with nothing_is_written(WrittenByAnother):
        call(proposal, head)


def test_names_what_is_not_filled_in(nothing_is_written):
    department = section("収納課")
    head = person(Role.HEAD, department)
    proposal = written_by(head, department, purpose="")
    with nothing_is_written(RecordIncomplete):
        call(proposal, head)


@pytest.mark.parametrize("status", states_but("draft"))
def test_is_refused_from_every_other_state(status, nothing_is_written):
    proposal = proposal_in(status)
    actor = person(Role.HEAD, proposal.department)
    with nothing_is_written(NotPermitted):
        call(proposal, actor)


@pytest.mark.parametrize("who", all_but("課長"))
def test_is_denied_to_everybody_else(who, nothing_is_written):
    proposal = draft()
    actor = somebody(who, proposal.department)
    with nothing_is_written(NotPermitted):
        call(proposal, actor)


def test_changes_nothing_when_the_history_cannot_be_written(history_breaks):
    department = section("収納課")
    head = person(Role.HEAD, department)
    proposal = written_by(head, department)
    with history_breaks(after=2):
        call(proposal, head)
