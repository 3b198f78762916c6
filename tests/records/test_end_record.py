"""記録の終了: a file takes a record out of force after a day, by report, by notification or by decision."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from history.errors import ReasonRequired, StaleEdit
from history.writing import SYSTEM
from organization.models import Role
from organization.rules import NotPermitted
from records.kinds import KINDS, LINKAGE, OUT_OF_PURPOSE
from records.models import Precedent, Proposal
from records.presenting import sheet_fragment
from records.services import amending, drafting, record_ends, settling, steps
from records.services.drafting import remove_record
from records.services.errors import (
    ChangeUnderWay,
    Ended,
    EndHasNoSheet,
    NotInForce,
    RecordContradictory,
)
from records.states import Route, Status
from tests.organization.factories import person
from tests.records.cast import REASON, all_but, somebody
from tests.records.factories import COUNCIL_DATE, NUMBER, change_of, decided, draft, proposal_in, the_record, token

pytestmark = pytest.mark.django_db
LAST_DAY = date(2022, 9, 30)
AFTER = date(2022, 10, 1)
IN_FORCE = {
    LINKAGE.code: {"linked_on": "令和4年4月1日"},
    "outsourcing": {},
    OUT_OF_PURPOSE.code: {"period_from": "令和4年4月1日", "period_to": "令和5年3月31日"},
    "provision": {},
}
EVERY_KIND = pytest.mark.parametrize("kind", list(KINDS.values()), ids=list(KINDS))


def in_force(kind=LINKAGE):
    """A decided record that runs from 2022-04-01."""
    return the_record(proposal_in(Status.DECIDED, kind, **IN_FORCE[kind.code]))


def correct(record, **values):
    """正誤 of what the council was asked, with the document that shows it."""
    office = person(Role.OFFICE)
    amending.correct_record(
        record, values=values, reason=REASON, evidence="審議会の会議要録", lock=record.lock, actor=office
    )


def end(record, actor=None, **changed):
    actor = actor or person(Role.CLERK, record.proposal.department)
    call = {"title": "終了の案件", "ends_on": LAST_DAY, "reason": REASON, "token": token(), "actor": actor}
    return record_ends.end_record(record, **call | changed)


def accepted_end(record, route=Route.REPORT):
    """Submitted after the Act came, where the office may choose any route."""
    proposal = steps.request_approval(end(record), actor=SYSTEM)
    proposal = steps.approve_proposal(proposal, actor=SYSTEM, on=date(2023, 4, 3))
    return settling.accept_proposal(proposal, actor=SYSTEM, routes={the_record(proposal): route})


@EVERY_KIND
def test_is_a_draft_that_changes_nothing_yet_and_keeps_the_sheet_as_it_is(kind, layouts):
    record = in_force(kind)
    proposal = end(record)
    draft = the_record(proposal)
    assert (proposal.status, draft.replaces, draft.ends_on, draft.end_reason) == ("draft", record, LAST_DAY, REASON)
    assert draft.valid_from is None
    assert {name: getattr(draft, name) for name in kind.editable} == {
        name: getattr(record, name) for name in kind.editable
    }
    record.refresh_from_db()
    assert record.in_force(AFTER)
    assert "（終了　令和4年9月30日まで）" in sheet_fragment(draft)
    assert "（終了" not in sheet_fragment(record)


@EVERY_KIND
@pytest.mark.parametrize(("route", "status"), [(Route.REPORT, "accepted"), (Route.NOTIFICATION, "notified")])
def test_a_reported_or_notified_end_takes_the_record_out_of_force_after_its_day(kind, route, status):
    record = in_force(kind)
    proposal = accepted_end(record, route)
    record.refresh_from_db()
    assert (proposal.status, record.valid_to) == (status, AFTER)
    assert (record.in_force(LAST_DAY), record.in_force(AFTER)) == (True, False)
    assert not kind.model.objects.as_of(AFTER).exists()
    if route == Route.REPORT:
        proposal = settling.report_proposal(proposal, on=date(2023, 5, 1), actor=SYSTEM)
        assert proposal.status == Status.REPORTED
    record.refresh_from_db()
    assert record.valid_to == AFTER


@EVERY_KIND
def test_an_end_put_to_the_council_waits_for_its_decision(kind):
    record = in_force(kind)
    proposal = accepted_end(record, Route.CONSULTATION)
    record.refresh_from_db()
    assert record.valid_to != AFTER
    settling.decide_proposal(proposal, council_date=date(2023, 5, 1), consultation_number="7", actor=SYSTEM)
    record.refresh_from_db()
    the_end = the_record(proposal)
    assert (record.valid_to, the_end.status) == (AFTER, Status.DECIDED)
    number = the_end.change_consultation_number if kind is LINKAGE else the_end.consultation_number
    assert (number, record.consultation_number) == ("7", NUMBER)


def test_the_office_decides_the_route_since_no_source_says_how_an_end_is_dealt_with():
    record = in_force()
    proposal = steps.request_approval(end(record), actor=SYSTEM)
    proposal = steps.approve_proposal(proposal, actor=SYSTEM, on=date(2022, 8, 1))
    assert the_record(proposal).route == Route.REPORT
    proposal = settling.accept_proposal(proposal, actor=SYSTEM, routes={the_record(proposal): Route.CONSULTATION})
    assert the_record(proposal).route == Route.CONSULTATION


def test_the_provider_is_not_asked_again_and_a_case_that_ends_is_no_new_case():
    record = the_record(proposal_in(Status.REPORTED, OUT_OF_PURPOSE))
    cases = Precedent.objects.count()
    proposal = steps.request_approval(end(record, ends_on=date(2022, 1, 31)), actor=SYSTEM)
    proposal = steps.approve_proposal(proposal, actor=SYSTEM, on=date(2022, 2, 1))
    proposal = settling.accept_proposal(proposal, actor=SYSTEM)
    settling.report_proposal(proposal, on=COUNCIL_DATE, actor=SYSTEM)
    record.refresh_from_db()
    assert record.valid_to == date(2022, 2, 1)
    assert Precedent.objects.count() == cases == 1


def test_a_case_under_the_criteria_may_still_end_under_the_act():
    record = the_record(
        proposal_in(Status.REPORTED, OUT_OF_PURPOSE, period_from="", period_to="", continues_from="令和3年11月30日")
    )
    proposal = steps.request_approval(end(record, ends_on=date(2024, 3, 31)), actor=SYSTEM)
    proposal = steps.approve_proposal(proposal, actor=SYSTEM, on=date(2024, 3, 1))
    settling.accept_proposal(proposal, actor=SYSTEM)
    record.refresh_from_db()
    assert record.valid_to == date(2024, 4, 1)


@pytest.mark.parametrize(
    ("ends_on", "words"),
    [
        (date(2022, 3, 31), "効力の始まった日（令和4年4月1日）以後"),
        (date(2023, 3, 31), "令和5年3月31日に期間が終わります"),
    ],
)
def test_a_day_on_which_the_record_is_not_in_force_or_ends_by_itself_is_refused(ends_on, words, nothing_is_written):
    record = in_force(OUT_OF_PURPOSE)
    clerk = person(Role.CLERK, record.proposal.department)
    with nothing_is_written(RecordContradictory) as refusal:
        end(record, clerk, ends_on=ends_on)
    assert words in str(refusal.value)


def test_only_what_is_in_force_ends_and_only_once(nothing_is_written):
    record = in_force()
    clerk = person(Role.CLERK, record.proposal.department)
    first = end(record, clerk)
    with nothing_is_written(ChangeUnderWay):
        end(record, clerk)
    remove_record(the_record(first), actor=clerk)
    accepted_end(record)
    record.refresh_from_db()
    with nothing_is_written(Ended):
        end(record, clerk)
    with nothing_is_written(Ended):
        amending.revise_record(record, title="変更", reason=REASON, token=token(), actor=clerk)


def test_what_is_not_yet_in_force_cannot_end(nothing_is_written):
    record = the_record(proposal_in(Status.ACCEPTED, LINKAGE))
    clerk = person(Role.CLERK, record.proposal.department)
    with nothing_is_written(NotInForce):
        end(record, clerk)


def test_a_change_under_way_keeps_the_end_out(nothing_is_written):
    record = in_force()
    clerk = person(Role.CLERK, record.proposal.department)
    change_of(record, changed_on="令和4年8月1日")
    with nothing_is_written(ChangeUnderWay):
        end(record, clerk)


def test_the_same_token_gives_the_first_file_back():
    record = in_force()
    clerk, key = person(Role.CLERK, record.proposal.department), token()
    assert end(record, clerk, token=key) == end(record, clerk, token=key)
    assert Proposal.objects.count() == 2


def test_needs_a_reason(nothing_is_written):
    record = in_force()
    clerk = person(Role.CLERK, record.proposal.department)
    with nothing_is_written(ReasonRequired):
        end(record, clerk, reason="")


@pytest.mark.parametrize("who", all_but("担当", "課長"))
def test_is_denied_to_everybody_else(who, nothing_is_written):
    record = in_force()
    actor = somebody(who, record.proposal.department)
    with nothing_is_written(NotPermitted):
        end(record, actor)


def test_a_correction_of_the_record_keeps_its_end():
    record = in_force()
    accepted_end(record)
    record.refresh_from_db()
    correct(record, purpose="正しい目的")
    record.refresh_from_db()
    assert (record.purpose, record.valid_to) == ("正しい目的", AFTER)


def test_an_end_that_is_withdrawn_before_its_day_lets_the_record_go_on():
    record = in_force()
    proposal = steps.request_approval(end(record, ends_on=date(2099, 3, 31)), actor=SYSTEM)
    proposal = steps.approve_proposal(proposal, actor=SYSTEM, on=date(2023, 4, 3))
    proposal = settling.accept_proposal(proposal, actor=SYSTEM, routes={the_record(proposal): Route.REPORT})
    record.refresh_from_db()
    assert record.valid_to == date(2099, 4, 1)
    steps.withdraw_proposal(proposal, reason=REASON, actor=person(Role.OFFICE))
    record.refresh_from_db()
    assert record.valid_to is None


def test_an_end_that_has_come_is_not_taken_back(nothing_is_written):
    proposal = accepted_end(in_force())
    office = person(Role.OFFICE)
    with nothing_is_written(Ended):
        steps.withdraw_proposal(proposal, reason=REASON, actor=office)


def test_its_day_and_reason_are_mended_and_its_sheet_is_not():
    record = in_force()
    clerk = person(Role.CLERK, record.proposal.department)
    draft = the_record(end(record, clerk))
    record_ends.edit_end(draft, ends_on=date(2022, 8, 31), reason="委託の終了", lock=0, actor=clerk)
    with pytest.raises(StaleEdit):
        record_ends.edit_end(draft, ends_on=LAST_DAY, reason=REASON, lock=0, actor=clerk)
    draft.refresh_from_db()
    assert (draft.ends_on, draft.end_reason, draft.lock) == (date(2022, 8, 31), "委託の終了", 1)
    with pytest.raises(EndHasNoSheet):
        drafting.edit_record(draft, values={"purpose": "別の目的"}, lock=1, actor=clerk)


@EVERY_KIND
def test_the_database_refuses_an_end_of_nothing_and_an_end_with_a_validity_of_its_own(kind):
    record = in_force(kind)
    for changed in ({"ends_on": LAST_DAY}, {"valid_from": None, "valid_to": None, "replaces": None, "status": "draft"}):
        for name, value in changed.items():
            setattr(record, name, value)
        with pytest.raises(IntegrityError, match="end_of_another"), transaction.atomic():
            record.save_as(SYSTEM, action="edit_record")


def test_changes_nothing_when_the_trail_cannot_be_written(history_breaks):
    record = in_force()
    clerk = person(Role.CLERK, record.proposal.department)
    with history_breaks(after=2):
        end(record, clerk)


# --- the pages


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


@EVERY_KIND
def test_a_clerk_files_the_end_from_the_records_page_and_mends_its_day(kind, layouts):
    record = the_record(decided(LINKAGE)) if kind is LINKAGE else in_force(kind)
    if kind is not LINKAGE:
        later = {"period_to": "令和80年3月31日"} if not record.continues_from else {}
        for name, value in later.items():
            correct(record, **{name: value})
    client = signed_in(person(Role.CLERK, record.proposal.department))
    url = reverse("end_record", args=[kind, record.pk])
    assert url in client.get(record.get_absolute_url()).content.decode()
    refused = client.post(url, {"title": "終了", "ends_on": "令和3年1月1日", "reason": "残る理由", "token": token()})
    assert refused.status_code == 422
    assert "以後の日にしてください" in refused.content.decode()
    assert "残る理由" in refused.content.decode()
    done = client.post(url, {"title": "終了", "ends_on": "令和70年1月1日", "reason": REASON, "token": token()})
    shown = client.get(done.headers["Location"]).content.decode()
    assert "終了する日" in shown
    assert "令和70年1月1日" in shown
    draft = kind.model.objects.get(ends_on__isnull=False)
    assert client.get(reverse("edit_record", args=[kind, draft.pk])).headers["Location"].endswith("/edit-end/")
    saved = client.post(
        reverse("edit_end", args=[kind, draft.pk]), {"ends_on": "令和70年2月1日", "reason": REASON, "lock": "0"}
    )
    assert saved.status_code == 303
    stale = client.post(
        reverse("edit_end", args=[kind, draft.pk]), {"ends_on": "令和70年3月1日", "reason": "別の理由", "lock": "0"}
    )
    assert stale.status_code == 422
    assert "別の理由" in stale.content.decode()
    assert "2088-02-01" in stale.content.decode() or "令和70年2月1日" in stale.content.decode()


def test_a_sheet_that_is_no_end_has_no_page_for_its_end(layouts):
    proposal = draft()
    client = signed_in(person(Role.CLERK, proposal.department))
    assert client.get(reverse("edit_end", args=[LINKAGE, the_record(proposal).pk])).status_code == 404
