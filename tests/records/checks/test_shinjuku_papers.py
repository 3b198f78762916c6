"""提出前の点検 on 新宿区's papers: a linkage and an outsourcing in one file, with empty checklists."""

from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from history.writing import SYSTEM
from printing.models import SheetLayout
from records.models import Checklist
from records.services.paper_parts import Answer, edit_checklist
from tests.records.checks.expectations import (
    checks_of,
    is_asked_what_the_council_asked,
    names_the_same_items_and_partner_on_paper_and_sheet,
)
from tests.wards import standing_ward

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("standing_shinjuku")]


@pytest.fixture(scope="module")
def standing_shinjuku(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The demo ward, loaded once."""
    with standing_ward("shinjuku", django_db_blocker):
        yield


def codes(checks):
    return {one.rule.code for one in checks.found}


def test_the_file_is_asked_what_the_council_asked():
    checks = checks_of("shinjuku", "notices")
    is_asked_what_the_council_asked(checks, "notices")
    names_the_same_items_and_partner_on_paper_and_sheet(checks)


def test_an_item_of_the_checklist_counts_once_it_is_answered_with_yes():
    answer("i4", Answer("no"))
    assert "K3" in codes(checks_of("shinjuku", "notices"))
    answer("i4", Answer("yes"))
    assert "K3" not in codes(checks_of("shinjuku", "notices"))


def answer(item, given):
    checklist = Checklist.objects.get(layout_code="checklist-linkage")
    layout = SheetLayout.objects.get(code="checklist-linkage")
    edit_checklist(checklist, layout=layout, answers={item: given}, lock=checklist.lock, actor=SYSTEM)
