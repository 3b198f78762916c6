"""写し: scans of the paper, hung on a version of a register; each register says once how (Scans)."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from files import purposes, services
from files.kinds import MEGABYTE, SCANS
from files.models import Scan, StoredFile
from files.purposes import Purpose
from history.writing import Actor
from organization import rules
from organization.models import User

LIMIT = 50 * MEGABYTE


@dataclass(frozen=True)
class Scans:
    """写しの台帳: how one register hangs scans on its versions.

    model    the table of its scans, with a `version`
    purpose  for what the files are stored
    attach, remove, view  the actions on a version
    """

    model: type[Scan]
    purpose: str
    label: str
    attach: str
    remove: str
    view: str

    def register(self) -> None:
        """Called once, while the application starts."""
        purposes.register(Purpose(self.purpose, self.label, SCANS, LIMIT, self.may_read))

    def may_read(self, user: User, stored: StoredFile) -> bool:
        """Who sees a version that the file hangs on."""
        return self.in_sight(user).filter(file=stored).exists()

    def asked(self, versions: QuerySet, user: User) -> QuerySet:
        """`versions`, each knowing whether `user` may hang scans on it and take them off, and whether it bears some."""
        same = versions.model.objects.filter(pk=OuterRef("pk"))
        hanging = self.model.objects.filter(version=OuterRef("pk"), is_removed=False)
        may_attach = Exists(rules.permitted(same, user, self.attach))
        return versions.annotate(may_attach=may_attach, has_scans=Exists(hanging))

    def panel(self, versions: list[Any]) -> "Panel":
        """写し of `versions`, which come from `asked` and are in sight; a statement only where some hang there."""
        by_pk = {version.pk: version for version in versions}
        bearing = [version for version in versions if version.has_scans]
        found = self.model.objects.filter(version__in=bearing, is_removed=False).select_related("file")
        lines = [
            Line(
                scan,
                by_pk[scan.version_id],
                reverse(self.remove, args=[scan.pk]) if by_pk[scan.version_id].may_attach else "",
            )
            for scan in found.order_by("pk")
        ]
        open_to = [(version, reverse(self.attach, args=[version.pk])) for version in versions if version.may_attach]
        return Panel(lines, open_to)

    def every(self, versions: list[Any]) -> list[Scan]:
        """The scans that hang on `versions` or were taken off them, for their history; one statement."""
        return list(self.model.objects.filter(version__in=versions).select_related("file").order_by("pk"))

    def in_sight(self, user: User) -> QuerySet:
        """The scans that hang on a version in sight."""
        versions = rules.permitted(self.versions(), user, self.view)
        return self.model.objects.filter(is_removed=False, version__in=versions)

    def versions(self) -> QuerySet:
        """All versions of the register."""
        return self.model._meta.get_field("version").related_model.objects.all()


@dataclass(frozen=True)
class Line:
    """One scan, the version that it hangs on, and where it is taken off (empty: not by this person)."""

    scan: Scan
    version: Any
    remove_url: str


@dataclass(frozen=True)
class Panel:
    """写し on the page of an entry: the scans, and the versions that this person may hang one on, with the address."""

    lines: list[Line]
    open_to: list[tuple[Any, str]]


@transaction.atomic
def attach(scans: Scans, version: Any, *, name: str, content: bytes, title: str, actor: Actor) -> Scan:
    """写しの添付: store the file and hang it on `version`. Raises NotPermitted, FileRefused, ValidationError."""
    version = _locked(version)
    rules.require(actor, scans.attach, version)
    stored = services.store(name, content, actor=actor, purpose=scans.purpose)
    scan = scans.model(version=version, file=stored, title=title.strip() or stored.name[:100])
    scan.full_clean()
    return scan.save_as(actor, action=scans.attach)


@transaction.atomic
def remove(scans: Scans, scan: Scan, *, reason: str, actor: Actor) -> Scan:
    """写しの取りはずし: the scan is no longer shown; row and file stay. Raises NotPermitted, ReasonRequired."""
    scan = scans.model.objects.select_for_update(of=("self",)).get(pk=scan.pk)
    rules.require(actor, scans.remove, _locked(scan.version))
    scan.is_removed = True
    scan.full_clean()
    return scan.save_as(actor, action=scans.remove, reason=reason)


def _locked(version: Any) -> Any:
    return type(version).objects.select_for_update(of=("self",)).get(pk=version.pk)
