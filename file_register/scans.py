"""個人情報ファイルの写し: scans of the paper, hung on versions of the registration."""

from file_register.models import PersonalFileScan, PersonalFileVersion
from files import scanning
from files.scanning import Scans
from history.writing import Actor

SCANS = Scans(
    model=PersonalFileScan,
    purpose="personal-file-scan",
    label="個人情報ファイルの写し",
    attach="attach_file_scan",
    remove="remove_file_scan",
    view="view_personalfileversion",
)


def attach_file_scan(
    version: PersonalFileVersion, *, name: str, content: bytes, actor: Actor, title: str = ""
) -> PersonalFileScan:
    """個人情報ファイルの写しの添付. Raises NotPermitted, FileRefused, ValidationError."""
    return scanning.attach(SCANS, version, name=name, content=content, title=title, actor=actor)


def remove_file_scan(scan: PersonalFileScan, *, reason: str, actor: Actor) -> PersonalFileScan:
    """個人情報ファイルの写しの取りはずし; row and file stay. Raises NotPermitted, ReasonRequired."""
    return scanning.remove(SCANS, scan, reason=reason, actor=actor)
