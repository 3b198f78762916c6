"""業務のつながり: what the applications above know of a business, counted on a day (architecture §2).

They register a kind of link while they start; the registry shows the figures without knowing their tables.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.db.models import Count, F, QuerySet
from django.urls import reverse

from common.wareki import format_date

# The figures of many businesses on a day, in one statement; a business without any may be left out.
Counter = Callable[[Iterable[int], date], Mapping[int, int]]


@dataclass(frozen=True)
class LinkKind:
    """つながりの種類: its words, how it is counted, and the list that the figure opens.

    `page` is the URL name of a list that knows `activity` and `as_of`; `query` are further parts of its address.
    """

    code: str
    label: str
    count: Counter
    page: str
    query: Mapping[str, str]
    order: int


@dataclass(frozen=True)
class LinkCount:
    """つながりの数 of one business: 「個人情報ファイル 2件」 and the list with just these."""

    label: str
    number: int
    url: str


_KINDS: dict[str, LinkKind] = {}


def register_link_count(kind: LinkKind) -> None:
    """Make `kind` known under its code; a second one of the same code replaces it."""
    _KINDS[kind.code] = kind


def kinds() -> list[LinkKind]:
    """All kinds, in the order in which a page shows them."""
    return sorted(_KINDS.values(), key=lambda kind: (kind.order, kind.code))


def counts(activities: Iterable[int], day: date) -> dict[int, list[LinkCount]]:
    """The links of each business on `day`, zeros included; one statement for each kind, however many businesses."""
    wanted = list(activities)
    found = [(kind, kind.count(wanted, day)) for kind in kinds()]
    return {
        pk: [LinkCount(kind.label, figures.get(pk, 0), _address(kind, pk, day)) for kind, figures in found]
        for pk in wanted
    }


def count_by(rows: QuerySet, path: str) -> dict[int, int]:
    """{business: number of rows} by the foreign key at `path`; one statement."""
    grouped = rows.order_by().values(business=F(path)).annotate(number=Count("pk", distinct=True))
    return {row["business"]: row["number"] for row in grouped}


def _address(kind: LinkKind, activity: int, day: date) -> str:
    query = {"activity": activity, **kind.query, "as_of": format_date(day, "short")}
    return f"{reverse(kind.page)}?{urlencode(query)}"
