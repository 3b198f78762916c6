"""業務のつながり: what the applications above know of a business, counted on a day (architecture §2).

They register a kind of link while they start; the registry shows the figures without knowing their tables.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.db.models import CharField, Count, F, QuerySet, Value
from django.urls import reverse

from common.wareki import format_date

# The rows that are in force on a day; `path` of the kind leads from each to its business.
Rows = Callable[[date], QuerySet]


@dataclass(frozen=True)
class LinkKind:
    """つながりの種類: its words, what is counted, and the list that the figure opens.

    `rows(day)` are counted by the business at `path`. `page` is the URL name of a list that knows `activity` and
    `as_of`; `query` are further parts of its address.
    """

    code: str
    label: str
    rows: Rows
    path: str
    page: str
    query: Mapping[str, str]
    order: int


@dataclass(frozen=True)
class LinkCount:
    """つながりの数 of one business: 「個人情報ファイル 2件」 and the list with just these."""

    label: str
    number: int
    url: str


# The boxes 有／無 of the 業務登録票, each with the kinds that answer it; 外部委託 and 外部提供 come with their records.
BOXES: dict[str, tuple[str, ...]] = {
    "outsourcing": ("outsourcings",),
    "out_of_purpose": ("uses-using", "uses-providing"),
    "provision": ("provisions",),
    "linkage": ("linkages",),
    "files": ("files",),
}

_KINDS: dict[str, LinkKind] = {}


def register_link_count(kind: LinkKind) -> None:
    """Make `kind` known under its code; a second one of the same code replaces it."""
    _KINDS[kind.code] = kind


def kinds() -> list[LinkKind]:
    """All kinds, in the order in which a page shows them."""
    return sorted(_KINDS.values(), key=lambda kind: (kind.order, kind.code))


def counts(activities: Iterable[int], day: date) -> dict[int, list[LinkCount]]:
    """The links of each business on `day`, zeros included; one statement, however many businesses and kinds."""
    wanted = list(activities)
    found = _numbers(wanted, day)
    return {
        pk: [LinkCount(kind.label, found.get((kind.code, pk), 0), _address(kind, pk, day)) for kind in kinds()]
        for pk in wanted
    }


def boxes(activities: Iterable[int], day: date) -> dict[int, dict[str, bool | None]]:
    """有無 of each business on `day`, by the names of BOXES; None where no kind is known that could tell."""
    wanted = list(activities)
    found, known = _numbers(wanted, day), set(_KINDS)
    return {
        pk: {
            box: any(found.get((code, pk)) for code in codes) if known & set(codes) else None
            for box, codes in BOXES.items()
        }
        for pk in wanted
    }


def _numbers(wanted: list[int], day: date) -> dict[tuple[str, int], int]:
    """{(kind, business): number}, without zeros; one statement."""
    parts = [_grouped(kind, wanted, day) for kind in kinds()]
    rows = parts[0].union(*parts[1:], all=True) if parts else []
    return {(row["link_kind"], row["business"]): row["number"] for row in rows}


def _grouped(kind: LinkKind, wanted: list[int], day: date) -> QuerySet:
    """(kind, business, number) of one kind; the same three columns for all, so that they can be put together."""
    rows = kind.rows(day).filter(**{f"{kind.path}__in": wanted}).order_by()
    named = rows.values(link_kind=Value(kind.code, output_field=CharField()), business=F(kind.path))
    return named.annotate(number=Count("pk", distinct=True))


def _address(kind: LinkKind, activity: int, day: date) -> str:
    query = {"activity": activity, **kind.query, "as_of": format_date(day, "short")}
    return f"{reverse(kind.page)}?{urlencode(query)}"
