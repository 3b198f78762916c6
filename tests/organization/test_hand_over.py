"""異動・引継ぎ: on a day the charges end, the successor's begin, and open work goes on."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from history.errors import ReasonRequired
from history.writing import SYSTEM
from organization.errors import LastAdministrator, NothingToHandOver
from organization.models import Assignment, HandOver, Role, User
from organization.rules import NotPermitted
from organization.staffing import hand_over, stand_in
from tests.organization.factories import AssignmentFactory, DepartmentFactory, UserFactory, person
from tests.records.cast import all_but, somebody

pytestmark = pytest.mark.django_db
ON = date(2022, 4, 1)
DAY_BEFORE = date(2022, 3, 31)
REASON = "令和4年4月1日付けの人事異動"


def call(user, actor=SYSTEM, **changed):
    return hand_over(user, **{"on": ON, "actor": actor, "reason": REASON} | changed)


def holders(department, day):
    return {charge.user for charge in Assignment.objects.as_of(day).filter(department=department)}


@pytest.fixture
def department():
    return DepartmentFactory(name="収納課")


def test_every_charge_ends_on_the_day_and_is_the_successors(department):
    leaving, coming = person(Role.CLERK, department), UserFactory()
    AssignmentFactory(user=leaving, department=department, role=Role.HEAD)
    begun = call(leaving, successor=coming)
    assert [charge.role for charge in begun] == ["clerk", "head"]
    assert holders(department, DAY_BEFORE) == {leaving}
    assert holders(department, ON) == {coming}
    assert leaving.assignments.first().history.latest().history_change_reason == REASON


def test_the_person_begins_elsewhere_on_the_same_day(department):
    leaving, elsewhere = person(Role.CLERK, department), DepartmentFactory(name="戸籍住民課")
    call(leaving, new_department=elsewhere, new_role=Role.HEAD)
    assert holders(department, ON) == set()
    assert holders(elsewhere, ON) == {leaving}


def test_a_charge_that_begins_on_the_day_stays(department):
    leaving, elsewhere = person(Role.CLERK, department), DepartmentFactory(name="戸籍住民課")
    AssignmentFactory(user=leaving, department=elsewhere, valid_from=ON)
    call(leaving, successor=UserFactory())
    assert holders(elsewhere, ON) == {leaving}


def test_who_holds_the_charge_already_does_not_hold_it_twice(department):
    leaving, colleague = person(Role.CLERK, department), person(Role.CLERK, department)
    assert call(leaving, successor=colleague) == []
    assert Assignment.objects.as_of(ON).get().user == colleague


def test_those_who_stand_in_for_the_person_or_for_whom_the_person_stands_in_are_no_more(department):
    head, deputy, coming = person(Role.HEAD, department), person(Role.CLERK, department), UserFactory()
    charge = head.assignments.get()
    days = {"valid_from": date(2022, 3, 1), "last_day": date(2022, 5, 31), "actor": SYSTEM, "reason": "休暇"}
    stand_in(charge, deputy=deputy, **days)
    call(head, successor=coming)
    assert not Assignment.objects.as_of(ON).filter(stands_in_for=head).exists()
    assert Assignment.objects.as_of(DAY_BEFORE).filter(stands_in_for=head).exists()


def test_open_work_is_the_successors_from_the_day_on(department):
    today = timezone.localdate()
    leaving, coming = person(Role.CLERK, department), UserFactory()
    call(leaving, successor=coming, on=today + timedelta(days=1))
    assert User.objects.get(pk=coming.pk).writer_ids_today == {coming.pk}
    HandOver.objects.get()
    third = UserFactory()
    call(leaving, successor=third, on=today)
    assert User.objects.get(pk=third.pk).writer_ids_today == {third.pk, leaving.pk}


def test_the_last_administrator_does_not_leave_without_a_successor(department, nothing_is_written):
    admin = person(Role.ADMIN, department)
    with nothing_is_written(LastAdministrator):
        call(admin)
    call(admin, successor=UserFactory())


def test_is_refused_when_nothing_ends(department, nothing_is_written):
    nobody, gone = UserFactory(), UserFactory()
    AssignmentFactory(user=gone, department=department, valid_to=date(2022, 3, 1))
    for user in (nobody, gone):
        with nothing_is_written(NothingToHandOver):
            call(user)


def test_needs_a_reason(department, nothing_is_written):
    leaving, coming = person(Role.CLERK, department), UserFactory()
    with nothing_is_written(ReasonRequired):
        call(leaving, successor=coming, reason="")


@pytest.mark.parametrize("who", all_but("管理者"))
def test_is_denied_to_everybody_else(who, department, nothing_is_written):
    leaving, coming, actor = person(Role.CLERK, department), UserFactory(), somebody(who, department)
    with nothing_is_written(NotPermitted):
        call(leaving, actor, successor=coming)


@pytest.mark.parametrize("after", [1, 2, 3])
def test_changes_nothing_when_the_history_cannot_be_written(after, department, history_breaks):
    leaving, coming = person(Role.CLERK, department), UserFactory()
    with history_breaks(after):
        call(leaving, successor=coming)


def form_data(user, **changed):
    return {"user": user.pk, "on": "R4.4.1", "reason": REASON, "step": "preview"} | changed


def test_page_shows_charges_first_and_then_carries_out(department, sign_in):
    leaving, coming = person(Role.CLERK, department, name="収納課 担当"), UserFactory(name="新任")
    client = sign_in(person(Role.ADMIN))
    data = form_data(leaving, successor=coming.pk)
    page = client.post(reverse("hand_over"), data).content.decode()
    assert "区民部 収納課　所管課 担当" in page
    assert holders(department, ON) == {leaving}
    assert client.post(reverse("hand_over"), data | {"step": "carry_out"}).status_code == 303
    assert holders(department, ON) == {coming}


def test_page_says_what_is_wrong_and_keeps_what_was_typed(department, sign_in):
    leaving = person(Role.CLERK, department)
    client = sign_in(person(Role.ADMIN))
    answer = client.post(reverse("hand_over"), form_data(leaving, successor=leaving.pk, new_role="clerk"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "異動する人のほかの人を選んでください" in page
    assert "組織と役割の両方を選んでください" in page
    assert REASON in page
    answer = client.post(reverse("hand_over"), form_data(UserFactory(), step="carry_out"))
    assert "終わらせる担当がありません" in answer.content.decode()
