"""見えるもの: nobody finds, in the page, the lists or the public search, a text that the permission table hides."""

import pytest
from django.urls import reverse

from history.writing import SYSTEM
from organization.models import Role
from registry.models import ActivityVersion
from search import documents, queries
from search.models import SearchDocument
from search.places import Audience
from tests.file_register.factories import change_of as file_change_of
from tests.file_register.factories import file_in, registered_file
from tests.organization.factories import DepartmentFactory, UserFactory, person
from tests.records.cast import somebody
from tests.registry.factories import activity_in, change_of, registered_activity, submitted_change_of

pytestmark = pytest.mark.django_db
SECRET = "未公開語句"
SEES = {
    "担当": True,
    "課長": True,
    "情報公開課": True,
    "監査": True,
    "他課の担当": False,
    "情報政策課": False,
    "管理者": False,
}


@pytest.fixture
def department():
    return DepartmentFactory(name="学校教育支援センター")


def found(user, text=SECRET, **wanted):
    return [(hit.kind, hit.identity, hit.version) for hit in queries.find(text, actor=user, **wanted).hits]


@pytest.mark.parametrize(("who", "sees"), SEES.items())
@pytest.mark.parametrize("status", ["draft", "submitted"])
def test_an_undecided_version_is_found_by_those_who_may_see_it(who, sees, status, department):
    activity = activity_in(status, department, name=f"{SECRET}の業務", purpose=SECRET, items=SECRET)
    file = file_in(status, department, name=f"{SECRET}ファイル")
    expected = [("activity", activity.activity_id, activity.pk), ("file", file.file_id, file.pk)] if sees else []
    assert found(somebody(who, department)) == expected
    assert queries.find(SECRET, actor=somebody(who, department)).total == len(expected)


@pytest.mark.parametrize(("who", "sees"), SEES.items())
def test_a_change_under_way_is_not_found_through_its_business_or_file(who, sees, department):
    activity = registered_activity(department, name="登録した業務")
    change = submitted_change_of(activity, purpose=SECRET)
    file_change = file_change_of(registered_file(department, name="登録したファイル"), items=SECRET)
    user = somebody(who, department)
    assert {version for _, _, version in found(user)} == ({change.pk, file_change.pk} if sees else set())
    assert len(found(user, "登録した")) == (4 if sees else 2)


@pytest.mark.parametrize("who", SEES)
def test_what_is_registered_is_found_by_all_staff(who, department):
    activity = registered_activity(department, name=f"{SECRET}の業務")
    assert found(somebody(who, department)) == [("activity", activity.activity_id, None)]


def test_somebody_without_a_role_and_everybody_else_find_nothing(department):
    registered_activity(department, name=SECRET)
    change_of(registered_activity(department), purpose=SECRET)
    assert found(UserFactory()) == found(None) == []


def test_a_draft_of_another_department_is_not_found_in_the_lists(department, client):
    change_of(registered_activity(department), purpose=SECRET)
    activity_in("draft", department, name=SECRET)
    file_in("draft", department, name=SECRET)
    client.force_login(person(Role.CLERK))
    for page in ("activity_list", "personal_file_list", "search"):
        for state in ("in_force", "draft", "submitted", "coming"):
            answer = client.get(reverse(page), {"q": SECRET, "state": state})
            assert not answer.context.get("rows")
            assert not answer.context.get("results")
            # What was typed stands in the box, and among the conditions for paper.
            text = answer.content.decode().replace(f'value="{SECRET}"', "").replace(f"探すことば：「{SECRET}」", "")
            assert text.count(SECRET) <= (page == "search") * 2


def test_documents_for_all_staff_hold_no_undecided_text(department):
    submitted_change_of(registered_activity(department), name=SECRET, purpose=SECRET, items=SECRET)
    row = SearchDocument.objects.get(audience=Audience.STAFF, kind="activity")
    assert SECRET not in str(row.passages) + row.title + row.all_key


def test_a_withdrawn_text_is_gone_from_the_draft_when_it_is_registered(department):
    draft = change_of(registered_activity(department), purpose=SECRET)
    assert ActivityVersion.objects.count() == 2
    assert [row.version for row in SearchDocument.objects.filter(audience=Audience.DRAFT)] == [draft.pk]


def test_the_public_finds_exactly_what_was_registered_for_it(samples):
    shown = documents.Document(Audience.PUBLIC, 1, "公表した名称")
    hidden = documents.Document(Audience.STAFF, 1, f"公表した名称{SECRET}")
    samples.stored[1] = [hidden]
    documents.register_public("sample", lambda identities: [shown], {})
    samples.put(hidden)
    assert found(None, "公表した") == [("sample", 1, None)]
    assert found(None) == []
    assert len(found(SYSTEM, "公表した")) == 1
