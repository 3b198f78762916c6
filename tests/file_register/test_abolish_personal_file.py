"""個人情報ファイルの廃止: the file ends on a day, with a reason, and nothing follows."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from file_register.models import PersonalFile, PersonalFileVersion
from file_register.services import (
    Abolished,
    AlreadyChanged,
    ChangeUnderWay,
    abolish_personal_file,
    revise_personal_file,
)
from history.errors import ReasonRequired
from history.writing import SYSTEM
from organization.models import Role
from tests.file_register.factories import STARTS, change_of, changed_file, registered_file, token
from tests.organization.factories import person

pytestmark = pytest.mark.django_db
ON = date(2026, 4, 1)


def call(version, actor=None, on=ON, reason="事業の終了"):
    return abolish_personal_file(version, on=on, reason=reason, actor=actor or person(Role.OFFICE))


def test_ends_the_file_and_its_version_on_that_day_with_actor_and_reason(department):
    office = person(Role.OFFICE)
    version = call(registered_file(department), office)
    assert (version.file.abolished_on, version.file.abolition_reason, version.valid_to) == (ON, "事業の終了", ON)
    assert version in PersonalFileVersion.objects.as_of(date(2026, 3, 31))
    assert not PersonalFileVersion.objects.as_of(ON).exists()
    assert version.file.history.latest().actor_name == office.name


def test_happens_once(department, nothing_is_written):
    version, office = registered_file(department), person(Role.OFFICE)
    call(version)
    with nothing_is_written(Abolished):
        call(version, office)


def test_leaves_nothing_to_be_changed(department, nothing_is_written):
    version, office = call(registered_file(department)), person(Role.OFFICE)
    with nothing_is_written(Abolished):
        revise_personal_file(version, reason="変更", actor=office)


def test_is_refused_while_a_change_is_under_way(department, nothing_is_written):
    version, office = registered_file(department), person(Role.OFFICE)
    change_of(version)
    with nothing_is_written(ChangeUnderWay):
        call(version, office)


def test_is_refused_for_a_version_that_another_has_replaced(department, nothing_is_written):
    version, office = registered_file(department), person(Role.OFFICE)
    changed_file(version, date(2025, 4, 1))
    with nothing_is_written(AlreadyChanged):
        call(version, office)


def test_needs_a_reason(department, nothing_is_written):
    version, office = registered_file(department), person(Role.OFFICE)
    with nothing_is_written(ReasonRequired):
        call(version, office, reason="")


def test_before_the_file_began_is_refused_and_said_beside_the_day(department, nothing_is_written, sign_in):
    version, office = registered_file(department), person(Role.OFFICE)
    with nothing_is_written(ValidationError):
        call(version, office, on=STARTS)
    url = reverse("abolish_personal_file", args=[version.pk])
    answer = sign_in(office).post(url, {"on": "R5.4.1", "reason": "終了"})
    assert "より後の日にしてください" in answer.context["form"].errors["on"][0]


@pytest.mark.parametrize("values", [{"abolished_on": ON}, {"abolition_reason": "理由だけ"}])
def test_the_database_refuses_a_day_without_a_reason_and_a_reason_without_a_day(values):
    with pytest.raises(IntegrityError), transaction.atomic():
        PersonalFile(token=token(), **values).save_as(SYSTEM, action="abolish_personal_file", reason="試験")
