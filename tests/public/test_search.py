"""公表の検索: folded words find what is public today, and nothing finds anything else."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from file_register.services import correct_file_entry, remove_file_entry
from history.writing import SYSTEM
from tests.file_register.factories import changed_file, entry_of_old, published, registered_file
from tests.public.factories import public_policy
from tests.registry.factories import abolished_activity, registered_activity

pytestmark = pytest.mark.django_db


def found(client, text):
    """The names that the search page shows."""
    answer = client.get(reverse("public_search"), {"q": text})
    assert answer.status_code == 200
    return [hit.name for hit in answer.context["page"].rows]


@pytest.mark.parametrize("text", ["柴崎", "柴﨑", "ほけん", "ﾎｹﾝ", "保健", "保健　記録", "１歳半"])
def test_variants_kana_and_widths_are_the_same_word(text, client, department):
    published(registered_file(department, name="柴﨑保健ホケンファイル", purpose="1歳半健診の記録"))
    published(registered_file(department, name="税ファイル"))
    assert found(client, text) == ["柴﨑保健ホケンファイル"]


@pytest.mark.parametrize("text", ["", " ", "％", "%", "_", "'", "\\", "*", "無い言葉", "x" * 5000])
def test_nothing_and_signs_find_nothing(text, client, department):
    published(registered_file(department, name="相談ファイル"))
    assert found(client, text) == []


def test_a_number_is_found_in_any_spelling_where_numbers_are_public(client, department):
    row = public_policy()
    registered_activity(department, name="相談の業務", number_as_printed="1309-14")
    assert found(client, "1309-14") == found(client, "１３０９－１４") == ["相談の業務"]
    row.activity_fields = ["name"]
    row.save_as(SYSTEM, action="edit_reference")
    assert found(client, "1309-14") == []
    assert found(client, "相談") == ["相談の業務"]


def test_a_name_comes_before_a_purpose(client, department):
    published(registered_file(department, name="甲ファイル", purpose="相談のため"))
    published(registered_file(department, name="相談ファイル"))
    assert found(client, "相談") == ["相談ファイル", "甲ファイル"]


def test_what_is_no_longer_said_finds_nothing(client, department):
    version = registered_file(department, name="相談ファイル", scope="児童")
    published(version)
    later = date(2024, 4, 1)
    changed_file(version, later, scope="教職員")
    correct_file_entry(version.file, on=later, actor=SYSTEM)
    assert found(client, "児童") == []
    assert found(client, "教職員") == ["相談ファイル"]
    remove_file_entry(version.file, on=later, reason="保有をやめた", actor=SYSTEM)
    assert found(client, "相談") == []


def test_what_is_not_public_yet_or_no_more_finds_nothing(client, department):
    today = timezone.localdate()
    public_policy(valid_to=today)
    registered_activity(department, name="相談の業務")
    abolished_activity(department, name="相談の業務だったもの")
    entry_of_old(registered_file(department, name="相談ファイル"), on=today + timedelta(days=1))
    registered_file(department, name="相談の未公表ファイル")
    assert found(client, "相談") == []
    public_policy(valid_from=today)
    assert found(client, "相談") == ["相談の業務"]


def test_what_was_looked_for_is_marked_in_the_name_and_in_the_public_texts_alone(client, department):
    public_policy(activity_fields=["name", "purpose"])
    registered_activity(department, name="柴﨑の業務", purpose="柴崎地区の相談", items="柴崎の秘密", responsible="長")
    page = client.get(reverse("public_search"), {"q": "柴崎"}).content.decode()
    assert "<mark>柴﨑</mark>の業務</a>" in page
    assert "業務の目的：</span><mark>柴崎</mark>地区の相談</p>" in page
    assert "秘密" not in page


def test_a_former_public_text_is_in_no_passage(client, department):
    version = registered_file(department, name="相談ファイル", scope="児童の相談")
    published(version)
    later = date(2024, 4, 1)
    changed_file(version, later, scope="教職員")
    correct_file_entry(version.file, on=later, actor=SYSTEM)
    page = client.get(reverse("public_search"), {"q": "相談"}).content.decode()
    assert "<mark>相談</mark>ファイル" in page
    assert "児童" not in page
