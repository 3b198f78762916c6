"""同時の書込み: sixteen people at once, on the real database with a connection each."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections

from history.errors import StaleEdit
from history.writing import SYSTEM
from organization.models import Role, User
from organization.rules import NotPermitted
from records.kinds import LINKAGE, OUTSOURCING
from records.models import LinkageVersion, OutsourcingVersion, Proposal
from records.services.drafting import add_records, create_proposal, edit_record
from records.services.settling import accept_proposal, decide_proposal
from registry.models import Activity, ActivityVersion
from registry.services import create_activity
from tests.organization.factories import person
from tests.records.factories import COUNCIL_DATE, accepted, add_sheet, draft, section, submitted, the_record, token
from tests.registry.factories import registered_activity

pytestmark = pytest.mark.django_db(transaction=True)
WRITERS = 16


def all_at_once(work):
    """Run work(0) … work(15) in threads that start together; the results, or the exceptions, in their order."""
    start = threading.Barrier(WRITERS)

    def run(number):
        try:
            start.wait(timeout=30)
            return work(number)
        except Exception as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(WRITERS) as pool:
        return list(pool.map(run, range(WRITERS)))


def test_sixteen_clerks_write_a_file_each_and_none_is_told_to_wait():
    department = section("収納課")
    clerks = [person(Role.CLERK, department).pk for _ in range(WRITERS)]

    def write(number):
        clerk = User.objects.get(pk=clerks[number])
        proposal = create_proposal(title=f"案件{number}", department=department, token=token(), actor=clerk)
        add_records(proposal, kind=LINKAGE, activities=[], token=token(), actor=clerk)
        return proposal

    results = all_at_once(write)
    assert [type(result) for result in results] == [Proposal] * WRITERS
    assert Proposal.objects.count() == Proposal.history.count() == WRITERS
    names = {row.pk: row.actor_name for row in Proposal.history.all()}
    assert len(set(names.values())) == WRITERS  # each in their own name
    assert LinkageVersion.objects.count() == WRITERS


def test_sixteen_clicks_with_one_token_make_one_file():
    department, key = section("収納課"), token()
    clerk = person(Role.CLERK, department).pk

    def click(number):
        actor = User.objects.get(pk=clerk)
        return create_proposal(title=f"{number}回目", department=department, token=key, actor=actor)

    results = all_at_once(click)
    assert Proposal.objects.count() == 1
    assert [result for result in results if not isinstance(result, Proposal)] == []


def test_sixteen_clicks_with_one_token_register_one_business():
    department, key = section("収納課"), token()

    def click(number):
        return create_activity(department=department, values={"name": f"{number}回目"}, token=key, actor=SYSTEM)

    results = all_at_once(click)
    assert Activity.objects.count() == 1
    assert [result for result in results if not isinstance(result, ActivityVersion)] == []


def test_of_sixteen_edits_of_one_sheet_one_is_saved_and_the_others_see_both_versions():
    record = the_record(draft())

    def save(number):
        return edit_record(record, values={"purpose": f"目的{number}"}, lock=record.lock, actor=SYSTEM)

    results = all_at_once(save)
    saved = [result for result in results if isinstance(result, LinkageVersion)]
    stale = [result for result in results if isinstance(result, StaleEdit)]
    assert (len(saved), len(stale)) == (1, WRITERS - 1)
    record.refresh_from_db()
    assert record.purpose == saved[0].purpose
    assert {refusal.current.purpose for refusal in stale} == {record.purpose}


def test_a_file_is_accepted_once_however_many_officers_press_at_once():
    proposal = submitted()
    officers = [person(Role.OFFICE).pk for _ in range(WRITERS)]
    results = all_at_once(lambda number: accept_proposal(proposal, actor=User.objects.get(pk=officers[number])))
    assert [type(result) for result in results].count(Proposal) == 1
    assert [type(result) for result in results].count(NotPermitted) == WRITERS - 1
    assert Proposal.history.filter(action="accept_proposal").count() == 1


def test_the_shared_text_of_a_file_is_saved_whole_even_when_two_sheets_are_saved_at_once():
    proposal = draft()
    for _ in range(2):
        add_sheet(proposal, LINKAGE)
    records = proposal.records()

    def save(number):
        record = records[number % 3]
        values = {"purpose": f"目的{number}", "partner_name": f"相手方{number}"}
        return edit_record(record, values=values, lock=record.lock, actor=SYSTEM, same_for_all=True)

    results = all_at_once(save)
    assert {type(result) for result in results} == {LinkageVersion, StaleEdit}
    texts = {(record.purpose, record.partner_name) for record in Proposal.objects.get(pk=proposal.pk).records()}
    assert len(texts) == 1


def test_the_database_is_the_real_one_with_a_connection_for_each_thread():
    seen = all_at_once(lambda number: (connection.ensure_connection(), id(connection.connection))[1])
    assert len(set(seen)) > 1
    assert connection.settings_dict["NAME"] != ":memory:"


def test_of_sixteen_files_about_one_business_and_one_partner_one_is_decided():
    registered_activity(number_as_printed="1309-14")
    files = [accepted(OUTSOURCING, activity_number="1309-14").pk for _ in range(WRITERS)]

    def decide(number):
        proposal = Proposal.objects.get(pk=files[number])
        return decide_proposal(proposal, council_date=COUNCIL_DATE, consultation_number="5", actor=SYSTEM)

    results = all_at_once(decide)
    assert sorted(type(result).__name__ for result in results) == ["Proposal"] + ["SamePairInForce"] * (WRITERS - 1)
    assert OutsourcingVersion.objects.filter(valid_from__isnull=False).count() == 1
