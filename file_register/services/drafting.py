"""起案と編集: what a department writes before it submits."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from file_register.defaults import starting_values
from file_register.models import FileActivity, PersonalFile, PersonalFileVersion
from file_register.services.locks import locked_version
from history.writing import Actor
from organization import rules
from organization.models import Department
from registry.models import Activity

# What a person fills in, in the order of the 単票 (domain §3.2); state and dates are set by the steps of the procedure.
EDITABLE = [
    "name", "organ_name", "section_name", "purpose", "items", "scope", "collection_method", "has_sensitive",
    "has_ordinance_sensitive", "recipients", "request_office", "special_procedure", "kind", "has_manual_twin",
    "invites_proposals", "proposal_office", "anonymised_summary", "anonymised_office", "anonymised_period", "remarks",
    "held_from", "exclusions", "is_withheld", "withheld_parts", "published_items", "withholding_reason",
]  # fmt: skip


@transaction.atomic
def create_personal_file(
    *,
    department: Department,
    values: dict[str, Any],
    token: UUID,
    actor: Actor,
    activities: Iterable[Activity] = (),
    source_note: str = "",
) -> PersonalFileVersion:
    """個人情報ファイルの起案: a file and its first draft, for the businesses `activities`.

    Items of the 単票 that `values` leaves out start with what the department and the ward's policy of today say. The
    same `token` again gives the first one back. Raises NotPermitted, ValidationError.
    """
    rules.require(actor, "create_personal_file", department)
    existing = PersonalFileVersion.objects.filter(file__token=token).order_by("pk").first()
    if existing is not None:
        return existing
    file = PersonalFile(token=token)
    file.full_clean()
    file.save_as(actor, action="create_personal_file")
    filled = starting_values(department, timezone.localdate()) | only_editable(values)
    version = PersonalFileVersion(file=file, department=department, source_note=source_note, **filled)
    version.full_clean()
    version.save_as(actor, action="create_personal_file")
    link_activities(version, activities, actor=actor, action="create_personal_file")
    return version


@transaction.atomic
def edit_personal_file(
    version: PersonalFileVersion,
    *,
    values: dict[str, Any],
    lock: int,
    actor: Actor,
    activities: Iterable[Activity] | None = None,
) -> PersonalFileVersion:
    """個人情報ファイルの編集: save what was typed into a draft; `activities` None leaves the links as they are.

    Raises NotPermitted, ValidationError, StaleEdit when somebody saved in between.
    """
    version = locked_version(version)
    rules.require(actor, "edit_personal_file", version)
    version.check_lock(lock)
    for name, value in only_editable(values).items():
        setattr(version, name, value)
    version.full_clean()
    version.save_as(actor, action="edit_personal_file")
    if activities is not None:
        link_activities(version, activities, actor=actor, action="edit_personal_file")
    return version


def link_activities(
    version: PersonalFileVersion, activities: Iterable[Activity], *, actor: Actor, action: str, reason: str = ""
) -> None:
    """ファイルを利用する業務: exactly `activities` from now on; a link that is gone is switched off, not deleted."""
    wanted = {activity.pk: activity for activity in activities}
    for link in version.activity_links.all():
        linked = wanted.pop(link.activity_id, None) is not None
        if linked != link.is_linked:
            link.is_linked = linked
            link.save_as(actor, action=action, reason=reason)
    for activity in wanted.values():
        link = FileActivity(version=version, activity=activity)
        link.full_clean()
        link.save_as(actor, action=action, reason=reason)


def only_editable(values: dict[str, Any]) -> dict[str, Any]:
    """The part of `values` that a person may fill in."""
    return {name: values[name] for name in EDITABLE if name in values}
