"""見本の区 for tests: loaded once for a module, since a loading takes seconds."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from django.db import transaction
from pytest_django import DjangoDbBlocker

from records.demo import load_ward

Loaded = TypeVar("Loaded")


@contextmanager
def standing(load: Callable[[], Loaded], blocker: DjangoDbBlocker) -> Iterator[Loaded]:
    """What `load` writes in one transaction, in which each test of the module has a savepoint of its own.

    For a module-scoped fixture. What commits for real or wants an empty database belongs to another module.
    """
    with blocker.unblock(), transaction.atomic():
        yield load()
        transaction.set_rollback(True)


@contextmanager
def standing_ward(name: str, blocker: DjangoDbBlocker) -> Iterator[None]:
    """The demo ward `name`, as `standing` has it."""
    with standing(lambda: load_ward(name), blocker):
        yield
