"""組織改正と業務登録: what goes over with a version."""

from datetime import date

import pytest

from history.writing import SYSTEM
from registry.models import ActivityVersion, CollectingForm
from registry.moving import OWN_FIELDS, move_activity
from registry.statistics import registration_status
from tests.organization.factories import DepartmentFactory
from tests.registry.factories import registered_activity

pytestmark = pytest.mark.django_db
# Rows that point to a version and what the move does with them.
GO_OVER = {
    "replaced_by": "a change under way goes on from the new version",
    "collecting_forms": "the lines in use are copied",
    "scans": "the paper is that of the old version; the page of the business shows the scans of all its versions",
}


def test_everything_but_the_versions_own_goes_over_and_the_old_one_only_ends():
    version = registered_activity(DepartmentFactory(name="税務課"))
    before = ActivityVersion.objects.filter(pk=version.pk).values().get()
    moved = move_activity(version, DepartmentFactory(name="収納課"), on=date(2022, 4, 1), actor=SYSTEM, reason="改正")
    after = ActivityVersion.objects.filter(pk=version.pk).values().get()
    assert after == before | {"valid_to": date(2022, 4, 1)}
    copied = {field.attname for field in ActivityVersion._meta.concrete_fields if field.name not in OWN_FIELDS}
    assert {name: getattr(moved, name) for name in copied} == {name: before[name] for name in copied}


def test_every_table_that_points_to_a_version_is_thought_of():
    found = {relation.get_accessor_name() for relation in ActivityVersion._meta.related_objects}
    assert found == set(GO_OVER)


def test_the_forms_of_a_business_go_over_with_it():
    version = registered_activity(DepartmentFactory(name="税務課"))
    line = CollectingForm(version=version, position=1, name="申告書", edition="", items="氏名")
    line.save_as(SYSTEM, action="edit_collecting_forms")
    moved = move_activity(version, DepartmentFactory(name="収納課"), on=date(2022, 4, 1), actor=SYSTEM, reason="改正")
    assert [form.name for form in moved.collecting_forms.all()] == ["申告書"]


def test_a_reorganisation_is_no_change_of_the_business_in_the_yearly_figures():
    version = registered_activity(DepartmentFactory(name="税務課"))
    move_activity(version, DepartmentFactory(name="収納課"), on=date(2022, 4, 1), actor=SYSTEM, reason="改正")
    total = registration_status(2022).total
    assert (total.start, total.new, total.changed, total.end) == (1, 0, 0, 1)
