"""What the tests of 業務登録 share."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import pytest
from django.test import Client
from simple_history.signals import post_create_historical_record

from organization.models import Department, User
from registry.models import Activity, ActivityVersion, CollectingForm
from tests.organization.factories import DepartmentFactory


def everything() -> list[Any]:
    """All rows of the registry and of its history."""
    tables = [Activity, ActivityVersion, CollectingForm]
    return [list(rows.order_by("pk").values()) for table in tables for rows in (table.objects, table.history)]


@pytest.fixture
def department() -> Department:
    """The department that the businesses of the test belong to."""
    return DepartmentFactory(name="学校教育支援センター")


@pytest.fixture
def sign_in() -> Callable[[User], Client]:
    """A browser in which this person is signed in."""

    def make(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return make


@pytest.fixture
def nothing_is_written() -> Callable[..., AbstractContextManager]:
    """A block that must raise the given refusal and leave every row and every history row as it was."""

    @contextmanager
    def block(refusal: type[Exception]) -> Iterator[pytest.ExceptionInfo]:
        before = everything()
        with pytest.raises(refusal) as caught:
            yield caught
        assert everything() == before

    return block


@pytest.fixture
def history_breaks(nothing_is_written: Callable[..., AbstractContextManager]) -> Callable[..., AbstractContextManager]:
    """A block in which the trail cannot take its `after`-th further row; nothing of the step may remain."""

    @contextmanager
    def block(after: int = 1) -> Iterator[None]:
        written = []

        def refuse(sender: Any, **kwargs: Any) -> None:
            written.append(sender)
            if len(written) >= after:
                raise OSError("the trail is full")

        post_create_historical_record.connect(refuse)
        try:
            with nothing_is_written(OSError):
                yield
            assert len(written) == after
        finally:
            post_create_historical_record.disconnect(refuse)

    return block
