"""履歴の行: what stands in the trail is never changed or deleted, and every table has one or a reason why not."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from simple_history.manager import HistoryDescriptor

from history.errors import TrailIsAppendOnly
from history.models import TrackedWrites, Trail
from organization.models import Department
from tests.organization.factories import OrganFactory

# The applications of the project: those that stand in its own folder.
OURS = [app.label for app in apps.get_app_configs() if Path(app.path).parent == Path(settings.BASE_DIR)]
EXEMPT = {
    "exchange.ImportRow": "what a preview shows: it follows from the file, and is made anew with each look",
    "history.CaseKey": "its history would keep the very key that erasure must destroy",
    "notices.Job": "says of itself who began what and when it ended; what its work writes has its own history",
    "notices.Notice": "a line to one person about something that has its own history",
    "search.SearchDocument": "derived: written anew from the registers, which have their own history (rebuild_search)",
    "records.EditBuffer": "autosave: what was typed and not saved yet is nobody's decision (architecture §4, Typing)",
}
WRITES_WITHOUT_HISTORY = re.compile(
    r"\.(update|bulk_create|bulk_update|update_change_reason|update_or_create|_raw_delete)\("
)
# Each file that may write without a history row, and what.
ALLOWED_WRITES = {
    "exchange/applying.py": {"bulk_create"},  # ImportRow, exempt above
    "history/bulk.py": {"bulk_create"},  # leaves the history rows itself
    "notices/services.py": {"update"},  # Notice, exempt above
    "home/bench/imports.py": {"bulk_create"},  # the baseline, in a database that is thrown away
    "records/buffering.py": {"update_or_create"},  # EditBuffer, exempt above
    "search/writing.py": {"bulk_create"},  # SearchDocument, exempt above
}


def models():
    """Our tables, without the history tables themselves."""
    return [model for name in OURS for model in apps.get_app_config(name).get_models() if not issubclass(model, Trail)]


@pytest.mark.parametrize("model", models(), ids=lambda model: model._meta.label)
def test_every_table_is_tracked_or_exempt_with_a_reason(model):
    tracked = issubclass(model, TrackedWrites)
    assert tracked != (model._meta.label in EXEMPT)
    assert not tracked or isinstance(vars(model)["history"], HistoryDescriptor)


def test_no_exemption_outlives_its_table():
    assert set(EXEMPT) <= {model._meta.label for model in models()}


@pytest.mark.parametrize("model", models(), ids=lambda model: model._meta.label)
def test_a_history_table_has_a_text_reason_and_no_foreign_key_that_could_be_blanked(model):
    if model._meta.label in EXEMPT:
        return
    history = model.history.model
    assert history._meta.get_field("history_change_reason").get_internal_type() == "TextField"
    assert history._meta.get_field("history_user_id").get_internal_type() == "BigIntegerField"
    relations = [field for field in history._meta.concrete_fields if field.remote_field]
    assert [field.name for field in relations if field.db_constraint] == []


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [lambda organ: organ.history.all(), lambda organ: organ.history.model.objects.all()])
@pytest.mark.parametrize(
    "write",
    [
        lambda rows: rows.update(actor_name="別人"),
        lambda rows: rows.delete(),
        lambda rows: rows.bulk_create([rows.model()]),
        lambda rows: rows.bulk_update(list(rows), ["actor_name"]),
        lambda rows: rows.get().delete(),
        lambda rows: rows.get().save(),
    ],
)
def test_a_history_row_is_neither_changed_nor_deleted(rows, write):
    organ = OrganFactory()
    with pytest.raises(TrailIsAppendOnly):
        write(rows(organ))
    assert organ.history.get().actor_name == "システム"


@pytest.mark.django_db
def test_a_restored_instance_of_the_past_is_not_saved_past_the_write_path():
    organ = OrganFactory()
    organ.history.get().instance
    with pytest.raises(RuntimeError):
        organ.history.get().instance.save()
    assert Department.history.count() == 1


def sources():
    """Every Python file of the application, without tests and migrations."""
    for name in [*OURS, "nerima_privacy"]:
        for path in sorted((Path(settings.BASE_DIR) / name).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path.relative_to(settings.BASE_DIR).as_posix(), path.read_text(encoding="utf-8")


def test_no_file_outside_history_writes_past_the_trail():
    found = {}
    for name, text in sources():
        if not name.startswith("history/") and (calls := set(_queryset_writes(text)) - ALLOWED_WRITES.get(name, set())):
            found[name] = calls
    assert found == {}


def _queryset_writes(text):
    """The banned calls of a file; `.update(` counts where it is called on rows, not on a dict or a set."""
    for line in text.splitlines():
        for match in WRITES_WITHOUT_HISTORY.finditer(line):
            if match[1] != "update" or re.search(r"objects|queryset|history|filter\(|all\(\)|rows", line):
                yield match[1]


def test_the_scan_sees_what_it_shall_find():
    assert list(_queryset_writes("Department.objects.filter(pk=1).update(name='')")) == ["update"]
    assert list(_queryset_writes("context.update(extra)")) == []
    assert list(_queryset_writes("rows.bulk_create([])")) == ["bulk_create"]
