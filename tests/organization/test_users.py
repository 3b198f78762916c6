"""利用者と担当: who signs in, and what the trail says of them."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from history.writing import SYSTEM
from organization.models import Assignment, Role, User
from organization.rules import NotPermitted
from organization.services import add_user, assign
from tests.organization.factories import AssignmentFactory, DepartmentFactory, UserFactory, person

pytestmark = pytest.mark.django_db


def test_the_trail_names_person_department_and_role_as_they_read_now():
    user = person(Role.CLERK, DepartmentFactory(name="収納課"), name="収納課 担当")
    assert user.acting_as() == ("収納課 担当", "区民部 収納課", "所管課 担当")


def test_two_charges_are_both_named_and_a_department_only_once():
    department = DepartmentFactory(name="収納課")
    user = person(Role.CLERK, department)
    AssignmentFactory(user=user, department=department, role=Role.HEAD)
    assert User.objects.get(pk=user.pk).acting_as()[1:] == ("区民部 収納課", "所管課 担当・所管課 課長")


def test_a_deputy_is_named_with_whom_they_stand_in_for():
    department = DepartmentFactory(name="収納課")
    head, deputy = person(Role.HEAD, department, name="収納課長"), UserFactory()
    assign(deputy, department, Role.HEAD, actor=SYSTEM, stands_in_for=head)
    assert deputy.acting_as().role == "所管課 課長（収納課長の代理）"


def test_a_person_without_a_charge_has_no_role_and_says_so():
    assert UserFactory(name="新任").acting_as() == ("新任", "", "役割なし")


def test_a_username_is_given_once():
    add_user(username="shuno", name="収納課 担当", password="a-long-password", actor=SYSTEM)
    with pytest.raises(ValidationError, match="この利用者名はすでに使われています"):
        add_user(username="shuno", name="別の人", password=None, actor=SYSTEM)


def test_without_a_password_nobody_can_sign_in_with_an_empty_one(client):
    user = add_user(username="shuno", name="収納課 担当", password=None, actor=SYSTEM)
    assert not user.has_usable_password()
    assert not client.login(username="shuno", password="")


def test_only_the_administrator_adds_people_and_gives_charges():
    department = DepartmentFactory()
    for role in set(Role) - {Role.ADMIN, Role.SYSTEM}:
        actor = person(role)
        with pytest.raises(NotPermitted):
            add_user(username="x", name="x", password=None, actor=actor)
        with pytest.raises(NotPermitted):
            assign(actor, department, Role.ADMIN, actor=actor)
    admin = person(Role.ADMIN)
    added = add_user(username="x", name="新任", password=None, actor=admin)
    assert assign(added, department, Role.CLERK, actor=admin).role == "clerk"


def test_nobody_is_the_system_or_their_own_deputy():
    user, department = UserFactory(), DepartmentFactory()
    with pytest.raises(ValidationError):
        assign(user, department, Role.SYSTEM, actor=SYSTEM)
    with pytest.raises(ValidationError, match="本人の代理にはなれません"):
        assign(user, department, Role.HEAD, actor=SYSTEM, stands_in_for=user)


@pytest.mark.parametrize("change", ["valid_from = '2022-04-01', valid_to = '2022-04-01'", "stands_in_for_id = user_id"])
def test_the_database_refuses_an_empty_charge_and_ones_own_deputy(change):
    charge = AssignmentFactory()
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE organization_assignment SET {change} WHERE id = %s", [charge.pk])
    assert Assignment.objects.get(pk=charge.pk).stands_in_for is None
