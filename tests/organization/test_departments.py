"""組織: the tree, its days, and who does the work of whom."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from common.regime import Regime
from history.errors import ReasonRequired
from history.writing import SYSTEM
from organization.models import Department, DepartmentKind, Role, Ward
from organization.models.departments import with_predecessors
from organization.rules import NotPermitted
from organization.services import add_department, name_ward, succeed
from tests.organization.factories import DepartmentFactory, DivisionFactory, OrganFactory, UserFactory, person

pytestmark = pytest.mark.django_db
MERGED_ON = date(2022, 4, 1)


def test_a_section_is_written_with_its_division_as_on_the_sheets():
    assert DepartmentFactory(name="収納課").full_name == "区民部 収納課"


def test_a_section_right_under_its_organ_is_written_alone():
    assert DepartmentFactory(name="監査事務局", parent=OrganFactory(name="監査委員")).full_name == "監査事務局"


def test_a_department_exists_from_its_first_day_to_the_day_before_its_end():
    department = DepartmentFactory(valid_from=date(2020, 4, 1), valid_to=date(2022, 4, 1))
    sections = Department.objects.sections()
    assert department not in sections.as_of(date(2020, 3, 31))
    assert department in sections.as_of(date(2020, 4, 1))
    assert department in sections.as_of(date(2022, 3, 31))
    assert department not in sections.as_of(date(2022, 4, 1))


def test_an_unknown_start_counts_as_always():
    assert DepartmentFactory(valid_from=None) in Department.objects.as_of(date(1947, 8, 1))


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"kind": DepartmentKind.SECTION}, "上位の組織を選んでください"),
        ({"kind": DepartmentKind.ORGAN, "valid_from": MERGED_ON, "valid_to": MERGED_ON}, "設置日より後の日"),
    ],
)
def test_what_cannot_be_is_refused_in_japanese(values, message):
    with pytest.raises(ValidationError, match=message):
        add_department(name="どこかの組織", actor=SYSTEM, **values)


def test_the_database_refuses_a_section_without_a_place_in_the_tree():
    department = DepartmentFactory()
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE organization_department SET parent_id = NULL WHERE id = %s", [department.pk])


def test_only_the_administrator_changes_the_tree():
    for role in set(Role) - {Role.ADMIN, Role.SYSTEM}:
        with pytest.raises(NotPermitted):
            add_department(kind=DepartmentKind.ORGAN, name="議会", actor=person(role))
    with pytest.raises(NotPermitted):
        add_department(kind=DepartmentKind.ORGAN, name="議会", actor=UserFactory())
    assert add_department(kind=DepartmentKind.ORGAN, name="議会", actor=person(Role.ADMIN)).pk


def test_there_is_one_ward_and_naming_it_again_renames_it():
    name_ward("練馬区", actor=SYSTEM)
    name_ward("新宿区", actor=SYSTEM)
    assert [ward.name for ward in Ward.objects.all()] == ["新宿区"]
    with pytest.raises(IntegrityError), transaction.atomic():
        Ward(name="目黒区").save_as(SYSTEM, action="edit_organization", reason="二つ目の区")


def test_a_merger_ends_the_old_departments_and_ties_them_to_the_new_one():
    division = DivisionFactory()
    old = [DepartmentFactory(name=name, parent=division) for name in ("収納課", "税務課")]
    new = DepartmentFactory(name="納税課", parent=division, valid_from=MERGED_ON)
    succeed(old, [new], on=MERGED_ON, actor=SYSTEM, reason="組織改正による統合")
    here = Department.objects.sections()
    assert set(here.as_of(date(2022, 3, 31))) == set(old)
    assert set(here.as_of(MERGED_ON)) == {new}
    assert with_predecessors([new.pk], day=MERGED_ON) == {new.pk, *(each.pk for each in old)}
    assert with_predecessors([new.pk], day=date(2022, 3, 31)) == {new.pk}
    assert old[0].history.latest().history_change_reason == "組織改正による統合"


def test_a_succession_goes_through_any_number_of_renamings_and_may_go_in_circles():
    first, second, third = (DepartmentFactory(name=name) for name in ("税務課", "納税課", "収納課"))
    succeed([first], [second], on=date(2013, 4, 1), actor=SYSTEM, reason="改称")
    succeed([second], [third], on=date(2018, 4, 1), actor=SYSTEM, reason="改称")
    succeed([third], [first], on=date(2021, 4, 1), actor=SYSTEM, reason="もとの名称へ")
    assert with_predecessors([third.pk], day=MERGED_ON) == {first.pk, second.pk, third.pk}


def test_a_split_gives_the_old_work_to_both():
    old, one, other = (DepartmentFactory(name=name) for name in ("収納課", "収納第一課", "収納第二課"))
    succeed([old], [one, other], on=MERGED_ON, actor=SYSTEM, reason="組織改正による分割")
    assert with_predecessors([one.pk], day=MERGED_ON) == {one.pk, old.pk}
    assert with_predecessors([other.pk], day=MERGED_ON) == {other.pk, old.pk}


def test_a_department_does_not_succeed_itself_and_nothing_is_left_of_the_attempt():
    department = DepartmentFactory()
    with pytest.raises(ValidationError, match="別の組織"):
        succeed([department], [department], on=MERGED_ON, actor=SYSTEM, reason="誤り")
    department.refresh_from_db()
    assert department.valid_to is None


def test_a_reorganisation_needs_a_reason():
    old, new = DepartmentFactory(name="収納課"), DepartmentFactory(name="納税課")
    with pytest.raises(ReasonRequired):
        succeed([old], [new], on=MERGED_ON, actor=SYSTEM, reason="")


def test_an_assembly_and_a_clinic_have_rules_of_their_own_and_so_has_all_below_them():
    assembly = OrganFactory(name="議会", is_assembly=True)
    secretariat = DepartmentFactory(name="区議会事務局", parent=assembly)
    clinic = DepartmentFactory(name="休日急患診療所", is_medical=True)
    day = date(2023, 4, 1)
    assert secretariat.rules_on(day).regime == Regime.ASSEMBLY
    assert clinic.rules_on(day).regime == Regime.MEDICAL
    assert DepartmentFactory(name="収納課").rules_on(day).regime == Regime.ACT
    assert secretariat.rules_on(date(2023, 3, 31)).regime == Regime.ORDINANCE


def test_only_an_organ_is_the_assembly():
    with pytest.raises(ValidationError, match="議会の印は、実施機関だけに付けます"):
        DepartmentFactory(name="区議会事務局", is_assembly=True)
