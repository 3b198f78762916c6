"""業務の画面に示す件数: the linkages and the uses for another purpose that a business has in force."""

from records.models import LinkageVersion, OutOfPurposeUseVersion
from registry.links import LinkKind, register_link_count

# `?side=` of the list of uses: which side of the use the business is on.
SIDES = {"using": "activity", "providing": "providing_activity"}
_LABELS = {"using": "目的外利用（する側）", "providing": "目的外利用（させる側）"}


def register_links() -> None:
    """Called once, while the application starts."""
    for order, (side, path) in enumerate(SIDES.items(), start=20):
        register_link_count(
            LinkKind(
                code=f"uses-{side}",
                label=_LABELS[side],
                rows=OutOfPurposeUseVersion.objects.as_of,
                path=path,
                page="out_of_purpose_list",
                query={"side": side},
                order=order,
            )
        )
    register_link_count(
        LinkKind(
            code="linkages",
            label="電算結合",
            rows=LinkageVersion.objects.as_of,
            path="activity",
            page="linkage_list",
            query={},
            order=40,
        )
    )
