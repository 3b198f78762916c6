"""見本の公表の方針: no source says what a ward publishes, so every one is marked as sample data."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from history.writing import SYSTEM
from public.models import PublicPolicy


def load_policies(data: Mapping[str, Any]) -> None:
    """The policies of a demo ward."""
    for item in data.get("public_policies", []):
        starts = date.fromisoformat(item["valid_from"]) if item["valid_from"] else None
        policy = PublicPolicy(**item | {"valid_from": starts})
        policy.full_clean()
        policy.save_as(SYSTEM, action="edit_reference")
