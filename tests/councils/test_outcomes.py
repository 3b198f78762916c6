"""採決と結果: what the council decides moves the files and stands in their 記録票; what cannot be is refused."""

from datetime import time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from councils.models import Extent, Method, Outcome, Result, Vote
from councils.services.attendance import record_presence
from councils.services.outcomes import (
    AlreadyHasOutcome,
    NoQuorum,
    NothingChosen,
    NotWithdrawn,
    NotYetHeld,
    NumberNotGiven,
    ResultDoesNotFit,
    begin_items,
    record_outcome,
    settle_items,
    take_vote,
    undo_outcome,
)
from history.writing import SYSTEM
from organization.models import Role
from organization.rules import NotPermitted
from records.kinds import OUTSOURCING
from records.models import Proposal
from records.services.steps import withdraw_proposal
from records.states import Status
from tests.councils.sittings import consulted, sitting, told
from tests.organization.factories import person
from tests.records import factories
from tests.records.factories import COUNCIL_DATE, accepted, the_record

pytestmark = pytest.mark.django_db


def state(proposal):
    return Proposal.objects.get(pk=proposal.pk).status


def approve(meeting, *items, **values):
    """承認 without a vote, unless told otherwise."""
    values = {"result": Result.APPROVED, "method": Method.NONE, "actor": SYSTEM} | values
    return settle_items(meeting, items, **values)


def test_an_approval_decides_the_file_and_stands_in_its_sheet():
    meeting, proposal = sitting(), accepted()
    (outcome,) = approve(meeting, consulted(meeting, proposal, number=8), phrase="原案通り承認といたします。")
    record = the_record(proposal)
    assert (state(proposal), record.council_date.start, record.consultation_number) == ("decided", COUNCIL_DATE, "8")
    assert record.valid_from is not None
    assert (outcome.phrase, outcome.decided_on, outcome.moved_file) == (
        "原案通り承認といたします。",
        COUNCIL_DATE,
        True,
    )


def test_two_consultations_are_voted_on_together():
    meeting = sitting(members=23, present=19)
    files = [accepted(), accepted(OUTSOURCING)]
    items = [consulted(meeting, proposal, number) for proposal, number in zip(files, (9, 10), strict=True)]
    outcomes = approve(
        meeting, *items, result=Result.BY_MAJORITY, method=Method.HANDS, extent=Extent.MAJORITY, against=1
    )
    assert Vote.objects.get() == outcomes[0].vote == outcomes[1].vote
    assert (outcomes[0].vote.in_favour, outcomes[0].vote.against, outcomes[0].vote.present) == (None, 1, 19)
    assert [state(proposal) for proposal in files] == ["decided", "decided"]
    assert [the_record(proposal).consultation_number for proposal in files] == ["9", "10"]


def test_of_two_voted_on_together_neither_is_decided_when_one_cannot_be():
    meeting = sitting()
    first, second = accepted(), accepted(OUTSOURCING)
    items = [consulted(meeting, first), told(meeting, proposal=None)]
    with pytest.raises(ResultDoesNotFit):
        approve(meeting, *items)
    assert state(first) == Status.SCHEDULED
    assert not Outcome.objects.exists()
    assert not Vote.objects.exists()
    assert state(second) == Status.ACCEPTED


def test_without_a_quorum_there_is_no_outcome():
    meeting, proposal = sitting(members=7, present=3), accepted()
    with pytest.raises(NoQuorum, match="出席している委員が3名で、定足数4名に足りません"):
        approve(meeting, consulted(meeting, proposal))
    assert state(proposal) == Status.SCHEDULED


def test_the_quorum_is_asked_of_the_moment_of_the_vote():
    meeting, proposal = sitting(members=6, present=3), accepted()
    item = consulted(meeting, proposal)
    late = meeting.attendances.filter(came=False).first()
    record_presence(late, came=True, stretches=[(time(10, 30), None)], actor=SYSTEM)
    with pytest.raises(NoQuorum):
        approve(meeting, item, taken_at=time(10, 15))
    approve(meeting, item, taken_at=time(10, 45))
    assert state(proposal) == Status.DECIDED


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ({"in_favour": 8}, "賛成の数が、出席している委員の数をこえています"),
        ({"against": 8}, "反対の数が、出席している委員の数をこえています"),
        ({"in_favour": 4, "against": 4}, "賛成と反対を合わせた数が、出席している委員の数をこえています"),
        ({"extent": Extent.UNANIMOUS, "against": 1}, "全員一致にはできません"),
    ],
)
def test_votes_that_cannot_be_are_refused(counts, words):
    meeting = sitting(members=7, present=7)
    with pytest.raises(ValidationError, match=words):
        take_vote(meeting, method=Method.HANDS, actor=SYSTEM, **counts)


def test_a_conditional_approval_needs_its_conditions_and_leaves_them_on_the_file():
    meeting, proposal = sitting(), accepted()
    item = consulted(meeting, proposal)
    with pytest.raises(ValidationError, match="付された条件が必要です"):
        approve(meeting, item, result=Result.CONDITIONAL)
    approve(meeting, item, result=Result.CONDITIONAL, conditions="検証の結果を報告すること")
    proposal.refresh_from_db()
    assert (proposal.status, proposal.conditions) == ("decided", "検証の結果を報告すること")


