"""業務のつながり: what the applications above know of a business, counted on a day, each a link to its list."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from organization.models import Role
from registry import links
from tests.file_register.factories import STARTS, change_of, file_draft, registered_file
from tests.organization.factories import person
from tests.registry.factories import registered_activity

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 1)


def figures(activity, day=DAY):
    return {count.label: count.number for count in links.counts([activity.pk], day)[activity.pk]}


def test_every_kind_is_shown_in_its_order_zeros_included(department):
    activity = registered_activity(department).activity
    assert [(count.label, count.number) for count in links.counts([activity.pk], DAY)[activity.pk]] == [
        ("目的外利用（する側）", 0),
        ("目的外利用（させる側）", 0),
        ("外部提供", 0),
        ("外部委託", 0),
        ("電算結合", 0),
        ("個人情報ファイル", 0),
    ]


def test_files_count_once_while_they_are_in_force_and_linked(department):
    activity = registered_activity(department).activity
    version = registered_file(department, activities=[activity])
    file_draft(department, activities=[activity])
    change_of(version)
    assert figures(activity)["個人情報ファイル"] == 1
    assert figures(activity, date(2023, 3, 31))["個人情報ファイル"] == 0
    assert figures(activity, STARTS)["個人情報ファイル"] == 1


def test_many_businesses_and_all_kinds_take_one_statement(department):
    activities = [registered_activity(department).activity for _ in range(4)]
    registered_file(department, activities=activities[:2])
    with CaptureQueriesContext(connection) as statements:
        found = links.counts([activity.pk for activity in activities], DAY)
    assert len(statements) == 1
    assert [found[activity.pk][-1].number for activity in activities] == [1, 1, 0, 0]


def test_page_of_a_business_leads_to_the_list_with_just_these(department, sign_in):
    activity = registered_activity(department).activity
    registered_file(department, name="この業務のファイル", activities=[activity])
    registered_file(department, name="ほかのファイル")
    client = sign_in(person(Role.CLERK, department))
    page = client.get(reverse("view_activity", args=[activity.pk]), {"as_of": "R8.11.1"})
    (link,) = [link for link in page.context["page"].links if link.number]
    assert (link.label, link.number) == ("個人情報ファイル", 1)
    assert "R8.11.1" in link.url
    listed = client.get(link.url).context["rows"]
    assert [row.version.name for row in listed] == ["この業務のファイル"]
