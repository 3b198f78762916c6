"""業務登録の写し: scans of the paper, hung on versions of the registration."""

from files import scanning
from files.scanning import Scans
from history.writing import Actor
from registry.models import ActivityScan, ActivityVersion

SCANS = Scans(
    model=ActivityScan,
    purpose="activity-scan",
    label="業務登録の写し",
    attach="attach_activity_scan",
    remove="remove_activity_scan",
    view="view_activityversion",
)


def attach_activity_scan(
    version: ActivityVersion, *, name: str, content: bytes, actor: Actor, title: str = ""
) -> ActivityScan:
    """業務登録の写しの添付. Raises NotPermitted, FileRefused, ValidationError."""
    return scanning.attach(SCANS, version, name=name, content=content, title=title, actor=actor)


def remove_activity_scan(scan: ActivityScan, *, reason: str, actor: Actor) -> ActivityScan:
    """業務登録の写しの取りはずし; row and file stay. Raises NotPermitted, ReasonRequired."""
    return scanning.remove(SCANS, scan, reason=reason, actor=actor)
