"""記録票と業務: the figures on a business's page, and the lists that they open."""

from datetime import date

import pytest
from django.urls import reverse

from organization.models import Role
from records.kinds import LINKAGE
from registry import links
from registry.models import Activity
from tests.organization.factories import person
from tests.records.factories import decided, reported, section
from tests.registry.factories import registered_activity

pytestmark = pytest.mark.django_db
IN_FORCE, AFTER = date(2022, 3, 31), date(2022, 4, 1)


@pytest.fixture
def businesses() -> tuple[Activity, Activity]:
    """The using and the providing business of a reported use; the first is also linked by computer since 2022-06."""
    schools = section("区立中学校")
    using = registered_activity(number_as_printed="1309-14").activity
    providing = registered_activity(schools, number_as_printed="1303-02").activity
    reported(activity_number="1309-14", providing_number="1303-02", providing_department=schools)
    decided(LINKAGE, activity_number="1309-14")
    reported()
    return using, providing


def figures(activity: Activity, day: date) -> dict[str, int]:
    counted = links.counts([activity.pk], day)[activity.pk]
    return {count.label: count.number for count in counted if count.number}


def test_counts_each_side_of_a_use_and_the_linkages_that_are_in_force_on_the_day(businesses):
    using, providing = businesses
    assert figures(using, IN_FORCE) == {"目的外利用（する側）": 1}
    assert figures(providing, IN_FORCE) == {"目的外利用（させる側）": 1}
    assert figures(using, date(2022, 6, 30)) == {"電算結合": 1}
    assert figures(providing, AFTER) == {}


@pytest.mark.parametrize(("side", "label"), [(0, "目的外利用（する側）"), (1, "目的外利用（させる側）")])
def test_the_figure_opens_the_list_with_just_these_and_the_filter_can_be_taken_off(side, label, businesses, client):
    client.force_login(person(Role.CLERK))
    counted = links.counts([businesses[side].pk], IN_FORCE)[businesses[side].pk]
    (link,) = [count for count in counted if count.label == label]
    answer = client.get(link.url)
    assert len(answer.context["page"].rows) == link.number == 1
    (chip,) = answer.context["list"]["filters"]
    assert chip["label"].startswith(f"業務 {businesses[side].number}（")
    assert len(client.get(reverse("out_of_purpose_list") + chip["url"]).context["page"].rows) == 2


@pytest.mark.parametrize("number", ["x", "999999", "-1", "9" * 30])
def test_a_list_leaves_out_what_is_no_business(number, businesses, client):
    client.force_login(person(Role.CLERK))
    answer = client.get(reverse("linkage_list"), {"activity": number, "as_of": "R4.6.30"})
    assert len(answer.context["page"].rows) == 1
