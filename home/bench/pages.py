"""画面の速さ: lists against the plain admin and against the bare list; the preview against the record's page."""

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db.models import Model
from django.urls import reverse
from django.utils import timezone

from common.paging import PER_PAGE, page_of
from home.bench.forms import form_data
from home.bench.rows import FILLER, BenchWard
from home.bench.timing import STATEMENTS, Line, line, milliseconds, statements, timed
from home.bench.visitors import Visitor, of_django
from printing.models import SheetLayout
from records.kinds import LINKAGE
from records.models import LinkageVersion, OutOfPurposeUseVersion, OutsourcingVersion, Paper, Proposal
from records.services import papers
from registry.models import ActivityVersion

ROUNDS = 30
LISTS: list[tuple[str, str, type[Model]]] = [
    ("案件", "proposal_list", Proposal),
    ("電算結合", "linkage_list", LinkageVersion),
    ("目的外利用", "out_of_purpose_list", OutOfPurposeUseVersion),
    ("外部委託", "outsourcing_list", OutsourcingVersion),
    ("業務登録", "activity_list", ActivityVersion),
]
AT_ONCE = 300  # milliseconds
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


def paper_preview_lines(ward: BenchWard) -> Iterator[Line]:
    """A paper of three pages while somebody types in it: against a record's page, and the slow end against what a
    person still takes for at once.
    """
    clerk, paper = Visitor(ward.clerk), _long_paper(ward)
    url, data = reverse("autosave_paper", args=[paper.pk]), _paper_data(paper)
    page = _getter(clerk, ward.draft.get_absolute_url())
    rounds = min(ROUNDS, ward.most_rounds)
    times: list[float] = []

    def preview() -> None:
        times.append(milliseconds(lambda: clerk.post(url, data)))

    yield timed("入力中の資料（3枚）の下見／記録票のページ", preview, page, target=TO_RECORD_PAGE, rounds=rounds)
    slow = sorted(times[-rounds:])[int(rounds * 0.95) - 1 if rounds > 1 else 0]
    yield line("入力中の資料（3枚）の下見：95％点／300ミリ秒", slow, AT_ONCE, target=1.0)


def _long_paper(ward: BenchWard) -> Paper:
    """A paper of three pages in the clerk's draft, whose changes against an earlier text are shown."""
    layout = SheetLayout.objects.as_of(timezone.localdate()).get(code="paper-linkage")
    paper = papers.create_paper(ward.draft.proposal, layout=layout, token=uuid.uuid4(), actor=ward.clerk)
    keys = [section["key"] for section in layout.wording["sections"]]
    texts = {key: "\n".join(f"({number}) {FILLER[:55]}" for number in range(1, 12)) for key in keys}
    old = {key: text.replace("住所", "所在").replace("(11)", "(12)") for key, text in texts.items()}
    entry = papers.PaperEntry(title="測定用の資料", texts=texts, marks_changes=True, old_texts=old)
    return papers.edit_paper(paper, layout=layout, entry=entry, lock=paper.lock, actor=ward.clerk)


def _paper_data(paper: Paper) -> dict[str, Any]:
    data: dict[str, Any] = {"title": paper.title, "marks_changes": "on", "lock": paper.lock}
    for section in paper.sections.all():
        data |= {f"text_{section.key}": section.text, f"old_{section.key}": section.baseline_text}
    return data


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
