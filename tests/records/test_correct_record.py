"""決定後の訂正: the paper was wrong, the use was not; the same version, and the trail keeps what stood before."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from history.errors import ReasonRequired, StaleEdit
from organization.models import Role
from organization.rules import NotPermitted
from records.kinds import OUT_OF_PURPOSE, PROVISION
from records.models import LinkageVersion, OutOfPurposeUseVersion
from records.services.amending import correct_record
from records.services.errors import NotInForceYet, RecordIncomplete, RouteDoesNotFit
from tests.organization.factories import person
from tests.records.cast import REASON, all_but, somebody, states_but
from tests.records.factories import accepted, carry_on, change_of, decided, proposal_in, reported, the_record
from tests.registry.factories import registered_activity

pytestmark = pytest.mark.django_db
EVIDENCE = "令和4年2月1日の審議会の資料第3"


def call(proposal, actor, record=None, reason=REASON, evidence=EVIDENCE, **values):
    record = record or the_record(proposal)
    values = values or {"purpose": "訂正した目的"}
    return correct_record(record, values=values, reason=reason, evidence=evidence, lock=record.lock, actor=actor)


def test_changes_the_version_itself_and_keeps_what_stood_before_in_the_trail():
    proposal = decided()
    before = the_record(proposal)
    after = call(proposal, person(Role.OFFICE))
    assert (after.pk, after.purpose, after.status) == (before.pk, "訂正した目的", "decided")
    latest, previous = after.history.order_by("-history_id")[:2]
    assert latest.purpose == "訂正した目的"
    assert latest.history_change_reason == f"{REASON}（決定の内容を示す文書：{EVIDENCE}）"
    assert previous.purpose == before.purpose


def test_what_the_council_decided_is_not_the_offices_to_correct():
    proposal = decided()
    before = the_record(proposal)
    after = call(proposal, person(Role.OFFICE), council_date="令和9年1月1日", consultation_number="99", purpose="目的")
    assert (after.council_date, after.consultation_number) == (before.council_date, before.consultation_number)


def test_the_period_in_force_follows_a_corrected_day():
    proposal = decided()
    call(proposal, person(Role.OFFICE), linked_on="令和4年7月1日")
    assert not LinkageVersion.objects.as_of(date(2022, 6, 30)).exists()
    assert LinkageVersion.objects.as_of(date(2022, 7, 1)).exists()


def test_the_period_in_force_follows_a_corrected_last_day():
    proposal = reported()
    call(proposal, person(Role.OFFICE), period_to="令和4年4月30日")
    assert OutOfPurposeUseVersion.objects.as_of(date(2022, 4, 30)).exists()


def test_a_correction_of_a_version_that_was_changed_since_does_not_bring_it_back():
    old = the_record(decided())
    new = the_record(carry_on(change_of(old, changed_on="令和5年4月1日"), "decided"))
    call(None, person(Role.OFFICE), LinkageVersion.objects.get(pk=old.pk), linked_on="令和4年7月1日")
    assert list(LinkageVersion.objects.as_of(date(2023, 4, 1))) == [new]
    assert list(LinkageVersion.objects.as_of(date(2023, 3, 31))) == [old]
    assert not LinkageVersion.objects.as_of(date(2022, 6, 1)).exists()


def test_a_corrected_day_of_a_change_moves_the_end_of_the_old_version_with_it():
    old = the_record(decided())
    change = carry_on(change_of(old, changed_on="令和5年4月1日"), "decided")
    call(change, person(Role.OFFICE), changed_on="令和5年10月1日")
    assert list(LinkageVersion.objects.as_of(date(2023, 9, 30))) == [old]
    assert list(LinkageVersion.objects.as_of(date(2023, 10, 1))) == [the_record(change)]


def test_a_record_without_a_decision_is_mended_by_its_department_instead(nothing_is_written):
    proposal, office = accepted(), person(Role.OFFICE)
    with nothing_is_written(NotInForceYet):
        call(proposal, office, linked_on="令和4年7月1日")


@pytest.mark.parametrize("emptied", ["linked_on", "purpose", "responsible"])
def test_a_correction_cannot_empty_what_the_paper_needs(emptied, nothing_is_written):
    proposal, office = decided(), person(Role.OFFICE)
    with nothing_is_written(RecordIncomplete):
        call(proposal, office, **{emptied: ""})


def test_a_correction_cannot_take_a_record_to_another_route(nothing_is_written):
    proposal, office = reported(), person(Role.OFFICE)
    with nothing_is_written(RouteDoesNotFit):
        call(proposal, office, grounds=["council"])


def test_a_corrected_number_leads_to_its_business():
    proposal = decided()
    business = registered_activity(department=proposal.department, number_as_printed="1309-14")
    assert call(proposal, person(Role.OFFICE), activity_number="1309-14").activity == business.activity


def test_a_correction_of_the_first_of_three_versions_leaves_one_in_force_on_every_day():
    first = the_record(decided())
    second = the_record(carry_on(change_of(first, changed_on="令和5年4月1日"), "decided"))
    third = the_record(carry_on(change_of(second, changed_on="令和6年4月1日"), "decided"))
    first.refresh_from_db()
    values = {"responsible": "訂正した責任者"}
    correct_record(first, values=values, reason=REASON, lock=first.lock, actor=person(Role.OFFICE))
    for day, version in [(date(2022, 6, 1), first), (date(2024, 3, 31), second), (date(2025, 1, 1), third)]:
        assert list(LinkageVersion.objects.as_of(day)) == [version]


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"continues_from": "平成12年4月1日"}, "期間と「以降継続」は一方だけを記入してください。"),
    ],
)
def test_a_correction_cannot_make_the_paper_contradict_itself(values, message, nothing_is_written):
    proposal, office = reported(), person(Role.OFFICE)
    with nothing_is_written(ValidationError) as refusal:
        call(proposal, office, **values)
    assert message in "".join(refusal.value.messages)


def test_a_stale_correction_is_refused(nothing_is_written):
    proposal, office = decided(), person(Role.OFFICE)
    stale = the_record(proposal)
    call(proposal, office)
    with nothing_is_written(StaleEdit):
        call(proposal, office, stale, purpose="後の人の訂正")


@pytest.mark.parametrize("status", states_but("accepted", "scheduled", "decided", "reported", "notified"))
def test_is_refused_from_every_other_state(status, nothing_is_written):
    proposal, office = proposal_in(status), person(Role.OFFICE)
    with nothing_is_written(NotPermitted):
        call(proposal, office)


@pytest.mark.parametrize("who", all_but("情報公開課"))
def test_is_denied_to_everybody_else(who, nothing_is_written):
    proposal = decided()
    actor = somebody(who, proposal.department)
    with nothing_is_written(NotPermitted):
        call(proposal, actor)


def test_needs_a_reason(nothing_is_written):
    proposal, office = decided(), person(Role.OFFICE)
    with nothing_is_written(ReasonRequired):
        call(proposal, office, reason=" ")


def test_changes_nothing_when_the_history_cannot_be_written(history_breaks):
    proposal, office = accepted(OUT_OF_PURPOSE), person(Role.OFFICE)
    with history_breaks():
        call(proposal, office)


@pytest.mark.parametrize("kind", [OUT_OF_PURPOSE, PROVISION], ids=lambda kind: kind.code)
def test_a_record_keeps_the_route_that_the_office_chose_under_the_act(kind):
    record = the_record(proposal_in("notified", kind))
    record = call(record.proposal, person(Role.OFFICE), responsible="訂正した責任者")
    assert (record.responsible, record.route, record.status) == ("訂正した責任者", "notification", "notified")
