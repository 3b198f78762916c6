"""組織改正と業務登録: what goes over with a version."""

from datetime import date

import pytest

from history.writing import SYSTEM
from registry.models import ActivityVersion
from registry.moving import OWN_FIELDS, move_activity
from tests.organization.factories import DepartmentFactory
from tests.registry.factories import registered_activity

pytestmark = pytest.mark.django_db
# Rows that point to a version and what the move does with them.
GO_OVER = {"replaced_by": "a change under way goes on from the new version"}


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
