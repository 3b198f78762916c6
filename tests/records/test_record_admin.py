"""案件と記録票 in the admin: the rows that the permission table shows, their sheets and trail; nothing to write."""

import pytest
from django.test import Client
from django.urls import reverse

from organization.models import Role
from records.kinds import LINKAGE, OUT_OF_PURPOSE
from records.models import LinkageVersion
from tests.organization.factories import AssignmentFactory, person
from tests.printing.papers import text_of
from tests.records.factories import decided, draft, the_record

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("layouts")]
TABLES = {LINKAGE: "linkageversion", OUT_OF_PURPOSE: "outofpurposeuseversion"}


@pytest.fixture
def sign_in():
    """A browser in which this person is signed in."""

    def make(user):
        client = Client()
        client.force_login(user)
        return client

    return make


def listing(table):
    return reverse(f"admin:records_{table}_changelist")


def page(name, table, row):
    return reverse(f"admin:records_{table}_{name}", args=[row.pk])


def print_all(client, *records):
    sent = {"action": "print_sheets", "_selected_action": [record.pk for record in records]}
    return client.post(listing("linkageversion"), sent, follow=True)


@pytest.mark.parametrize("kind", TABLES)
def test_an_administrator_finds_no_draft_of_a_department(kind, sign_in):
    record, client = the_record(draft(kind)), sign_in(person(Role.ADMIN))
    assert list(client.get(listing(TABLES[kind])).context["cl"].queryset) == []
    for name in ("change", "history"):
        assert client.get(page(name, TABLES[kind], record)).status_code == 302


def test_an_administrator_finds_what_is_in_force_with_its_trail(sign_in):
    record, client = the_record(decided()), sign_in(person(Role.ADMIN))
    assert list(client.get(listing("linkageversion")).context["cl"].queryset) == [record]
    assert client.get(page("change", "linkageversion", record)).status_code == 200
    shown = client.get(page("history", "linkageversion", record)).content.decode()
    for text in ("審議会の決定の記入", "諮問番号", "システム"):
        assert text in shown
    assert "変更履歴がありません" not in shown


def test_an_administrator_has_no_list_of_files(sign_in):
    client = sign_in(person(Role.ADMIN))
    assert client.get(listing("proposal")).status_code == 403
    assert listing("proposal") not in client.get(reverse("admin:index")).content.decode()


def test_the_office_finds_the_files_that_the_table_shows_it(sign_in):
    proposal = draft()
    assert list(sign_in(person(Role.OFFICE)).get(listing("proposal")).context["cl"].queryset) == [proposal]


def test_an_administrator_who_is_also_a_clerk_finds_the_drafts_of_the_own_department_only(sign_in):
    own, other = the_record(draft()), the_record(draft())
    user = person(Role.ADMIN)
    AssignmentFactory(user=user, department=own.proposal.department, role=Role.CLERK)
    client = sign_in(user)
    assert list(client.get(listing("linkageversion")).context["cl"].queryset) == [own]
    assert print_all(client, own)["Content-Type"] == "application/pdf"
    assert print_all(client, other)["Content-Type"] != "application/pdf"


def test_an_administrator_prints_what_is_in_force_and_no_draft(sign_in):
    in_force, hidden = the_record(decided()), the_record(draft(partner_name="まだ見えない相手方"))
    client = sign_in(person(Role.ADMIN))
    assert print_all(client, hidden)["Content-Type"] != "application/pdf"
    printed = text_of(print_all(client, in_force, hidden).content)
    assert in_force.partner_name in printed
    assert hidden.partner_name not in printed


def test_nobody_writes_a_record_here(sign_in):
    record, client = the_record(draft()), sign_in(person(Role.OFFICE))
    assert client.post(page("change", "linkageversion", record), {"purpose": "別の目的"}).status_code == 403
    assert client.post(page("delete", "linkageversion", record), {"post": "yes"}).status_code == 403
    assert LinkageVersion.objects.get().purpose == record.purpose
