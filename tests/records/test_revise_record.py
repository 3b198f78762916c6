"""記録の変更の起案: a new file with a copy; the old version stays in force until the new one starts."""

from datetime import date

import pytest

from history.errors import ReasonRequired
from organization.models import Role
from organization.rules import NotPermitted
from records.kinds import OUT_OF_PURPOSE
from records.models import LinkageVersion, OutOfPurposeUseVersion, Proposal
from records.services.amending import revise_record
from records.services.drafting import edit_record
from records.services.errors import AlreadyChanged, ChangeUnderWay, RecordIncomplete
from records.services.settling import decide_proposal
from records.services.steps import request_approval, withdraw_proposal
from tests.organization.factories import person
from tests.records.cast import REASON, all_but, somebody, states_but
from tests.records.factories import (
    LINKAGE_VALUES,
    UNDER_THE_ACT,
    accepted,
    accepted_under_the_act,
    carry_on,
    change_of,
    decided,
    proposal_in,
    reported,
    the_record,
    token,
)

pytestmark = pytest.mark.django_db


def call(proposal, actor, **changed):
    arguments = {"title": "変更の案件", "reason": REASON, "token": token(), "actor": actor}
    return revise_record(the_record(proposal), **arguments | changed)


def decide(proposal, number, council_date):
    office = person(Role.OFFICE)
    return decide_proposal(proposal, council_date=council_date, consultation_number=number, actor=office)


def test_starts_as_a_copy_in_a_draft_of_the_same_department():
    proposal = decided()
    old = the_record(proposal)
    change = call(proposal, person(Role.CLERK, proposal.department))
    new = the_record(change)
    assert (change.department, change.status, new.status) == (proposal.department, "draft", "draft")
    assert (new.replaces, new.linkage) == (old, old.linkage)
    assert (new.purpose, new.linked_on) == (old.purpose, old.linked_on)
    assert new.history.latest().history_change_reason == REASON


def test_the_first_bracket_stays_and_the_change_fills_the_second():
    old = the_record(decided())
    change = change_of(old, changed_on="令和5年4月1日", partner_name="新しい相手方")
    new = the_record(decide(carry_on(change, "accepted"), "12", date(2023, 2, 1)))
    assert (new.council_date, new.consultation_number) == (old.council_date, "5")
    assert (new.change_council_date.text, new.change_consultation_number) == ("令和5年2月1日", "12")


def test_the_old_version_is_in_force_until_the_new_one_starts():
    old = the_record(decided())
    change = change_of(old, changed_on="令和5年4月1日")
    assert list(LinkageVersion.objects.as_of(date(2024, 1, 1))) == [old]
    new = the_record(decide(carry_on(change, "accepted"), "12", date(2023, 2, 1)))
    assert list(LinkageVersion.objects.as_of(date(2023, 3, 31))) == [old]
    assert list(LinkageVersion.objects.as_of(date(2023, 4, 1))) == [new]


def test_a_change_needs_its_own_day(nothing_is_written):
    change = change_of(the_record(decided()))
    clerk = person(Role.CLERK, change.department)
    with nothing_is_written(RecordIncomplete) as refusal:
        request_approval(change, actor=clerk)
    assert "結合変更年月日" in str(refusal.value)


def test_a_second_change_does_not_start_with_the_day_of_the_first():
    change = change_of(the_record(decided()), changed_on="令和5年4月1日")
    first = the_record(decide(carry_on(change, "accepted"), "12", date(2023, 2, 1)))
    again = the_record(change_of(first))
    assert again.changed_on.is_blank
    assert (again.change_council_date.is_blank, again.change_consultation_number) == (True, "")


def test_a_change_of_a_use_does_not_start_with_the_day_of_the_old_one():
    change = the_record(change_of(the_record(reported())))
    assert change.applied_on.is_blank
    assert change.period_from.text == "令和3年11月30日"