def test_a_matter_put_off_goes_back_and_keeps_its_number_for_the_next_meeting():
    meeting, proposal = sitting(), accepted()
    approve(meeting, consulted(meeting, proposal, number=8), result=Result.CONTINUED)
    assert state(proposal) == Status.ACCEPTED
    later = sitting(term=meeting.term, members=0, held_on=COUNCIL_DATE + timedelta(days=60))
    proposal.refresh_from_db()
    item = consulted(later, proposal)
    assert item.consultation.number == 8
    approve(later, item)
    assert the_record(proposal).council_date.start == later.held_on


def test_a_refusal_ends_the_file_without_putting_anything_into_force():
    meeting, proposal = sitting(), accepted()
    approve(meeting, consulted(meeting, proposal), result=Result.REJECTED, phrase="不承認といたします。")
    assert state(proposal) == Status.REJECTED
    assert the_record(proposal).valid_from is None


def test_a_report_makes_the_case_one_of_the_examples():
    meeting = sitting()
    proposal = factories.carry_on(factories.submitted(factories.OUT_OF_PURPOSE), Status.ACCEPTED)
    approve(meeting, told(meeting, proposal=proposal), result=Result.REPORTED)
    assert state(proposal) == Status.REPORTED
    assert the_record(proposal).reported_on == COUNCIL_DATE


def test_a_withdrawn_matter_must_have_been_withdrawn():
    meeting, proposal = sitting(), accepted()
    item = consulted(meeting, proposal)
    with pytest.raises(NotWithdrawn):
        approve(meeting, item, result=Result.WITHDRAWN)
    proposal.refresh_from_db()
    withdraw_proposal(proposal, reason="見直しのため", actor=person(Role.OFFICE))
    (outcome,) = approve(meeting, item, result=Result.WITHDRAWN)
    assert not outcome.moved_file


def test_nothing_is_decided_before_the_day_of_the_meeting():
    meeting = sitting(held_on=timezone.localdate() + timedelta(days=1))
    with pytest.raises(NotYetHeld):
        approve(meeting, told(meeting), result=Result.REPORTED)
    held = sitting()
    with pytest.raises(NotYetHeld):
        record_outcome(told(held), result=Result.REPORTED, decided_on=held.held_on - timedelta(days=1), actor=SYSTEM)


def test_a_consultation_without_a_number_is_not_decided():
    meeting = sitting()
    item = consulted(meeting, accepted())
    item.consultation = None
    item.save_as(SYSTEM, action="add_agenda_item")
    with pytest.raises(NumberNotGiven):
        approve(meeting, item)


def test_an_outcome_is_entered_once_and_corrected_with_a_reason():
    meeting, proposal = sitting(), accepted()
    item = consulted(meeting, proposal, number=8)
    (outcome,) = approve(meeting, item)
    with pytest.raises(AlreadyHasOutcome):
        approve(meeting, item)
    undo_outcome(outcome, reason="採決の記入もれ", actor=SYSTEM)
    assert state(proposal) == Status.SCHEDULED
    assert the_record(proposal).valid_from is None
    assert the_record(proposal).consultation_number == ""
    approve(meeting, item, result=Result.BY_MAJORITY, method=Method.HANDS, extent=Extent.MAJORITY, against=1)
    outcome.refresh_from_db()
    assert (outcome.result, outcome.is_undone, state(proposal)) == ("by_majority", False, "decided")
    assert [row.history_change_reason for row in outcome.history.order_by("history_id")][1] == "採決の記入もれ"


def test_a_file_settled_before_the_meeting_was_entered_is_left_as_it_is():
    meeting, proposal = sitting(), accepted()
    item = consulted(meeting, proposal, number=8)
    proposal.refresh_from_db()
    factories.settling.decide_proposal(proposal, council_date=COUNCIL_DATE, consultation_number="8", actor=SYSTEM)
    (outcome,) = approve(meeting, item)
    assert not outcome.moved_file
    undo_outcome(outcome, reason="結果の言葉の誤り", actor=SYSTEM)
    assert state(proposal) == Status.DECIDED


def test_items_dealt_with_together_are_in_progress_together():
    meeting = sitting()
    first, second, third = told(meeting, "一"), told(meeting, "二"), told(meeting, "三")
    begin_items(meeting, [first], at=time(10), actor=SYSTEM)
    approve(meeting, first, result=Result.REPORTED)
    begin_items(meeting, [second, third], at=time(10, 20), actor=SYSTEM)
    begin_items(meeting, [third], at=time(10, 30), actor=SYSTEM)
    begun = dict(meeting.items.values_list("title", "begun_at"))
    assert begun == {"一": time(10), "二": None, "三": time(10, 20)}
    with pytest.raises(NothingChosen):
        begin_items(meeting, [], at=time(11), actor=SYSTEM)


@pytest.mark.parametrize("role", [Role.CLERK, Role.HEAD, Role.IT, Role.AUDITOR, Role.ADMIN])
def test_only_the_secretariat_and_the_office_enter_outcomes(role):
    meeting = sitting()
    item = told(meeting)
    with pytest.raises(NotPermitted):
        approve(meeting, item, result=Result.REPORTED, actor=person(role))
    approve(meeting, item, result=Result.REPORTED, actor=person(Role.SECRETARIAT))
