"""業務の画面に示す件数: the records of each kind that a business has in force."""

from records.kinds import LINKAGE, OUT_OF_PURPOSE, OUTSOURCING, PROVISION
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
                rows=OUT_OF_PURPOSE.model.objects.as_of,
                path=path,
                page="out_of_purpose_list",
                query={"side": side},
                order=order,
            )
        )
    for order, kind in enumerate((PROVISION, OUTSOURCING, LINKAGE), start=30):
        register_link_count(
            LinkKind(
                code=f"{kind.code}s",
                label=kind.short,
                rows=kind.model.objects.as_of,
                path="activity",
                page=kind.list_page,
                query={},
                order=order,
            )
        )
