"""業務の画面に示す件数: the linkages and the uses for another purpose that a business has in force."""

from collections.abc import Iterable, Mapping
from datetime import date

from records.models import LinkageVersion, OutOfPurposeUseVersion
from registry.links import LinkKind, count_by, register_link_count

# `?side=` of the list of uses: which side of the use the business is on.
SIDES = {"using": "activity", "providing": "providing_activity"}


def _linkages(activities: Iterable[int], day: date) -> Mapping[int, int]:
    return count_by(LinkageVersion.objects.as_of(day).filter(activity__in=list(activities)), "activity")


def _uses(activities: Iterable[int], day: date) -> Mapping[int, int]:
    return count_by(OutOfPurposeUseVersion.objects.as_of(day).filter(activity__in=list(activities)), "activity")


def _provisions(activities: Iterable[int], day: date) -> Mapping[int, int]:
    rows = OutOfPurposeUseVersion.objects.as_of(day).filter(providing_activity__in=list(activities))
    return count_by(rows, "providing_activity")


def register_links() -> None:
    """Called once, while the application starts."""
    uses = "out_of_purpose_list"
    for kind in (
        LinkKind(code="uses", label="目的外利用（する側）", count=_uses, page=uses, query={"side": "using"}, order=20),
        LinkKind(
            code="provisions",
            label="目的外利用（させる側）",
            count=_provisions,
            page=uses,
            query={"side": "providing"},
            order=21,
        ),
        LinkKind(code="linkages", label="電算結合", count=_linkages, page="linkage_list", query={}, order=40),
    ):
        register_link_count(kind)
