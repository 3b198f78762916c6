"""個人情報ファイルの方針: one at a time, edited in the admin with its history."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from file_register.models import FilePolicy
from organization.models import Role
from tests.file_register.factories import policy
from tests.organization.factories import person

pytestmark = pytest.mark.django_db


def test_holds_for_its_period():
    policy(publishes_small=False, valid_to=date(2026, 4, 1))
    policy(publishes_small=True, valid_from=date(2026, 4, 1))
    days = (date(2026, 3, 31), date(2026, 4, 1))
    assert [FilePolicy.objects.as_of(day).get().publishes_small for day in days] == [False, True]


def test_without_one_the_wards_choice_is_unknown():
    assert not FilePolicy.objects.as_of(date(2026, 4, 1)).exists()


@pytest.mark.parametrize("period", [{}, {"valid_from": date(2026, 4, 1)}, {"valid_to": date(2026, 4, 1)}])
def test_periods_that_overlap_are_refused_with_a_message(period):
    policy(publishes_small=False)
    with pytest.raises(ValidationError, match="適用する期間が重なっています"):
        policy(publishes_small=True, **period)


def test_an_empty_period_is_refused():
    with pytest.raises(ValidationError, match="適用開始日より後の日"):
        policy(publishes_small=True, valid_from=date(2026, 4, 1), valid_to=date(2026, 4, 1))


def test_is_edited_in_the_admin_by_the_office_and_leaves_history(sign_in):
    office = person(Role.OFFICE)
    sent = {"publishes_small": "on", "basis": "要綱第3条", "valid_from": "2026-04-01"}
    answer = sign_in(office).post(reverse("admin:file_register_filepolicy_add"), sent)
    assert answer.status_code == 302
    assert FilePolicy.objects.get().history.get().actor_name == office.name


@pytest.mark.parametrize("table", ["personalfileversion", "filecount", "publicentry"])
def test_the_register_itself_is_shown_there_and_never_changed(table, sign_in):
    client = sign_in(person(Role.ADMIN))
    assert client.get(reverse(f"admin:file_register_{table}_changelist")).status_code == 200
    assert client.get(reverse(f"admin:file_register_{table}_add")).status_code == 403
