"""提出前の点検 on 練馬区's papers of 2013 and 2022: what members asked in 2013 is asked before the next meeting."""

from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from records.checks.comparing import comparisons
from tests.records.checks.expectations import (
    EXPECTED,
    checks_of,
    is_asked_what_the_council_asked,
    names_the_same_items_and_partner_on_paper_and_sheet,
)
from tests.wards import standing_ward

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("standing_nerima")]
KEYS = [key for key in EXPECTED if key != "notices"]


@pytest.fixture(scope="module")
def standing_nerima(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The demo ward, loaded once."""
    with standing_ward("nerima", django_db_blocker):
        yield


@pytest.mark.parametrize("key", KEYS)
def test_a_paper_is_asked_what_the_council_asked(key):
    checks = checks_of("nerima", key)
    is_asked_what_the_council_asked(checks, key)
    names_the_same_items_and_partner_on_paper_and_sheet(checks)


def test_brothers_and_sisters_and_free_text_are_marked():
    sent, received = comparisons(checks_of("nerima", "nurseries").reading)
    assert [len(one.rows) for one in (sent, received)] == [30, 30]
    marked = {row.text: [mark.value for mark in row.marks] for row in received.noticed}
    assert marked["在園中のきょうだい名"] == ["本人以外の人"]
    assert marked["備考"] == marked["日誌(連絡帳記載内容)"] == ["自由記載"]
    assert "登降園時刻" not in marked


def test_the_criterion_stands_in_the_paper_in_its_own_words():
    for key in ("school", "maternal-health"):
        assert "F8" in {one.rule.code for one in checks_of("nerima", key).clear}


def test_a_paper_without_a_sheet_yet_is_asked_too():
    checks = checks_of("nerima", "family-register-2013")
    assert [one.rule.code for one in checks.stops] == ["F1"]
    assert checks.reading.kinds == {"linkage"}
