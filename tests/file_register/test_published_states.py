"""公表した内容: what an entry said on which day, kept while the entry itself knows only what it says last."""

from datetime import date

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from file_register.models import PublishedState
from file_register.services import CorrectedLater, correct_file_entry, remove_file_entry
from history.writing import SYSTEM
from tests.file_register.factories import STARTS, changed_file, published, registered_file

pytestmark = pytest.mark.django_db
LATER, LAST = date(2024, 4, 1), date(2025, 4, 1)


def said(day):
    """The 記録範囲 that could be read on `day`, of every entry."""
    return [state.version.scope for state in PublishedState.objects.as_of(day)]


def corrected(department):
    """An entry that was corrected on LATER."""
    version = registered_file(department, scope="児童")
    published(version)
    changed_file(version, LATER, scope="児童と教職員")
    return correct_file_entry(version.file, on=LATER, actor=SYSTEM)


def test_an_entry_says_on_each_day_what_it_said_then(department):
    corrected(department)
    assert said(date(2023, 3, 31)) == []
    assert said(STARTS) == said(date(2024, 3, 31)) == ["児童"]
    assert said(LATER) == ["児童と教職員"]


def test_nothing_is_said_from_the_removal_on(department):
    entry = corrected(department)
    remove_file_entry(entry.file, on=LAST, reason="保有をやめた", actor=SYSTEM)
    assert said(date(2025, 3, 31)) == ["児童と教職員"]
    assert said(LAST) == []


def test_each_state_is_in_the_trail_under_the_step_that_wrote_it(department):
    entry = corrected(department)
    actions = [state.history.get().action for state in entry.states.all()]
    assert actions == ["publish_file_entry", "correct_file_entry"]


def test_a_correction_before_the_last_one_is_refused(department, nothing_is_written):
    entry = corrected(department)
    with nothing_is_written(CorrectedLater):
        correct_file_entry(entry.file, on=date(2024, 3, 31), actor=SYSTEM)


@pytest.fixture
def back_again(transactional_db):
    """Whatever happens, the next test finds every table."""
    yield
    call_command("migrate", verbosity=0)


def test_entries_of_before_get_their_states_from_the_trail(back_again, department):
    corrected(department)
    expected = list(PublishedState.objects.values_list("version", "since"))
    executor = MigrationExecutor(connection)
    executor.migrate([("file_register", "0001_initial")])
    call_command("migrate", verbosity=0)
    assert list(PublishedState.objects.values_list("version", "since")) == expected
    assert [row.history.get().action for row in PublishedState.objects.all()] == [
        "publish_file_entry",
        "correct_file_entry",
    ]
