"""A check constraint of the database speaks with its own words, also past full_clean."""

import pytest
from django.db import IntegrityError

from history.errors import in_words
from history.writing import SYSTEM
from records.kinds import OUT_OF_PURPOSE
from tests.records.factories import draft, the_record

pytestmark = pytest.mark.django_db


def test_a_refused_row_has_the_words_of_its_constraint_and_is_not_written():
    use = the_record(draft(OUT_OF_PURPOSE))
    use.period_to = "令和3年11月1日"
    with pytest.raises(IntegrityError) as refusal:
        use.save_as(SYSTEM, action="edit_record")
    assert in_words(use, refusal.value).messages == ["期間の末日は、初日より前にはできません。"]
    assert the_record(use.proposal).period_to.text == "令和4年3月31日"


def test_another_refusal_stays_what_it_is():
    other = IntegrityError("UNIQUE constraint failed: records_linkage.token")
    assert in_words(the_record(draft(OUT_OF_PURPOSE)), other) is other
