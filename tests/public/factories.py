"""公表 for tests: the ward's decisions, and rows written with a mark in every text."""

import itertools
from datetime import date
from typing import Any

from django.db import models

from file_register.kinds import FileStatus, PublicRegister
from file_register.models import FileCount, PersonalFile, PersonalFileVersion, PublicEntry, PublishedState
from history.writing import SYSTEM
from organization.models import Ward
from public.models import PublicPolicy
from registry.models import Activity, ActivityStatus, ActivityVersion, CollectingForm
from tests.file_register.factories import token

STARTS = date(2023, 4, 1)
SHOWN = ["number", "name", "purpose", "department"]
_serial = itertools.count(1)


def ward(name: str = "練馬区") -> Ward:
    """The one municipality."""
    return Ward(name=name).save_as(SYSTEM, action="edit_organization")


def public_policy(**values: Any) -> PublicPolicy:
    """公表の方針, from the beginning of time; four items of 業務登録 where nothing else is said."""
    row = PublicPolicy(**{"basis": "試験の要綱第2条", "activity_fields": SHOWN} | values)
    row.full_clean()
    return row.save_as(SYSTEM, action="edit_reference")


class Marks:
    """目じるし: short texts that stand nowhere else; `secret` must never be read, `public` must."""

    def __init__(self) -> None:
        self.secret: set[str] = set()
        self.public: set[str] = set()

    def hidden(self) -> str:
        """A text that nobody may read."""
        return self._new("秘", self.secret)

    def shown(self) -> str:
        """A text that everybody may read."""
        return self._new("公", self.public)

    def fill(self, model: type[models.Model], *shown: str) -> dict[str, Any]:
        """A mark for every text column of `model`: public ones for the columns `shown`, secret ones for all others."""
        texts = [
            field.name
            for field in model._meta.concrete_fields
            if field.get_internal_type() in ("CharField", "TextField") and not field.choices and not field.is_relation
        ]
        unknown = set(shown) - set(texts)
        assert not unknown, unknown
        return {name: self.shown() if name in shown else self.hidden() for name in texts if _takes_text(model, name)}

    def _new(self, sign: str, kept: set[str]) -> str:
        mark = f"{sign}{next(_serial):05d}"
        kept.add(mark)
        return mark


def _takes_text(model: type[models.Model], name: str) -> bool:
    # A partial date is kept as text but set as a date; it has no words of its own.
    return not model._meta.get_field(name).__class__.__name__.startswith("PartialDate")


def activity_version(activity: Activity, department: Any, actor: Any, reason: str, **values: Any) -> ActivityVersion:
    """業務登録 past the steps, with the given texts; registered where nothing else is said."""
    usual = {"status": ActivityStatus.REGISTERED, "valid_from": STARTS, "registered_on": STARTS}
    row = ActivityVersion(activity=activity, department=department, **usual | values)
    return row.save_as(actor, action="register_activity", reason=reason)


def activity() -> Activity:
    """業務 without a number."""
    return Activity(token=token()).save_as(SYSTEM, action="load_demo")


def collecting_form(version: ActivityVersion, **values: Any) -> CollectingForm:
    """帳票 of a version."""
    return CollectingForm(version=version, **values).save_as(SYSTEM, action="load_demo")


def file_version(file: PersonalFile, department: Any, actor: Any, reason: str, **values: Any) -> PersonalFileVersion:
    """個人情報ファイルの登録 past the steps; registered where nothing else is said."""
    usual = {"status": FileStatus.REGISTERED, "valid_from": STARTS, "kind": "computer"}
    row = PersonalFileVersion(file=file, department=department, **usual | values)
    return row.save_as(actor, action="register_personal_file", reason=reason)


def personal_file(**values: Any) -> PersonalFile:
    """個人情報ファイル."""
    return PersonalFile(token=token(), **values).save_as(SYSTEM, action="load_demo")


def stood(version: PersonalFileVersion, on: date = STARTS, removed_on: date | None = None, register: str = "") -> None:
    """公表した記載, from `on` until `removed_on`."""
    entry = PublicEntry(
        file=version.file,
        version=version,
        register=register or PublicRegister.ACT,
        published_on=on,
        removed_on=removed_on,
    ).save_as(SYSTEM, action="publish_file_entry")
    PublishedState(entry=entry, version=version, since=on).save_as(SYSTEM, action="publish_file_entry")


def count(file: PersonalFile, **values: Any) -> FileCount:
    """本人の数."""
    return FileCount(file=file, counted_on=STARTS, **values).save_as(SYSTEM, action="count_personal_file")
