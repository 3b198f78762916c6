"""業務登録 for tests, brought to its state by the services themselves."""

import itertools
import uuid
from datetime import date
from typing import Any

from history.writing import SYSTEM
from organization.models import Department, Role
from registry import services
from registry.models import Activity, ActivityStatus, ActivityVersion
from tests.organization.factories import DepartmentFactory, person

STARTS = date(2021, 4, 1)
VALUES: dict[str, Any] = {
    "number_as_printed": "",
    "name": "児童生徒指導上の課題対応に関する業務",
    "purpose": "児童生徒の指導上の課題に対応する。",
    "responsible": "学校教育支援センター所長",
    "subjects": "区立小中学校の児童生徒",
    "persons": "約1,200人",
    "item_kinds": ["family_register", "living"],
    "items": "氏名、住所、生年月日",
    "collected_from": ["person"],
    "collection_note": "",
    "media": "文書",
    "has_sensitive": False,
    "has_deceased": None,
    "started_on": "平成12年4月1日",
}
_serial = itertools.count()


def activity_draft(department: Department | None = None, **values: Any) -> ActivityVersion:
    """下書き: a draft with everything that a submission needs."""
    return services.create_activity(
        department=department or DepartmentFactory(),
        values=VALUES | values,
        token=token(),
        actor=SYSTEM,
    )


def submitted_activity(department: Department | None = None, **values: Any) -> ActivityVersion:
    """提出済."""
    return services.submit_activity(activity_draft(department, **values), actor=SYSTEM)


def registered_activity(department: Department | None = None, on: date = STARTS, **values: Any) -> ActivityVersion:
    """登録済, in force from `on`."""
    return services.register_activity(submitted_activity(department, **values), on=on, actor=SYSTEM)


def withdrawn_activity(department: Department | None = None, **values: Any) -> ActivityVersion:
    """取下げ: a first draft that never became a business."""
    return services.withdraw_activity(activity_draft(department, **values), reason="中止のため", actor=SYSTEM)


MAKERS = {
    ActivityStatus.DRAFT: activity_draft,
    ActivityStatus.SUBMITTED: submitted_activity,
    ActivityStatus.REGISTERED: registered_activity,
    ActivityStatus.WITHDRAWN: withdrawn_activity,
}


def activity_in(status: str, department: Department | None = None, **values: Any) -> ActivityVersion:
    """A version in `status`."""
    return MAKERS[ActivityStatus(status)](department, **values)


def token() -> uuid.UUID:
    """A submission token not used before in this run."""
    return uuid.UUID(int=next(_serial) + (7 << 96))


def change_of(version: ActivityVersion, **values: Any) -> ActivityVersion:
    """手続中の変更: a draft that follows `version`, with other `values`."""
    draft = services.revise_activity(version, reason="内容の変更", actor=person(Role.OFFICE))
    return services.edit_activity(draft, values=values, lock=draft.lock, actor=person(Role.OFFICE))


def submitted_change_of(version: ActivityVersion, **values: Any) -> ActivityVersion:
    """A change that waits for the office."""
    return services.submit_activity(change_of(version, **values), actor=SYSTEM)


def form_data(**changed: Any) -> dict[str, Any]:
    """What a browser sends for VALUES; a field set to None is left out."""
    sent = VALUES | {"has_sensitive": "False", "has_deceased": ""} | changed
    return {name: value for name, value in sent.items() if value is not None}


def abolished_activity(
    department: Department | None = None, on: date = date(2022, 10, 1), **values: Any
) -> ActivityVersion:
    """廃止した業務, no longer in force from `on`."""
    version = registered_activity(department, **values)
    return services.abolish_activity(version, on=on, reason="事業の終了のため", actor=SYSTEM)


def written_activity(department: Department, on: date, **values: Any) -> ActivityVersion:
    """登録済, written straight into its table: for tests that need hundreds. Constraints hold, steps are left out."""
    activity = Activity(token=token()).save_as(SYSTEM, action="load_demo")
    return written_version(activity, department, on, **values)


def written_version(activity: Activity, department: Department, on: date, **values: Any) -> ActivityVersion:
    """One registered version more of `activity`; what it `replaces` ends on that day."""
    replaced = values.get("replaces")
    if replaced is not None:
        replaced.valid_to = on
        replaced.save_as(SYSTEM, action="load_demo")
    version = ActivityVersion(
        activity=activity, department=department, name="試験の業務", valid_from=on, registered_on=on,
        status=ActivityStatus.REGISTERED, **values,
    )  # fmt: skip
    return version.save_as(SYSTEM, action="load_demo")


def written_abolition(version: ActivityVersion, on: date) -> ActivityVersion:
    """廃止, written straight into its table."""
    version.valid_to = version.abolished_on = on
    version.abolition_reason = "試験のため"
    return version.save_as(SYSTEM, action="load_demo")
