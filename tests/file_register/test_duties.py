"""するべきこと: what the law still asks for, the same for one file and for the list's filter."""

import itertools
from datetime import date

import pytest

from file_register import duties
from file_register.duties import DutyKind
from file_register.kinds import FileStatus
from file_register.models import PersonalFileVersion, PublishedState
from file_register.services import abolish_personal_file, correct_file_entry, remove_file_entry
from history.writing import SYSTEM
from tests.file_register.factories import changed_file, counted, entry_of_old, policy, published, registered_file
from tests.organization.factories import DepartmentFactory, DivisionFactory, OrganFactory

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 1)


def judged(version, day=DAY):
    row = duties.with_facts(PersonalFileVersion.objects.filter(file=version.file), day).order_by("-pk").first()
    return duties.judged(row, day=day)


def kind_of(version, day=DAY):
    duty = judged(version, day)[1]
    return duty.kind if duty else None


def test_a_large_file_must_be_published_until_somebody_writes_that_it_was(department):
    version = counted(registered_file(department), "1,000人")
    duty = judged(version)[1]
    assert (duty.kind, duty.citation) == (DutyKind.PUBLISH, "令第21条第1項・令第21条第5項")
    published(version)
    assert judged(version)[1] is None


def test_a_file_that_fell_below_a_thousand_must_be_struck_out_without_delay(department):
    version = counted(counted(registered_file(department), "1,000人"), "999人", date(2026, 3, 31))
    published(version)
    assert kind_of(version, date(2026, 3, 30)) is None
    duty = judged(version, date(2026, 3, 31))[1]
    assert (duty.kind, duty.citation) == (DutyKind.REMOVE, "令第21条第4項")
    assert "遅滞なく" in duty.words
    remove_file_entry(version.file, on=date(2026, 4, 10), reason="1,000人に満たない", actor=SYSTEM)
    assert kind_of(version, date(2026, 4, 9)) == DutyKind.REMOVE
    assert kind_of(version, date(2026, 4, 10)) is None


def test_a_change_must_be_corrected_at_once_until_somebody_writes_that_it_was(department):
    version = counted(registered_file(department), "1,000人")
    published(version)
    changed = changed_file(version, date(2026, 4, 1), scope="教職員")
    duty = judged(changed)[1]
    assert (duty.kind, duty.citation) == (DutyKind.CORRECT, "令第21条第3項")
    assert "直ちに" in duty.words
    correct_file_entry(version.file, on=date(2026, 4, 2), actor=SYSTEM)
    assert judged(changed)[1] is None


def test_a_file_no_longer_held_must_be_struck_out(department):
    version = counted(registered_file(department), "1,000人")
    published(version)
    abolish_personal_file(version, on=date(2026, 4, 1), reason="事業の終了", actor=SYSTEM)
    assert kind_of(version, date(2026, 3, 31)) is None
    assert judged(version, date(2026, 4, 1))[1].words == "保有をやめたため、遅滞なく記載を消除してください。"


def test_an_exclusion_found_later_strikes_the_entry_out_under_its_own_article(department):
    version = counted(registered_file(department, exclusions=["personnel"]), "5,000人")
    entry_of_old(version)
    duty = judged(version)[1]
    assert (duty.kind, duty.citation) == (DutyKind.REMOVE, "法第75条第2項第1号（第74条第2項第3号）")


def test_the_wards_choice_moves_a_small_file_to_the_other_register(department):
    policy(publishes_small=True, valid_from=date(2026, 4, 1))
    version = counted(registered_file(department), "999人")
    assert kind_of(version, date(2026, 3, 31)) is None
    assert kind_of(version, date(2026, 4, 1)) == DutyKind.PUBLISH
    entry_of_old(version)
    assert "条例個人情報ファイル簿に掲載してください" in judged(version)[1].words


def test_an_undecided_file_and_the_time_before_the_law_ask_for_nothing(department):
    version = registered_file(department, on=date(2020, 4, 1))
    assert kind_of(version) is None
    counted(version, "5,000人", date(2020, 4, 1))
    assert kind_of(version, date(2023, 3, 31)) is None
    assert kind_of(version, date(2023, 4, 1)) == DutyKind.PUBLISH


