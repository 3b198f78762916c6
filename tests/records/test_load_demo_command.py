"""load_demo: into which database, which ward, whole or not at all."""

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from organization import demo
from organization.models import Department, User, Ward
from records.demo import load_ward
from records.models import Proposal
from records.services.completeness import missing_fields
from records.states import Status
from tests.organization.factories import OrganFactory

pytestmark = pytest.mark.django_db


def test_a_filled_database_is_refused_and_stays_as_it_is(capsys):
    OrganFactory(name="区長")
    with pytest.raises(CommandError, match="データベースが空ではないため、見本データは取り込みません") as refusal:
        call_command("load_demo")
    assert refusal.value.returncode == 1
    assert (Department.objects.count(), Proposal.objects.count(), User.objects.count()) == (1, 0, 0)


def test_if_empty_loads_into_an_empty_database():
    call_command("load_demo", if_empty=True)
    assert Ward.objects.get().name == "練馬区"


def test_a_loading_that_fails_leaves_nothing(monkeypatch):
    data = demo.read_ward("nerima")
    data["proposals"][-1]["values"]["continues_from"] = "令和4年2月30日"
    monkeypatch.setattr("records.demo.read_ward", lambda name: data)
    with pytest.raises(ValidationError, match="令和4年2月30日という日はありません"):
        load_ward("nerima")
    assert not Ward.objects.exists()
    assert not User.objects.exists()


def test_shinjuku_has_its_own_ward_its_section_and_a_draft_with_two_sheets_and_four_papers(client):
    call_command("load_demo", ward="shinjuku")
    assert Ward.objects.get().name == "新宿区"
    section = Department.objects.sections().get()
    assert section.full_name == "教育委員会事務局 学校運営課"
    file = Proposal.objects.get()
    linkage, outsourcing = file.records()
    assert (file.status, file.papers.count()) == (Status.DRAFT, 4)
    assert (linkage.linked_on.text, linkage.partner_is_open) == ("令和6年1月初旬", True)
    assert outsourcing.continuing_clause == "次年度以降も、同様の業務委託を行う。"
    assert missing_fields(linkage) == ["provided_items"]
    assert client.login(username="unei-tanto", password=demo.DEMO_PASSWORD)
