"""帳簿の一覧: what stands in which public register on a day, and how it is narrowed down."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from file_register.kinds import PublicRegister
from history.writing import SYSTEM
from registry.services import abolish_activity
from tests.file_register.factories import STARTS as LAW
from tests.file_register.factories import entry_of_old, policy, published, registered_file
from tests.organization.factories import DepartmentFactory
from tests.public.factories import public_policy
from tests.registry.factories import STARTS, registered_activity

pytestmark = pytest.mark.django_db


def names(client, register, **query):
    """The names in the list."""
    answer = client.get(reverse("public_register", args=[register]), query)
    assert answer.status_code == 200
    return [entry.ref.title for entry in answer.context.get("entries", [])]


def test_nothing_of_the_businesses_is_listed_without_a_policy(client, department):
    registered_activity(department)
    assert names(client, "activities") == []
    assert "公表していません" in client.get(reverse("public_register", args=["activities"])).content.decode()
    assert client.get(reverse("public_register_csv", args=["activities"])).status_code == 404


def test_a_policy_of_another_day_opens_nothing_today(client, department):
    registered_activity(department)
    today = timezone.localdate()
    public_policy(valid_from=date(2020, 1, 1), valid_to=today)
    public_policy(valid_from=today + timedelta(days=1))
    assert names(client, "activities") == []


def test_businesses_are_listed_on_each_day_as_they_were_registered_then(client, department):
    public_policy(keeps_names=True)
    version = registered_activity(department, name="相談の業務")
    abolish_activity(version, on=date(2024, 4, 1), reason="終了", actor=SYSTEM)
    registered_activity(department, name="支援の業務", on=date(2025, 4, 1))
    assert names(client, "activities") == ["支援の業務"]
    assert names(client, "activities", as_of="R5.4.1") == ["相談の業務"]
    assert names(client, "activities", as_of=str(STARTS - timedelta(days=1))) == []
    assert names(client, "activities", as_of="1900-01-01") == []


def test_what_was_removed_since_is_not_listed_on_a_day_of_before_unless_the_ward_keeps_names(client, department):
    row = public_policy()
    version = registered_activity(department, name="相談の業務")
    abolish_activity(version, on=date(2024, 4, 1), reason="終了", actor=SYSTEM)
    assert names(client, "activities", as_of="R5.4.1") == []
    answer = client.get(reverse("public_register", args=["activities"]), {"as_of": "R5.4.1"})
    assert "のちに消除または廃止した記載" in answer.content.decode()
    row.keeps_names = True
    row.save_as(SYSTEM, action="edit_reference")
    assert names(client, "activities", as_of="R5.4.1") == ["相談の業務"]


def test_files_are_listed_when_they_were_published_not_when_they_were_registered(client, department):
    version = registered_file(department, name="相談ファイル")
    assert names(client, "files") == []
    published(version, on=date(2024, 4, 1))
    assert names(client, "files") == ["相談ファイル"]
    assert names(client, "files", as_of=str(LAW)) == []


@pytest.mark.parametrize(("small", "expected"), [(True, ["小さいファイル"]), (False, []), (None, [])])
def test_small_files_are_shown_by_the_ward_s_choice_alone(small, expected, client, department):
    entry_of_old(registered_file(department, name="小さいファイル"), register=PublicRegister.ORDINANCE)
    if small is not None:
        policy(publishes_small=small)
    assert names(client, "ordinance-files") == expected
    assert names(client, "files") == []
    assert client.get(reverse("public_register_json", args=["ordinance-files"])).status_code == (200 if small else 404)


def test_is_narrowed_down_by_organ_and_section(client):
    public_policy()
    one, two = DepartmentFactory(name="収納課"), DepartmentFactory(name="税務課")
    registered_activity(one, name="納付の業務")
    registered_activity(two, name="賦課の業務")
    assert names(client, "activities", department="区民部 収納課") == ["納付の業務"]
    assert names(client, "activities", organ="区長") == ["納付の業務", "賦課の業務"]
    assert names(client, "activities", organ="教育委員会") == []
    for section, name in (("甲課", "甲ファイル"), ("乙課", "乙ファイル")):
        published(registered_file(one, name=name, section_name=section))
    assert names(client, "files", department="甲課") == ["甲ファイル"]
    assert names(client, "files", department="丙課") == []


def test_offers_no_department_where_departments_are_not_public(client, department):
    public_policy(activity_fields=["name"])
    registered_activity(department, name="相談の業務")
    answer = client.get(reverse("public_register", args=["activities"]))
    assert answer.context["selects"] == []
    assert department.name not in answer.content.decode()


@pytest.mark.parametrize("day", ["きのう", "令和3年2月30日", "R99.1.1", "x" * 5000, "9999-12-31"])
def test_a_day_that_is_none_or_is_still_to_come_shows_today_and_says_why(day, client, department):
    published(registered_file(department, name="相談ファイル"))
    answer = client.get(reverse("public_register", args=["files"]), {"as_of": day})
    assert (answer.status_code, answer.context["asked"].day) == (200, timezone.localdate())
    assert answer.context["asked"].error != ""


@pytest.mark.parametrize("page", ["0", "-1", "99999999999999999999", "9" * 5000, "two", ""])
def test_a_page_that_there_is_not_shows_one_that_there_is(page, client, department):
    published(registered_file(department, name="相談ファイル"))
    assert names(client, "files", page=page) == ["相談ファイル"]
