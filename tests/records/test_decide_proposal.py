"""決定: the council's date and number stand in each record that went by 諮問, and it is in force."""

from datetime import date

import pytest

from history.writing import SYSTEM
from organization.models import Role
from organization.rules import NotPermitted
from records.kinds import LINKAGE, OUT_OF_PURPOSE
from records.services.drafting import add_records, edit_record
from records.services.errors import ConsultationNumberMissing, NothingToDecide
from records.services.settling import decide_proposal, report_proposal
from tests.organization.factories import person
from tests.records.cast import all_but, somebody, states_but
from tests.records.factories import (
    COUNCIL_DATE,
    FOR_COUNCIL,
    accepted,
    add_sheet,
    carry_on,
    draft,
    proposal_in,
    the_record,
    token,
)

pytestmark = pytest.mark.django_db


def call(proposal, actor, number="5"):
    return decide_proposal(proposal, council_date=COUNCIL_DATE, consultation_number=number, actor=actor)


def test_fills_the_first_bracket_and_puts_the_linkage_into_force():
    proposal = call(accepted(), person(Role.OFFICE))
    record = the_record(proposal)
    assert (proposal.status, record.status) == ("decided", "decided")
    assert (record.council_date.start, record.council_date.text) == (COUNCIL_DATE, "令和4年2月1日")
    assert (record.consultation_number, record.change_consultation_number) == ("5", "")
    assert (record.valid_from, record.valid_to) == (date(2022, 6, 1), None)


def test_one_consultation_decides_every_sheet_of_the_file():
    proposal = draft()
    add_records(proposal, kind=LINKAGE, activities=[], token=token(), actor=SYSTEM)
    add_records(proposal, kind=LINKAGE, activities=[], token=token(), actor=SYSTEM)
    for position, record in enumerate(proposal.records()):
        edit_record(record, values={"activity_name": f"第{position}の業務"}, lock=record.lock, actor=SYSTEM)
    call(carry_on(proposal, "accepted"), person(Role.OFFICE))
    assert [(r.status, r.consultation_number) for r in proposal.records()] == [("decided", "5")] * 3


def test_a_use_by_the_ground_of_the_council_gets_its_bracket_too():
    proposal = call(accepted(OUT_OF_PURPOSE, **FOR_COUNCIL), person(Role.OFFICE))
    record = the_record(proposal)
    assert (record.council_date.start, record.consultation_number) == (COUNCIL_DATE, "5")
    assert record.valid_from == date(2021, 11, 30)


def test_leaves_records_of_the_other_route_to_the_report():
    proposal = draft()
    add_sheet(proposal, OUT_OF_PURPOSE)
    office = person(Role.OFFICE)
    proposal = call(carry_on(proposal, "accepted"), office)
    linkage, use = proposal.records()
    assert (proposal.status, linkage.status, use.status) == ("accepted", "decided", "accepted")
    assert (use.council_date.is_blank, use.consultation_number) == (True, "")
    assert report_proposal(proposal, on=COUNCIL_DATE, actor=office).status == "decided"


def test_a_file_without_a_consultation_cannot_be_decided(nothing_is_written):
    proposal, office = accepted(OUT_OF_PURPOSE), person(Role.OFFICE)
    with nothing_is_written(NothingToDecide):
        call(proposal, office)


@pytest.mark.parametrize("number", ["", "　"])
def test_a_decision_needs_its_number(number, nothing_is_written):
    proposal, office = accepted(), person(Role.OFFICE)
    with nothing_is_written(ConsultationNumberMissing):
        call(proposal, office, number=number)


@pytest.mark.parametrize("status", states_but("accepted", "scheduled"))
def test_is_refused_from_every_other_state(status, nothing_is_written):
    proposal = proposal_in(status)
    actor = person(Role.OFFICE)
    with nothing_is_written(NotPermitted):
        call(proposal, actor)


@pytest.mark.parametrize("who", all_but("情報公開課", "審議会事務局"))
def test_is_denied_to_everybody_else(who, nothing_is_written):
    proposal = accepted()
    actor = somebody(who, proposal.department)
    with nothing_is_written(NotPermitted):
        call(proposal, actor)


def test_changes_nothing_when_the_history_cannot_be_written(history_breaks):
    proposal = accepted()
    actor = person(Role.OFFICE)
    with history_breaks(after=2):
        call(proposal, actor)
