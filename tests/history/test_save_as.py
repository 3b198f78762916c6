"""save_as: the one write path; a row and its history row together, with actor and reason, or neither."""

import pytest
from django.contrib.auth.hashers import make_password
from django.db import connection
from simple_history.signals import post_create_historical_record

from history.errors import NothingIsDeleted, ReasonRequired, WriteWithoutActor
from history.writing import SYSTEM, request_id
from organization.models import Department, DepartmentKind, Role, User
from records.models import Proposal
from tests.organization.factories import DepartmentFactory, OrganFactory, UserFactory, person
from tests.records.cast import REASON
from tests.records.factories import submitted

pytestmark = pytest.mark.django_db


def an_organ(name="議会"):
    return Department(kind=DepartmentKind.ORGAN, name=name)


def test_leaves_one_history_row_with_actor_department_role_action_and_reason():
    admin = person(Role.ADMIN, DepartmentFactory(name="情報公開課"), name="管理者")
    organ = an_organ().save_as(admin, action="edit_organization", reason="議会を加える")
    (row,) = organ.history.all()
    assert (row.actor_name, row.actor_department, row.actor_role) == ("管理者", "区民部 情報公開課", "管理者")
    assert (row.action, row.history_change_reason) == ("edit_organization", "議会を加える")
    assert (row.history_user_id, row.name) == (admin.pk, "議会")


def test_without_a_typed_reason_the_name_of_the_action_is_the_reason():
    organ = an_organ().save_as(SYSTEM, action="edit_organization", reason="  ")
    assert organ.history.get().history_change_reason == "組織・利用者の編集"


def test_the_system_stands_in_the_trail_by_name_and_without_a_number():
    row = an_organ().save_as(SYSTEM, action="edit_organization").history.get()
    assert (row.actor_name, row.actor_role, row.history_user_id) == ("システム", "システム", None)


@pytest.mark.parametrize(
    "action",
    [
        "return_activity", "revise_activity", "send_back_proposal", "object_to_provision", "return_proposal",
        "withdraw_proposal", "revise_record", "correct_record", "reorganize",
    ],
)  # fmt: skip
def test_an_action_that_demands_a_reason_is_refused_without_one(action):
    with pytest.raises(ReasonRequired, match="理由の記入が必要です"):
        an_organ().save_as(SYSTEM, action=action, reason=" 　")
    assert not Department.objects.exists()


def test_an_action_that_nobody_registered_cannot_enter_the_trail():
    with pytest.raises(KeyError):
        an_organ().save_as(SYSTEM, action="do_something")
    assert not Department.objects.exists()


def test_saving_past_save_as_is_refused():
    organ = OrganFactory()
    with pytest.raises(WriteWithoutActor):
        an_organ().save()
    with pytest.raises(WriteWithoutActor):
        organ.save(update_fields=["name"])
    with pytest.raises(WriteWithoutActor):
        Department.objects.create(kind=DepartmentKind.ORGAN, name="議会")
    with pytest.raises(WriteWithoutActor):
        Department.objects.get_or_create(kind=DepartmentKind.ORGAN, name="議会")
    assert Department.objects.get() == organ


@pytest.mark.parametrize(
    "write",
    [
        lambda rows: rows.update(name="別名"),
        lambda rows: rows.bulk_create([an_organ()]),
        lambda rows: rows.bulk_update(list(rows), ["name"]),
        lambda rows: rows.filter(name="区長").update(name="別名"),
    ],
)
def test_writing_many_rows_at_once_is_refused_because_it_leaves_no_history(write):
    OrganFactory()
    with pytest.raises(WriteWithoutActor):
        write(Department.objects.all())
    assert Department.objects.get().name == "区長"


@pytest.mark.parametrize("rows", [lambda organ: organ, lambda organ: Department.objects.filter(pk=organ.pk)])
def test_nothing_is_deleted(rows):
    organ = OrganFactory()
    with pytest.raises(NothingIsDeleted):
        rows(organ).delete()
    assert Department.objects.get() == organ


def test_the_related_rows_of_a_tracked_row_cannot_be_written_either():
    proposal = submitted()
    with pytest.raises(WriteWithoutActor):
        proposal.linkageversions.update(status="decided")
    with pytest.raises(NothingIsDeleted):
        proposal.linkageversions.all().delete()


def test_a_history_row_that_cannot_be_written_takes_the_row_back():
    organ = OrganFactory()

    def refuse(sender, **kwargs):
        raise OSError("the trail is full")

    post_create_historical_record.connect(refuse)
    try:
        organ.name = "別名"
        with pytest.raises(OSError):
            organ.save_as(SYSTEM, action="edit_organization")
    finally:
        post_create_historical_record.disconnect(refuse)
    assert Department.objects.get().name == "区長"
    assert organ.history.count() == 1


def test_after_a_write_that_failed_the_next_one_needs_its_own_actor():
    with pytest.raises(ReasonRequired):
        an_organ().save_as(SYSTEM, action="reorganize")
    with pytest.raises(WriteWithoutActor):
        an_organ().save()


def test_all_rows_of_one_request_carry_its_id():
    with request_id("a1b2c3"):
        proposal = submitted()
    histories = [Proposal.history.all(), proposal.records()[0].history.all(), proposal.department.history.all()]
    assert {row.request_id for rows in histories for row in rows} == {"a1b2c3"}
    assert OrganFactory().history.get().request_id == ""


def test_the_answer_names_the_id_that_the_rows_of_its_request_carry(client):
    admin = person(Role.ADMIN, DepartmentFactory(name="情報公開課"))
    client.force_login(admin)
    first, second = (client.get("/login/").headers["X-Request-ID"] for _ in range(2))
    assert len(first) == 32
    assert first != second


def test_the_actor_stays_readable_when_the_person_was_renamed_moved_and_removed():
    admin = person(Role.ADMIN, DepartmentFactory(name="情報公開課"), name="旧姓")
    organ = an_organ().save_as(admin, action="edit_organization", reason=REASON)
    admin.name = "新姓"
    admin.save_as(SYSTEM, action="edit_organization", reason="改姓")
    with connection.cursor() as cursor:  # as an administrator of the database could
        cursor.execute("DELETE FROM organization_assignment WHERE user_id = %s", [admin.pk])
        cursor.execute("DELETE FROM organization_user WHERE id = %s", [admin.pk])
    row = organ.history.get()
    assert (row.actor_name, row.actor_department, row.actor_role) == ("旧姓", "区民部 情報公開課", "管理者")
    assert row.history_user_id == admin.pk


def test_the_trail_of_a_user_holds_neither_password_nor_last_login():
    columns = {field.name for field in User.history.model._meta.get_fields()}
    assert {"username", "name", "is_active"} <= columns
    assert not columns & {"password", "last_login"}


def test_signing_in_writes_no_history_row(client, django_user_model):
    user = UserFactory(password=make_password("a-long-password"))
    before = user.history.count()
    assert client.login(username=user.username, password="a-long-password")
    user.refresh_from_db()
    assert user.last_login is not None
    assert user.history.count() == before


def test_a_new_password_is_saved_without_a_history_row_but_a_new_name_is_not():
    user = UserFactory()
    user.set_password("another-password")
    user.save(update_fields=["password"])
    assert user.history.count() == 1
    with pytest.raises(WriteWithoutActor):
        user.save(update_fields=["password", "name"])
    assert User.objects.get().check_password("another-password")