@pytest.mark.parametrize("small", [True, False, None])
def test_the_lists_filter_finds_exactly_the_files_that_have_a_duty(small, department):
    if small is not None:
        policy(publishes_small=small)
    facts = itertools.product(
        [None, "999人", "1,000人", "900〜1,100人", "500人以上"], [[], ["mailing"]], [None, "act", "ordinance"]
    )
    for persons, exclusions, register in facts:
        version = registered_file(department, exclusions=exclusions)
        if persons:
            counted(version, persons)
        if register:
            entry_of_old(version, register=register)
        if persons == "1,000人":
            changed_file(version, date(2026, 4, 1), scope="教職員")
    rows = PersonalFileVersion.objects.as_of(DAY).filter(status=FileStatus.REGISTERED)
    rows = duties.with_facts(rows, DAY)
    expected = {row.pk for row in rows if duties.judged(row, day=DAY)[1]}
    assert {row.pk for row in rows.filter(duties.open_duty(DAY))} == expected
    assert 0 < len(expected) < 30


def test_the_filter_finds_nothing_before_the_law(department):
    version = counted(registered_file(department, on=date(2020, 4, 1)), "5,000人", date(2020, 4, 1))
    rows = duties.with_facts(PersonalFileVersion.objects.filter(pk=version.pk), date(2023, 3, 31))
    assert not rows.filter(duties.open_duty(date(2023, 3, 31))).exists()


@pytest.mark.parametrize(
    ("marks", "expected"),
    [({"is_assembly": True}, None), ({"is_medical": True}, DutyKind.PUBLISH), ({}, DutyKind.PUBLISH)],
)
def test_a_file_of_the_assembly_waits_for_nothing_and_one_of_a_hospital_does(marks, expected):
    organ = OrganFactory(name="機関", **marks)
    section = DepartmentFactory(name="事務局", parent=DivisionFactory(name="部", parent=organ))
    version = counted(registered_file(section), "1,000人")
    assert kind_of(version) == expected
    rows = duties.with_facts(PersonalFileVersion.objects.all(), DAY)
    assert rows.get().body == section.body
    assert rows.filter(duties.open_duty(DAY)).exists() == bool(expected)
    entry_of_old(version)
    assert kind_of(version) == (None if expected else DutyKind.REMOVE)
    assert rows.filter(duties.open_duty(DAY)).exists() == (not expected)


@pytest.mark.parametrize("abolishes", [False, True])
def test_an_entry_of_the_assembly_is_to_be_struck_out(abolishes):
    organ = OrganFactory(name="議会", is_assembly=True)
    section = DepartmentFactory(name="事務局", parent=DivisionFactory(name="議会事務局", parent=organ))
    version = counted(registered_file(section), "1,000人")
    entry_of_old(version)
    if abolishes:
        abolish_personal_file(version, on=date(2026, 4, 1), reason="事業の終了", actor=SYSTEM)
    duty = judged(version)[1]
    assert (duty.kind, duty.citation) == (DutyKind.REMOVE, "法第2条第11項第2号")
    assert "法の対象外" in duty.words
    rows = duties.with_facts(PersonalFileVersion.objects.all(), DAY)
    assert rows.filter(duties.waiting(DAY)).exists()
    remove_file_entry(version.file, on=DAY, reason="法の対象外", actor=SYSTEM)
    assert judged(version)[1] is None


def test_a_correction_written_for_a_later_day_is_still_asked_for_until_then(department):
    version = counted(registered_file(department), "1,000人")
    entry = published(version)
    changed = changed_file(version, date(2026, 4, 1), scope="教職員")
    entry.version, entry.corrected_on = changed, date(2029, 11, 12)
    entry.save_as(SYSTEM, action="correct_file_entry")
    PublishedState(entry=entry, version=changed, since=date(2029, 11, 12)).save_as(SYSTEM, action="correct_file_entry")
    assert kind_of(changed) == DutyKind.CORRECT
    rows = duties.with_facts(PersonalFileVersion.objects.as_of(DAY), DAY)
    assert rows.filter(duties.waiting(DAY)).exists()
    assert kind_of(changed, date(2029, 11, 12)) is None
