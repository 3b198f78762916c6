"""業務の記録をまとめた終了: when a business is abolished, the ends of all its records are one file."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from history.writing import SYSTEM
from notices.models import Notice
from organization.models import Role
from organization.rules import NotPermitted
from records.kinds import KINDS, LINKAGE, OUT_OF_PURPOSE, OUTSOURCING, PROVISION
from records.models import Proposal
from records.services import record_ends, settling, steps
from records.services.errors import ChangeUnderWay, NotInForce
from records.states import Route
from tests.organization.factories import person
from tests.records.cast import REASON, all_but, somebody
from tests.records.factories import (
    FOR_COUNCIL,
    add_sheet,
    carry_on,
    draft,
    section,
    token,
)
from tests.registry.factories import registered_activity

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("layouts")]
LAST_DAY = date(2099, 3, 31)
NUMBER = "1309-14"


@pytest.fixture
def business():
    """A business with one record of each kind in force, and the use that another business makes of its data."""
    department = section("収納課")
    version = registered_activity(department, number_as_printed=NUMBER, name="終わる業務")
    of_it = {"activity_number": NUMBER, "activity_name": "終わる業務"}
    open_end = {"period_from": "", "period_to": "", "continues_from": "令和4年4月1日"}
    proposal = draft(LINKAGE, department=department, linked_on="令和4年4月1日", **of_it)
    add_sheet(proposal, OUTSOURCING, **of_it)
    add_sheet(proposal, OUT_OF_PURPOSE, **FOR_COUNCIL | open_end | of_it)
    add_sheet(proposal, PROVISION, grounds=["council"], **open_end | of_it)
    carry_on(proposal, "decided")
    others = draft(OUT_OF_PURPOSE, **FOR_COUNCIL | open_end, providing_number=NUMBER, providing_department=department)
    carry_on(others, "decided")
    return version


def call(version, actor, **changed):
    given = {
        "records": record_ends.records_of_activity(version, timezone.localdate(), actor=SYSTEM),
        "title": "終わる業務の廃止にともなう記録の終了",
        "ends_on": LAST_DAY,
        "reason": "業務の廃止",
        "token": token(),
        "actor": actor,
    }
    return record_ends.end_activity_records(version, **given | changed)


def test_one_file_ends_the_records_of_all_kinds_and_leaves_those_of_other_businesses(business):
    clerk = person(Role.CLERK, business.department)
    proposal = call(business, clerk)
    assert [type(record) for record in proposal.records()] == [kind.model for kind in KINDS.values()]
    assert {record.ends_on for record in proposal.records()} == {LAST_DAY}
    proposal = steps.request_approval(proposal, actor=clerk)
    proposal = steps.approve_proposal(proposal, actor=SYSTEM, on=date(2023, 4, 3))
    routes = dict.fromkeys(proposal.records(), Route.NOTIFICATION)
    settling.accept_proposal(proposal, actor=SYSTEM, routes=routes)
    after = date(2099, 4, 1)
    assert record_ends.records_of_activity(business, LAST_DAY, actor=SYSTEM) != []
    assert record_ends.records_of_activity(business, after, actor=SYSTEM) == []
    assert OUT_OF_PURPOSE.model.objects.as_of(after).count() == 1


def test_the_office_prepares_the_file_for_the_department_which_is_told_and_carries_it_on(business):
    office, clerk = person(Role.OFFICE), person(Role.CLERK, business.department)
    proposal = call(business, office)
    assert (proposal.department, proposal.status, proposal.written_by) == (business.department, "draft", office)
    assert Notice.objects.get().user == clerk
    assert steps.request_approval(proposal, actor=clerk).status == "awaiting_head"


def test_a_record_with_a_change_under_way_keeps_all_of_them_out(business, nothing_is_written):
    clerk = person(Role.CLERK, business.department)
    (linkage, *_) = record_ends.records_of_activity(business, timezone.localdate(), actor=SYSTEM)
    record_ends.end_record(linkage, title="先の終了", ends_on=LAST_DAY, reason=REASON, token=token(), actor=clerk)
    with nothing_is_written(ChangeUnderWay):
        call(business, clerk)


def test_records_of_another_business_and_none_at_all_are_refused(business, nothing_is_written):
    clerk = person(Role.CLERK, business.department)
    others = OUT_OF_PURPOSE.model.objects.exclude(activity=business.activity).get()
    for records in ([others], []):
        with nothing_is_written(NotInForce):
            call(business, clerk, records=records)


def test_a_clerk_ends_no_record_that_another_department_filed_for_the_business(business, nothing_is_written):
    open_end = {"period_from": "", "period_to": "", "continues_from": "令和4年4月1日"}
    of_it = {"activity_number": NUMBER, "partner_name": "別の協議会"}
    foreign = carry_on(
        draft(PROVISION, department=section("別の課"), grounds=["council"], **open_end | of_it), "decided"
    )
    clerk, today = person(Role.CLERK, business.department), timezone.localdate()
    assert len(record_ends.records_of_activity(business, today, actor=clerk)) == 4
    assert len(record_ends.records_of_activity(business, today, actor=person(Role.OFFICE))) == 5
    with nothing_is_written(NotPermitted):
        call(business, clerk, records=foreign.records())


def test_the_same_token_gives_the_first_file_back(business):
    clerk, key = person(Role.CLERK, business.department), token()
    assert call(business, clerk, token=key) == call(business, clerk, token=key)


@pytest.mark.parametrize("who", all_but("担当", "課長", "情報公開課"))
def test_is_denied_to_everybody_else(who, business, nothing_is_written):
    actor = somebody(who, business.department)
    with nothing_is_written(NotPermitted):
        call(business, actor)


def test_adds_all_or_none(business, history_breaks):
    clerk = person(Role.CLERK, business.department)
    with history_breaks(after=4):
        call(business, clerk)


def test_the_page_of_the_abolition_offers_it_and_leads_to_one_file(business):
    office = Client()
    office.force_login(person(Role.OFFICE))
    person(Role.CLERK, business.department)
    page = office.get(reverse("abolish_activity", args=[business.pk])).content.decode()
    url = reverse("end_activity_records", args=[business.pk])
    assert "業務を廃止しても、記録票の効力は終わりません" in page
    assert url in page
    asked = office.get(url).content.decode()
    assert asked.count('name="records"') == 4
    records = [f"{code}:{kind.model.objects.get(activity=business.activity).pk}" for code, kind in KINDS.items()]
    data = {
        "title": "まとめた終了",
        "records": records,
        "ends_on": "令和81年3月31日",
        "reason": "廃止",
        "token": token(),
    }
    assert office.post(url, data | {"ends_on": "あした"}).status_code == 422
    assert office.post(url, data | {"records": ["linkage:0"]}).status_code == 422
    done = office.post(url, data)
    assert done.status_code == 303
    proposal = Proposal.objects.latest("pk")
    assert len(proposal.records()) == 4
    assert "所管課に知らせました" in office.get(done.headers["Location"]).content.decode()


def test_a_business_without_records_has_nothing_to_offer():
    version = registered_activity(section("収納課"))
    office = Client()
    office.force_login(person(Role.OFFICE))
    assert (
        "記録票の効力は終わりません" not in office.get(reverse("abolish_activity", args=[version.pk])).content.decode()
    )
    page = office.get(reverse("end_activity_records", args=[version.pk])).content.decode()
    assert "終わらせる記録票はありません" in page
