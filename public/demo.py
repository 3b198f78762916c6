"""見本の公表の方針: no source says what a ward publishes, so every one is marked as sample data."""

from datetime import date

from history.writing import SYSTEM
from public.models import PublicPolicy
from records.demo import DemoWard


def load_policies(ward: DemoWard) -> None:
    """The policies of a demo ward."""
    for item in ward.data.get("public_policies", []):
        starts = date.fromisoformat(item["valid_from"]) if item["valid_from"] else None
        policy = PublicPolicy(**item | {"valid_from": starts})
        policy.full_clean()
        policy.save_as(SYSTEM, action="edit_reference")
