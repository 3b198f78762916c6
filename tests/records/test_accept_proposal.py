"""受理: the office takes the file; a record of the route 報告 is in force from its 適用日."""

from datetime import date

import pytest

from history.writing import SYSTEM
from organization.models import Role
from organization.rules import NotPermitted
from records.kinds import OUT_OF_PURPOSE
from records.models import OutOfPurposeUseVersion
from records.services.errors import ProviderNotAsked, RouteDoesNotFit
from records.services.settling import accept_proposal
from records.services.steps import approve_proposal, confirm_provision, object_to_provision
from records.states import Route
from tests.organization.factories import person
from tests.records.cast import REASON, all_but, somebody, states_but
from tests.records.factories import FOR_COUNCIL, awaiting_head, proposal_in, provider_of, submitted, the_record

pytestmark = pytest.mark.django_db


def call(proposal, actor, routes=None):
    return accept_proposal(proposal, actor=actor, routes=routes)


def confirmed(**values):
    """A submitted 目的外利用 with the provider's word."""
    proposal = submitted(OUT_OF_PURPOSE, **values)
    confirm_provision(the_record(proposal), actor=person(Role.CLERK, provider_of(proposal)))
    return proposal


def test_a_linkage_waits_for_the_council_and_is_not_in_force():
    proposal = call(submitted(), person(Role.OFFICE))
    record = the_record(proposal)
    assert (proposal.status, record.status, record.route) == ("accepted", "accepted", "consultation")
    assert record.valid_from is None


def test_a_use_under_the_criteria_is_in_force_from_its_day_to_the_end_of_its_period():
    proposal = call(confirmed(), person(Role.OFFICE))
    record = the_record(proposal)
    assert (record.status, record.route) == ("accepted", "report")
    assert (record.valid_from, record.valid_to) == (date(2021, 11, 30), date(2022, 4, 1))
    assert record in OutOfPurposeUseVersion.objects.as_of(date(2022, 3, 31))
    assert record not in OutOfPurposeUseVersion.objects.as_of(date(2022, 4, 1))


def test_a_use_that_goes_on_has_no_end():
    proposal = confirmed(period_from="", period_to="", continues_from="令和3年 4月 1日", applied_on="令和3年4月1日")
    call(proposal, person(Role.OFFICE))
    record = the_record(proposal)
    assert (record.valid_from, record.valid_to) == (date(2021, 4, 1), None)


def test_under_the_act_the_office_may_send_a_linkage_by_the_route_of_the_report():
    proposal = approve_proposal(awaiting_head(), actor=SYSTEM, on=date(2023, 4, 1))
    call(proposal, person(Role.OFFICE), routes={the_record(proposal): Route.REPORT})
    record = the_record(proposal)
    assert (record.route, record.valid_from) == ("report", date(2022, 6, 1))


def test_under_the_ordinance_a_linkage_cannot_do_without_the_council(nothing_is_written):
    proposal, office = submitted(), person(Role.OFFICE)
    with nothing_is_written(RouteDoesNotFit):
        call(proposal, office, routes={the_record(proposal): Route.REPORT})


@pytest.mark.parametrize(("values", "route"), [({}, Route.CONSULTATION), (FOR_COUNCIL, Route.REPORT)])
def test_a_route_that_contradicts_the_grounds_is_refused(values, route, nothing_is_written):
    proposal, office = confirmed(**values), person(Role.OFFICE)
    with nothing_is_written(RouteDoesNotFit):
        call(proposal, office, routes={the_record(proposal): route})


def test_waits_for_the_providing_department(nothing_is_written):
    proposal, office = submitted(OUT_OF_PURPOSE), person(Role.OFFICE)
    with nothing_is_written(ProviderNotAsked) as refusal:
        call(proposal, office)
    assert "教育振興部　区立中学校" in str(refusal.value)


def test_an_objection_is_no_confirmation(nothing_is_written):
    proposal, office = submitted(OUT_OF_PURPOSE), person(Role.OFFICE)
    object_to_provision(the_record(proposal), reason=REASON, actor=person(Role.HEAD, provider_of(proposal)))
    with nothing_is_written(ProviderNotAsked):
        call(proposal, office)


@pytest.mark.parametrize("status", states_but("submitted"))
def test_is_refused_from_every_other_state(status, nothing_is_written):
    proposal = proposal_in(status)
    actor = person(Role.OFFICE)
    with nothing_is_written(NotPermitted):
        call(proposal, actor)


@pytest.mark.parametrize("who", all_but("情報公開課"))
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
