"""個人情報ファイルの登録: the office puts a submitted version into force."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from file_register.models import PersonalFileVersion
from file_register.services import register_personal_file, submit_personal_file
from history.writing import SYSTEM
from organization.models import Role
from tests.file_register.factories import STARTS, change_of, registered_file, submitted_file
from tests.organization.factories import person

pytestmark = pytest.mark.django_db
ON = date(2026, 4, 1)


def submitted_change(department):
    return submit_personal_file(change_of(registered_file(department), scope="教職員"), actor=SYSTEM)


def test_puts_it_into_force_on_that_day_with_one_history_row_more(department):
    version = submitted_file(department)
    rows = version.history.count()
    version = register_personal_file(version, on=ON, actor=person(Role.OFFICE))
    assert version.history.count() == rows + 1
    assert version not in PersonalFileVersion.objects.as_of(date(2026, 3, 31))
    assert version in PersonalFileVersion.objects.as_of(ON)
    assert version.registered_on == ON


def test_ends_the_version_that_a_change_replaces_on_the_day_before(department):
    change = register_personal_file(submitted_change(department), on=ON, actor=person(Role.OFFICE))
    assert change.replaces.last_day == date(2026, 3, 31)
    assert list(PersonalFileVersion.objects.as_of(ON)) == [change]


def test_of_a_change_before_the_start_of_what_it_replaces_is_refused(department, nothing_is_written):
    change, office = submitted_change(department), person(Role.OFFICE)
    with nothing_is_written(ValidationError):
        register_personal_file(change, on=STARTS, actor=office)


@pytest.mark.parametrize("after", [1, 2])
def test_of_a_change_writes_both_versions_or_none(after, department, history_breaks):
    change, office = submitted_change(department), person(Role.OFFICE)
    with history_breaks(after=after):
        register_personal_file(change, on=ON, actor=office)


def test_page_says_so_when_what_would_be_replaced_has_not_started_yet(department, sign_in):
    version = registered_file(department, on=date(2999, 4, 1))
    change = submit_personal_file(change_of(version), actor=SYSTEM)
    answer = sign_in(person(Role.OFFICE)).post(reverse("register_personal_file", args=[change.pk]), {"on": "R8.4.1"})
    message = "つぎの内容の効力が令和981年4月1日に始まることになっています。それより後の日にしてください。"
    assert (answer.status_code, answer.context["form"].errors["on"]) == (422, [message])


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("令和8年4月", "年月日まで書いてください（例：令和4年1月24日）。"),
        ("R5.4.1", "いまの内容の効力は令和5年4月1日に始まりました。それより後の日にしてください。"),
    ],
)
def test_page_says_what_is_wrong_with_the_day_beside_it(typed, message, department, sign_in):
    change = submitted_change(department)
    answer = sign_in(person(Role.OFFICE)).post(reverse("register_personal_file", args=[change.pk]), {"on": typed})
    assert (answer.status_code, answer.context["form"].errors["on"]) == (422, [message])
