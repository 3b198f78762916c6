"""公表する帳簿: the three public registers under one interface, by the codes of their addresses."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from file_register.kinds import PublicRegister
from public import activities, files
from public.entries import Entry, Event, Page
from public.fields import FILE_FIELDS, PublicField
from public.setting import Setting


@dataclass(frozen=True)
class Place:
    """しぼりこみ: 実施機関 and 所管課 as they stand in the entries; empty where everything is wanted."""

    organ: str = ""
    section: str = ""


@dataclass(frozen=True)
class Register:
    """公表する帳簿: `rows` are in order and hold nothing that is not public on the setting's day."""

    code: str
    label: str
    about: str
    citation: str
    kind: str
    found_as: str  # the kind of the search documents
    identity: str  # the field of `rows` that leads to what is found
    identity_of: Callable[[Any], int]
    unit: str
    is_open: Callable[[Setting], bool]
    fields: Callable[[Setting], tuple[PublicField, ...]]
    rows: Callable[[Setting, date], QuerySet]
    removed_since: Callable[[Setting, date], int]
    places: Callable[[QuerySet, Setting], list[Place]]
    narrowed: Callable[[QuerySet, Setting, Place], QuerySet]
    entries: Callable[[list[Any], Setting], list[Entry]]
    updated: Callable[[list[Any], Setting], Mapping[UUID, date]]


def _file_places(rows: QuerySet, setting: Setting) -> list[Place]:
    named = rows.order_by().values_list("version__organ_name", "version__section_name").distinct()
    return [Place(*pair) for pair in sorted(named)]


def _files_of(rows: QuerySet, setting: Setting, place: Place) -> QuerySet:
    if place.organ:
        rows = rows.filter(version__organ_name=place.organ)
    return rows.filter(version__section_name=place.section) if place.section else rows


def _file_entries(rows: list[Any], setting: Setting) -> list[Entry]:
    return [files.entry(row) for row in rows]


def _files_updated(rows: list[Any], setting: Setting) -> Mapping[UUID, date]:
    days = files.updated(rows, setting)
    return {row.entry.file.token: days[row.entry_id] for row in rows if row.entry_id in days}


def _file_register(register: PublicRegister, about: str, citation: str) -> Register:
    return Register(
        code=files.CODES[register],
        label=str(register.label),
        about=about,
        citation=citation,
        kind=files.KIND,
        found_as="file",
        identity="entry__file",
        identity_of=lambda row: row.entry.file_id,
        unit="件のファイル",
        is_open=lambda setting: register in files.open_registers(setting),
        fields=lambda setting: FILE_FIELDS,
        rows=lambda setting, day: files.states(setting, register, day),
        removed_since=lambda setting, day: files.removed_since(setting, register, day),
        places=_file_places,
        narrowed=_files_of,
        entries=_file_entries,
        updated=_files_updated,
    )


def _activity_places(rows: QuerySet, setting: Setting) -> list[Place]:
    return sorted(
        {Place(*pair) for pair in activities.places(rows, setting).values()},
        key=lambda place: (place.organ, place.section),
    )


def _activities_of(rows: QuerySet, setting: Setting, place: Place) -> QuerySet:
    if not (place.organ or place.section):
        return rows
    wanted = [
        pk
        for pk, (organ, section) in activities.places(rows, setting).items()
        if place.organ in ("", organ) and place.section in ("", section)
    ]
    return rows.filter(department__in=wanted)


def _activity_entries(rows: list[Any], setting: Setting) -> list[Entry]:
    return [activities.entry(row, setting) for row in rows]


def _never(rows: list[Any], setting: Setting) -> Mapping[UUID, date]:
    return {}


REGISTERS = {
    register.code: register
    for register in (
        _file_register(
            PublicRegister.ACT,
            "本人の数が1,000人以上の個人情報ファイルについて、名称、利用目的、記録項目などを公表する帳簿です。",
            "個人情報の保護に関する法律第75条第1項",
        ),
        _file_register(
            PublicRegister.ORDINANCE,
            "本人の数が1,000人に満たない個人情報ファイルについて、区の定めにより公表する帳簿です。",
            "個人情報の保護に関する法律第75条第5項",
        ),
        Register(
            code=activities.KIND,
            label=activities.LABEL,
            about="個人情報を取り扱う業務について、区が登録した内容のうち、公表することとした項目の帳簿です。",
            citation="",
            kind=activities.KIND,
            found_as="activity",
            identity="activity",
            identity_of=lambda row: row.activity_id,
            unit="件の業務",
            is_open=lambda setting: bool(setting.activity_fields),
            fields=activities.fields,
            rows=activities.versions,
            removed_since=activities.removed_since,
            places=_activity_places,
            narrowed=_activities_of,
            entries=_activity_entries,
            updated=_never,
        ),
    )
}
KINDS: dict[str, Callable[[UUID, Setting], Page | None]] = {files.KIND: files.page, activities.KIND: activities.page}


def open_today(setting: Setting) -> list[Register]:
    """The registers that everybody may read today, in their order."""
    return [register for register in REGISTERS.values() if register.is_open(setting)]


def newest(setting: Setting, limit: int) -> list[Event]:
    """What is new in all open registers, newest first; three statements at most."""
    found = [*files.newest(setting, limit), *activities.newest(setting, limit)]
    return sorted(found, key=lambda event: event.day, reverse=True)[:limit]
