"""ログイン: messages in the ward's words, what was typed kept, nothing told about whether a name exists."""

import pytest
from django.urls import reverse

from history.writing import SYSTEM
from tests.organization.factories import UserFactory

pytestmark = pytest.mark.django_db
PASSWORD = "kagi-wa-hitotsu"


@pytest.fixture
def user():
    user = UserFactory(username="shuno")
    user.set_password(PASSWORD)
    user.save(update_fields=["password"])
    return user


def test_the_right_password_leads_to_the_first_page(client, user):
    answer = client.post(reverse("login"), {"username": "shuno", "password": PASSWORD})
    assert answer.headers["Location"] == reverse("home")


@pytest.mark.parametrize("typed", [{"username": "shuno", "password": "x"}, {"username": "dare", "password": PASSWORD}])
def test_a_wrong_name_and_a_wrong_password_are_answered_alike(client, user, typed):
    answer = client.post(reverse("login"), typed)
    assert typed["username"] in answer.text
    assert len(answer.context["form"].non_field_errors()) == 1


def test_an_empty_box_is_named(client):
    text = client.post(reverse("login"), {"username": "", "password": ""}).text
    assert "このフィールドは必須です" not in text
    assert "利用者名を入力してください。" in text


def test_somebody_who_has_left_cannot_sign_in(client, user):
    user.is_active = False
    user.save_as(SYSTEM, action="edit_organization", reason="退職")
    client.post(reverse("login"), {"username": "shuno", "password": PASSWORD})
    assert "_auth_user_id" not in client.session
