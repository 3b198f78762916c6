"""まとめて書く: rows in bulk leave the same trail as rows one by one."""

import pytest
from django.db import IntegrityError

from history import bulk
from history.errors import ReasonRequired
from history.signals import rows_written
from history.writing import SYSTEM, request_id
from organization.models import Department, DepartmentKind
from tests.organization.factories import OrganFactory, UserFactory

pytestmark = pytest.mark.django_db
ACTION = "edit_organization"


def sections(*names):
    organ = OrganFactory()
    return [Department(kind=DepartmentKind.SECTION, name=name, parent=organ) for name in names]


@pytest.fixture
def told():
    heard = []

    def listen(sender, rows, **kwargs):
        heard.append((sender, list(rows)))

    rows_written.connect(listen)
    yield heard
    rows_written.disconnect(listen)


def test_each_row_gets_a_key_and_one_history_row_with_actor_and_reason():
    clerk, rows = UserFactory(), sections("収納課", "税務課")
    with request_id("abc"):
        bulk.create_all_as(rows, clerk, action=ACTION, reason="組織.csv")
    for row in rows:
        entry = row.history.get()
        assert (entry.history_type, entry.history_change_reason, entry.history_user_id) == ("+", "組織.csv", clerk.pk)
        assert (entry.action, entry.actor_name, entry.request_id, entry.name) == (ACTION, clerk.name, "abc", row.name)


def test_a_later_write_in_bulk_adds_a_second_history_row():
    (row,) = rows = sections("収納課")
    bulk.create_all_as(rows, SYSTEM, action=ACTION)
    row.name = "納税課"
    bulk.save_all_as([row], SYSTEM, action=ACTION)
    assert Department.objects.get(pk=row.pk).name == "納税課"
    assert [entry.name for entry in row.history.order_by("history_id")] == ["収納課", "納税課"]


def test_all_or_nothing():
    good, bad = sections("収納課", "税務課")
    bad.parent = None
    with pytest.raises(IntegrityError):
        bulk.create_all_as([good, bad], SYSTEM, action=ACTION)


def test_an_action_that_demands_a_reason_is_refused_without_one():
    with pytest.raises(ReasonRequired):
        bulk.create_all_as(sections("収納課"), SYSTEM, action="reorganize")


def test_whoever_derives_something_from_rows_hears_of_one_and_of_many(told):
    rows = sections("収納課", "税務課")
    told.clear()
    bulk.create_all_as(rows, SYSTEM, action=ACTION)
    rows[0].save_as(SYSTEM, action=ACTION)
    assert told == [(Department, rows), (Department, [rows[0]])]


def test_nothing_to_write_writes_nothing(told):
    bulk.create_all_as([], SYSTEM, action=ACTION)
    bulk.save_all_as([], SYSTEM, action=ACTION)
    assert told == []
