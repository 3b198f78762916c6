"""What the tests of departments and people share: proof that a refused or broken step wrote nothing."""

from contextlib import contextmanager

import pytest
from django.test import Client
from simple_history.signals import post_create_historical_record

from organization.models import Assignment, Department, HandOver, Succession
from registry.models import ActivityVersion

TABLES = [Department, Succession, Assignment, HandOver, ActivityVersion]


def everything():
    """All rows of the tables that a change of departments or people writes, and of their histories."""
    return [list(rows.order_by("pk").values()) for model in TABLES for rows in (model.objects, model.history)]


@pytest.fixture
def nothing_is_written():
    """A block that must raise the given refusal and leave every row and every history row as it was."""

    @contextmanager
    def block(refusal, match=None):
        before = everything()
        with pytest.raises(refusal, match=match) as caught:
            yield caught
        assert everything() == before

    return block


@pytest.fixture
def history_breaks(nothing_is_written):
    """A block in which the trail cannot take its `after`-th further row; nothing of the step may remain."""

    @contextmanager
    def block(after=1):
        written = []

        def refuse(sender, **kwargs):
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
def sign_in():
    """A browser in which this person is signed in."""

    def make(user):
        client = Client()
        client.force_login(user)
        return client

    return make
