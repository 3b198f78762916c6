"""採決と結果: what contradicts itself, the room or the file is refused, and nothing typed is lost."""

from datetime import date, time, timedelta

import pytest
from django.urls import reverse

from councils.models import BlockKind, Outcome, Result
from councils.quorum import members_present
from councils.services import meetings as meeting_services
from councils.services import outcomes
from councils.services.agenda import HasItsNumber, give_number, put_on_agenda
from councils.services.attendance import record_presence
from councils.services.outcomes import (
    FileNotWaiting,
    NoQuorum,
    NoVoteOnReports,
    OutsideMeeting,
    VoteDoesNotFit,
    settle_items,
    undo_outcome,
)
from history.writing import SYSTEM
from organization.models import Role
from tests.councils.sittings import consulted, sitting, told
from tests.organization.factories import person
from tests.records.factories import accepted

pytestmark = pytest.mark.django_db
HANDS = {"method": "hands", "actor": SYSTEM}


@pytest.fixture
def meeting():
    return sitting()


def timed(meeting, **times):
    for name, value in times.items():
        setattr(meeting, name, value)
    return meeting.save_as(SYSTEM, action="edit_meeting")


def left(meeting, count, at):
    for row in list(meeting.attendances.filter(came=True))[:count]:
        record_presence(row, came=True, stretches=[(None, at)], actor=SYSTEM)


def test_without_a_typed_time_the_vote_counts_who_was_there_when_the_item_was_begun(meeting):
    timed(meeting, starts_at=time(10))
    item = consulted(meeting, accepted())
    left(meeting, 4, time(10, 40))
    outcomes.begin_items(meeting, [item], at=time(11), actor=SYSTEM)
    item.refresh_from_db()
    assert (members_present(meeting, None), members_present(meeting, time(11))) == (7, 3)
    with pytest.raises(NoQuorum):
        settle_items(meeting, [item], result=Result.APPROVED, extent="unanimous", **HANDS)
    assert not Outcome.objects.exists()


def test_a_report_is_heard_once_enough_members_are_there(meeting):
    timed(meeting, starts_at=time(10))
    for row in list(meeting.attendances.all())[:4]:
        record_presence(row, came=True, stretches=[(time(10, 20), None)], actor=SYSTEM)
    item = told(meeting)
    given = {"result": Result.REPORTED, "method": "none", "actor": SYSTEM}
    with pytest.raises(NoQuorum):
        settle_items(meeting, [item], **given)
    settle_items(meeting, [item], taken_at=time(10, 30), **given)
    assert Outcome.objects.get().item == item


def test_nobody_votes_after_the_close(meeting):
    timed(meeting, starts_at=time(10), ends_at=time(12))
    item = consulted(meeting, accepted())
    with pytest.raises(OutsideMeeting):
        settle_items(meeting, [item], result=Result.APPROVED, taken_at=time(23, 59), **HANDS)


def test_a_meeting_is_not_closed_before_what_was_dealt_with(meeting):
    item = told(meeting)
    outcomes.begin_items(meeting, [item], at=time(11), actor=SYSTEM)
    settle_items(meeting, [item], result=Result.REPORTED, method="none", actor=SYSTEM)
    with pytest.raises(meeting_services.ClosedTooEarly):
        meeting_services.close_meeting(meeting, starts_at=time(10), ends_at=time(10, 50), actor=SYSTEM)


@pytest.mark.parametrize(
    ("vote", "result"),
    [
        ({"in_favour": 1, "against": 6, "extent": "majority"}, Result.BY_MAJORITY),
        ({"in_favour": 2, "extent": "unanimous"}, Result.APPROVED),
        ({"extent": "minority"}, Result.APPROVED),
        ({"in_favour": 3, "against": 4}, Result.APPROVED),
        ({"extent": "unanimous"}, Result.REJECTED),
        ({"method": "none", "in_favour": 6, "against": 1}, Result.APPROVED),
        ({"extent": "majority", "conditions": "委託先を確かめること"}, Result.APPROVED),
    ],
)
def test_a_vote_and_its_result_say_the_same(meeting, vote, result):
    proposal = accepted()
    item = consulted(meeting, proposal)
    with pytest.raises(VoteDoesNotFit):
        settle_items(meeting, [item], result=result, **HANDS | vote)
    proposal.refresh_from_db()
    assert proposal.status == "scheduled"


def test_all_but_the_chair_are_all(meeting):
    item = consulted(meeting, accepted())
    settle_items(meeting, [item], result=Result.APPROVED, in_favour=6, against=0, extent="unanimous", **HANDS)
    assert Outcome.objects.get().vote.in_favour == 6


def test_counts_typed_for_a_report_are_refused_and_not_dropped(meeting):
    item = told(meeting)
    with pytest.raises(NoVoteOnReports):
        settle_items(meeting, [item], result=Result.REPORTED, in_favour=3, against=4, **HANDS)


def test_an_outcome_does_not_contradict_its_file(meeting):
    proposal = accepted()
    first = consulted(meeting, proposal)
    settle_items(meeting, [first], result=Result.CONTINUED, method="none", actor=SYSTEM)
    later = sitting(held_on=meeting.held_on + timedelta(days=1), term=meeting.term, members=1, present=8)
    second = consulted(later, proposal)
    undo_outcome(Outcome.objects.get(), reason="誤り", actor=SYSTEM)
    settle_items(meeting, [first], result=Result.REJECTED, method="none", actor=SYSTEM)
    with pytest.raises(FileNotWaiting):
        settle_items(later, [second], result=Result.APPROVED, method="none", actor=SYSTEM)


def test_a_file_that_goes_on_keeps_its_number_and_another_one_is_refused(meeting):
    proposal = accepted()
    settle_items(meeting, [consulted(meeting, proposal, number=2)], result="continued", method="none", actor=SYSTEM)
    later = sitting(held_on=meeting.held_on + timedelta(days=1), term=meeting.term)
    item = put_on_agenda(later, proposal, kind=BlockKind.CONSULTATION, actor=SYSTEM)
    with pytest.raises(HasItsNumber, match="すでに諮問第2号"):
        give_number(item, number=5, actor=SYSTEM)
    assert give_number(item, actor=SYSTEM).number == 2


def test_a_meeting_with_numbers_does_not_move_into_another_year():
    meeting = sitting(held_on=date(2022, 3, 24), present=0)
    consulted(meeting, accepted(), number=7)
    values = {name: getattr(meeting, name) for name in meeting_services.EDITABLE} | {"held_on": date(2022, 4, 10)}
    with pytest.raises(meeting_services.NumbersOfAnotherYear):
        meeting_services.edit_meeting(meeting, values=values, lock=meeting.lock, actor=SYSTEM)


def test_of_two_secretaries_the_second_is_told_and_keeps_what_was_typed(meeting, client):
    item = told(meeting)
    client.force_login(person(Role.SECRETARIAT))
    given = {"items": [item.pk], "method": "none", "result": "reported", "dissent": "反対の意見の文"}
    url = reverse("run_meeting", args=[meeting.pk])
    assert client.post(url, given).status_code == 303
    refused = client.post(url, given)
    words = refused.content.decode()
    assert (refused.status_code, "すでに記入されています" in words, "反対の意見の文" in words) == (422, True, True)
