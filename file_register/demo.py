"""見本の個人情報ファイル: no source names single files, so every one is marked as sample data.

A few are written out in the fixture and go through the procedure; the rest of the 287 of March 2022 are made from the
sample businesses and come in as 移行.
"""

import uuid
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from exchange.lives import Life
from file_register import services
from file_register.defaults import organ_name
from file_register.kinds import FileKind, PublicRegister
from file_register.migrating import migrate_files
from file_register.models import PersonalFileVersion
from history.writing import SYSTEM
from organization.demo import SAMPLE
from organization.models import Department
from registry.demo import ALL_FIELDS_NOTE, MARK, Sample
from registry.models import Activity, ActivityVersion

COUNTED = ("2022-03-31", "2026-03-31")
PUBLISHED = date(2023, 4, 1)
PUBLISHED_PERSONS = 1_000  # the samples below this number stay unpublished, and the last of the large ones wait for it


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


def load_sample_files(data: Mapping[str, Any], businesses: list[tuple[Sample, Life]]) -> None:
    """One file for each of the first sample businesses, as many as `data` says; the first large ones are published."""
    wanted = data["files"]
    made = [_sample_file(sample, life, index) for index, (sample, life) in enumerate(businesses[: wanted["in_force"]])]
    for life in made:
        life.values["source_note"] = f"{ALL_FIELDS_NOTE}{data['note']}"
    migrate_files(made, actor=SYSTEM, reason=SAMPLE)
    large = [life for index, life in enumerate(made) if _persons(index) >= PUBLISHED_PERSONS]
    for life in large[: wanted["published"]]:
        services.publish_file_entry(life.newest.file, register=PublicRegister.ACT, on=PUBLISHED, actor=SYSTEM)


def _persons(index: int) -> int:
    """Most files are small; every eleventh holds so many persons that it must be published."""
    return 1_000 + index * 373 % 9_000 if index % 11 == 3 else 60 + index * 37 % 880


def _sample_file(sample: Sample, business: Life, index: int) -> Life:
    """The file of one business, held since the business was registered."""
    department = business.values["department"]
    return Life(
        values={
            "department": department,
            "name": f"{MARK}{sample.theme}{sample.work['word']}ファイル",
            "organ_name": organ_name(department),
            "section_name": department.full_name,
            "purpose": business.values["purpose"],
            "items": business.values["items"],
            "scope": business.values["subjects"],
            "collection_method": "本人からの届出",
            "has_sensitive": business.values["has_sensitive"],
            "request_office": f"{MARK}総務部情報公開課",
            "kind": FileKind.COMPUTER,
            "has_manual_twin": False,
        },
        registered_on=business.registered_on,
        extras={
            "activities": [business.newest.activity_id],
            "counts": [(day, f"{_persons(index) + place:,}人", SAMPLE) for place, day in enumerate(COUNTED)],
        },
    )
