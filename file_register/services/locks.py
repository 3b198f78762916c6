"""行の確保: rows that a step is about to change, locked against a second step."""

from file_register.models import PersonalFile, PersonalFileVersion


def locked_version(version: PersonalFileVersion) -> PersonalFileVersion:
    """The version as it stands, locked."""
    rows = PersonalFileVersion.objects.select_for_update(of=("self",)).select_related("file", "replaces")
    return rows.get(pk=version.pk)


def locked_file(file: PersonalFile) -> PersonalFile:
    """The file as it stands, locked; its counts and entries are written under this lock."""
    return PersonalFile.objects.select_for_update().get(pk=file.pk)
