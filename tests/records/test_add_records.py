"""記録票の追加: one sheet for each business, in one step."""

import pytest
from django.test import Client
from django.urls import reverse

from organization.models import Role
from organization.rules import NotPermitted
from records.kinds import KINDS, LINKAGE, OUT_OF_PURPOSE
from records.models import Linkage
from records.presenting import sheet_fragment
from records.services.drafting import AlreadyRemoved, add_records, create_proposal, edit_record, remove_record
from tests.organization.factories import person
from tests.records.cast import all_but, somebody, states_but
from tests.records.factories import LINKAGE_VALUES, VALUES, draft, ensure_criteria, proposal_in, section, token
from tests.registry.factories import registered_activity

pytestmark = pytest.mark.django_db
BUSINESSES = ["特別区民税・都民税に関する業務", "軽自動車税に関する業務", "国民健康保険に関する業務"]


def call(proposal, actor, **changed):
    return add_records(proposal, **{"kind": LINKAGE, "activities": [], "token": token(), "actor": actor} | changed)


@pytest.fixture
def collection():
    """収納課, its clerk, three registered businesses and an empty draft."""
    department = section("収納課")
    clerk = person(Role.CLERK, department)
    activities = [registered_activity(department, name=name) for name in BUSINESSES]
    proposal = create_proposal(title="収納課の案件", department=department, token=token(), actor=clerk)
    return proposal, clerk, activities


def test_makes_three_sheets_for_three_businesses_in_the_order_chosen(collection):
    proposal, clerk, activities = collection
    call(proposal, clerk, activities=activities)
    records = proposal.records()
    assert [record.activity_name for record in records] == BUSINESSES
    assert [record.position for record in records] == [1, 2, 3]
    assert {(record.department_name, record.responsible) for record in records} == {("区民部　収納課", "収納課長")}


def test_a_business_without_a_number_leaves_the_box_empty_and_one_with_a_number_fills_it():
    proposal = draft()
    clerk = person(Role.CLERK, proposal.department)
    numbered = registered_activity(proposal.department, number_as_printed="１３０９－１４")
    without = registered_activity(proposal.department, name="番号のない業務")
    first, second = call(proposal, clerk, activities=[numbered, without])
    assert (first.activity_number, second.activity_number) == ("1309-14", "")
    assert (first.activity, second.activity) == (numbered.activity, without.activity)


def test_a_further_sheet_starts_with_the_text_of_the_last_of_its_kind(collection):
    proposal, clerk, activities = collection
    (first,) = call(proposal, clerk, activities=activities[:1])
    edit_record(first, values=LINKAGE_VALUES, lock=first.lock, actor=clerk)
    (second,) = call(proposal, clerk, activities=activities[1:2])
    assert second.purpose == LINKAGE_VALUES["purpose"]
    assert second.linked_on.text == "令和4年6月"
    assert second.activity_name == BUSINESSES[1]


def test_a_sheet_of_another_kind_starts_empty(collection):
    proposal, clerk, activities = collection
    (first,) = call(proposal, clerk, activities=activities[:1])
    edit_record(first, values=LINKAGE_VALUES, lock=first.lock, actor=clerk)
    (use,) = call(proposal, clerk, kind=OUT_OF_PURPOSE)
    assert (use.purpose, use.position) == ("", 2)


def test_the_same_token_again_adds_nothing(collection):
    proposal, clerk, activities = collection
    key = token()
    first = call(proposal, clerk, activities=activities, token=key)
    assert call(proposal, clerk, activities=activities, token=key) == first
    assert Linkage.objects.count() == len(proposal.records()) == 3


def test_the_same_token_with_another_business_adds_the_sheet_of_that_business_only(collection):
    proposal, clerk, activities = collection
    key = token()
    call(proposal, clerk, activities=activities[:1], token=key)
    call(proposal, clerk, activities=activities[1:], token=key)
    assert [record.activity_name for record in proposal.records()] == BUSINESSES


def test_the_same_token_after_the_sheet_was_taken_out_says_so(collection, nothing_is_written):
    proposal, clerk, activities = collection
    key = token()
    (record,) = call(proposal, clerk, activities=activities[:1], token=key)
    remove_record(record, actor=clerk)
    with nothing_is_written(AlreadyRemoved):
        call(proposal, clerk, activities=activities[:1], token=key)


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


def test_adds_all_three_or_none(collection, history_breaks):
    proposal, clerk, activities = collection
    with history_breaks(after=5):
        call(proposal, clerk, activities=activities)


@pytest.mark.parametrize("kind", list(KINDS.values()), ids=list(KINDS))
def test_three_identical_sheets_for_three_businesses_are_one_action_on_the_page(collection, kind, layouts):
    proposal, clerk, activities = collection
    client = Client()
    client.force_login(clerk)
    chosen = {"kind": kind.code, "activities": [activity.pk for activity in activities], "token": token()}
    added = client.post(reverse("add_record", args=[proposal.pk]), chosen)
    first = proposal.records()[0]
    assert added.headers["Location"] == reverse("edit_record", args=[kind, first.pk])
    ensure_criteria()
    values = VALUES[kind.code] | ({"providing_department": section("区立中学校")} if kind is OUT_OF_PURPOSE else {})
    typed = {name: getattr(value, "pk", value) for name, value in values.items() if value is not None}
    typed |= {"lock": 0, "activity_name": BUSINESSES[0], "same_for_all": "on"}
    form = client.get(added.headers["Location"]).context["form"]
    typed["sibling_locks"] = form["sibling_locks"].value()
    saved = client.post(added.headers["Location"], typed)
    assert saved.status_code == 303, saved.content.decode()
    sheets = [sheet_fragment(record) for record in proposal.records()]
    assert [BUSINESSES[number] in sheet for number, sheet in enumerate(sheets)] == [True] * 3
    assert len({sheet.replace(name, "業務") for sheet, name in zip(sheets, BUSINESSES, strict=True)}) == 1
    assert {record.purpose for record in proposal.records()} == {values["purpose"]}
