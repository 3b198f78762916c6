"""What the tests of background work share: a kind of work for one test, and a worker that empties the queue."""

import pytest
from django.core.management import call_command
from django.test import Client

from notices import jobs
from organization.models import Role
from tests.organization.factories import person


@pytest.fixture
def kind(monkeypatch):
    """Registers a kind of work under a name of its own."""
    monkeypatch.setattr(jobs, "_KINDS", dict(jobs._KINDS))

    def register(work, *, name="trial", repeatable=False):
        jobs.register(name, work, repeatable=repeatable)
        return name

    return register


@pytest.fixture
def worker():
    """Does everything that waits, as `bin/manage db_worker` does, and comes back."""

    def work():
        call_command("db_worker", batch=True, interval=0, startup_delay=False, verbosity=0)

    return work


@pytest.fixture
def clerk():
    """Somebody with a charge."""
    return person(Role.CLERK)


@pytest.fixture
def sign_in():
    """A browser in which this person is signed in."""

    def make(user):
        client = Client()
        client.force_login(user)
        return client

    return make
