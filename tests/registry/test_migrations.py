"""マイグレーション: the completed registration runs both ways over a filled database."""

from datetime import date

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from registry.models import Activity, ActivityVersion
from tests.organization.factories import DepartmentFactory
from tests.registry.factories import abolished_activity, change_of, registered_activity

FIRST, LAST = ("registry", "0001_initial"), ("registry", "0003_collecting_forms")


def migrate(target):
    executor = MigrationExecutor(connection)
    executor.migrate([target])
    return executor.loader.project_state([target]).apps


@pytest.fixture
def back_again(transactional_db):
    """Whatever happens, the next test finds every table."""
    yield
    call_command("migrate", verbosity=0)


def test_run_backwards_and_forwards_over_filled_tables(back_again):
    department = DepartmentFactory()
    change_of(registered_activity(department, number_as_printed="1309-14"))
    abolished_activity(department, on=date(2022, 10, 1))
    before = list(ActivityVersion.objects.order_by("pk").values_list("pk", "name", "valid_from", "valid_to"))
    written = ActivityVersion.history.count()
    old = migrate(FIRST).get_model("registry", "ActivityVersion")
    assert list(old.objects.order_by("pk").values_list("pk", "name", "valid_from", "valid_to")) == before
    migrate(LAST)
    assert list(ActivityVersion.objects.order_by("pk").values_list("pk", "name", "valid_from", "valid_to")) == before
    assert ActivityVersion.history.count() == written
    assert set(ActivityVersion.objects.values_list("persons", "has_deceased", "abolished_on")) == {("", None, None)}
    assert Activity.objects.filter(number="1309-14").count() == 1
