"""組織改正: rename, merge, split and abolish, with all that is a department's."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from history.errors import ReasonRequired
from history.writing import SYSTEM
from organization import reassignment
from organization.errors import (
    HasSections,
    KindsDiffer,
    LastAdministrator,
    NamedTwice,
    NameTaken,
    NoDepartment,
    NotThere,
    SuccessorNotChosen,
    WorkWithoutKeeper,
)
from organization.models import Assignment, Department, Role, Succession, User
from organization.reorganizing import NewDepartment, reorganize
from organization.rules import NotPermitted
from organization.services import add_department
from registry.models import ActivityVersion
from registry.services import register_activity
from tests.file_register.factories import changed_file, file_draft, registered_file
from tests.organization.factories import AssignmentFactory, DepartmentFactory, DivisionFactory, person
from tests.records.cast import all_but, somebody
from tests.registry.factories import activity_draft, registered_activity, submitted_change_of

pytestmark = pytest.mark.django_db
ON = date(2022, 4, 1)
DAY_BEFORE = date(2022, 3, 31)
REASON = "組織規則の改正による"


def call(before, after, actor=SYSTEM, **changed):
    return reorganize(before, after, **{"on": ON, "actor": actor, "reason": REASON} | changed)


def new(name="収納課", old=None):
    return NewDepartment(name, (old or DepartmentFactory()).parent, f"{name}長")


@pytest.fixture
def tax():
    return DepartmentFactory(name="税務課")


def test_a_renamed_department_ends_and_goes_on_under_its_new_name(tax):
    (collection,) = call([tax], [new(old=tax)])
    tax.refresh_from_db()
    assert (tax.valid_to, collection.valid_from, collection.head_title) == (ON, ON, "収納課長")
    assert (collection.parent, collection.kind) == (tax.parent, tax.kind)
    assert Succession.objects.get().on == ON
    assert tax.history.latest().history_change_reason == REASON


def test_charges_end_on_the_day_and_go_on_in_the_successor(tax):
    clerk = person(Role.CLERK, tax)
    (collection,) = call([tax], [new(old=tax)])
    held = Assignment.objects.filter(user=clerk)
    assert [charge.department for charge in held.as_of(DAY_BEFORE)] == [tax]
    assert [charge.department for charge in held.as_of(ON)] == [collection]
    assert User.objects.get(pk=clerk.pk).acting_as().department == "区民部 収納課"


def test_a_registered_business_stands_under_the_new_department_from_the_day(tax):
    version = registered_activity(tax)
    (collection,) = call([tax], [new(old=tax)])
    versions = version.activity.versions
    assert versions.as_of(DAY_BEFORE).get().department == tax
    moved = versions.as_of(ON).get()
    assert (moved.department, moved.name, moved.registered_on) == (collection, version.name, version.registered_on)
    assert moved.history.latest().action == "reorganize"


def test_two_merged_departments_have_one_successor_and_nobody_holds_a_charge_twice(tax):
    other = DepartmentFactory(name="納税課", parent=tax.parent)
    clerk = person(Role.CLERK, tax)
    AssignmentFactory(user=clerk, department=other, role=Role.CLERK)
    (merged,) = call([tax, other], [new(old=tax)])
    assert [charge.department for charge in Assignment.objects.as_of(ON)] == [merged]
    assert set(Succession.objects.values_list("before__name", flat=True)) == {"税務課", "納税課"}


def test_a_department_can_be_taken_in_by_one_that_is_there(tax):
    there = DepartmentFactory(name="収納課", parent=tax.parent)
    assert call([tax], [there]) == [there]
    assert Department.objects.sections().as_of(ON).get() == there


def test_a_split_gives_each_business_and_each_person_to_the_one_that_was_chosen(tax):
    first, second = registered_activity(tax, name="一"), registered_activity(tax, name="二")
    clerk = person(Role.CLERK, tax)
    charge = clerk.assignments.get()
    key = reassignment.key_of(ActivityVersion, "department")
    choices = {f"{key}:{first.activity_id}": 0, f"{key}:{second.activity_id}": 1}
    choices[f"{reassignment.key_of(Assignment, 'department')}:{charge.pk}"] = 1
    one, other = call([tax], [new("第一課", tax), new("第二課", tax)], choices=choices)
    assert first.activity.versions.as_of(ON).get().department == one
    assert second.activity.versions.as_of(ON).get().department == other
    assert Assignment.objects.as_of(ON).get().department == other


def test_a_split_asks_once_for_a_business_and_takes_its_later_version_along(tax, sign_in):
    version = registered_activity(tax, name="一")
    change = submitted_change_of(version)
    register_activity(change, on=date(2023, 4, 1), actor=SYSTEM)
    client = sign_in(person(Role.ADMIN))
    data = form_data(tax, name_2="納税課")
    (touched,) = client.post(reverse("reorganize"), data).context["preview"].touched
    assert (touched.total, len(touched.choices)) == (1, 1)
    refused = client.post(reverse("reorganize"), data | {"step": "carry_out"})
    assert "承継先を選んでいないものが1件あります。" in refused.content.decode()
    chosen = {"step": "carry_out", f"to:{touched.choices[0].key}": "1"}
    assert client.post(reverse("reorganize"), data | chosen).status_code == 303
    for day in (ON, date(2023, 4, 1)):
        assert version.activity.versions.as_of(day).get().department.name == "納税課"


def test_page_of_a_split_says_how_many_files_are_to_be_assigned_by_hand(tax, sign_in):
    changed_file(registered_file(tax, on=date(2021, 4, 1)), date(2023, 4, 1), scope="教職員")
    file_draft(tax)
    client = sign_in(person(Role.ADMIN))
    page = client.post(reverse("reorganize"), form_data(tax, name_2="納税課")).content.decode()
    assert "登録された1件のファイルは、もとの名称のまま残ります。" in page
    assert f'href="{reverse("personal_file_list")}?duty=1"' in page
    assert "名称を改める" not in client.post(reverse("reorganize"), form_data(tax)).content.decode()


def test_page_of_a_department_promises_no_day_to_what_is_there(tax, sign_in):
    registered_activity(tax)
    page = sign_in(person(Role.ADMIN)).get(reverse("view_department", args=[tax.pk])).content.decode()
    assert "組織改正のときは、承継先のものになります。" in page
    assert "その日から" not in page


@pytest.mark.parametrize("chosen", [{}, {"index": -1}, {"index": 2}])
def test_a_split_waits_until_everything_has_its_successor(tax, chosen, nothing_is_written):
    version = registered_activity(tax)
    key = f"{reassignment.key_of(ActivityVersion, 'department')}:{version.activity_id}"
    choices = {key: chosen["index"]} if chosen else {}
    with nothing_is_written(SuccessorNotChosen, match="1件"):
        call([tax], [new("第一課", tax), new("第二課", tax)], choices=choices)


def test_a_renamed_division_takes_its_sections_with_it():
    old = DivisionFactory(name="区民生活事業本部区民部")
    section = DepartmentFactory(name="税務課", parent=old)
    clerk = person(Role.CLERK, section)
    (division,) = call([old], [NewDepartment("区民部", old.parent)])
    again = Department.objects.sections().as_of(ON).get()
    assert (again.name, again.parent, again.head_title) == ("税務課", division, section.head_title)
    assert Assignment.objects.as_of(ON).get(user=clerk).department == again


def test_a_department_without_work_is_abolished_and_its_charges_end(tax):
    person(Role.CLERK, tax)
    assert call([tax], []) == []
    assert not Department.objects.sections().as_of(ON).exists()
    assert not Assignment.objects.as_of(ON).exists()


@pytest.mark.parametrize("make", [registered_activity, activity_draft])
def test_nothing_is_abolished_whose_work_nobody_takes_over(tax, make, nothing_is_written):
    make(tax)
    with nothing_is_written(WorkWithoutKeeper, match="業務.* 1件"):
        call([tax], [])


def test_is_refused_for_what_cannot_be(tax, nothing_is_written):
    below, future = DivisionFactory(name="福祉部"), DepartmentFactory(name="新課", valid_from=date(2022, 5, 1))
    DepartmentFactory(name="福祉課", parent=below)
    for refusal, before, after in [
        (NoDepartment, [], [new(old=tax)]),
        (NotThere, [future], [tax]),
        (NotThere, [tax], [future]),
        (KindsDiffer, [tax], [below]),
        (HasSections, [below], []),
        (HasSections, [below], [NewDepartment("一部", below.parent), NewDepartment("二部", below.parent)]),
    ]:
        with nothing_is_written(refusal):
            call(before, after)


def test_is_refused_a_second_time(tax, nothing_is_written):
    after = new(old=tax)
    call([tax], [after])
    with nothing_is_written(NotThere, match="税務課"):
        call([tax], [after])


def test_needs_a_reason(tax, nothing_is_written):
    after = new(old=tax)
    with nothing_is_written(ReasonRequired):
        call([tax], [after], reason=" ")


def test_leaves_the_ward_an_administrator(nothing_is_written):
    office = DepartmentFactory(name="情報公開課")
    person(Role.ADMIN, office)
    with nothing_is_written(LastAdministrator):
        call([office], [])


@pytest.mark.parametrize("who", all_but("管理者"))
def test_is_denied_to_everybody_else(who, tax, nothing_is_written):
    actor, after = somebody(who, tax), new(old=tax)
    with nothing_is_written(NotPermitted):
        call([tax], [after], actor)


@pytest.mark.parametrize("after", range(1, 8))
def test_changes_nothing_when_the_history_cannot_be_written(after, tax, history_breaks):
    registered_activity(tax)
    person(Role.CLERK, tax)
    following = new(old=tax)
    with history_breaks(after):
        call([tax], [following])


def form_data(tax, **changed):
    return {"before": [tax.pk], "name_1": "収納課", "on": "R4.4.1", "reason": REASON, "step": "preview"} | changed


def test_page_shows_what_is_touched_before_it_is_done(tax, sign_in):
    registered_activity(tax, name="軽自動車税に関する業務")
    activity_draft(tax, name="秘密の下書き")
    person(Role.CLERK, tax, name="税務課 担当")
    client = sign_in(person(Role.ADMIN))
    page = client.post(reverse("reorganize"), form_data(tax)).content.decode()
    assert "軽自動車税に関する業務" in page
    assert "税務課 担当（所管課 担当）" in page
    assert "秘密の下書き" not in page  # a draft is its department's and the office's
    assert "うち1件の内容は、権限のある人だけが見られます" in page
    assert not Succession.objects.exists()


def test_page_carries_out_what_was_shown(tax, sign_in):
    client = sign_in(person(Role.ADMIN))
    answer = client.post(reverse("reorganize"), form_data(tax, step="carry_out"))
    collection = Department.objects.get(name="収納課")
    assert (answer.status_code, answer.headers["Location"]) == (303, reverse("view_department", args=[collection.pk]))
    assert (collection.parent, collection.head_title) == (tax.parent, "収納課長")


def test_page_asks_where_each_row_of_a_split_goes_and_keeps_what_was_chosen(tax, sign_in):
    first, second = registered_activity(tax, name="一"), registered_activity(tax, name="二")
    key = f"to:{reassignment.key_of(ActivityVersion, 'department')}"
    data = form_data(tax, name_2="納税課", step="carry_out") | {f"{key}:{first.activity_id}": "1"}
    client = sign_in(person(Role.ADMIN))
    answer = client.post(reverse("reorganize"), data)
    assert answer.status_code == 422
    assert "承継先を選んでいないものが1件あります。" in answer.content.decode()
    assert '<option value="1" selected>' in answer.content.decode()
    assert client.post(reverse("reorganize"), data | {f"{key}:{second.activity_id}": "0"}).status_code == 303
    assert second.activity.versions.as_of(ON).get().department.name == "収納課"


def test_page_leads_back_to_what_was_typed(tax, sign_in):
    answer = sign_in(person(Role.ADMIN)).post(reverse("reorganize"), form_data(tax, step="edit"))
    assert answer.status_code == 200
    assert 'value="収納課"' in answer.content.decode()


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"name_1": ""}, "改正後の組織の名称を入力するか"),
        ({"abolished": "on"}, "廃止の印をはずしてください"),
        ({"on": "令和4年2月30日"}, "令和4年2月30日という日はありません"),
        ({"on": "R4.4"}, "年月日まで書いてください"),
        ({"before": []}, "改正前の組織を選んでください"),
        ({"reason": ""}, "理由を入力してください"),
    ],
)
def test_page_says_what_is_wrong(tax, sign_in, changed, message):
    answer = sign_in(person(Role.ADMIN)).post(reverse("reorganize"), form_data(tax, **changed))
    assert answer.status_code == 422
    assert message in answer.content.decode()


def test_page_marks_the_department_that_it_was_opened_for(tax, sign_in):
    page = sign_in(person(Role.ADMIN)).get(reverse("reorganize"), {"before": tax.pk}).content.decode()
    assert f'value="{tax.pk}"' in page
    assert page.count(" checked") == 1


def test_a_name_that_another_unit_under_the_same_one_bears_is_refused_at_its_field(tax, sign_in):
    DepartmentFactory(name="収納課", parent=tax.parent)
    for name in ("収納課", "収納 課"):
        with pytest.raises(NameTaken):
            call([tax], [new(name, tax)])
    assert not Succession.objects.exists()
    answer = sign_in(person(Role.ADMIN)).post(reverse("reorganize"), form_data(tax))
    assert answer.status_code == 422
    (words,) = answer.context["form"].errors["name_1"]
    assert words.startswith("「区民部」には「収納課」がすでにあります。")


def test_the_name_of_a_unit_that_ends_by_then_or_begins_later_counts_by_its_days(tax):
    gone = DepartmentFactory(name="収納課", parent=tax.parent, valid_to=ON)
    DepartmentFactory(name="納税課", parent=tax.parent, valid_from=date(2023, 4, 1))
    with pytest.raises(NameTaken):
        call([tax], [new("納税課", tax)])
    assert call([tax], [new("収納課", tax)])[0].name == gone.name


def test_a_merge_may_keep_the_name_of_one_and_a_split_of_the_one_before(tax):
    other = DepartmentFactory(name="納税課", parent=tax.parent)
    (merged,) = call([tax, other], [new("納税課", tax)])
    again = call([merged], [new("納税課", merged), new("収納課", merged)], on=date(2023, 4, 1))
    assert [one.name for one in again] == ["納税課", "収納課"]
    with pytest.raises(NamedTwice):
        call(again[:1], [new("第一課", merged), new("第 一課", merged)], on=date(2024, 4, 1))


def test_two_units_of_one_name_do_not_come_together_under_a_merged_division():
    one, other = DivisionFactory(name="区民部"), DivisionFactory(name="福祉部")
    for division in (one, other):
        DepartmentFactory(name="管理課", parent=division)
    with pytest.raises(NamedTwice, match="「管理課」が2つ"):
        call([one, other], [NewDepartment("区民福祉部", one.parent)])
    with pytest.raises(NamedTwice, match="「福祉部」の下に「管理課」が2つ"):
        call([one], [other])


def test_a_new_unit_is_told_from_those_under_the_same_one_by_its_name(tax):
    values = {"kind": tax.kind, "parent": tax.parent, "actor": SYSTEM}
    with pytest.raises(ValidationError) as refused:
        add_department(name="税務　課", **values)
    assert refused.value.message_dict["name"] == [
        "「区民部」には、同じ期間に「税務課」があります。ちがう名称にしてください。"
    ]
    tax.valid_to = ON
    tax.full_clean()
    tax.save_as(SYSTEM, action="edit_organization")
    later = add_department(name="税務課", valid_from=ON, **values)
    later.valid_from = DAY_BEFORE
    with pytest.raises(ValidationError):
        later.full_clean()
