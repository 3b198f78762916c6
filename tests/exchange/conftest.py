"""What the tests of the exchange share."""

from collections.abc import Callable, Sequence

import pytest
from django.test import Client

from common.tables.writing import csv_bytes
from organization.models import Department, User
from tests.organization.factories import DepartmentFactory

HEADER = ["業務登録番号", "業務の名称", "所管課", "登録年月日"]


def table(*rows: Sequence[str], header: Sequence[str] = HEADER, encoding: str = "utf-8") -> bytes:
    """A CSV of the register."""
    return csv_bytes(list(header), rows, encoding).content


@pytest.fixture
def section() -> Department:
    """区民部 収納課."""
    return DepartmentFactory(name="収納課")


@pytest.fixture
def sign_in() -> Callable[[User], Client]:
    """A browser in which this person is signed in."""

    def make(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return make