def test_a_period_that_was_over_before_the_change_is_not_lengthened():
    old = the_record(reported())
    change = change_of(old, applied_on="令和4年6月1日", period_from="令和4年6月1日", period_to="令和5年3月31日")
    carry_on(change, "reported")
    old.refresh_from_db()
    assert old.valid_to == date(2022, 4, 1)
    assert not OutOfPurposeUseVersion.objects.as_of(date(2022, 5, 1)).exists()


def test_a_change_withdrawn_before_its_first_day_gives_the_old_version_its_period_back():
    old = the_record(reported(period_to="令和60年3月31日"))
    later = UNDER_THE_ACT["out-of-purpose"] | {"period_from": "令和59年4月1日", "period_to": "令和60年3月31日"}
    change = accepted_under_the_act(change_of(old, **later))
    old.refresh_from_db()
    assert old.valid_to == date(2077, 4, 1)
    withdraw_proposal(change, reason=REASON, actor=person(Role.OFFICE))
    assert list(OutOfPurposeUseVersion.objects.as_of(date(2078, 3, 31))) == [old]
    old.refresh_from_db()
    assert old.valid_to == date(2078, 4, 1)


def test_the_same_token_again_gives_the_first_file_back():
    proposal = decided()
    clerk, key = person(Role.CLERK, proposal.department), token()
    assert call(proposal, clerk, token=key) == call(proposal, clerk, token=key)
    assert Proposal.objects.count() == 2


def test_one_change_at_a_time(nothing_is_written):
    proposal = decided()
    clerk = person(Role.CLERK, proposal.department)
    call(proposal, clerk)
    with nothing_is_written(ChangeUnderWay):
        call(proposal, clerk)


def test_after_a_withdrawn_change_another_may_begin():
    proposal = decided()
    clerk = person(Role.CLERK, proposal.department)
    withdraw_proposal(call(proposal, clerk), reason=REASON, actor=clerk)
    assert call(proposal, clerk).status == "draft"


def test_only_the_latest_version_is_changed(nothing_is_written):
    proposal = decided()
    carry_on(change_of(the_record(proposal), changed_on="令和5年4月1日"), "decided")
    clerk = person(Role.CLERK, proposal.department)
    with nothing_is_written(AlreadyChanged):
        call(proposal, clerk)


def test_a_linkage_that_waits_for_the_council_is_not_changed_but_corrected(nothing_is_written):
    proposal = accepted()
    clerk = person(Role.CLERK, proposal.department)
    with nothing_is_written(ChangeUnderWay):
        call(proposal, clerk)


def test_a_use_in_force_before_its_report_can_be_changed():
    proposal = accepted(OUT_OF_PURPOSE)
    assert call(proposal, person(Role.CLERK, proposal.department)).status == "draft"


@pytest.mark.parametrize("status", states_but("accepted", "scheduled", "decided", "reported", "notified"))
def test_is_refused_from_every_other_state(status, nothing_is_written):
    proposal = proposal_in(status)
    actor = person(Role.CLERK, proposal.department)
    with nothing_is_written(NotPermitted):
        call(proposal, actor)


@pytest.mark.parametrize("who", all_but("担当", "課長"))
def test_is_denied_to_everybody_else(who, nothing_is_written):
    proposal = decided()
    actor = somebody(who, proposal.department)
    with nothing_is_written(NotPermitted):
        call(proposal, actor)


def test_needs_a_reason(nothing_is_written):
    proposal = decided()
    clerk = person(Role.CLERK, proposal.department)
    with nothing_is_written(ReasonRequired):
        call(proposal, clerk, reason="")


def test_changes_nothing_when_the_history_cannot_be_written(history_breaks):
    proposal = decided()
    clerk = person(Role.CLERK, proposal.department)
    with history_breaks(after=2):
        call(proposal, clerk)


def test_a_draft_of_a_change_is_edited_like_any_other():
    change = change_of(the_record(decided()))
    record = the_record(change)
    clerk = person(Role.CLERK, change.department)
    edited = edit_record(record, values=LINKAGE_VALUES | {"changed_on": "令和5年4月"}, lock=record.lock, actor=clerk)
    assert edited.changed_on.start == date(2023, 4, 1)
