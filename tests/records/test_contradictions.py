"""記載の点検: what a complete sheet says must fit together before the file leaves the department."""

from datetime import date

import pytest

from records.kinds import OUT_OF_PURPOSE, OUTSOURCING
from records.services.contradictions import contradictions
from records.services.errors import RecordContradictory
from records.services.steps import request_approval
from tests.organization.factories import DepartmentFactory
from tests.records.factories import SYSTEM, add_sheet, change_of, decided, draft, section, the_record
from tests.registry.factories import abolished_activity, registered_activity

pytestmark = pytest.mark.django_db


def test_a_complete_sheet_has_none():
    assert contradictions(the_record(draft())) == []
    assert contradictions(the_record(draft(OUT_OF_PURPOSE))) == []


@pytest.mark.parametrize("day", ["令和4年6月1日", "令和3年4月1日"])
def test_a_change_starts_after_what_it_replaces(day, nothing_is_written):
    proposal = change_of(the_record(decided()), changed_on=day)
    with nothing_is_written(RecordContradictory) as refusal:
        request_approval(proposal, actor=SYSTEM)
    assert "令和4年6月1日）より後の日" in str(refusal.value)


@pytest.mark.parametrize("day", ["令和3年11月29日", "令和4年4月1日"])
def test_a_use_applies_within_its_period(day):
    assert contradictions(the_record(draft(OUT_OF_PURPOSE, applied_on=day))) == [
        "適用日は、目的外利用の期間の中の日にしてください。"
    ]


def test_the_department_asked_is_that_of_the_business_that_provides():
    schools = section("区立中学校")
    registered_activity(department=schools, number_as_printed="1303-02")
    right = draft(OUT_OF_PURPOSE, providing_number="1303-02", providing_department=schools)
    wrong = draft(OUT_OF_PURPOSE, providing_number="1303-02", providing_department=DepartmentFactory(name="別の課"))
    assert contradictions(the_record(right)) == []
    assert contradictions(the_record(wrong)) == ["提供する課が、目的外利用させる業務の所管課と違います。"]


def test_a_department_confirms_to_itself_only_for_a_business_of_its_own():
    own = section("収納課")
    assert len(contradictions(the_record(draft(OUT_OF_PURPOSE, department=own, providing_department=own)))) == 1
    registered_activity(department=own, number_as_printed="0545-01")
    proposal = draft(OUT_OF_PURPOSE, department=own, providing_department=own, providing_number="0545-01")
    assert contradictions(the_record(proposal)) == []


def test_one_pair_twice_in_a_file_is_told_before_the_meeting_and_not_at_the_decision():
    proposal = draft(OUTSOURCING)
    assert contradictions(the_record(proposal)) == []
    second = add_sheet(proposal, OUTSOURCING)
    assert any("この案件にもあり" in words for words in contradictions(second))
    second.subject = "別の件名"
    second.save_as(SYSTEM, action="edit_record")
    assert contradictions(second) == []


@pytest.mark.parametrize("spelling", ["㈱あいう", "株式会社　あいう", "(株)あいう"])
def test_another_spelling_is_the_same_partner(spelling):
    proposal = draft(OUTSOURCING, partner_name="株式会社あいう")
    second = add_sheet(proposal, OUTSOURCING, partner_name=spelling)
    assert any("この案件にもあり" in words for words in contradictions(second))


def test_words_behind_an_empty_box_are_told():
    record = the_record(draft(OUT_OF_PURPOSE, kinds=["health"], kinds_other="残りの文字"))
    assert any("「その他」に印がない" in words for words in contradictions(record))


def test_a_record_does_not_outlast_its_business():
    version = abolished_activity(number_as_printed="0545-01", on=date(2022, 10, 1))
    business = {"activity_number": "0545-01", "activity_name": version.name}
    goes_on = {"period_from": "", "period_to": "", "continues_from": "令和4年6月1日"}
    record = the_record(draft(OUTSOURCING, department=version.department, **business, **goes_on))
    assert any("令和4年9月30日で廃止されています" in words for words in contradictions(record))
