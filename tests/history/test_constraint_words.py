"""A constraint of the database speaks with its own words, also past full_clean."""

import pytest
from django.core.exceptions import ValidationError

from history.writing import SYSTEM
from records.kinds import OUT_OF_PURPOSE
from tests.records.factories import draft, the_record

pytestmark = pytest.mark.django_db


def test_a_refused_row_raises_the_words_of_its_constraint_and_is_not_written():
    use = the_record(draft(OUT_OF_PURPOSE))
    use.period_to = "令和3年11月1日"
    with pytest.raises(ValidationError, match="期間の末日は、初日より前にはできません。"):
        use.save_as(SYSTEM, action="edit_record")
    assert the_record(use.proposal).period_to.text == "令和4年3月31日"
