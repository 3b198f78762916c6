"""業務の廃止: from its day a business is not in force, and its number stays its own for ever."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from history.errors import ReasonRequired
from history.writing import SYSTEM
from organization.models import Role
from organization.rules import NotPermitted
from registry.models import ActivityVersion
from registry.services import (
    AlreadyAbolished,
    AlreadyChanged,
    ChangeUnderWay,
    NumberTaken,
    abolish_activity,
    register_activity,
    revise_activity,
)
from tests.organization.factories import person
from tests.records.cast import REASON, all_but, somebody
from tests.registry.factories import (
    STARTS,
    abolished_activity,
    activity_in,
    change_of,
    registered_activity,
    submitted_activity,
    submitted_change_of,
)

pytestmark = pytest.mark.django_db
ON = date(2023, 3, 31)


def call(version, actor=None, on=ON, reason=REASON):
    return abolish_activity(version, on=on, reason=reason, actor=actor or person(Role.OFFICE))


def url(version):
    return reverse("abolish_activity", args=[version.pk])


def test_takes_it_out_of_force_from_that_day_and_keeps_day_actor_and_reason(department):
    office = person(Role.OFFICE, name="公開 太郎")
    version = call(registered_activity(department), office)
    assert (version.abolished_on, version.valid_to, version.abolition_reason) == (ON, ON, REASON)
    assert version in ActivityVersion.objects.as_of(date(2023, 3, 30))
    assert version not in ActivityVersion.objects.as_of(ON)
    written = version.history.latest()
    assert (written.action, written.actor_name, written.history_change_reason) == (
        "abolish_activity", "公開 太郎", REASON,
    )  # fmt: skip


def test_needs_a_reason(department, nothing_is_written):
    version, office = registered_activity(department), person(Role.OFFICE)
    with nothing_is_written(ReasonRequired):
        call(version, office, reason=" ")


@pytest.mark.parametrize("on", [STARTS, date(2020, 1, 1)])
def test_before_it_took_effect_is_refused(on, department, nothing_is_written):
    version, office = registered_activity(department), person(Role.OFFICE)
    with nothing_is_written(ValidationError):
        call(version, office, on=on)


def test_is_refused_while_a_change_is_under_way(department, nothing_is_written):
    version, office = registered_activity(department), person(Role.OFFICE)
    change_of(version)
    with nothing_is_written(ChangeUnderWay):
        call(version, office)


def test_of_a_version_that_was_replaced_is_refused(department, nothing_is_written):
    first, office = registered_activity(department), person(Role.OFFICE)
    register_activity(submitted_change_of(first), on=date(2022, 4, 1), actor=SYSTEM)
    with nothing_is_written(AlreadyChanged):
        call(first, office)


def test_happens_once_and_no_change_follows_it(department, nothing_is_written):
    version, office = abolished_activity(department), person(Role.OFFICE)
    with nothing_is_written(AlreadyAbolished):
        call(version, office)
    with nothing_is_written(AlreadyAbolished):
        revise_activity(version, reason=REASON, actor=office)


def test_leaves_the_number_with_the_business(department, nothing_is_written):
    abolished_activity(department, number_as_printed="1309-14")
    other, office = submitted_activity(department, number_as_printed="１３０９－１４"), person(Role.OFFICE)
    with nothing_is_written(NumberTaken):
        register_activity(other, on=date(2024, 4, 1), actor=office)


def test_leaves_the_number_with_the_business_in_the_database_too(department):
    abolished_activity(department, number_as_printed="1309-14")
    other = submitted_activity(department).activity
    other.number = "1309-14"
    with pytest.raises(IntegrityError), transaction.atomic():
        other.save_as(SYSTEM, action="register_activity")


@pytest.mark.parametrize(
    "changes",
    [
        {"abolished_on": ON, "abolition_reason": REASON},
        {"abolished_on": ON, "valid_to": ON, "abolition_reason": ""},
        {"abolished_on": None, "valid_to": None, "abolition_reason": REASON},
        {"abolished_on": ON, "valid_to": date(2023, 4, 1), "abolition_reason": REASON},
    ],
)
def test_is_whole_or_refused_by_the_database(changes, department):
    version = registered_activity(department)
    for name, value in changes.items():
        setattr(version, name, value)
    with pytest.raises(IntegrityError), transaction.atomic():
        version.save_as(SYSTEM, action="edit_activity")


@pytest.mark.parametrize("status", ["draft", "submitted"])
def test_is_refused_from_every_other_state(status, department, nothing_is_written):
    version, office = activity_in(status, department), person(Role.OFFICE)
    with nothing_is_written(NotPermitted):
        call(version, office)


@pytest.mark.parametrize("who", all_but("情報公開課"))
def test_is_denied_to_everybody_else(who, department, nothing_is_written):
    version, actor = registered_activity(department), somebody(who, department)
    with nothing_is_written(NotPermitted):
        call(version, actor)


def test_changes_nothing_when_the_history_cannot_be_written(department, history_breaks):
    version, office = registered_activity(department), person(Role.OFFICE)
    with history_breaks():
        call(version, office)


def test_page_abolishes_and_the_business_says_so_with_day_actor_and_reason(department, sign_in):
    version, client = registered_activity(department), sign_in(person(Role.OFFICE, name="公開 太郎"))
    answer = client.post(url(version), {"on": "R5.3.31", "reason": "事業の終了のため"})
    assert answer["Location"] == reverse("view_activity", args=[version.activity_id])
    page = client.get(answer["Location"])
    assert page.context["page"].state == ("ended", "廃止")
    assert page.context["page"].buttons == []
    event = page.context["page"].events[0]
    assert (event.kind, event.day, event.reason) == ("廃止", ON, "事業の終了のため")
    assert event.actor.startswith("公開 太郎")
    assert "事業の終了のため" in page.content.decode()


@pytest.mark.parametrize(
    ("sent", "field", "message"),
    [
        ({"on": "", "reason": REASON}, "on", "廃止年月日を入力してください。"),
        ({"on": "R3.4.1", "reason": REASON}, "on", "いまの内容の効力は令和3年4月1日に始まりました。"),
        ({"on": "R5.4.1", "reason": ""}, "reason", "理由を入力してください。"),
    ],
)
def test_page_says_what_is_wrong_beside_the_field(sent, field, message, department, sign_in):
    version = registered_activity(department)
    answer = sign_in(person(Role.OFFICE)).post(url(version), sent)
    assert answer.status_code == 422
    assert message in " ".join(answer.context["form"].errors[field])


@pytest.mark.parametrize(
    ("who", "status", "code"),
    [
        ("情報公開課", "registered", 200),
        ("担当", "registered", 403),
        ("情報公開課", "draft", 403),
    ],
)
def test_page_answers_by_the_permission_table(who, status, code, department, sign_in):
    version = activity_in(status, department)
    assert sign_in(somebody(who, department)).get(url(version)).status_code == code


def test_is_found_in_the_list_under_its_own_filter(department, sign_in):
    abolished_activity(department, on=date(2022, 10, 1))
    client = sign_in(somebody("担当", department))
    counted = [client.get("/activities/", {"state": "abolished", "as_of": day}) for day in ("R4.9.30", "R4.10.1")]
    assert [len(answer.context["rows"]) for answer in counted] == [0, 1]
