"""組織改正と業務登録: from the day of the change, a registered business is the successor's."""

from collections.abc import Collection
from datetime import date

from django.db.models import Q, QuerySet

from exchange.states import by_number
from history.writing import Actor
from organization import reassignment
from organization.models import Department
from organization.reassignment import Share, Way
from registry import collecting
from registry.models import UNDECIDED, ActivityStatus, ActivityVersion

ACTION = "reorganize"
# What a version of its own has for itself; everything else goes over as it stands.
OWN_FIELDS = frozenset({"id", "department", "replaces", "valid_from", "valid_to", "lock", "moved"})


def register_shares() -> None:
    """Called when the application starts."""
    reassignment.register(
        ActivityVersion,
        Share(
            field="department",
            label="登録された業務",
            way=Way.MOVES,
            affected=_registered,
            view="view_activityversion",
            text=_text,
            move=move_activity,
            needs_successor=True,
            whole="activity_id",
        ),
        Share(
            field="department",
            label="手続中の業務登録",
            way=Way.FOLLOWS,
            affected=_undecided,
            view="view_activityversion",
            text=_text,
            needs_successor=True,
        ),
    )


def move_activity(
    version: ActivityVersion, successor: Department | None, *, on: date, actor: Actor, reason: str
) -> ActivityVersion | None:
    """組織改正による所管課の変更: `version` ends on `on`, an equal one of `successor` is in force from then.

    One that starts on that day or later changes its department in place: it never was the old department's. A 変更
    under way goes on from the new version. None without a successor; `organization.reorganizing` lets none be left.
    """
    if successor is None:
        return None
    version = ActivityVersion.objects.select_for_update(of=("self",)).get(pk=version.pk)
    if version.valid_from is not None and version.valid_from >= on:
        version.department = successor
        version.full_clean()
        return version.save_as(actor, action=ACTION, reason=reason)
    values = {field.name: getattr(version, field.name) for field in version._meta.concrete_fields}
    moved = ActivityVersion(
        **{name: value for name, value in values.items() if name not in OWN_FIELDS},
        department=successor,
        replaces=version,
        valid_from=on,
        valid_to=version.valid_to,
        moved=True,
    )
    followers = list(version.replaced_by.exclude(status=ActivityStatus.WITHDRAWN))
    # An abolition already entered for a later day goes over with the rest.
    version.valid_to, version.abolished_on, version.abolition_reason = on, None, ""
    version.full_clean()
    version.save_as(actor, action=ACTION, reason=reason)
    moved.full_clean()
    moved.save_as(actor, action=ACTION, reason=reason)
    collecting.copy_forms(version, moved, actor=actor)
    for follower in followers:
        follower.replaces = moved
        follower.full_clean()
        follower.save_as(actor, action=ACTION, reason=reason)
    return moved


def _registered(departments: Collection[int], on: date) -> QuerySet:
    """In force on `on`, or from a later day."""
    rows = ActivityVersion.objects.filter(status=ActivityStatus.REGISTERED, department__in=departments)
    return _in_order(rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on)))


def _undecided(departments: Collection[int], on: date) -> QuerySet:
    return _in_order(ActivityVersion.objects.filter(status__in=UNDECIDED, department__in=departments))


def _in_order(rows: QuerySet) -> QuerySet:
    return rows.select_related("activity").order_by(by_number("activity__number"), "pk")


def _text(version: ActivityVersion) -> str:
    number = version.activity.number or version.number_as_printed
    return "　".join(part for part in (number, version.name) if part)
