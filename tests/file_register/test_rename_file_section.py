"""所管課の名称を改める: after a reorganisation the published words are wrong at once, and one step mends them."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from file_register import duties
from file_register.defaults import organ_name
from file_register.duties import DutyKind
from file_register.models import PersonalFileVersion
from file_register.services import (
    AlreadyChanged,
    ChangeUnderWay,
    NoSuccessor,
    correct_file_entry,
    rename_file_section,
    revise_personal_file,
)
from history.errors import ReasonRequired
from history.writing import SYSTEM
from organization.models import Role
from organization.reorganizing import NewDepartment, reorganize
from organization.rules import NotPermitted
from tests.file_register.factories import STARTS, change_of, changed_file, counted, file_in, published, registered_file
from tests.organization.factories import DepartmentFactory, DivisionFactory, OrganFactory, person
from tests.records.cast import all_but, somebody
from tests.registry.factories import registered_activity

pytestmark = pytest.mark.django_db
ON = date(2026, 4, 1)
REASON = "令和8年4月1日の組織改正のため"


@pytest.fixture
def after(department):
    """The department that does the work of `department` from the day of the change."""

    def change(name="支援課"):
        before = [department]
        return reorganize(before, [NewDepartment(name, DivisionFactory())], on=ON, actor=SYSTEM, reason=REASON)[0]

    return change


def call(version, department, actor=SYSTEM, on=ON, reason=REASON):
    return rename_file_section(
        version,
        department=department,
        on=on,
        section_name=department.full_name,
        organ_name="練馬区長",
        reason=reason,
        actor=actor,
    )


def duty(version, day):
    rows = duties.with_facts(PersonalFileVersion.objects.as_of(day).filter(file=version.file), day)
    found = duties.judged(rows.get(), day=day)[1]
    assert rows.filter(duties.open_duty(day)).exists() == (found is not None)
    return found


def test_is_the_duty_of_a_published_file_from_the_day_of_the_change_until_the_entry_is_corrected(department, after):
    version = counted(registered_file(department), "1,000人")
    published(version)
    successor = after()
    assert duty(version, date(2026, 3, 31)) is None
    found = duty(version, ON)
    assert (found.kind, found.kind.label, found.citation) == (DutyKind.RENAME, "名称の変更", "令第21条第3項")
    assert "直ちに" in found.words
    call(version, successor)
    assert duty(version, ON).kind == DutyKind.CORRECT
    correct_file_entry(version.file, on=ON, actor=SYSTEM)
    assert duty(version, ON) is None


@pytest.mark.parametrize("persons", ["10人", "1,000人"])
def test_is_asked_of_a_file_that_is_not_published_before_it_is_published(persons, department, after):
    version = counted(registered_file(department), persons)
    successor = after()
    found = duty(version, ON)
    assert (found.kind, found.citation) == (DutyKind.RENAME, "")
    assert found.words.endswith("名称を改めてください。")
    assert "直ちに" not in found.words
    call(version, successor)
    renamed = duty(version, ON)
    assert (renamed.kind if renamed else None) == (None if persons == "10人" else DutyKind.PUBLISH)


def test_comes_before_the_correction_of_another_change(department, after):
    version = counted(registered_file(department), "1,000人")
    published(version)
    changed_file(version, date(2026, 3, 1), scope="教職員")
    after()
    assert duty(version, date(2026, 3, 31)).kind == DutyKind.CORRECT
    assert duty(version, ON).kind == DutyKind.RENAME


def test_is_asked_on_the_days_before_the_law_and_of_the_assembly_too():
    organ = OrganFactory(name="議会", is_assembly=True)
    section = DepartmentFactory(name="事務局", parent=DivisionFactory(name="部", parent=organ))
    version = counted(registered_file(section, on=date(2020, 4, 1)), "1,000人")
    for on in (date(2021, 4, 1), ON):
        new = NewDepartment(f"事務局{on.year}", section.parent)
        (successor,) = reorganize([section], [new], on=on, actor=SYSTEM, reason=REASON)
        assert duty(version, on).kind == DutyKind.RENAME
        version = call(version, successor, on=on)
        assert duty(version, on) is None
        section = successor


def test_waits_on_the_first_page_and_in_the_list_of_whoever_may_do_it(department, after, sign_in, layouts):
    version = counted(registered_file(department, name="名称の古いファイル"), "10人")
    clerk = person(Role.CLERK, after())
    home = sign_in(clerk).get(reverse("home")).content.decode()
    assert "名称の古いファイル" in home
    assert "所管課が組織改正で変わったため、名称を改めてください。" in home
    page = sign_in(clerk).get(reverse("view_personalfile", args=[version.file_id])).content.decode()
    assert reverse("rename_file_section", args=[version.pk]) in page
    listed = sign_in(person(Role.OFFICE)).get(reverse("personal_file_list"), {"duty": "1"})
    assert "要対応：名称の変更" in listed.content.decode()


def test_registers_the_file_under_the_new_names_and_leaves_the_rest_as_it_is(department, after):
    business = registered_activity(department).activity
    version = registered_file(department, activities=[business])
    successor = after()
    renamed = call(version, successor, person(Role.OFFICE))
    version.refresh_from_db()
    assert (version.valid_to, renamed.valid_from, renamed.replaces) == (ON, ON, version)
    assert (renamed.department, renamed.section_name) == (successor, successor.full_name)
    assert (renamed.name, renamed.scope, renamed.activities) == (version.name, version.scope, [business])
    assert version.section_name == "教育振興部学校教育支援センター"  # as it was printed
    assert renamed.history.latest().history_change_reason == REASON


def test_a_change_after_it_starts_under_the_successor_and_its_name(department, after):
    version = registered_file(department)
    successor = after()
    draft = revise_personal_file(version, reason="内容の変更", actor=person(Role.CLERK, successor))
    assert (draft.department, draft.section_name) == (successor, successor.full_name)


def test_needs_a_reason(department, after, nothing_is_written):
    version, successor = registered_file(department), after()
    with nothing_is_written(ReasonRequired):
        call(version, successor, reason=" ")


def test_takes_no_department_but_one_that_took_over_by_that_day(department, after, nothing_is_written):
    version, other = registered_file(department), DepartmentFactory(name="ほかの課")
    successor = after()
    for wrong, day in [(other, ON), (department, ON), (successor, date(2026, 3, 31))]:
        with nothing_is_written(NoSuccessor):
            call(version, wrong, on=day)


def test_waits_for_a_change_under_way_and_for_the_newest_version(department, after, nothing_is_written):
    first, version = registered_file(department), registered_file(department)
    change_of(version)
    successor = after()
    with nothing_is_written(ChangeUnderWay):
        call(version, successor)
    call(first, successor)
    with nothing_is_written(AlreadyChanged):
        call(first, successor, on=date(2026, 4, 2))


@pytest.mark.parametrize("status", ["draft", "submitted", "withdrawn"])
def test_is_refused_from_every_other_state(status, department, after, nothing_is_written):
    version, successor, office = file_in(status, department), after(), person(Role.OFFICE)
    with nothing_is_written(NotPermitted):
        call(version, successor, office)


@pytest.mark.parametrize("role", [Role.CLERK, Role.HEAD])
def test_is_taken_by_the_department_that_took_over(role, department, after):
    version, successor = registered_file(department), after()
    assert call(version, successor, person(role, successor)).department == successor


@pytest.fixture
def halves(department):
    """The two departments into which `department` was split."""
    new = [NewDepartment(name, department.parent) for name in ("第一課", "第二課")]
    return reorganize([department], new, on=ON, actor=SYSTEM, reason=REASON)


def names(version, department, section_name="", organ_name=""):
    return rename_file_section(
        version,
        department=department,
        on=ON,
        section_name=section_name,
        organ_name=organ_name,
        reason=REASON,
        actor=SYSTEM,
    )


@pytest.mark.parametrize("typed", ["{0}", "　{0}"])
def test_refuses_the_full_name_of_another_department_at_its_field(typed, department, halves, nothing_is_written):
    version, (one, other) = registered_file(department), halves
    for wrong in (one.full_name, one.full_name.replace(" ", ""), department.full_name):
        with nothing_is_written(ValidationError) as refusal:
            names(version, other, typed.format(wrong))
        assert refusal.value.message_dict == {"section_name": ["選んだ所管課の名称とちがいます。"]}


def test_takes_the_departments_own_name_however_it_is_spaced_and_where_nothing_is_typed(department, halves):
    one, other = halves
    spaced = names(registered_file(department), one, one.full_name.replace(" ", ""))
    empty = names(registered_file(department), other)
    assert (spaced.section_name, empty.section_name) == (one.full_name.replace(" ", ""), other.full_name)
    assert empty.organ_name == organ_name(other)


def test_page_after_a_split_lets_choose_and_fills_nothing_in(department, halves, sign_in, layouts):
    version, (one, other) = registered_file(department), halves
    client, url = sign_in(person(Role.OFFICE)), reverse("rename_file_section", args=[version.pk])
    form = client.get(url).context["form"]
    assert not {"department", "section_name", "organ_name"} & set(form.initial)
    assert "所管課を選んでください" in str(form["department"])
    sent = {"department": other.pk, "on": "R8.4.1", "section_name": one.full_name, "reason": REASON}
    answer = client.post(url, sent)
    assert answer.status_code == 422
    assert answer.context["form"].errors == {"section_name": ["選んだ所管課の名称とちがいます。"]}
    assert client.post(url, sent | {"section_name": ""}).status_code == 303
    assert version.file.versions.get(valid_from=ON).section_name == other.full_name


@pytest.mark.parametrize("who", all_but("担当", "課長", "情報公開課"))
def test_is_denied_to_everybody_else(who, department, after, nothing_is_written):
    version, actor = registered_file(department), somebody(who, department)
    successor = after()
    with nothing_is_written(NotPermitted):
        call(version, successor, actor)


@pytest.mark.parametrize("writes", [1, 2])
def test_changes_nothing_when_the_history_cannot_be_written(writes, department, after, history_breaks):
    version, successor = registered_file(department), after()
    with history_breaks(after=writes):
        call(version, successor)


def test_page_offers_the_successor_its_names_and_the_day_and_takes_the_step(department, after, sign_in, layouts):
    version, successor = registered_file(department), after()
    client, url = sign_in(person(Role.OFFICE)), reverse("rename_file_section", args=[version.pk])
    assert url in client.get(reverse("view_personalfile", args=[version.file_id])).content.decode()
    form = client.get(url).context["form"]
    assert (form.initial["department"], form.initial["on"]) == (successor.pk, ON)
    assert form.initial["section_name"] == successor.full_name
    sent = {"department": successor.pk, "on": "R8.4.1", "organ_name": "練馬区長", "section_name": "支援課"}
    assert client.post(url, sent).status_code == 422
    assert client.post(url, sent | {"reason": REASON}).status_code == 303
    assert version.file.versions.get(valid_from=ON).section_name == "支援課"


def test_page_of_a_file_offers_nothing_while_its_department_exists(department, sign_in, layouts):
    version = registered_file(department, on=STARTS)
    page = sign_in(person(Role.OFFICE)).get(reverse("view_personalfile", args=[version.file_id]))
    assert reverse("rename_file_section", args=[version.pk]) not in page.content.decode()
