"""名称を改める: after a reorganisation a registered file gets the names of the department that does its work now."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from file_register.defaults import organ_name as default_organ_name
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

    An empty name is the department's own. What was published says so only when `correct_file_entry` notes it
    (令第21条第3項). Raises NotPermitted, NoSuccessor, ChangeUnderWay (the change can carry the new name),
    AlreadyChanged, Abolished, ReasonRequired, ValidationError, also for the full name of another department.
    """
    file = locked_file(version.file)
    version = locked_version(version)
    rules.require(actor, ACTION, version)
    refuse_unless_newest(version, file.versions.filter(status__in=UNDECIDED).first())
    if department not in successors(version, on):
        raise NoSuccessor
    names = _checked_names(department, section_name, organ_name)
    version.valid_to = on
    version.full_clean()
    version.save_as(actor, action=ACTION, reason=reason)
    kept = {name: getattr(version, name) for name in EDITABLE}
    renamed = PersonalFileVersion(
        **kept | names,
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
    return {"organ_name": default_organ_name(department), "section_name": department.full_name}


def _checked_names(department: Department, section_name: str, organ_name: str) -> dict[str, str]:
    """What was typed, the department's own name where nothing was; the full name of another department is refused."""
    typed = {"organ_name": organ_name.strip(), "section_name": section_name.strip()}
    own = names_of(department)
    names = {name: words or own[name] for name, words in typed.items()}
    if _squeezed(names["section_name"]) != _squeezed(own["section_name"]) and _names_another(names["section_name"]):
        raise ValidationError({"section_name": "選んだ所管課の名称とちがいます。"})
    return names


def _names_another(section_name: str) -> bool:
    """Whether a department that is or was bears this full name."""
    departments = Department.objects.select_related("parent")
    return any(_squeezed(one.full_name) == _squeezed(section_name) for one in departments)


def _squeezed(name: str) -> str:
    """A name is printed with and without the space between 部 and 課."""
    return "".join(name.split())
