"""期間の終わり: 「事業は継続しますか」 some days before, once for each record and time, until it is answered."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from common.wareki import format_date
from history.writing import SYSTEM
from notices import housekeeping
from notices.models import Notice
from organization import rules
from organization.models import Role
from organization.rules import NotPermitted
from records.kinds import KINDS, LINKAGE, OUT_OF_PURPOSE, OUTSOURCING, PROVISION, kind_of
from records.models import PeriodEnd, ReminderDay
from records.services import steps
from records.services.amending import correct_record
from records.services.endings import NothingEnds, answer_ending, ending, reminder_days, send_reminders
from records.services.record_ends import end_record
from records.states import Status
from tests.organization.factories import person
from tests.records.cast import all_but, somebody
from tests.records.factories import (
    FOR_COUNCIL,
    accepted,
    carry_on,
    change_of,
    decided,
    section,
    submitted,
    the_record,
)

pytestmark = pytest.mark.django_db

END = date(2027, 3, 31)
PERIOD = {"period_from": "令和4年4月1日", "period_to": format_date(END), "continues_from": ""}


@pytest.fixture
def department():
    return section("税務課")


@pytest.fixture
def clerk(department):
    return person(Role.CLERK, department)


@pytest.fixture
def outsourced(department):
    return the_record(decided(OUTSOURCING, department=department, **PERIOD))


def before(days, end=END):
    return end - timedelta(days=days)


def told(user):
    return [(notice.text, notice.url) for notice in Notice.objects.filter(user=user).order_by("pk")]


def test_clerk_and_head_are_asked_ninety_and_thirty_days_before_and_never_twice(outsourced, clerk, department):
    head, stranger, office = person(Role.HEAD, department), person(Role.CLERK), person(Role.OFFICE)
    figures = {days: send_reminders(before(days)) for days in (91, 90, 89, 31, 30, 30, 1, 0, -1)}
    assert figures == {91: 0, 90: 1, 89: 0, 31: 0, 30: 0, 1: 0, 0: 0, -1: 0}
    assert len(told(clerk)) == len(told(head)) == 2
    assert told(stranger) == told(office) == []
    text, url = told(clerk)[0]
    assert text == "事業は継続しますか：外部委託「軽自動車税に関する業務」の期間が、令和9年3月31日に終わります。"
    assert url == reverse("answer_ending", args=[OUTSOURCING, outsourced.pk])
    assert PeriodEnd.objects.get().told == [90, 30]


def test_a_first_run_that_comes_late_asks_once(outsourced, clerk):
    assert [send_reminders(before(days)) for days in (20, 19)] == [1, 0]
    assert len(told(clerk)) == 1


def test_every_kind_of_record_is_asked_about(department, clerk):
    decided(OUTSOURCING, department=department, **PERIOD)
    decided(LINKAGE, department=department, linked_until=format_date(END))
    carry_on(submitted(PROVISION, department=department, **PERIOD), Status.REPORTED)
    decided(OUT_OF_PURPOSE, department=department, **(FOR_COUNCIL | PERIOD))
    assert send_reminders(before(30)) == len(KINDS) == len(told(clerk))
    assert {kind_of(end.record) for end in PeriodEnd.objects.all()} == set(KINDS.values())


def test_nobody_is_asked_about_what_has_no_end_is_not_in_force_or_goes_on(department, clerk):
    decided(OUTSOURCING, department=department)
    decided(
        OUTSOURCING, department=department, subject="継続", continuing_clause="次年度以降も、同様とする。", **PERIOD
    )
    accepted(OUTSOURCING, department=department, subject="決定前", **PERIOD)
    assert send_reminders(before(30)) == 0
    assert told(clerk) == []


def test_a_change_under_way_or_decided_is_the_answer(outsourced, clerk):
    change = change_of(outsourced, period_from="令和9年4月1日", period_to="令和10年3月31日")
    assert send_reminders(before(30)) == 0
    carry_on(change, Status.DECIDED)
    assert send_reminders(before(29)) == 0


def test_a_withdrawn_change_is_no_answer(outsourced, clerk):
    change = change_of(outsourced, period_from="令和9年4月1日", period_to="令和10年3月31日")
    steps.withdraw_proposal(change, reason="中止", actor=clerk)
    assert send_reminders(before(30)) == 1


def test_another_end_is_another_question(outsourced, clerk):
    send_reminders(before(30))
    correct_record(
        outsourced, values={"period_to": "令和9年9月30日"}, reason="誤記", evidence="資料第3",
        lock=outsourced.lock, actor=person(Role.OFFICE),
    )  # fmt: skip
    assert send_reminders(before(29)) == 0
    assert send_reminders(date(2027, 7, 2)) == 1
    assert len(told(clerk)) == 2


def test_while_nobody_holds_a_charge_the_question_waits(outsourced, department):
    assert send_reminders(before(90)) == 0
    assert not PeriodEnd.objects.exists()
    clerk = person(Role.CLERK, department)
    assert send_reminders(before(80)) == 1
    assert len(told(clerk)) == 1


def test_the_days_are_the_wards_choice_for_a_time(outsourced, clerk):
    assert reminder_days(END) == [90, 30]
    for days, ends in ((60, None), (10, None), (300, date(2026, 1, 1))):
        row = ReminderDay(days=days, valid_to=ends)
        row.full_clean()
        row.save_as(person(Role.OFFICE), action="edit_reference")
    assert reminder_days(END) == [60, 10]
    assert [send_reminders(before(days)) for days in (90, 60, 30, 10)] == [0, 1, 0, 1]
    with pytest.raises(ValidationError):
        ReminderDay(days=0).full_clean()


def test_the_command_and_the_workers_daily_round_send_them(clerk, department, capsys):
    today = timezone.localdate()
    decided(OUTSOURCING, department=department, **PERIOD | {"period_to": format_date(today + timedelta(days=30))})
    call_command("send_reminders")
    assert capsys.readouterr().out == "1件の記録票について知らせました。\n"
    housekeeping.tidy(timezone.now())
    assert len(told(clerk)) == 1
    later = {"subject": "別の委託", "period_to": format_date(today + timedelta(days=89))}
    decided(OUTSOURCING, department=department, **PERIOD | later)
    housekeeping.tidy(timezone.now())
    assert len(told(clerk)) == 2


def test_an_answer_that_it_ends_is_kept_and_asks_no_more(outsourced, clerk):
    send_reminders(before(90))
    end = answer_ending(outsourced, note="契約を終える。", day=before(80), actor=clerk)
    assert (end.answer, end.note, end.told, end.history.latest().action) == (
        "ends", "契約を終える。", [90], "answer_ending",
    )  # fmt: skip
    assert send_reminders(before(30)) == 0
    again = answer_ending(outsourced, note="", day=before(79), actor=clerk)
    assert (again.pk, PeriodEnd.objects.count()) == (end.pk, 1)


def test_what_has_no_end_has_no_answer(department, clerk):
    record = the_record(decided(OUTSOURCING, department=department))
    with pytest.raises(NothingEnds):
        answer_ending(record, note="", day=before(30), actor=clerk)


@pytest.mark.parametrize("who", all_but("担当", "課長"))
def test_the_department_alone_answers(who, outsourced, department):
    with pytest.raises(NotPermitted):
        answer_ending(outsourced, note="", day=before(30), actor=somebody(who, department))


def test_nobody_but_the_system_sends():
    assert rules.may(SYSTEM, "send_reminders")
    with pytest.raises(NotPermitted):
        send_reminders(END, actor=person(Role.OFFICE))


def test_the_pages_ask_lead_to_the_change_and_take_the_answer(client, department, clerk):
    last_day = timezone.localdate() + timedelta(days=20)
    record = the_record(decided(OUTSOURCING, department=department, **PERIOD | {"period_to": format_date(last_day)}))
    address = reverse("answer_ending", args=[OUTSOURCING, record.pk])
    client.force_login(person(Role.OFFICE))
    assert address not in client.get(reverse("home")).text
    assert client.get(address).status_code == 403
    client.force_login(clerk)
    assert address in client.get(reverse("home")).text
    page = client.get(address)
    assert "事業は継続しますか" in page.text
    assert reverse("revise_record", args=[OUTSOURCING, record.pk]) in page.text
    refused = client.post(address, {"note": "長" * 2001})
    assert (refused.status_code, "長長長" in refused.text) == (422, True)
    assert client.post(address, {"note": "契約を終える。"}).status_code == 303
    assert "契約を終える。" in client.get(address).text
    assert client.get(reverse("home")).context["ending"].rows == []
    client.force_login(person(Role.OFFICE))
    assert client.get(reverse("home")).context["ending"].rows == []


def test_a_record_whose_end_is_filed_is_asked_about_again_only_when_the_end_is_withdrawn(outsourced, clerk):
    day = before(30)
    filed = end_record(
        outsourced, title="終了", ends_on=before(10), reason="事業の廃止", token=uuid4(), actor=clerk
    )  # fmt: skip
    assert outsourced not in ending(OUTSOURCING, day, 90)
    assert send_reminders(day) == 0
    steps.withdraw_proposal(filed, reason="継続することになった", actor=clerk)
    assert outsourced in ending(OUTSOURCING, day, 90)
    assert send_reminders(day) == 1
