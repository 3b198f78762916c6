"""オープンデータ: the public registers as CSV and JSON, and the schema that describes them (docs/open-data.md)."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.urls import reverse

from common.tables.writing import csv_bytes
from public.entries import Entry, Event, Page
from public.fields import ACTIVITY_FIELDS, FILE_FIELDS, PublicField, labels
from public.registers import Register
from public.setting import Setting

Absolute = Callable[[str], str]  # makes a whole address of a path
DRAFT = "https://json-schema.org/draft/2020-12/schema"
_ALL_FIELDS = {"files": FILE_FIELDS, "activities": ACTIVITY_FIELDS}
# Beside the fields: where an entry stands and since when.
_FRAME = {"id": "識別子", "url": "アドレス"}
_DAYS = {"published_on": "公表日", "updated_on": "修正日"}


def _frame(register_kind: str) -> dict[str, str]:
    return _FRAME | (_DAYS if register_kind == "files" else {})


def record(entry: Entry, updated_on: date | None, absolute: Absolute) -> dict[str, Any]:
    """One entry as JSON: identity, days, and every public field as the page shows it."""
    days = {"published_on": entry.published_on, "updated_on": updated_on} if entry.ref.kind == "files" else {}
    return {
        "id": str(entry.ref.key),
        "url": absolute(entry.ref.url),
        **{key: day.isoformat() if day else None for key, day in days.items()},
        **entry.values,
    }


def records(register: Register, setting: Setting, absolute: Absolute) -> list[dict[str, Any]]:
    """All entries of today."""
    rows = list(register.rows(setting, setting.today))
    updated = register.updated(rows, setting)
    return [record(entry, updated.get(entry.ref.key), absolute) for entry in register.entries(rows, setting)]


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
        "entries": records(register, setting, absolute),
    }


def as_csv(register: Register, setting: Setting, absolute: Absolute) -> bytes:
    """The register of today as UTF-8 with BOM, Japanese headings, in the order of the JSON."""
    columns = _frame(register.kind) | labels(register.fields(setting))
    rows = ([row[key] or "" for key in columns] for row in records(register, setting, absolute))
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
        **{field.key: {"type": "string", "title": field.label} for field in fields},
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


def _day(label: str) -> dict[str, Any]:
    return {"type": ["string", "null"], "format": "date", "title": label}


def dictionary(fields: tuple[PublicField, ...], kind: str) -> list[tuple[str, str]]:
    """(key, label) of everything in one entry, for the page that explains the files."""
    return list((_frame(kind) | labels(fields)).items())
