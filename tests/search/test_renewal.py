"""検索文書の更新: written with the rows that it comes from, or not at all; many rows in few statements."""

from datetime import date

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from history import bulk
from history.writing import SYSTEM
from organization.models import Department, Succession
from organization.reorganizing import NewDepartment, reorganize
from registry.models import Activity, ActivityStatus, ActivityVersion, CollectingForm
from registry.services import register_activity
from search import queries, writing
from search.models import SearchDocument
from tests.file_register.factories import changed_file, file_draft, registered_file
from tests.organization.factories import DepartmentFactory, DivisionFactory
from tests.registry.factories import registered_activity, submitted_change_of, token, written_activity, written_version

pytestmark = pytest.mark.django_db


def found(text, **wanted):
    return {(hit.kind, hit.identity) for hit in queries.find(text, actor=SYSTEM, **wanted).hits}


@pytest.mark.parametrize(
    "text",
    [
        "母子健康",
        "母子 手帳",
        "目的文",
        "0701-01",
        "（０７０１－０１）",
        "健康推進課",
        "健康部",
        "推進課長",
        "妊婦",
        "戸籍等",
        "氏名",
        "受付票",
        "磁気",
    ],
)
def test_a_business_is_found_by_each_of_its_texts(text):
    department = DepartmentFactory(name="健康推進課", parent=DivisionFactory(name="健康部"))
    version = registered_activity(
        department, name="母子健康手帳の業務", purpose="目的文", number_as_printed="０７０１－０１", subjects="妊婦",
        responsible="健康推進課長", item_kinds=["family_register"], items="氏名", media="磁気テープ",
    )  # fmt: skip
    CollectingForm(version=version, name="受付票").save_as(SYSTEM, action="load_demo")
    assert found(text) == {("activity", version.activity_id)}


@pytest.mark.parametrize(
    "text", ["滞納", "利用目的文", "1309-14", "収納課", "口座番号", "納税義務者", "申告書", "都税事務所"]
)
def test_a_file_is_found_by_each_of_its_texts_and_by_the_number_of_its_business(text):
    others = DepartmentFactory(name="別の課")
    business = registered_activity(others, number_as_printed="1309-14", responsible="長").activity
    version = registered_file(
        DepartmentFactory(name="収納課"), activities=[business], name="滞納整理ファイル", purpose="利用目的文",
        items="口座番号", scope="納税義務者", collection_method="申告書による", recipients="都税事務所",
        section_name="組織",
    )  # fmt: skip
    assert ("file", version.file_id) in found(text)


def test_old_names_of_earlier_versions_find_the_entry():
    department = DepartmentFactory()
    first = registered_activity(department, name="児童手当の業務")
    register_activity(submitted_change_of(first, name="子ども手当の業務"), on=date(2022, 4, 1), actor=SYSTEM)
    changed_file(registered_file(department, name="児童台帳"), on=date(2024, 4, 1), name="こども台帳")
    assert len(found("児童手当")) == len(found("児童台帳")) == 1


def test_a_department_is_found_by_the_names_before_and_after():
    old = DepartmentFactory(name="税務課", parent=DivisionFactory(name="区民生活事業本部区民部"))
    activity = registered_activity(old, responsible="長").activity_id
    file = registered_file(old, section_name="組織").file_id
    new = NewDepartment("収納課", DivisionFactory(name="区民部"))
    reorganize([old], [new], on=date(2023, 4, 1), actor=SYSTEM, reason="改正")
    for text in ("税務課", "収納課", "区民生活事業本部"):
        assert found(text) == {("activity", activity), ("file", file)}, text


def test_renaming_a_department_or_its_division_in_place_is_followed():
    department = DepartmentFactory(name="収納課", parent=DivisionFactory(name="区民部"))
    activity = registered_activity(department, responsible="長").activity_id
    for row, name in ((department, "納税課"), (department.parent, "税務部")):
        row.name = name
        row.save_as(SYSTEM, action="edit_organization")
    assert found("税務部 納税課") == {("activity", activity)}
    assert found("収納課") == found("区民部") == set()


