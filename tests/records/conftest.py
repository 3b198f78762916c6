"""What the tests of the procedure share."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import pytest
from simple_history.signals import post_create_historical_record

from history.writing import SYSTEM
from printing.layouts import seed_layouts
from tests.records.cast import everything


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


@pytest.fixture
def layouts(db: None) -> None:
    """様式の版, as the ward has them."""
    seed_layouts(SYSTEM)
