"""一覧のページ: rows of one page and the words and addresses at its foot (template ui/_pager.html)."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

PER_PAGE = 50


@dataclass(frozen=True)
class ListPage:
    """One page of a list."""

    rows: list[Any]
    total: int
    words: str
    previous: str
    next: str


def page_of(
    request: HttpRequest, rows: QuerySet | list[Any], per_page: int = PER_PAGE, *, total: int | None = None
) -> ListPage:
    """The page that `?page=` asks for, the nearest one when there is none such.

    Two statements; one where the list has counted its rows already (`total`). The addresses keep every other filter.
    """
    paginator = Paginator(rows, per_page)
    if total is not None:
        paginator.count = total
    page = paginator.get_page(request.GET.get("page"))
    total = page.paginator.count
    words = f"{page.start_index()}〜{page.end_index()}件目（{total}件）" if total else ""
    return ListPage(
        rows=_between(rows, page.start_index() - 1, page.end_index(), total) if total else [],
        total=total,
        words=words,
        previous=_address(request, page.number - 1) if page.has_previous() else "",
        next=_address(request, page.number + 1) if page.has_next() else "",
    )


def _between(rows: QuerySet | list[Any], start: int, end: int, total: int) -> list[Any]:
    """`rows[start:end]`, of a queryset read from its nearer end: the last page costs what the first does.

    What OFFSET skips, the database walks over, with all that the list shows of a row; so it walks over the keys alone,
    and the rows are read by them. The order must leave no two rows equal. Of a union, whose rows have no keys of their
    own, and of a list there is only the plain way.
    """
    if isinstance(rows, list) or rows.query.combinator:
        return list(rows[start:end])
    if start + end <= total:
        return list(_of_keys(rows, rows, start, end))
    return list(_of_keys(rows, rows.reverse(), total - end, total - start))


def _of_keys(rows: QuerySet, keys: QuerySet, start: int, end: int) -> QuerySet:
    return rows.filter(pk__in=keys.values("pk")[start:end])


def _address(request: HttpRequest, number: int) -> str:
    query = request.GET.copy()
    query["page"] = str(number)
    return f"?{query.urlencode()}"
