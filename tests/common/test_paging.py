"""一覧のページ: every page shows its rows in the list's order, whichever end they are read from."""

import pytest
from django.db import connection
from django.db.models import F
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from common.paging import page_of
from history.writing import SYSTEM
from registry.models import ActivityVersion
from tests.registry.factories import activity_draft

pytestmark = pytest.mark.django_db
NUMBERS = ["0103-01", "0101-01", None, "0102-01", None, "0101-02", "0104-01"]


@pytest.fixture
def listed():
    for number in NUMBERS:
        draft = activity_draft()
        draft.activity.number = number
        draft.activity.save_as(SYSTEM, action="edit_activity")
    return ActivityVersion.objects.order_by(F("activity__number").asc(nulls_last=True), "pk")


def page(rows, number, **options):
    return page_of(RequestFactory().get("/", {"page": number, "q": "課"}), rows, 3, **options)


def test_the_pages_together_are_the_list(listed):
    shown = [row.pk for number in (1, 2, 3) for row in page(listed, number).rows]
    assert shown == [row.pk for row in listed]


def test_a_page_beyond_the_end_is_the_last_and_one_before_the_first_the_last_too_as_django_has_it(listed):
    last = [listed.last().pk]
    assert [row.pk for row in page(listed, 99).rows] == last
    assert [row.pk for row in page(listed, 0).rows] == last
    assert page(listed, "x").words == "1〜3件目（7件）"


def test_what_the_list_has_counted_is_not_counted_again(listed):
    with CaptureQueriesContext(connection) as asked:
        assert [row.pk for row in page(listed, 3, total=7).rows] == [listed.last().pk]
    assert len(asked) == 2  # the page, and listed.last() here


def test_the_last_page_skips_nothing(listed):
    with CaptureQueriesContext(connection) as asked:
        page(listed, 3, total=7)
    assert "OFFSET" not in asked[0]["sql"]


def test_an_empty_list_has_no_rows_and_no_words():
    shown = page(ActivityVersion.objects.order_by("pk"), 1)
    assert (shown.rows, shown.words, shown.previous, shown.next) == ([], "", "", "")


def test_a_union_is_paged_too(listed):
    both = listed.order_by().union(ActivityVersion.objects.none()).order_by("pk")
    assert [row.pk for row in page(both, 3).rows] == [listed.order_by("pk").last().pk]


def test_a_list_in_memory_is_paged_too():
    shown = page(list("abcdefg"), 3)
    assert (shown.rows, shown.words, shown.next) == (["g"], "7〜7件目（7件）", "")
    assert shown.previous == "?page=2&q=%E8%AA%B2"
