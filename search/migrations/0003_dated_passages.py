"""本文の期間: a text now says from when until when it holds; the documents are made anew (rebuild_search --if-missing)."""

from django.db import migrations


def forget(apps, schema_editor):
    apps.get_model("search", "SearchDocument").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("search", "0002_search_index")]

    operations = [migrations.RunPython(forget, forget)]
