"""個人情報ファイルの変更の起案: a copy to work on, while what is in force stays."""

from datetime import date

import pytest

from file_register.services import AlreadyChanged, ChangeUnderWay, revise_personal_file
from file_register.services.drafting import EDITABLE
from organization.models import Role
from tests.file_register.factories import changed_file, registered_file
from tests.organization.factories import person
from tests.registry.factories import registered_activity

pytestmark = pytest.mark.django_db


def call(version, actor=None, reason="項目の追加"):
    return revise_personal_file(version, reason=reason, actor=actor or person(Role.OFFICE))


def test_copies_every_item_and_the_businesses_into_a_draft(department):
    business = registered_activity(department).activity
    version = registered_file(department, activities=[business], remarks="備考のらん")
    draft = call(version)
    assert (draft.status, draft.replaces) == ("draft", version)
    assert all(getattr(draft, name) == getattr(version, name) for name in EDITABLE)
    assert draft.activities == [business]
    version.refresh_from_db()
    assert version.valid_to is None


def test_clicked_twice_gives_the_first_draft_back(department):
    version, office = registered_file(department), person(Role.OFFICE)
    assert call(version, office) == call(version, office)


def test_is_refused_while_another_change_is_under_way(department, nothing_is_written):
    version, office = registered_file(department), person(Role.OFFICE)
    call(version, person(Role.CLERK, department))
    with nothing_is_written(ChangeUnderWay):
        call(version, office)


def test_starts_from_the_newest_version_only(department, nothing_is_written):
    version, office = registered_file(department), person(Role.OFFICE)
    changed_file(version, date(2026, 4, 1), scope="教職員")
    with nothing_is_written(AlreadyChanged):
        call(version, office)
