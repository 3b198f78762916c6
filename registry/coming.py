"""先の組織改正: versions that a reorganisation has made for days to come do not freeze their business.

Such a version says what the one before it says, under another department. A change or an abolition before its day
starts from what is in force until then, and goes over into it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from common.wareki import format_date
from history.versions import too_early
from history.writing import Actor
from registry import collecting
from registry.models import ActivityStatus, ActivityVersion
from registry.moving import ACTION, OWN_FIELDS

# What a coming version takes over from a change: all but what it has for itself, and its own end.
CARRIED = [
    field.name
    for field in ActivityVersion._meta.concrete_fields
    if field.name not in {*OWN_FIELDS, "activity", "status", "abolished_on", "abolition_reason"}
]


@dataclass(frozen=True)
class Course:
    """版のつながり: one registered state through the departments that it has and will have, oldest first.

    It begins with the version that holds today, or will begin next; all others are of reorganisations to come.
    """

    versions: Sequence[ActivityVersion]

    @property
    def first(self) -> ActivityVersion:
        """The one from which a change starts."""
        return self.versions[0]

    @property
    def last(self) -> ActivityVersion:
        """The one that has no end, or whose end is that of the business."""
        return self.versions[-1]

    def too_early(self, on: date, today: date) -> str:
        """Why nothing can be changed or abolished on `on`; empty when it can."""
        return too_early(on, self.first.valid_from, today=today)

    def until(self, on: date) -> ActivityVersion:
        """The version that ends when something happens on `on`; the first when none had begun before."""
        begun = [version for version in self.versions if version.valid_from and version.valid_from < on]
        return begun[-1] if begun else self.first

    def on(self, day: date) -> ActivityVersion:
        """The version in force on `day` if nothing happens; the first before it all."""
        begun = [version for version in self.versions if version.valid_from and version.valid_from <= day]
        return begun[-1] if begun else self.first

    def since(self, on: date) -> list[ActivityVersion]:
        """Those that begin on `on` or later, but for the first."""
        return [version for version in self.versions[1:] if version.valid_from and version.valid_from >= on]


def course_of(version: ActivityVersion, *, today: date, locking: bool = False) -> Course:
    """The course that a registered `version` belongs to; with `locking` nobody else changes its versions meanwhile."""
    rows = ActivityVersion.objects.filter(activity=version.activity_id, status=ActivityStatus.REGISTERED)
    if locking:
        rows = rows.select_for_update(of=("self",))
    return through(version, list(rows.select_related("department").order_by("valid_from", "pk")), today=today)


def through(version: ActivityVersion, registered: Sequence[ActivityVersion], *, today: date) -> Course:
    """As `course_of`, among the registered versions of the business."""
    by_pk = {row.pk: row for row in registered}
    following = {row.replaces_id: row for row in registered if row.moved}
    course = [by_pk.get(version.pk, version)]
    while course[0].moved and course[0].replaces_id in by_pk:
        course.insert(0, by_pk[course[0].replaces_id])
    while course[-1].pk in following:
        course.append(following[course[-1].pk])
    begun = [place for place, row in enumerate(course) if row.valid_from and row.valid_from <= today]
    return Course(course[begun[-1] if begun else 0 :])


def withdraw(versions: Sequence[ActivityVersion], *, on: date, what: str, actor: Actor) -> None:
    """取りやめ: versions of coming reorganisations that something on or before their first day leaves without force."""
    for version in versions:
        version.status = ActivityStatus.WITHDRAWN
        version.valid_from = version.valid_to = version.abolished_on = None
        version.abolition_reason = ""
        version.full_clean()
        version.save_as(actor, action=ACTION, reason=f"{format_date(on)}の{what}により、効力を生じない")


def carry_over(change: ActivityVersion, versions: Sequence[ActivityVersion], *, actor: Actor) -> None:
    """変更の引継ぎ: write what `change` says onto the versions of the reorganisations after it, in their order.

    They keep their days and departments; the trail keeps what they said before.
    """
    reason = f"{format_date(change.valid_from)}の変更の内容を、組織改正のあとに引き継ぐ" if change.valid_from else ""
    before = change
    for version in versions:
        for name in CARRIED:
            setattr(version, name, getattr(change, name))
        version.replaces, version.activity = before, change.activity
        version.full_clean()
        version.save_as(actor, action=ACTION, reason=reason)
        collecting.take_out_forms(version, actor=actor, reason=reason)
        collecting.copy_forms(change, version, actor=actor)
        before = version
