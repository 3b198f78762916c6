"""会議の登録: how meetings are numbered."""

import uuid
from datetime import date

import pytest
from django.core.exceptions import ValidationError

from councils.errors import NoBodyRule, TermNeeded
from councils.models import Restart
from councils.services.meetings import create_meeting
from history.writing import SYSTEM
from tests.councils.factories import BodyFactory, BodyRuleFactory, TermFactory, meeting_of

pytestmark = pytest.mark.django_db


def test_a_meeting_counts_within_its_term():
    term = TermFactory(number=7)
    meeting_of(term, number=6)
    meeting = meeting_of(term)
    assert str(meeting) == "第7期第7回審議会"
    assert str(meeting_of(TermFactory(body=term.body, number=8))) == "第8期第1回審議会"


def test_a_meeting_counts_within_its_fiscal_year_where_the_body_does_so():
    body = BodyRuleFactory(session_restart=Restart.FISCAL_YEAR, body__short_name="会議").body
    meeting = create_meeting(body=body, held_on=date(2016, 3, 1), number=8, token=uuid.uuid4(), actor=SYSTEM)
    assert str(meeting) == "平成27年度第8回会議"


def test_the_number_of_a_meeting_is_given_once():
    term = TermFactory()
    meeting_of(term, number=7)
    with pytest.raises(ValidationError, match="この回の会議はすでにあります"):
        meeting_of(term, number=7)


def test_a_second_click_gives_the_first_meeting_back():
    term, token = TermFactory(), uuid.uuid4()
    both = [
        create_meeting(body=term.body, term=term, held_on=date(2013, 1, 17), token=token, actor=SYSTEM)
        for _ in range(2)
    ]
    assert both[0] == both[1]


def test_a_body_that_counts_within_its_term_needs_one():
    body = BodyRuleFactory().body
    with pytest.raises(TermNeeded):
        create_meeting(body=body, held_on=date(2013, 1, 17), token=uuid.uuid4(), actor=SYSTEM)


def test_a_body_without_a_rule_holds_no_meeting():
    with pytest.raises(NoBodyRule):
        create_meeting(body=BodyFactory(), held_on=date(2013, 1, 17), token=uuid.uuid4(), actor=SYSTEM)
