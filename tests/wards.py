"""見本の区 for tests: loaded once for a module, since a loading takes seconds."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from pytest_django import DjangoDbBlocker

from records.demo import load_ward


@contextmanager
def standing_ward(name: str, blocker: DjangoDbBlocker) -> Iterator[None]:
    """The demo ward `name` in one transaction, in which each test of the module has a savepoint of its own.

    For a module-scoped fixture. What commits for real or wants an empty database belongs to another module.
    """
    with blocker.unblock(), transaction.atomic():
        load_ward(name)
        yield
        transaction.set_rollback(True)
