"""オープンデータ: the public registers as CSV and JSON, and the schema that describes them (docs/open-data.md)."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.urls import reverse

from common.tables.writing import csv_bytes
from public.entries import Entry, Event, Page
from public.fields import ACTIVITY_FIELDS, FILE_FIELDS, MAY_BE_WITHHELD, PublicField, labels
from public.registers import Register
from public.setting import Setting

Absolute = Callable[[str], str]  # makes a whole address of a path
DRAFT = "https://json-schema.org/draft/2020-12/schema"
_ALL_FIELDS = {"files": FILE_FIELDS, "activities": ACTIVITY_FIELDS}
# Beside the fields: where an entry stands and since when.
_FRAME = {"id": "識別子", "url": "アドレス"}
_DAYS = {"published_on": "公表日", "updated_on": "修正日"}
# JSON only: a cell of the CSV says in words what is left out.
_WITHHELD = {"withheld": "掲載しない項目（法第75条第3項）"}


def _frame(register_kind: str) -> dict[str, str]:
    return _FRAME | (_DAYS if register_kind == "files" else {})


def record(entry: Entry, updated_on: date | None, absolute: Absolute) -> dict[str, Any]:
    """One entry as JSON: identity, days, and every public field; null for one that is left out of the register."""
    values = {key: text if text or key not in entry.withheld else None for key, text in entry.values.items()}
    marks = {"withheld": list(entry.withheld)} if entry.ref.kind == "files" else {}
    return _frame_of(entry, updated_on, absolute) | values | marks


def _frame_of(entry: Entry, updated_on: date | None, absolute: Absolute) -> dict[str, Any]:
    days = {"published_on": entry.published_on, "updated_on": updated_on} if entry.ref.kind == "files" else {}
    return {
        "id": str(entry.ref.key),
        "url": absolute(entry.ref.url),
        **{key: day.isoformat() if day else None for key, day in days.items()},
    }


def _today(register: Register, setting: Setting) -> list[tuple[Entry, date | None]]:
    """All entries of today, each with its 修正日."""
    rows = list(register.rows(setting, setting.today))
    updated = register.updated(rows, setting)
    return [(entry, updated.get(entry.ref.key)) for entry in register.entries(rows, setting)]


def as_json(register: Register, setting: Setting, absolute: Absolute) -> dict[str, Any]:
    """The register of today."""
    fields = register.fields(setting)
    return {
        "$schema": absolute(reverse("public_schema", args=[register.code])),
        "ward": setting.ward,
        "register": register.code,
        "label": register.label,
        "as_of": setting.today.isoformat(),
        "licence": licence(setting),
        "labels": _frame(register.kind) | labels(fields),
        "entries": [record(entry, day, absolute) for entry, day in _today(register, setting)],
    }


def as_csv(register: Register, setting: Setting, absolute: Absolute) -> bytes:
    """The register of today as UTF-8 with BOM, Japanese headings, in the order of the JSON."""
    columns = _frame(register.kind) | labels(register.fields(setting))
    cells = (_frame_of(entry, day, absolute) | entry.told for entry, day in _today(register, setting))
    rows = ([row[key] or "" for key in columns] for row in cells)
    return csv_bytes(list(columns.values()), rows, "utf-8-sig").content


def twin(page: Page, setting: Setting, absolute: Absolute) -> dict[str, Any]:
    """One entry's page as JSON; of an entry that is over only its days."""
    return {
        "ward": setting.ward,
        "register": page.register,
        "label": page.label,
        "id": str(page.ref.key),
        "url": absolute(page.ref.url),
        "status": "published" if page.entry else "removed",
        "removed_on": page.over_on.isoformat() if page.over_on else None,
        "name": page.ref.name,
        "licence": licence(setting),
        "entry": record(page.entry, page.updated_on, absolute) if page.entry else None,
        "history": [_event(event) for event in page.events],
    }


def _event(event: Event) -> dict[str, Any]:
    return {"date": event.day.isoformat(), "event": event.what, "items": list(event.items)}


def licence(setting: Setting) -> dict[str, str] | None:
    """利用条件 as the ward has decided; None while it has not."""
    policy = setting.policy
    if policy is None or not policy.licence:
        return None
    return {"name": policy.licence, "url": policy.licence_url}


def schema(register: Register, absolute: Absolute) -> dict[str, Any]:
    """JSON Schema of `as_json`; every field that may ever be there, those of 業務登録 as far as they are published."""
    fields = _ALL_FIELDS[register.kind]
    days = {key: _day(label) for key, label in _DAYS.items()} if register.kind == "files" else {}
    properties = {
        "id": {"type": "string", "format": "uuid", "title": _FRAME["id"]},
        "url": {"type": "string", "format": "uri", "title": _FRAME["url"]},
        **days,
        **{field.key: _text(field) for field in fields},
    }
    if register.kind == "files":
        properties |= {
            "withheld": {"type": "array", "items": {"enum": sorted(MAY_BE_WITHHELD)}, "title": _WITHHELD["withheld"]}
        }
    required = list(properties) if register.kind == "files" else ["id", "url", "name"]
    text = {"type": "string"}
    return {
        "$schema": DRAFT,
        "$id": absolute(reverse("public_schema", args=[register.code])),
        "title": register.label,
        "type": "object",
        "required": ["ward", "register", "label", "as_of", "licence", "labels", "entries"],
        "properties": {
            "$schema": text,
            "ward": text | {"title": "区"},
            "register": {"const": register.code},
            "label": text | {"title": "帳簿"},
            "as_of": {"type": "string", "format": "date", "title": "基準日"},
            "licence": {"type": ["object", "null"], "properties": {"name": text, "url": text}, "title": "利用条件"},
            "labels": {"type": "object", "additionalProperties": text, "title": "項目の名称"},
            "entries": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": required,
                    "additionalProperties": False,
                    "properties": properties,
                },
            },
        },
    }


def _text(field: PublicField) -> dict[str, Any]:
    kinds: Any = ["string", "null"] if field.key in MAY_BE_WITHHELD else "string"
    return {"type": kinds, "title": field.label}


def _day(label: str) -> dict[str, Any]:
    return {"type": ["string", "null"], "format": "date", "title": label}


def dictionary(fields: tuple[PublicField, ...], kind: str) -> list[tuple[str, str]]:
    """(key, label) of everything in one entry, for the page that explains the files."""
    return list((_frame(kind) | labels(fields) | (_WITHHELD if kind == "files" else {})).items())
