"""What the tests of the public pages share."""

import pytest

from history.writing import SYSTEM
from printing.layouts import seed_layouts
from tests.public.factories import ward
from tests.registry.conftest import department

__all__ = ["department"]


@pytest.fixture
def open_ward(db):
    """A ward with the layouts that its sheets print in."""
    seed_layouts(SYSTEM)
    return ward()
