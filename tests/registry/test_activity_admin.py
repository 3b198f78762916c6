"""業務登録 in the admin: shown, never changed."""

import pytest
from django.urls import reverse

from organization.models import Role
from tests.organization.factories import person
from tests.registry.factories import activity_draft, registered_activity

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", [Role.ADMIN, Role.OFFICE])
@pytest.mark.parametrize("table", ["activity", "activityversion"])
def test_lists_and_shows_the_register_without_any_way_to_write(role, table, department, sign_in):
    version, client = registered_activity(department), sign_in(person(role))
    pk = version.pk if table == "activityversion" else version.activity_id
    listing = client.get(reverse(f"admin:registry_{table}_changelist"), {"q": "指導"})
    assert listing.status_code == 200
    assert "追加" not in listing.content.decode()
    detail = client.get(reverse(f"admin:registry_{table}_change", args=[pk]))
    assert 'name="_save"' not in detail.content.decode()
    for page, arguments in (("add", []), ("delete", [pk])):
        assert client.post(reverse(f"admin:registry_{table}_{page}", args=arguments)).status_code == 403


def test_is_closed_to_a_department(department, sign_in):
    assert sign_in(person(Role.CLERK, department)).get("/admin/registry/activity/").status_code == 403


@pytest.mark.parametrize("table", ["activity", "activityversion"])
def test_shows_an_administrator_no_draft_of_a_department_and_the_office_every_one(table, department, sign_in):
    version = activity_draft(department)
    row = version if table == "activityversion" else version.activity
    listing = reverse(f"admin:registry_{table}_changelist")
    assert list(sign_in(person(Role.ADMIN)).get(listing).context["cl"].queryset) == []
    assert list(sign_in(person(Role.OFFICE)).get(listing).context["cl"].queryset) == [row]


def test_shows_the_trail_of_a_row(department, sign_in):
    version = registered_activity(department)
    page = sign_in(person(Role.ADMIN)).get(reverse("admin:registry_activityversion_history", args=[version.pk]))
    shown = page.content.decode()
    for text in ("業務登録の提出", "業務の登録", "システム", "状態"):
        assert text in shown
