"""取込み: what was uploaded is a stored file."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("exchange", "0002_drop_runs_without_a_file"),
        ("files", "0001_stored_files"),
    ]

    operations = [
        *[
            migrations.RemoveField(model_name=model, name=name)
            for model in ("importrun", "historicalimportrun")
            for name in ("file_key", "file_name")
        ],
        migrations.AddField(
            model_name="importrun",
            name="file",
            # The migration before has left no row that would need a value.
            field=models.ForeignKey(
                default=0,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="files.storedfile",
                verbose_name="ファイル",
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="historicalimportrun",
            name="file",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="files.storedfile",
                verbose_name="ファイル",
            ),
        ),
    ]
