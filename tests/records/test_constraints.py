"""制約: what must never be is refused by the database itself, for whoever writes past the services."""

import pytest
from django.db import IntegrityError, connection, transaction

from organization.models import Role
from records.kinds import LINKAGE, OUT_OF_PURPOSE
from records.services.drafting import create_proposal
from tests.organization.factories import person
from tests.records.factories import (
    FOR_COUNCIL,
    accepted,
    change_of,
    decided,
    draft,
    reported,
    section,
    submitted,
    the_record,
    token,
)
from tests.registry.factories import registered_activity

pytestmark = pytest.mark.django_db


def write(row, **columns):
    """Write columns as an administrator of the database could, past models and services."""
    changes = ", ".join(f"{name} = %s" for name in columns)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {row._meta.db_table} SET {changes} WHERE id = %s", [*columns.values(), row.pk])


def refused(row, constraint, **columns):
    """Assert that the named constraint refuses the write, and that the row stays as it was."""
    before = type(row).objects.filter(pk=row.pk).values().get()
    with pytest.raises(IntegrityError) as refusal:
        write(row, **columns)
    assert constraint in str(refusal.value)
    assert type(row).objects.filter(pk=row.pk).values().get() == before


def delete(table, pk):
    """Delete a row as an administrator of the database could."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table} WHERE id = %s", [pk])
        connection.check_constraints()


PERIOD_LINES = {
    "both lines": {"continues_from": "2000-04-01//open/平成12年4月1日以降継続"},
    "no line": {"period_from": "//blank/", "period_to": "//blank/"},
    "no last day": {"period_to": "//blank/"},
    "no first day": {"period_from": "//blank/"},
}


@pytest.mark.parametrize("lines", PERIOD_LINES.values(), ids=PERIOD_LINES)
@pytest.mark.parametrize("made", [lambda: submitted(OUT_OF_PURPOSE), lambda: accepted(OUT_OF_PURPOSE), reported])
def test_exactly_one_period_line_once_the_file_has_left_the_department(lines, made):
    refused(the_record(made()), "outofpurposeuse_exactly_one_period", **lines)


@pytest.mark.parametrize("lines", PERIOD_LINES.values(), ids=PERIOD_LINES)
def test_a_draft_may_hold_any_of_them(lines):
    use = the_record(draft(OUT_OF_PURPOSE))
    write(use, **lines)
    use.refresh_from_db()
    assert use.status == "draft"


def test_a_draft_period_runs_forward_too():
    backwards = {"period_to": "2021-11-29/2021-11-29/day/令和3年11月29日"}
    refused(the_record(draft(OUT_OF_PURPOSE)), "outofpurposeuse_period_in_order", **backwards)


def test_the_period_may_be_one_day_long():
    use = the_record(draft(OUT_OF_PURPOSE))
    write(use, period_to="2021-11-30/2021-11-30/day/令和3年11月30日")


@pytest.mark.parametrize("kind", [LINKAGE, OUT_OF_PURPOSE])
@pytest.mark.parametrize("made", [draft, submitted])
def test_nothing_is_in_force_before_a_decision_or_an_acceptance(kind, made):
    refused(the_record(made(kind)), "_in_force_by_decision", valid_from="2022-04-01")


def test_a_linkage_that_goes_by_consultation_is_not_in_force_by_its_acceptance():
    refused(the_record(accepted()), "linkageversion_in_force_by_decision", valid_from="2022-06-01")


def test_what_is_in_force_cannot_become_a_draft_again():
    refused(the_record(decided()), "linkageversion_in_force_by_decision", status="draft")


def test_a_period_in_force_is_never_empty():
    record = the_record(decided())
    refused(record, "linkageversion_period_is_not_empty", valid_to="2022-06-01")
    refused(record, "linkageversion_period_is_not_empty", valid_to="2022-05-31")
    refused(the_record(submitted()), "linkageversion_period_is_not_empty", valid_to="2022-05-31")


@pytest.mark.parametrize(
    ("made", "constraint"),
    [
        (decided, "linkageversion_decided_has_number"),
        (lambda: decided(OUT_OF_PURPOSE, **FOR_COUNCIL), "outofpurposeuse_decided_has_number"),
    ],
)
def test_a_decision_has_its_number(made, constraint):
    refused(the_record(made()), constraint, consultation_number="")


def test_a_file_that_left_the_department_has_its_day():
    refused(submitted(), "proposal_submitted_has_form_date", form_date=None)


def broken_rule(refusal):
    """SQLite names the columns of a unique rule, PostgreSQL its name."""
    return str(refusal.value)


def test_a_record_has_one_undecided_version():
    record = the_record(decided())
    change = the_record(change_of(record, changed_on="令和5年4月1日"))
    other = the_record(draft())
    with pytest.raises(IntegrityError) as refusal:
        write(other, linkage_id=change.linkage_id)
    assert "linkage" in broken_rule(refusal)


def test_a_business_number_is_given_once():
    first = registered_activity(number_as_printed="1309-14").activity
    second = registered_activity(number_as_printed="1303-02").activity
    with pytest.raises(IntegrityError) as refusal:
        write(second, number=first.number)
    assert "number" in broken_rule(refusal)


def test_any_number_of_businesses_may_be_without_one():
    assert {registered_activity().activity.number for _ in range(3)} == {None}


@pytest.mark.parametrize("made", [draft, submitted])
def test_a_submission_token_makes_one_thing(made):
    first, second = made(), made()
    with pytest.raises(IntegrityError):
        write(second, token=first.token.hex)


@pytest.mark.parametrize("table", ["department", "record", "activity", "written_by"])
def test_what_others_point_to_cannot_be_deleted(table):
    department = section("収納課")
    clerk = person(Role.CLERK, department)
    proposal = create_proposal(title="案件", department=department, token=token(), actor=clerk)
    pointed_to = {
        "department": ("organization_department", department.pk),
        "record": ("records_linkage", the_record(submitted()).linkage_id),
        "activity": ("registry_activity", registered_activity().activity_id),
        "written_by": ("organization_user", proposal.written_by_id),
    }
    name, pk = pointed_to[table]
    with pytest.raises(IntegrityError):
        delete(name, pk)
