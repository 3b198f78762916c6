"""届出済: backwards only. The tables before know neither the state nor the route; a report comes closest to both."""

from django.db import migrations

KINDS = ["linkageversion", "outofpurposeuseversion"]


def to_reported(apps, schema_editor):
    """Rows of the state 届出済 become 報告済, so that the constraints of the tables before hold for them."""
    for name in KINDS:
        rows = apps.get_model("records", name)._base_manager
        rows.filter(status="notified").update(status="reported", route="report")
        rows.filter(route="notification").update(route="report")
    apps.get_model("records", "proposal")._base_manager.filter(status="notified").update(status="reported")


class Migration(migrations.Migration):
    dependencies = [("records", "0004_four_kinds")]

    operations = [migrations.RunPython(migrations.RunPython.noop, to_reported)]
