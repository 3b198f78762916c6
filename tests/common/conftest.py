"""A table for the partial date column: `common` has no models of its own."""

import pytest
from django.db import connection, models
from django.db.models import F, Q
from django.test.utils import isolate_apps
from simple_history.models import HistoricalRecords

from common.fields import PartialDateField


def _paper_model():
    class Paper(models.Model):  # noqa: DJ008 (nobody reads it)
        linked_on = PartialDateField("結合年月日")
        changed_on = PartialDateField("結合変更年月日", blank=True)
        printed_on = PartialDateField("印刷の日付", blank=True, as_printed=True)
        history = HistoricalRecords(app="common", history_user_id_field=models.BigIntegerField(null=True))

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


@pytest.fixture(scope="session")
def paper_table(django_db_setup, django_db_blocker):
    """A real table in the engine under test; its model stays out of the project's registry of models."""
    with isolate_apps("common"), django_db_blocker.unblock():
        model = _paper_model()
        tables = [model, model.history.model]
        with connection.schema_editor() as editor:
            for table in tables:
                editor.create_model(table)
        yield model
        with connection.schema_editor() as editor:
            for table in reversed(tables):
                editor.delete_model(table)


@pytest.fixture
def paper(db, paper_table):
    """The model with two partial date columns and a constraint between them."""
    return paper_table
