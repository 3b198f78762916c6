"""個人情報ファイル for tests, brought to its state by the services themselves."""

import itertools
import uuid
from datetime import date
from typing import Any

from file_register import services
from file_register.kinds import FileStatus, PublicRegister
from file_register.models import FilePolicy, PersonalFileVersion, PublicEntry, PublishedState
from history.writing import SYSTEM
from organization.models import Department, Role
from tests.organization.factories import DepartmentFactory, person

STARTS = date(2023, 4, 1)
VALUES: dict[str, Any] = {
    "name": "不登校実態調査ファイル",
    "organ_name": "練馬区教育委員会",
    "section_name": "教育振興部学校教育支援センター",
    "purpose": "不登校に関する実態を調査する。",
    "items": "1氏名、2住所、3生年月日",
    "scope": "区立小中学校の児童生徒",
    "collection_method": "本人からの届出",
    "has_sensitive": False,
    "has_ordinance_sensitive": False,
    "recipients": "",
    "request_office": "総務部情報公開課",
    "special_procedure": "",
    "kind": "computer",
    "has_manual_twin": False,
    "invites_proposals": False,
    "proposal_office": "",
    "anonymised_summary": "",
    "anonymised_office": "",
    "anonymised_period": "",
    "remarks": "",
    "held_from": "令和5年4月1日",
    "exclusions": [],
    "is_withheld": False,
    "withheld_parts": [],
    "published_items": "",
    "withholding_reason": "",
}
_serial = itertools.count()


def token() -> uuid.UUID:
    """A submission token not used before in this run."""
    return uuid.UUID(int=next(_serial) + (9 << 96))


def file_draft(department: Department | None = None, activities: Any = (), **values: Any) -> PersonalFileVersion:
    """下書き: a draft with everything that a submission needs."""
    return services.create_personal_file(
        department=department or DepartmentFactory(),
        values=VALUES | values,
        activities=activities,
        token=token(),
        actor=SYSTEM,
    )


def submitted_file(department: Department | None = None, **values: Any) -> PersonalFileVersion:
    """提出済."""
    return services.submit_personal_file(file_draft(department, **values), actor=SYSTEM)


def registered_file(department: Department | None = None, on: date = STARTS, **values: Any) -> PersonalFileVersion:
    """登録済, in force from `on`."""
    return services.register_personal_file(submitted_file(department, **values), on=on, actor=SYSTEM)


def withdrawn_file(department: Department | None = None, **values: Any) -> PersonalFileVersion:
    """取下げ: a first draft that never became a file."""
    return services.withdraw_personal_file(file_draft(department, **values), reason="中止のため", actor=SYSTEM)


MAKERS = {
    FileStatus.DRAFT: file_draft,
    FileStatus.SUBMITTED: submitted_file,
    FileStatus.REGISTERED: registered_file,
    FileStatus.WITHDRAWN: withdrawn_file,
}


def file_in(status: str, department: Department | None = None, **values: Any) -> PersonalFileVersion:
    """A version in `status`."""
    return MAKERS[FileStatus(status)](department, **values)


def change_of(version: PersonalFileVersion, **values: Any) -> PersonalFileVersion:
    """手続中の変更: a draft that follows `version`, with other `values`."""
    draft = services.revise_personal_file(version, reason="内容の変更", actor=person(Role.OFFICE))
    return services.edit_personal_file(draft, values=values, lock=draft.lock, actor=SYSTEM)


def changed_file(version: PersonalFileVersion, on: date, **values: Any) -> PersonalFileVersion:
    """A change that is registered: in force from `on`, in place of `version`."""
    draft = services.submit_personal_file(change_of(version, **values), actor=SYSTEM)
    return services.register_personal_file(draft, on=on, actor=SYSTEM)


def counted(version: PersonalFileVersion, text: str, on: date = STARTS) -> PersonalFileVersion:
    """The file with a count of persons."""
    services.count_personal_file(version.file, counted_on=on, text=text, actor=SYSTEM)
    return version


def published(version: PersonalFileVersion, on: date = STARTS, register: str = PublicRegister.ACT) -> PublicEntry:
    """The open entry of a file in a public register, on purpose where the rule does not ask for it."""
    return services.publish_file_entry(
        version.file, register=register, on=on, actor=SYSTEM, confirmed=True, reason="区の判断"
    )


def entry_of_old(
    version: PersonalFileVersion, on: date = STARTS, register: str = PublicRegister.ACT, **days: Any
) -> PublicEntry:
    """An entry as it may stand from a time without any check: against the rule, with days ahead."""
    entry = PublicEntry(file=version.file, register=register, version=version, published_on=on, **days)
    entry.save_as(SYSTEM, action="publish_file_entry")
    PublishedState(entry=entry, version=version, since=on).save_as(SYSTEM, action="publish_file_entry")
    return entry


def policy(*, publishes_small: bool, valid_from: date | None = None, **values: Any) -> FilePolicy:
    """区の方針."""
    row = FilePolicy(publishes_small=publishes_small, basis="試験の要綱第1条", valid_from=valid_from, **values)
    row.full_clean()
    return row.save_as(SYSTEM, action="edit_reference")


def form_data(**changed: Any) -> dict[str, Any]:
    """What a browser sends for VALUES; boxes without a tick and fields set to None are left out."""
    sent = VALUES | {"has_sensitive": "False", "has_manual_twin": "False", "activities": ""} | changed
    return {name: value for name, value in sent.items() if value is not None and value is not False}
