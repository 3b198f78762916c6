"""制度: grounds of the ordinance and of 法第69条, the routes that the rules offer, and old records carried over."""

from datetime import date

import pytest
from django.urls import reverse

from history.errors import ReasonRequired
from history.writing import SYSTEM
from organization.models import Role
from records.kinds import KINDS, LINKAGE, OUT_OF_PURPOSE, OUTSOURCING, PROVISION, is_judged_by_act
from records.models import ActGround, Ground
from records.presenting import sheet_fragment
from records.regimes import rules_day, successors
from records.services.contradictions import contradictions
from records.services.errors import AlreadySettled, RecordContradictory, RouteDoesNotFit
from records.services.remarks import remarks, successor_grounds
from records.services.routes import offered_routes, suggested_route
from records.services.settling import accept_proposal
from records.services.steps import approve_proposal, confirm_provision, request_approval, withdraw_proposal
from records.services.undoing import undo_decision
from records.states import Route
from tests.organization.factories import DepartmentFactory, OrganFactory, person
from tests.records.factories import (
    FOR_COUNCIL,
    UNDER_THE_ACT,
    accepted_under_the_act,
    add_sheet,
    awaiting_head,
    carry_on,
    change_of,
    draft,
    proposal_in,
    reported,
    the_record,
)

pytestmark = pytest.mark.django_db
ORDINANCE, ACT = date(2023, 3, 31), date(2023, 4, 1)
BY_ACT = UNDER_THE_ACT["out-of-purpose"]


@pytest.mark.parametrize(
    ("filed", "began", "day"),
    [
        (None, None, None),
        (date(2026, 1, 1), date(2021, 11, 30), date(2021, 11, 30)),
        (date(2022, 1, 24), date(2023, 5, 1), date(2022, 1, 24)),
        (date(2026, 1, 1), date(2026, 4, 1), date(2026, 1, 1)),
    ],
)
def test_the_rules_are_those_of_the_earlier_day(filed, began, day):
    assert rules_day(filed, began) == day


@pytest.mark.parametrize("code", [*Ground.values, *ActGround.values])
def test_each_ground_of_the_ordinance_names_a_successor_or_says_that_there_is_none(code):
    found = successors([code], OUT_OF_PURPOSE.act_grounds)
    assert bool(found) == (code in Ground.values)
    assert all(one.reason for one in found)


def test_inside_the_ward_and_outside_it_the_successor_is_another_paragraph():
    (inside,) = successors([Ground.COUNCIL], OUT_OF_PURPOSE.act_grounds)
    (outside,) = successors([Ground.COUNCIL], PROVISION.act_grounds)
    assert "第2項第2号" in inside.new
    assert "第2項第3号" in outside.new
    assert successors([Ground.PUBLIC], OUT_OF_PURPOSE.act_grounds)[0].new == ""


@pytest.mark.parametrize(("values", "fits"), [({}, True), ({"grounds": ["act_law"], "ground_law": "法"}, False)])
def test_a_use_of_2021_takes_the_grounds_of_the_ordinance_alone(values, fits):
    found = [words for words in contradictions(the_record(draft(OUT_OF_PURPOSE, **values))) if "根拠" in words]
    assert (found == []) == fits


@pytest.mark.parametrize(("values", "fits"), [({}, True), ({"grounds": ["consent"]}, False)])
def test_a_use_of_2023_takes_those_of_the_act_alone(values, fits):
    found = [words for words in contradictions(the_record(draft(OUT_OF_PURPOSE, **BY_ACT | values))) if "根拠" in words]
    assert (found == []) == fits


def test_a_sheet_of_the_act_prints_its_boxes_and_one_of_the_ordinance_does_not(layouts):
    new, old = (the_record(draft(OUT_OF_PURPOSE, **values)) for values in (BY_ACT, {}))
    assert "法第69条第1項" in sheet_fragment(new)
    assert "審議会事前一括承認基準" not in sheet_fragment(new)
    assert "法第69条" not in sheet_fragment(old)
    assert "審議会事前一括承認基準" in sheet_fragment(old)


def test_what_is_ticked_of_the_other_regime_stays_on_the_paper(layouts):
    carried = the_record(draft(OUT_OF_PURPOSE, **BY_ACT | {"grounds": ["consent"]}))
    boxes = sheet_fragment(carried).split("目的外利用の形態")[0]
    assert boxes.count("本人の同意") == 2  # that of the Act, and behind it the one that is ticked


def test_an_old_use_carried_over_keeps_its_boxes_and_is_offered_their_successors(client, layouts):
    old = the_record(reported(grounds=["consent"], criterion_type=None, criterion_article=None, applied_on=""))
    change = the_record(change_of(old, period_from="令和6年4月1日", period_to="令和7年3月31日"))
    assert change.grounds == ["consent"]
    assert is_judged_by_act(change)
    (offered,) = successor_grounds(change)
    assert (offered.old, offered.new) == ("本人の同意", str(ActGround.CONSENT.label))
    client.force_login(person(Role.CLERK, change.proposal.department))
    page = client.get(reverse("edit_record", args=[OUT_OF_PURPOSE, change.pk]))
    assert "自動では置きかえません" in page.text
    assert offered.reason in page.text
    with pytest.raises(RecordContradictory, match="旧条例の根拠は使えません"):
        request_approval(change.proposal, actor=SYSTEM)
    assert successor_grounds(old) == []


