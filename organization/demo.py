"""見本の区: the organisation and the accounts of a demo ward, from fixtures/demo/."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password

from history.writing import SYSTEM
from organization import services
from organization.models import Department, Role, User

# For everybody to read: it stands in the README. Production does not serve while it opens an account.
DEMO_PASSWORD = "mihon-no-kagi"  # noqa: S105
SAMPLE = "見本データ"
WARDS = ("nerima", "shinjuku")


@dataclass(frozen=True)
class Account:
    """見本の利用者: who can sign in with DEMO_PASSWORD, and as what."""

    username: str
    name: str
    department: str
    role: str


def read_ward(ward: str) -> dict[str, Any]:
    """The data of a demo ward (one of WARDS): ward, sources, departments, activities, accounts, proposals.

    In each object `source` names the paper that its values stand in, and `sample` lists the fields that no paper holds.
    """
    path = Path(settings.BASE_DIR) / "fixtures" / "demo" / f"{ward}.json"
    return json.loads(path.read_text(encoding="utf-8"))


def read_samples(ward: str) -> dict[str, Any]:
    """What is made from word lists to fill the registers of a demo ward; empty where there is nothing of the kind."""
    path = Path(settings.BASE_DIR) / "fixtures" / "demo" / f"{ward}-samples.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def source_note(item: Mapping[str, Any], sources: Mapping[str, str], labels: Mapping[str, str]) -> str:
    """出典・注記: the paper, a note, and by their Japanese `labels` the fields that are sample data."""
    sample = "、".join(labels[name] for name in item["sample"])
    parts = [f"出典：{sources[item['source']]}", item.get("note", ""), f"{SAMPLE}：{sample}" if sample else ""]
    return "。".join(part for part in parts if part)


def field_labels(model: Any) -> dict[str, str]:
    """The Japanese names of a model's fields."""
    return {field.name: str(field.verbose_name) for field in model._meta.concrete_fields}


def load_organization(data: Mapping[str, Any]) -> dict[str, Department]:
    """Write the ward, its departments and its accounts; answers the departments by their keys."""
    services.name_ward(data["ward"]["name"], actor=SYSTEM)
    departments = _load_departments(data["departments"], data["sources"])
    _load_accounts(data["accounts"], departments)
    return departments


def _load_departments(items: Iterable[Mapping[str, Any]], sources: Mapping[str, str]) -> dict[str, Department]:
    labels = field_labels(Department)
    departments: dict[str, Department] = {}
    for item in items:
        departments[item["key"]] = services.add_department(
            kind=item["kind"],
            name=item["name"],
            parent=departments.get(item.get("parent", "")),
            head_title=item.get("head_title", ""),
            source_note=source_note(item, sources, labels),
            actor=SYSTEM,
        )
    return departments


def _load_accounts(items: Iterable[Mapping[str, str]], departments: Mapping[str, Department]) -> None:
    # One hash for all: it is made slow on purpose, and the password is printed for everybody anyway.
    password_hash = make_password(DEMO_PASSWORD)
    for item in items:
        user = services.add_user(username=item["username"], name=item["name"], password=None, actor=SYSTEM)
        user.password = password_hash
        user.save(update_fields=["password"])
        services.assign(user, departments[item["department"]], Role(item["role"]), actor=SYSTEM)


def accounts() -> list[Account]:
    """見本の利用者の一覧: the accounts of the demo wards that are in this database and active, in their order."""
    names = [item["username"] for ward in WARDS for item in read_ward(ward)["accounts"]]
    users = User.objects.filter(username__in=names, is_active=True).prefetch_related("assignments__department__parent")
    found = {
        user.username: Account(user.username, user.name, charge.department.full_name, charge.title)
        for user in users
        for charge in user.assignments.all()
    }
    return [found[name] for name in dict.fromkeys(names) if name in found]
