"""画面の速さ: lists against the plain admin and against the bare list; the preview against the record's page."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db.models import Model
from django.urls import reverse

from common.paging import PER_PAGE, page_of
from home.bench.forms import form_data
from home.bench.rows import BenchWard
from home.bench.timing import STATEMENTS, Line, line, statements, timed
from home.bench.visitors import Visitor, of_django
from records.kinds import LINKAGE
from records.models import LinkageVersion, OutOfPurposeUseVersion, OutsourcingVersion, Proposal
from registry.models import ActivityVersion

ROUNDS = 30
LISTS: list[tuple[str, str, type[Model]]] = [
    ("案件", "proposal_list", Proposal),
    ("電算結合", "linkage_list", LinkageVersion),
    ("目的外利用", "out_of_purpose_list", OutOfPurposeUseVersion),
    ("外部委託", "outsourcing_list", OutsourcingVersion),
    ("業務登録", "activity_list", ActivityVersion),
]
TO_ADMIN, TO_BARE_LIST, TO_FIRST_PAGE, TO_RECORD_PAGE = 0.5, 1.5, 1.3, 3.0
MOST_ON_A_LIST, MOST_ON_A_PAGE = 7, 10


def list_lines(ward: BenchWard) -> Iterator[Line]:
    """Each list's first page against its two peers, and its last page against its first; seen by the office."""
    office, django = Visitor(ward.office), of_django(ward.office)
    rounds = min(ROUNDS, ward.most_rounds)
    for label, name, model in LISTS:
        first = _getter(office, reverse(name))
        peer = f"{model._meta.app_label}_{model._meta.model_name}"
        changelist = _getter(django, reverse(f"plain:{peer}_changelist"))
        bare = _getter(django, reverse("bench_list", args=[model._meta.model_name]))
        last = _getter(office, f"{reverse(name)}?page={_last_full_page(model)}")
        yield timed(f"{label}の一覧：最初のページ／素の管理画面", first, changelist, target=TO_ADMIN, rounds=rounds)
        yield timed(f"{label}の一覧：最初のページ／values_list", first, bare, target=TO_BARE_LIST, rounds=rounds)
        yield timed(f"{label}の一覧：最後のページ／最初のページ", last, first, target=TO_FIRST_PAGE, rounds=rounds)


def _last_full_page(model: type[Model]) -> int:
    """A page that is half empty would be quick for another reason."""
    return max(1, model._default_manager.count() // PER_PAGE)


def preview_line(ward: BenchWard) -> Line:
    """The sheet while somebody types (the draft is buffered too) against the same record's page."""
    clerk = Visitor(ward.clerk)
    url = reverse("autosave_record", args=[LINKAGE, ward.draft.pk])
    data = form_data(ward.draft)
    page = _getter(clerk, ward.draft.get_absolute_url())
    rounds = min(ROUNDS, ward.most_rounds)
    return timed(
        "入力中の下見／記録票のページ", lambda: clerk.post(url, data), page, target=TO_RECORD_PAGE, rounds=rounds
    )


def _getter(visitor: Visitor, url: str) -> Callable[[], Any]:
    return lambda: visitor.get(url)


def list_statement_lines(ward: BenchWard) -> Iterator[Line]:
    """Statements of each list with 100 rows a page (value) and with 50 (floor), for the office and for a clerk."""
    for words, user in (("情報公開課", ward.office), ("所管課", ward.clerk)):
        visitor = Visitor(user)
        for label, name, _ in LISTS:
            get = _getter(visitor, reverse(name))
            with rows_a_page(PER_PAGE * 2):
                many = statements(get)
            yield _statement_line(f"{label}の一覧（{words}）", many, statements(get), MOST_ON_A_LIST)


def page_statements(ward: BenchWard) -> dict[str, int]:
    """Statements of the pages of one thing, by name; asked with few rows in the tables and again with many."""
    office, clerk = Visitor(ward.office), Visitor(ward.clerk)
    linkage, draft = ward.linkage, ward.draft
    pages = {
        "はじめの画面": (clerk, reverse("home")),
        "はじめの画面（情報公開課）": (office, reverse("home")),
        "案件": (clerk, reverse("view_proposal", args=[draft.proposal_id])),
        "案件（情報公開課）": (office, reverse("view_proposal", args=[linkage.proposal_id])),
        "記録票": (clerk, linkage.get_absolute_url()),
        "記録票の編集": (clerk, reverse("edit_record", args=[LINKAGE, draft.pk])),
        "様式の印刷": (office, reverse("print_record", args=[LINKAGE, linkage.pk])),
        "業務登録": (office, reverse("view_activity", args=[linkage.activity_id])),
    }
    return {label: statements(_getter(visitor, url)) for label, (visitor, url) in pages.items()}


def page_statement_lines(few: dict[str, int], many: dict[str, int]) -> Iterator[Line]:
    """Statements with many rows (value) and with the demo ward's own alone (floor)."""
    for label, count in many.items():
        yield _statement_line(f"{label}のページ", count, few[label], MOST_ON_A_PAGE)


def _statement_line(label: str, value: int, floor: int, most: int) -> Line:
    return line(f"{label}：SQL文の数", value, floor, target=most, unit=STATEMENTS)


@contextmanager
def rows_a_page(count: int) -> Iterator[None]:
    """All lists show `count` rows a page meanwhile: they call `page_of` with its default."""
    before = page_of.__defaults__
    page_of.__defaults__ = (count,)
    try:
        yield
    finally:
        page_of.__defaults__ = before
