"""取込み: runs whose files lay elsewhere than the stored files of the next migration cannot be looked at again."""

from django.db import migrations


def drop_runs_without_a_file(apps, schema_editor):
    for name in ("ImportRow", "ImportRun"):
        apps.get_model("exchange", name).objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("exchange", "0001_import_runs")]

    operations = [
        migrations.RunPython(drop_runs_without_a_file, migrations.RunPython.noop),
    ]
