"""見本の個人情報ファイル: no source names single files, so every one is marked as sample data."""

import uuid
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from file_register import services
from file_register.kinds import PublicRegister
from file_register.models import PersonalFileVersion
from history.writing import SYSTEM
from organization.demo import SAMPLE
from organization.models import Department
from registry.models import Activity, ActivityVersion


def load_files(
    data: Mapping[str, Any],
    departments: Mapping[str, Department],
    activities: Mapping[str, ActivityVersion],
    token: Callable[[str, Mapping[str, Any]], uuid.UUID],
) -> None:
    """The files of a demo ward, through the same services as everybody's; `token` makes their submission tokens."""
    for item in data.get("files", []):
        used = [activities[key].activity for key in item["activities"]]
        _load_file(item, departments[item["department"]], used, token("file", item))


def _load_file(item: Mapping[str, Any], department: Department, used: list[Activity], token: uuid.UUID) -> None:
    starts = date.fromisoformat(item["valid_from"])
    version = services.create_personal_file(
        department=department,
        values=dict(item),
        activities=used,
        token=token,
        actor=SYSTEM,
        source_note=f"{SAMPLE}：名称をふくむすべての項目。{item['note']}",
    )
    version = services.submit_personal_file(version, actor=SYSTEM, on=starts)
    version = services.register_personal_file(version, on=starts, actor=SYSTEM)
    _count_and_publish(version, item)


def _count_and_publish(version: PersonalFileVersion, item: Mapping[str, Any]) -> None:
    for count in item["counts"]:
        services.count_personal_file(
            version.file,
            counted_on=date.fromisoformat(count["counted_on"]),
            text=count["text"],
            note=SAMPLE,
            actor=SYSTEM,
        )
    if published := item.get("published"):
        services.publish_file_entry(
            version.file, register=PublicRegister.ACT, on=date.fromisoformat(published), actor=SYSTEM
        )
