"""相手方の台帳: once for all kinds; records keep the name that they print."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from history.errors import StaleEdit
from history.writing import SYSTEM
from organization.models import Role
from organization.rules import NotPermitted
from records.kinds import LINKAGE, OUTSOURCING
from records.models import Partner
from records.services.partners import create_partner, edit_partner
from tests.organization.factories import person
from tests.records.factories import decided, draft, the_record, token

pytestmark = pytest.mark.django_db
DAY = date(2022, 10, 1)


def made(**values):
    return create_partner(
        values={"name": "見本データ株式会社", "address": "東京都"} | values, token=token(), actor=SYSTEM
    )


def test_a_second_click_makes_no_second_partner_and_a_name_stands_once():
    key = token()
    first = create_partner(values={"name": "甲社"}, token=key, actor=person(Role.CLERK))
    assert create_partner(values={"name": "甲社"}, token=key, actor=SYSTEM) == first
    with pytest.raises(ValidationError, match="台帳にあります"):
        create_partner(values={"name": "甲社"}, token=token(), actor=SYSTEM)


def test_a_new_name_leaves_the_old_one_with_its_day_and_the_records_as_they_are():
    partner = made()
    record = the_record(decided(LINKAGE, partner_name=partner.name))
    partner = edit_partner(partner, values={"name": "新データ株式会社"}, lock=0, on=DAY, actor=person(Role.CLERK))
    assert partner.former_names == [{"name": "見本データ株式会社", "until": "令和4年10月1日"}]
    record.refresh_from_db()
    assert record.partner_name == "見本データ株式会社"
    again = edit_partner(partner, values={"address": "大阪府"}, lock=1, on=DAY, actor=person(Role.CLERK))
    assert again.former_names == partner.former_names


def test_a_record_finds_its_partner_by_the_present_and_by_a_former_name():
    partner = edit_partner(made(), values={"name": "新データ株式会社"}, lock=0, on=DAY, actor=person(Role.OFFICE))
    names = ("新データ株式会社", "見本データ株式会社", "見本データ", "別の会社")
    found = [the_record(draft(OUTSOURCING, partner_name=name)).partner for name in names]
    assert found == [partner, partner, None, None]


def test_a_stale_edit_and_a_stranger_to_the_table_are_refused():
    partner = made()
    edit_partner(partner, values={"note": "一"}, lock=0, on=DAY, actor=person(Role.OFFICE))
    with pytest.raises(StaleEdit):
        edit_partner(partner, values={"note": "二"}, lock=0, on=DAY, actor=person(Role.OFFICE))
    with pytest.raises(NotPermitted):
        edit_partner(partner, values={"note": "三"}, lock=1, on=DAY, actor=person(Role.AUDITOR))


@pytest.mark.parametrize(
    "values",
    [
        {"certifications": [{"name": "", "number": "1", "until": ""}]},
        {"policies": [{"title": "方針", "established_on": "令和4年2月30日", "revised_on": ""}]},
    ],
)
def test_rows_that_cannot_stand_are_refused(values):
    with pytest.raises(ValidationError):
        made(**values)
    assert not Partner.objects.exists()


def test_pages_list_show_and_edit(client):
    partner = made(certifications=[{"name": "プライバシーマーク", "number": "", "until": ""}])
    record = the_record(decided(OUTSOURCING, partner_name=partner.name))
    client.force_login(person(Role.CLERK))
    assert [row.name for row in client.get(reverse("partner_list"), {"q": "見本"}).context["page"].rows] == [
        partner.name
    ]
    assert client.get(reverse("partner_list"), {"q": "東京"}).context["page"].rows
    assert not client.get(reverse("partner_list"), {"q": "なし"}).context["page"].rows
    page = client.get(partner.get_absolute_url())
    assert record.get_absolute_url() in page.text
    assert "プライバシーマーク" in page.text
    typed = {
        "name": "改名株式会社", "token": partner.token, "lock": 0,
        "policies.title": ["個人情報保護方針"], "policies.established_on": ["H17.4.1"], "policies.revised_on": [""],
    }  # fmt: skip
    assert client.post(reverse("edit_partner", args=[partner.pk]), typed).status_code == 303
    partner.refresh_from_db()
    assert (partner.name, partner.policies[0]["title"]) == ("改名株式会社", "個人情報保護方針")
    assert [row["name"] for row in partner.former_names] == ["見本データ株式会社"]
    assert client.get(reverse("partner_list"), {"q": "見本データ"}).context["page"].rows
    stale = client.post(reverse("edit_partner", args=[partner.pk]), typed | {"name": "別名"})
    assert stale.status_code == 422
    assert 'value="別名"' in stale.text


def test_a_partner_is_registered_on_its_page(client):
    client.force_login(person(Role.HEAD))
    page = client.get(reverse("create_partner"))
    typed = {"name": "乙社", "token": page.context["form"]["token"].value(), "lock": 0}
    assert client.post(reverse("create_partner"), typed).status_code == 303
    assert Partner.objects.get().name == "乙社"
    assert client.post(reverse("create_partner"), typed | {"token": token(), "name": "乙社"}).status_code == 422