ROUTES = [
    (LINKAGE, {}, ORDINANCE, [Route.CONSULTATION]),
    (OUTSOURCING, {}, ORDINANCE, [Route.CONSULTATION]),
    (LINKAGE, {}, ACT, [Route.NOTIFICATION, Route.REPORT, Route.CONSULTATION]),
    (OUTSOURCING, {}, ACT, [Route.NOTIFICATION, Route.REPORT, Route.CONSULTATION]),
    (OUT_OF_PURPOSE, FOR_COUNCIL, ORDINANCE, [Route.CONSULTATION]),
    (OUT_OF_PURPOSE, {}, ORDINANCE, [Route.REPORT]),
    (PROVISION, {}, ORDINANCE, [Route.REPORT]),
    (PROVISION, UNDER_THE_ACT["provision"], ACT, [Route.NOTIFICATION, Route.REPORT, Route.CONSULTATION]),
    (OUT_OF_PURPOSE, {}, ACT, [Route.REPORT]),
    (OUT_OF_PURPOSE, FOR_COUNCIL, ACT, [Route.CONSULTATION]),
]


@pytest.mark.parametrize(("kind", "values", "day", "routes"), ROUTES)
def test_the_rules_offer_routes_with_reasons_the_suggested_one_first(kind, values, day, routes):
    record = the_record(draft(kind, **values))
    offered = offered_routes(record, day)
    assert list(offered) == routes
    assert all(offered.values())
    assert suggested_route(record, day) == routes[0]


@pytest.mark.parametrize(("kind", "values", "day", "routes"), ROUTES)
def test_the_office_takes_any_of_them_and_no_other(kind, values, day, routes, nothing_is_written):
    proposal = approve_proposal(awaiting_head(kind, **values), actor=SYSTEM, on=day)
    for use in proposal.outofpurposeuseversions.all():
        confirm_provision(use, actor=SYSTEM)
    for route in set(Route) - set(routes):
        with nothing_is_written(RouteDoesNotFit):
            accept_proposal(proposal, actor=SYSTEM, routes={the_record(proposal): route})
    accept_proposal(proposal, actor=SYSTEM, routes={the_record(proposal): routes[-1]})
    assert the_record(proposal).route == routes[-1]


@pytest.mark.parametrize("kind", list(KINDS.values()), ids=list(KINDS))
def test_a_notified_record_is_in_force_and_its_file_done_with_the_acceptance(kind):
    proposal = proposal_in("notified", kind)
    record = the_record(proposal)
    assert (proposal.status, record.status, record.route) == ("notified", "notified", "notification")
    assert record.valid_from is not None
    assert record.council_date.is_blank


def test_in_a_mixed_file_the_notified_sheet_is_done_and_the_other_waits():
    proposal = draft(LINKAGE)
    add_sheet(proposal, OUTSOURCING)
    proposal = accepted_under_the_act(proposal, Route.CONSULTATION)
    assert proposal.status == "accepted"
    other = draft(LINKAGE)
    add_sheet(other, OUTSOURCING)
    other = request_approval(other, actor=SYSTEM)
    other = approve_proposal(other, actor=SYSTEM, on=date(2023, 4, 3))
    first, second = other.records()
    other = accept_proposal(other, actor=SYSTEM, routes={first: Route.CONSULTATION, second: Route.NOTIFICATION})
    assert [record.status for record in other.records()] == ["accepted", "notified"]
    assert other.status == "accepted"
    with pytest.raises(AlreadySettled):
        withdraw_proposal(other, reason="中止", actor=person(Role.OFFICE))
    assert carry_on(other, "decided").status == "decided"


def test_the_page_of_acceptance_offers_the_routes_with_their_reasons(client, layouts):
    proposal = approve_proposal(awaiting_head(LINKAGE), actor=SYSTEM, on=date(2023, 4, 3))
    record = the_record(proposal)
    client.force_login(person(Role.OFFICE))
    page = client.get(reverse("accept_proposal", args=[proposal.pk]))
    field = page.context["form"].fields[f"route_linkageversion_{record.pk}"]
    assert field.initial == Route.NOTIFICATION
    assert [value for value, _ in field.choices] == ["notification", "report", "consultation"]
    assert "届出で足り" in page.text


@pytest.mark.parametrize("kind", [OUT_OF_PURPOSE, PROVISION], ids=lambda kind: kind.code)
def test_a_draft_of_the_assembly_or_of_a_clinic_is_told_that_the_boxes_of_the_act_are_not_its_own(kind):
    assembly = DepartmentFactory(name="議事課", parent=OrganFactory(name="議会", is_assembly=True))
    clinic = DepartmentFactory(name="休日急患診療所", is_medical=True)
    values = UNDER_THE_ACT[kind.code]
    told = {unit.name: remarks(the_record(draft(kind, department=unit, **values))) for unit in (assembly, clinic)}
    assert "法第69条の根拠があてはまりません（法第2条第11項第2号）" in told["議事課"][0]
    assert "個人情報の保護に関する法律第18条" in told["休日急患診療所"][0]
    assert remarks(the_record(draft(kind, **values))) == []
    assert remarks(the_record(draft(kind, department=assembly))) == []  # under the ordinance it was one of the bodies


@pytest.mark.parametrize("kind", [LINKAGE, OUTSOURCING], ids=lambda kind: kind.code)
def test_a_route_taken_by_mistake_is_taken_back_and_another_one_chosen(kind):
    proposal = proposal_in("notified", kind)
    with pytest.raises(ReasonRequired):
        undo_decision(proposal, reason="", actor=person(Role.OFFICE))
    proposal = undo_decision(proposal, reason="経路の誤り", actor=person(Role.OFFICE))
    record = the_record(proposal)
    assert (proposal.status, record.status, record.valid_from) == ("submitted", "submitted", None)
    again = accept_proposal(proposal, actor=SYSTEM, routes={record: Route.CONSULTATION})
    assert again.status == "accepted"
    assert the_record(again).valid_from is None