def test_a_number_given_later_moves_the_entry_and_its_file():
    version = registered_activity()
    file = registered_file(activities=[version.activity])
    version.activity.number = "0701-01"
    version.activity.save_as(SYSTEM, action="edit_reference")
    assert found("0701-01") == {("activity", version.activity_id), ("file", file.file_id)}
    assert SearchDocument.objects.filter(kind="activity").count() == 1


def test_nothing_remains_of_a_write_that_was_taken_back():
    with transaction.atomic():
        registered_activity(name="取り消す業務")
        assert SearchDocument.objects.count() == 1
        transaction.set_rollback(True)
    assert SearchDocument.objects.count() == 0


def _bulk(count, department):
    activities = [Activity(token=token()) for _ in range(count)]
    bulk.create_all_as(activities, SYSTEM, action="load_demo")
    versions = [
        ActivityVersion(
            activity=activity, department=department, name=f"一括の業務{activity.pk}", valid_from=date(2021, 4, 1),
            status=ActivityStatus.REGISTERED,
        )
        for activity in activities
    ]  # fmt: skip
    bulk.create_all_as(versions, SYSTEM, action="load_demo")
    return versions


def _reads(statements):
    return sum(not query["sql"].startswith("INSERT") for query in statements)


def test_many_rows_at_once_take_as_many_statements_as_few():
    department = DepartmentFactory()
    with CaptureQueriesContext(connection) as few:
        _bulk(3, department)
    with CaptureQueriesContext(connection) as many:
        versions = _bulk(90, department)
    assert _reads(many) == _reads(few)
    assert len(many) < len(few) + 20  # SQLite takes about 80 rows an insert
    assert queries.find("一括の業務", actor=SYSTEM).total == 93
    for version in versions:
        version.name = "改めた業務"
    bulk.save_all_as(versions, SYSTEM, action="load_demo")
    assert queries.find("改めた", actor=SYSTEM).total == 90


def test_rebuilding_fills_an_empty_table_the_same_and_takes_away_what_is_left_over():
    registered_activity(number_as_printed="0701-01")
    version = written_activity(DepartmentFactory(), date(2021, 4, 1))
    written_version(version.activity, version.department, date(2022, 4, 1), replaces=version)
    registered_file()
    file_draft()
    before = list(SearchDocument.objects.order_by("pk").values())
    SearchDocument.objects.all().delete()
    assert writing.is_missing()
    call_command("rebuild_search", "--if-missing", verbosity=0)
    assert list(SearchDocument.objects.order_by("pk").values()) == before
    left = SearchDocument(
        id=1, audience="staff", kind="gone", identity=1, title="残り", name_key="残リ", all_key="残リ"
    )
    left.save()
    SearchDocument(
        id=2, audience="staff", kind="file", identity=10**6, title="残り", name_key="残リ", all_key="残リ"
    ).save()
    call_command("rebuild_search", verbosity=0)
    call_command("rebuild_search", verbosity=0)
    assert list(SearchDocument.objects.order_by("pk").values()) == before
    assert found("残り") == set()


def test_rebuilding_does_nothing_where_nothing_is_missing(capsys):
    call_command("rebuild_search", "--if-missing")
    registered_activity()
    call_command("rebuild_search", "--if-missing")
    assert capsys.readouterr().out == ""
    call_command("rebuild_search")
    assert "業務登録：1件の検索文書を書きました。" in capsys.readouterr().out


def test_a_succession_alone_renews_the_names():
    old, new = DepartmentFactory(name="旧課"), DepartmentFactory(name="新課")
    activity = registered_activity(old, responsible="長").activity_id
    Succession(before=old, after=new, on=date(2022, 4, 1)).save_as(SYSTEM, action="edit_organization")
    assert found("新課") == {("activity", activity)}
    assert Department.objects.get(name="新課").pk == new.pk
