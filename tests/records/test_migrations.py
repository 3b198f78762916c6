"""マイグレーション: the four kinds of records run both ways over filled tables."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from records.kinds import LINKAGE, OUT_OF_PURPOSE
from records.models import LinkageVersion, OutOfPurposeUseVersion
from tests.records.factories import decided, proposal_in, reported

BEFORE = ("records", "0003_text_limits")
COLUMNS = ("pk", "activity_name", "valid_from", "valid_to", "responsible")


def migrate(target):
    executor = MigrationExecutor(connection)
    executor.migrate([target])
    return executor.loader.project_state([target]).apps


@pytest.fixture
def back_again(transactional_db):
    """Whatever happens, the next test finds every table."""
    yield
    call_command("migrate", verbosity=0)


def rows(model):
    return list(model.objects.order_by("pk").values_list(*COLUMNS))


def test_run_backwards_and_forwards_over_filled_tables(back_again):
    decided(LINKAGE)
    reported()
    notified = [proposal_in("notified", kind).pk for kind in (LINKAGE, OUT_OF_PURPOSE)]
    linkages, uses = rows(LinkageVersion), rows(OutOfPurposeUseVersion)
    written = LinkageVersion.history.count()
    old = migrate(BEFORE)
    assert rows(old.get_model("records", "LinkageVersion")) == linkages
    assert rows(old.get_model("records", "OutOfPurposeUseVersion")) == uses
    states = old.get_model("records", "Proposal").objects.filter(pk__in=notified).values_list("status", flat=True)
    assert set(states) == {"reported"}
    (newest,) = MigrationExecutor(connection).loader.graph.leaf_nodes("records")
    migrate(newest)  # the tables that the models of today read
    assert (rows(LinkageVersion), rows(OutOfPurposeUseVersion)) == (linkages, uses)
    assert LinkageVersion.history.count() == written
    assert {(r.volume, str(r.flow_steps), r.partner_id) for r in LinkageVersion.objects.all()} == {("", "[]", None)}
