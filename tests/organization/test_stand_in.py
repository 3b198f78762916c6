"""代理: for some days somebody else acts as the head, and the trail says for whom."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from history.errors import ReasonRequired
from history.writing import SYSTEM
from organization.errors import AlreadyStandsIn, NotTheHead
from organization.models import Assignment, Role, User
from organization.rules import NotPermitted
from organization.staffing import stand_in
from tests.organization.factories import AssignmentFactory, DepartmentFactory, UserFactory, person
from tests.records.cast import all_but, somebody

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2022, 8, 1), date(2022, 8, 12)


def call(charge, deputy, actor=SYSTEM, **changed):
    days = {"valid_from": FIRST, "last_day": LAST, "reason": "出張のため"}
    return stand_in(charge, deputy=deputy, actor=actor, **days | changed)


@pytest.fixture
def department():
    return DepartmentFactory(name="収納課")


@pytest.fixture
def charge(department):
    """The head's charge."""
    return person(Role.HEAD, department, name="収納課長").assignments.get()


def test_the_deputy_is_head_from_the_first_to_the_last_day(charge):
    deputy = UserFactory()
    standing = call(charge, deputy)
    held = Assignment.objects.filter(user=deputy)
    days = [FIRST - timedelta(days=1), FIRST, LAST, LAST + timedelta(days=1)]
    assert [held.as_of(day).exists() for day in days] == [False, True, True, False]
    assert (standing.role, standing.department) == ("head", charge.department)


def test_the_trail_says_for_whom(charge):
    deputy, today = UserFactory(), timezone.localdate()
    call(charge, deputy, valid_from=today, last_day=today)
    assert User.objects.get(pk=deputy.pk).acting_as().role == "所管課 課長（収納課長の代理）"


def test_only_for_a_head_and_only_while_they_are_the_head(department, charge, nothing_is_written):
    deputy, clerk = UserFactory(), person(Role.CLERK, department).assignments.get()
    charge.valid_to = date(2022, 8, 10)
    charge.save_as(SYSTEM, action="edit_organization")
    coming = AssignmentFactory(department=department, role=Role.HEAD, valid_from=date(2022, 8, 10))
    for of in (clerk, charge, coming):
        with nothing_is_written(NotTheHead):
            call(of, deputy)


def test_nobody_stands_in_for_who_stands_in(charge, nothing_is_written):
    standing, other = call(charge, UserFactory()), UserFactory()
    with nothing_is_written(NotTheHead):
        call(standing, other)


def test_is_refused_twice_for_the_same_days_but_not_for_later_ones(charge, nothing_is_written):
    deputy = UserFactory()
    call(charge, deputy)
    with nothing_is_written(AlreadyStandsIn):
        call(charge, deputy, valid_from=LAST, last_day=LAST)
    assert call(charge, deputy, valid_from=date(2022, 8, 13), last_day=date(2022, 8, 14)).pk


def test_needs_a_reason(charge, nothing_is_written):
    deputy = UserFactory()
    with nothing_is_written(ReasonRequired):
        call(charge, deputy, reason="")


@pytest.mark.parametrize("who", all_but("管理者"))
def test_is_denied_to_everybody_else(who, charge, nothing_is_written):
    deputy, actor = UserFactory(), somebody(who, charge.department)
    with nothing_is_written(NotPermitted):
        call(charge, deputy, actor)


def test_changes_nothing_when_the_history_cannot_be_written(charge, history_breaks):
    deputy = UserFactory()
    with history_breaks():
        call(charge, deputy)


def test_page_gives_the_charge_and_says_what_is_wrong(charge, sign_in):
    deputy, client = UserFactory(name="係長"), sign_in(person(Role.ADMIN))
    data = {"charge": charge.pk, "deputy": deputy.pk, "valid_from": "R4.8.1", "last_day": "R4.7.1", "reason": "出張"}
    answer = client.post(reverse("stand_in"), data)
    assert answer.status_code == 422
    assert "最後の日は、初日より前にはできません。" in answer.content.decode()
    assert client.post(reverse("stand_in"), data | {"last_day": "R4.8.12"}).status_code == 303
    assert Assignment.objects.as_of(FIRST).get(user=deputy).stands_in_for == charge.user
