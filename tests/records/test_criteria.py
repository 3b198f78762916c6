"""事前一括承認基準: rows with a period, their 事例, closed under the Act, readable for ever."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from history.writing import SYSTEM
from organization.models import Role
from organization.rules import NotPermitted
from records.kinds import OUT_OF_PURPOSE, PROVISION
from records.models import Precedent, Proposal
from records.precedents import tables
from records.services.criteria import CriteriaClosed, add_criterion
from records.services.errors import RecordContradictory
from records.services.steps import request_approval
from tests.organization.factories import person
from tests.records.factories import (
    COUNCIL_DATE,
    accepted,
    awaiting_head,
    carry_on,
    decided,
    draft,
    ensure_criteria,
    reported,
    the_record,
)

pytestmark = pytest.mark.django_db
LAST_DAY, FIRST_DAY = "令和5年3月31日", "令和5年4月1日"
LATER = {"period_from": "令和5年3月1日", "period_to": "令和6年3月31日"}
CASE = {"grounds": ["preapproved"], "criterion_article": 4, "criterion_type": 2, "applied_on": "令和4年4月1日"}


def shown(day, **of):
    """(類型, using business, is it new) of every case on the day."""
    return [(t.criterion.number, case.using, case.is_new, case.waits) for t in tables(day, **of) for case in t.cases]


def test_a_case_waits_for_its_report_and_becomes_a_precedent_with_it():
    proposal = accepted(OUT_OF_PURPOSE)
    using = the_record(proposal).activity_name
    assert list(Proposal.objects.awaiting_report()) == [proposal]
    assert shown(date(2022, 1, 31)) == [(1, using, True, True)]
    carry_on(proposal, "reported")
    assert list(Proposal.objects.awaiting_report()) == []
    precedent = Precedent.objects.get()
    assert (precedent.criterion.number, precedent.added_on) == (1, COUNCIL_DATE)
    assert (precedent.providing_name, precedent.using_name) == ("指導に関する業務", using)
    assert shown(COUNCIL_DATE) == [(1, using, True, False)]
    assert shown(date(2021, 11, 29)) == []


def test_what_an_earlier_report_added_is_not_new_any_more():
    reported(activity_name="古い業務")
    with_day = Precedent.objects.get()
    with_day.added_on = date(2021, 12, 1)
    with_day.save_as(SYSTEM, action="edit_reference")
    reported(activity_name="新しい業務")
    assert [(using, new) for _, using, new, _ in shown(COUNCIL_DATE)] == [("古い業務", False), ("新しい業務", True)]


def test_a_paper_shows_the_criterion_of_its_case_with_the_case_as_new():
    reported(activity_name="前の業務")
    record = the_record(accepted(OUT_OF_PURPOSE, activity_name="今回の業務"))
    assert [row[1:3] for row in shown(date(2022, 3, 1), records=[record])] == [
        ("前の業務", False),
        ("今回の業務", True),
    ]


def test_a_report_without_a_criterion_adds_nothing():
    carry_on(accepted(PROVISION), "reported")
    assert not Precedent.objects.exists()


def test_a_provision_under_the_criteria_adds_its_recipient():
    carry_on(accepted(PROVISION, **CASE), "reported")
    precedent = Precedent.objects.get()
    assert (precedent.criterion.scope, precedent.using_name) == ("provision", "見守り協議会")


def test_a_change_of_a_case_is_no_second_one():
    record = the_record(reported())
    assert Precedent.objects.filter(use=record.use).count() == 1


def test_a_file_that_waits_for_the_council_waits_for_no_report():
    decided()
    accepted()
    assert not Proposal.objects.awaiting_report().exists()


@pytest.mark.parametrize(("day", "closed"), [(LAST_DAY, False), (FIRST_DAY, True)])
def test_under_the_act_no_new_case_is_taken(day, closed, nothing_is_written):
    ensure_criteria()
    proposal = draft(OUT_OF_PURPOSE, **LATER, applied_on=day)
    if closed:
        with nothing_is_written(CriteriaClosed):
            request_approval(proposal, actor=SYSTEM)
    else:
        assert request_approval(proposal, actor=SYSTEM).status == "awaiting_head"


def test_a_figure_that_the_criteria_do_not_know_is_refused():
    with pytest.raises(RecordContradictory, match="類型9がありません"):
        awaiting_head(OUT_OF_PURPOSE, criterion_type=9)


def test_the_wording_is_that_of_the_day_of_application():
    use = next(c for c in ensure_criteria() if (c.scope, c.number) == ("use", 1))
    use.valid_to = date(2021, 4, 1)
    use.save_as(SYSTEM, action="edit_reference")
    values = {"scope": "use", "article": 4, "number": 1, "wording": "新しい文言", "valid_from": date(2021, 4, 1)}
    newer = add_criterion(values=values, actor=SYSTEM)
    assert the_record(draft(OUT_OF_PURPOSE)).criterion == newer
    early = draft(OUT_OF_PURPOSE, applied_on="令和3年3月31日")
    assert the_record(early).criterion == use


def test_only_the_office_and_the_administrator_write_criteria():
    values = {"scope": "use", "article": 4, "number": 3, "wording": "類型3"}
    with pytest.raises(NotPermitted):
        add_criterion(values=values, actor=person(Role.CLERK))
    assert add_criterion(values=values, actor=person(Role.OFFICE)).pk
    with pytest.raises(ValidationError, match="適用開始日のない文言がすでにあります"):
        add_criterion(values=values, actor=person(Role.OFFICE))


def test_the_page_shows_them_on_any_day_and_says_that_they_are_closed(client):
    use = the_record(reported())
    client.force_login(person(Role.AUDITOR))
    page = client.get(reverse("criterion_list"), {"as_of": "R4.2.1"})
    assert "令和5年4月1日から、新しい事例は加わりません" in page.text
    assert f"<u>{use.activity_name}</u>" in page.text
    assert "新しい事例" in page.text
    assert "この日までの事例は、登録されていません" in client.get(reverse("criterion_list"), {"as_of": "H20.4.1"}).text


def test_the_form_offers_the_rows_and_takes_no_other(client, layouts):
    record = the_record(draft(OUT_OF_PURPOSE))
    client.force_login(person(Role.CLERK, record.proposal.department))
    address = reverse("edit_record", args=[OUT_OF_PURPOSE, record.pk])
    offered = client.get(address).context["form"].fields["criterion"].queryset
    assert {(row.scope, row.number) for row in offered} == {("use", 1), ("use", 2)}
    other = next(row for row in ensure_criteria() if row.scope == "provision")
    answer = client.post(address, {"lock": record.lock, "criterion": other.pk})
    assert answer.context["form"].errors["criterion"] == ["類型は、示された中から選んでください。"]
    chosen = offered.get(number=2)
    values = {"lock": record.lock, "criterion": chosen.pk, "grounds": ["preapproved"], "applied_on": "R3.11.30"}
    client.post(address, values)
    record.refresh_from_db()
    assert (record.criterion, record.criterion_article, record.criterion_type) == (chosen, 4, 2)
