"""Tables for the partial date column: `common` has no models of its own."""

import pytest
from django.db import connection, models
from django.db.models import F, Q
from django.test.utils import isolate_apps
from simple_history.models import HistoricalRecords

from common.fields import PartialDateField
from history.models import Trail


def _paper_model():
    class Paper(models.Model):  # noqa: DJ008 (nobody reads it)
        linked_on = PartialDateField("結合年月日")
        changed_on = PartialDateField("結合変更年月日", blank=True)
        printed_on = PartialDateField("印刷の日付", blank=True, as_printed=True)

        class Meta:
            app_label = "common"
            constraints = [
                models.CheckConstraint(
                    name="paper_changed_after_linked",
                    condition=Q(changed_on__start="") | Q(changed_on__start__gte=F("linked_on__start")),
                    violation_error_message="変更は結合より後の日にしてください。",
                ),
            ]
            indexes = [models.Index(F("linked_on__start"), name="paper_by_day")]

    return Paper


def _tracked_model():
    class TrackedPaper(models.Model):  # noqa: DJ008 (nobody reads it)
        linked_on = PartialDateField("結合年月日")
        # As TrackedModel has it; inherited, its table would have to belong to an installed module.
        history = HistoricalRecords(
            app="common", bases=[Trail], history_user_id_field=models.BigIntegerField(null=True)
        )

        class Meta:
            app_label = "common"

    return TrackedPaper


@pytest.fixture(scope="session")
def paper_tables(django_db_setup, django_db_blocker):
    """Real tables in the engine under test; their models stay out of the project's registry of models."""
    with isolate_apps("common"), django_db_blocker.unblock():
        paper, tracked = _paper_model(), _tracked_model()
        tables = [paper, tracked, tracked.history.model]
        with connection.schema_editor() as editor:
            for table in tables:
                editor.create_model(table)
        yield paper, tracked
        with connection.schema_editor() as editor:
            for table in reversed(tables):
                editor.delete_model(table)


@pytest.fixture
def paper(db, paper_tables):
    """A model with partial date columns, a constraint between two of them, and an index on one."""
    return paper_tables[0]


@pytest.fixture
def tracked_paper(db, paper_tables):
    """A model with a history."""
    return paper_tables[1]
