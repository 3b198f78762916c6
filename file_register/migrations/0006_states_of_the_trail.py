"""What the entries said up to now, taken once from their trail; the columns of the trail are the same in both tables."""

from django.db import migrations

WHO = [
    "history_date", "history_type", "history_user_id", "history_change_reason", "action", "action_label",
    "actor_name", "actor_department", "actor_role", "request_id",
]


def take_over(apps, schema_editor):
    Entry = apps.get_model("file_register", "PublicEntry")
    Trail = apps.get_model("file_register", "HistoricalPublicEntry")
    State = apps.get_model("file_register", "PublishedState")
    StateTrail = apps.get_model("file_register", "HistoricalPublishedState")
    for entry in Entry.objects.order_by("pk"):
        said = None
        for row in Trail.objects.filter(id=entry.pk).order_by("history_id"):
            if row.version_id == said:
                continue
            said = row.version_id
            since = row.corrected_on or row.published_on
            state = State.objects.create(entry_id=entry.pk, version_id=said, since=since)
            who = {name: getattr(row, name) for name in WHO} | {"history_type": "+"}
            StateTrail.objects.create(id=state.pk, entry_id=entry.pk, version_id=said, since=since, **who)


class Migration(migrations.Migration):
    dependencies = [("file_register", "0005_published_states")]

    operations = [migrations.RunPython(take_over, migrations.RunPython.noop)]
