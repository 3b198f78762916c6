"""業務の登録: the office puts a submitted version into force."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from organization.models import Role
from organization.rules import NotPermitted
from registry.models import ActivityVersion
from registry.services import NumberTaken, register_activity
from tests.organization.factories import person
from tests.records.cast import all_but, somebody
from tests.registry.factories import (
    STARTS,
    activity_in,
    registered_activity,
    submitted_activity,
    submitted_change_of,
)

pytestmark = pytest.mark.django_db
ON = date(2022, 4, 1)


def call(version, actor=None, **values):
    return register_activity(version, actor=actor or person(Role.OFFICE), **({"on": ON} | values))


def url(version):
    return reverse("register_activity", args=[version.pk])


def test_puts_it_into_force_on_that_day_with_one_history_row_more(department):
    version = submitted_activity(department)
    rows = version.history.count()
    version = call(version)
    assert version.history.count() == rows + 1
    assert version not in ActivityVersion.objects.as_of(date(2022, 3, 31))
    assert version in ActivityVersion.objects.as_of(ON)
    assert (version.status, version.registered_on) == ("registered", ON)


def test_gives_the_business_its_number_and_keeps_the_spelling(department):
    version = call(submitted_activity(department, number_as_printed="１３０９－１４"))
    assert (version.activity.number, version.number_as_printed) == ("1309-14", "１３０９－１４")


def test_takes_the_number_from_the_office_where_the_department_gave_none(department):
    version = call(submitted_activity(department), number="（1309-14）")
    assert (version.activity.number, version.number_as_printed) == ("1309-14", "（1309-14）")


def test_works_without_a_number(department):
    assert call(submitted_activity(department)).activity.number is None


def test_ends_the_version_that_a_change_replaces_on_the_day_before(department):
    first = registered_activity(department)
    change = call(submitted_change_of(first, purpose="別の目的"))
    first.refresh_from_db()
    assert (first.valid_to, first.last_day) == (ON, date(2022, 3, 31))
    assert list(ActivityVersion.objects.as_of(ON)) == [change]


def test_never_gives_a_number_twice(department, nothing_is_written):
    registered_activity(department, number_as_printed="1309-14")
    version, office = submitted_activity(department, number_as_printed="(1309-14)"), person(Role.OFFICE)
    with nothing_is_written(NumberTaken):
        call(version, office)


def test_of_a_change_before_the_start_of_what_it_replaces_is_refused(department, nothing_is_written):
    change, office = submitted_change_of(registered_activity(department)), person(Role.OFFICE)
    with nothing_is_written(ValidationError):
        call(change, office, on=STARTS)


def test_of_a_change_on_the_first_day_of_what_it_replaces_says_so_at_the_field(department, nothing_is_written):
    change, office = submitted_change_of(registered_activity(department)), person(Role.OFFICE)
    with nothing_is_written(ValidationError) as refusal:
        call(change, office, on=STARTS)
    message = "いまの内容の効力は令和3年4月1日に始まりました。それより後の日にしてください。"
    assert refusal.value.message_dict == {"on": [message]}


def test_refuses_another_number_than_the_one_of_the_business(department, nothing_is_written):
    change = submitted_change_of(registered_activity(department, number_as_printed="1309-14"), number_as_printed="")
    office = person(Role.OFFICE)
    with nothing_is_written(ValidationError) as refusal:
        call(change, office, number="1309-15")
    assert list(refusal.value.message_dict) == ["number_as_printed"]


def test_takes_the_number_of_the_business_in_another_spelling(department):
    change = submitted_change_of(
        registered_activity(department, number_as_printed="1309-14"), number_as_printed="（１３０９－１４）"
    )
    assert call(change).number_as_printed == "（１３０９－１４）"


@pytest.mark.parametrize("status", ["draft", "registered"])
def test_is_refused_from_every_other_state(status, department, nothing_is_written):
    version, office = activity_in(status, department), person(Role.OFFICE)
    with nothing_is_written(NotPermitted):
        call(version, office)


@pytest.mark.parametrize("who", all_but("情報公開課"))
def test_is_denied_to_everybody_else(who, department, nothing_is_written):
    version, actor = submitted_activity(department), somebody(who, department)
    with nothing_is_written(NotPermitted):
        call(version, actor)


@pytest.mark.parametrize("after", [1, 2, 3])
def test_changes_nothing_when_the_history_cannot_be_written(after, department, history_breaks):
    change = submitted_change_of(registered_activity(department), number_as_printed="1309-14")
    office = person(Role.OFFICE)
    with history_breaks(after=after):  # the version that ends, the number, the version that starts
        call(change, office)


def test_page_registers_with_the_dates_and_the_number_that_were_typed(department, sign_in):
    version = submitted_activity(department)
    sent = {"on": "R4.4.1", "registered_on": "令和4年3月20日", "number": "（1309-14）"}
    answer = sign_in(person(Role.OFFICE)).post(url(version), sent)
    version.refresh_from_db()
    assert answer["Location"] == reverse("view_activity", args=[version.activity_id])
    assert (version.valid_from, version.registered_on) == (ON, date(2022, 3, 20))
    assert version.activity.number == "1309-14"


def test_page_takes_blanks_for_no_number(department, sign_in):
    version = submitted_activity(department)
    answer = sign_in(person(Role.OFFICE)).post(url(version), {"on": "R4.4.1", "number": "　"})
    version.refresh_from_db()
    assert (answer.status_code, version.status, version.activity.number) == (303, "registered", None)


def test_page_asks_for_the_number_only_when_it_is_missing(department, sign_in):
    client = sign_in(person(Role.OFFICE))
    assert "number" in client.get(url(submitted_activity(department))).context["form"].fields
    with_number = submitted_activity(department, number_as_printed="1309-14")
    assert "number" not in client.get(url(with_number)).context["form"].fields


@pytest.mark.parametrize(
    ("field", "typed", "message"),
    [
        ("on", "", "効力の始まる日を入力してください。"),
        ("on", "令和4年4月", "年月日まで書いてください（例：令和4年1月24日）。"),
        ("on", "昭和64年1月8日", "昭和64年1月8日"),
        ("registered_on", "令和0年4月1日", "令和0年"),
        ("number", "1309", "「1309」は業務登録番号として読めません。"),
    ],
)
def test_page_says_what_is_wrong_beside_the_field(field, typed, message, department, sign_in):
    version = submitted_activity(department)
    sent = {"on": "R4.4.1", "registered_on": "", "number": "1309-14"} | {field: typed}
    answer = sign_in(person(Role.OFFICE)).post(url(version), sent)
    assert answer.status_code == 422
    assert message in " ".join(answer.context["form"].errors[field])
    version.refresh_from_db()
    assert version.status == "submitted"


def test_page_refuses_a_change_that_would_start_too_early(department, sign_in):
    change = submitted_change_of(registered_activity(department))
    answer = sign_in(person(Role.OFFICE)).post(url(change), {"on": "R3.4.1"})
    assert answer.context["form"].errors["on"] == [
        "いまの内容の効力は令和3年4月1日に始まりました。それより後の日にしてください。"
    ]


def test_page_says_so_when_what_would_be_replaced_has_not_started_yet(department, sign_in):
    version = registered_activity(department)
    coming = call(submitted_change_of(version), on=date(2999, 4, 1))
    change = submitted_change_of(coming)
    answer = sign_in(person(Role.OFFICE)).post(url(change), {"on": "R4.4.1"})
    assert answer.context["form"].errors["on"] == [
        "つぎの内容の効力が令和981年4月1日に始まることになっています。それより後の日にしてください。"
    ]


def test_page_says_when_the_number_belongs_to_another_business(department, sign_in):
    registered_activity(department, number_as_printed="1309-14")
    answer = sign_in(person(Role.OFFICE)).post(
        url(submitted_activity(department)), {"on": "R4.4.1", "number": "1309-14"}
    )
    assert answer.status_code == 422
    assert "業務登録番号 1309-14 は、ほかの業務に付いています。" in answer.content.decode()
