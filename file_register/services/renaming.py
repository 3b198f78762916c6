"""名称を改める: after a reorganisation a registered file gets the names of the department that does its work now."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from file_register.defaults import starting_values
from file_register.kinds import UNDECIDED, FileStatus
from file_register.models import PersonalFileVersion
from file_register.services.drafting import EDITABLE, link_activities
from file_register.services.errors import NoSuccessor
from file_register.services.locks import locked_file, locked_version
from file_register.services.steps import refuse_unless_newest
from history.writing import Actor
from organization import rules
from organization.models import Department
from organization.models.departments import successors_on

ACTION = "rename_file_section"


@transaction.atomic
def rename_file_section(
    version: PersonalFileVersion,
    *,
    department: Department,
    on: date,
    section_name: str,
    organ_name: str,
    reason: str,
    actor: Actor,
) -> PersonalFileVersion:
    """所管課の名称を改める: from `on` the file is registered under `department`, which took over; the rest stays.

    What was published says so only when `correct_file_entry` notes it (令第21条第3項). Raises NotPermitted,
    NoSuccessor, ChangeUnderWay (the change can carry the new name), AlreadyChanged, Abolished, ReasonRequired,
    ValidationError.
    """
    file = locked_file(version.file)
    version = locked_version(version)
    rules.require(actor, ACTION, version)
    refuse_unless_newest(version, file.versions.filter(status__in=UNDECIDED).first())
    if department not in successors(version, on):
        raise NoSuccessor
    version.valid_to = on
    version.full_clean()
    version.save_as(actor, action=ACTION, reason=reason)
    kept = {name: getattr(version, name) for name in EDITABLE}
    renamed = PersonalFileVersion(
        **kept | {"section_name": section_name, "organ_name": organ_name},
        file=file,
        department=department,
        replaces=version,
        status=FileStatus.REGISTERED,
        valid_from=on,
        registered_on=on,
        source_note=version.source_note,
    )
    renamed.full_clean()
    renamed.save_as(actor, action=ACTION, reason=reason)
    link_activities(renamed, version.activities, actor=actor, action=ACTION, reason=reason)
    return renamed


def successors(version: PersonalFileVersion, day: date) -> list[Department]:
    """The departments that do the work of the file's 所管課 on `day` in its place; empty while it exists itself."""
    return [one for one in successors_on(version.department, day) if one != version.department]


def names_of(department: Department) -> dict[str, str]:
    """行政機関等の名称 and 組織の名称 as a new file of the department would say them."""
    values = starting_values(department, timezone.localdate())
    return {name: values[name] for name in ("organ_name", "section_name")}
