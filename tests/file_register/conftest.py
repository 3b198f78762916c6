"""What the tests of 個人情報ファイル share."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import pytest

from file_register.models import FileActivity, FileCount, PersonalFile, PersonalFileVersion, PublicEntry, PublishedState
from history.writing import SYSTEM
from printing.layouts import seed_layouts
from tests.registry.conftest import department, history_breaks, sign_in

__all__ = ["department", "history_breaks", "sign_in"]

TABLES = [PersonalFile, PersonalFileVersion, FileActivity, FileCount, PublicEntry, PublishedState]


def everything() -> list[Any]:
    """All rows of the register of files and of its histories."""
    managers = [manager for table in TABLES for manager in (table.objects, table.history)]
    return [list(manager.order_by("pk").values()) for manager in managers]


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
def layouts(db: None) -> None:
    """The layouts that the sheets print in."""
    seed_layouts(SYSTEM)
