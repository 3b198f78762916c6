"""公表の方針: the ward's decision as a dated row, edited in the admin, seeded for the demo as sample data."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from organization.models import Role
from public.models import PublicPolicy
from records.demo import load_ward
from tests.organization.factories import person
from tests.public.factories import public_policy
from tests.registry.factories import registered_activity

pytestmark = pytest.mark.django_db
SENT = {
    "valid_from": "2026-04-01",
    "valid_to": "",
    "basis": "試験の要綱第2条",
    "activity_fields": ["name", "department"],
    "licence": "",
    "licence_url": "",
    "contact": "",
    "request_url": "",
    "notice": "",
}


def test_the_office_decides_in_the_admin_and_the_trail_says_so_in_words(client):
    client.force_login(person(Role.OFFICE))
    answer = client.post(reverse("admin:public_publicpolicy_add"), SENT)
    assert answer.status_code == 302
    policy = PublicPolicy.objects.get()
    assert (policy.activity_fields, policy.valid_from) == (["name", "department"], date(2026, 4, 1))
    assert policy.history.get().action == "edit_reference"
    page = client.get(reverse("admin:public_publicpolicy_change", args=[policy.pk])).content.decode()
    assert "印のない項目は、公表のページにも、オープンデータにも、検索にも出ません。" in page


@pytest.mark.parametrize("role", [Role.CLERK, Role.HEAD, Role.AUDITOR, Role.IT])
def test_nobody_else_decides(role, client):
    client.force_login(person(role))
    assert client.post(reverse("admin:public_publicpolicy_add"), SENT).status_code in (302, 403)
    assert not PublicPolicy.objects.exists()


@pytest.mark.parametrize("fields", [["purpose"], ["name", "abolition_reason"], ["name", "source_note"]])
def test_items_without_the_name_or_that_are_never_public_are_refused(fields):
    with pytest.raises(ValidationError):
        public_policy(activity_fields=fields)


def test_two_policies_never_hold_on_one_day():
    public_policy(valid_from=date(2024, 4, 1), valid_to=date(2025, 4, 1))
    public_policy(valid_from=date(2025, 4, 1))
    for start, end in ((None, None), (date(2025, 3, 31), None), (None, date(2024, 4, 2))):
        with pytest.raises(ValidationError):
            public_policy(valid_from=start, valid_to=end)
    with pytest.raises(ValidationError):
        public_policy(valid_from=date(2023, 4, 1), valid_to=date(2023, 4, 1))


@pytest.mark.parametrize(
    ("name", "entry"), [("nerima", "母子保健に関する業務"), ("shinjuku", "区立幼稚園・区立学校一斉連絡事業")]
)
def test_both_wards_publish_under_their_own_name_and_say_that_it_is_a_sample(name, entry, client):
    load_ward(name)
    own, other = ("練馬区", "新宿区") if name == "nerima" else ("新宿区", "練馬区")
    for address in (reverse("public_front"), reverse("public_register", args=["activities"])):
        page = client.get(address).content.decode()
        assert f"{own} 個人情報保護の公表" in page
        assert other not in page
        assert "見本データです" in page
    assert entry in page


def test_a_ward_that_has_decided_nothing_publishes_no_business(client, department):
    registered_activity(department, name="相談の業務")
    page = client.get(reverse("public_front")).content.decode()
    assert "業務登録簿を見る" not in page
    assert "相談の業務" not in page
