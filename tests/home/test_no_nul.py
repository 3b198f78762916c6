"""NUL in what is sent: answered 400 before any view, because PostgreSQL's texts cannot hold one."""

import pytest

from organization.models import Role
from tests.organization.factories import person

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "address",
    [
        "/activities/?q=%00",
        "/activities/?%00=a",
        "/activities/?q=a&q=b%00c",
        "/admin/records/linkageversion/?status__exact=%00",
        "/login/?next=%00",
    ],
)
def test_in_a_query_is_answered_400_with_the_japanese_page(address, client):
    client.force_login(person(Role.OFFICE))
    answer = client.get(address)
    assert answer.status_code == 400
    assert "受け取った内容を読めませんでした" in answer.content.decode()


@pytest.mark.parametrize("sent", [{"username": "kanri\0", "password": "a"}, {"user\0name": "kanri", "password": "a"}])
def test_in_a_form_is_answered_400_with_the_japanese_page(sent, client):
    answer = client.post("/login/", sent)
    assert answer.status_code == 400
    assert "受け取った内容を読めませんでした" in answer.content.decode()


def test_the_same_addresses_without_it_are_answered(client):
    assert client.post("/login/", {"username": "x", "password": "y"}).status_code == 200
    client.force_login(person(Role.OFFICE))
    assert client.get("/activities/?q=0%2000").status_code == 200
