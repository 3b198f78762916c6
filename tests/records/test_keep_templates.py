"""空欄の書式の引継ぎ: a bracket not filled in yet prints as the paper has it."""

import pytest

from history.writing import SYSTEM
from organization.rules import NotPermitted
from records.services.errors import NotATemplate
from records.services.templates import keep_templates
from tests.records.cast import all_but, somebody, states_but
from tests.records.factories import carry_on, draft, proposal_in, the_record

pytestmark = pytest.mark.django_db


def call(proposal, actor, **templates):
    return keep_templates(proposal.records()[0], templates=templates or {"council_date": "年 月 日"}, actor=actor)


def test_keeps_the_text_of_each_bracket_and_no_date():
    record = call(draft(), SYSTEM, council_date="令和 年 月 日", change_council_date="年 月 日")
    assert (record.council_date.text, record.change_council_date.text) == ("令和 年 月 日", "年 月 日")
    assert record.council_date.is_blank
    assert record.change_council_date.is_blank


def test_the_decision_takes_the_place_of_the_blank_in_its_bracket_only():
    proposal = draft()
    call(proposal, SYSTEM, council_date="令和 年 月 日", change_council_date="年 月 日")
    record = the_record(carry_on(proposal, "decided"))
    assert (record.council_date.text, record.change_council_date.text) == ("令和4年2月1日", "年 月 日")


def test_a_date_is_no_template(nothing_is_written):
    proposal = draft()
    with nothing_is_written(NotATemplate):
        call(proposal, SYSTEM, council_date="令和4年1月24日")


@pytest.mark.parametrize("status", states_but("draft"))
def test_is_refused_from_every_other_state(status, nothing_is_written):
    proposal = proposal_in(status)
    with nothing_is_written(NotPermitted):
        call(proposal, SYSTEM)


@pytest.mark.parametrize("who", all_but())
def test_is_denied_to_everybody_of_the_ward(who, nothing_is_written):
    proposal = draft()
    actor = somebody(who, proposal.department)
    with nothing_is_written(NotPermitted):
        call(proposal, actor)


def test_changes_nothing_when_the_history_cannot_be_written(history_breaks):
    proposal = draft()
    with history_breaks():
        call(proposal, SYSTEM)
