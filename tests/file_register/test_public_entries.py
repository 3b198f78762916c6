"""公表の記録: what stood in which public register, with which words, from when to when."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from file_register.models import PublicEntry
from file_register.services import (
    AgainstRule,
    MustNotBePublished,
    NothingToCorrect,
    NotInForce,
    NotPublished,
    OrdinanceRegisterClosed,
    SectionGone,
    correct_file_entry,
    publish_file_entry,
    remove_file_entry,
    rename_file_section,
)
from history.errors import ReasonRequired
from history.writing import SYSTEM
from organization.models import Role
from organization.reorganizing import NewDepartment, reorganize
from organization.rules import NotPermitted
from tests.file_register.factories import (
    STARTS,
    changed_file,
    counted,
    entry_of_old,
    file_draft,
    policy,
    published,
    registered_file,
)
from tests.organization.factories import DepartmentFactory, DivisionFactory, OrganFactory, person
from tests.records.cast import all_but, somebody

pytestmark = pytest.mark.django_db
LATER = date(2026, 4, 1)
STEPS = {
    "publish_file_entry": (publish_file_entry, {"register": "act", "on": LATER}),
    "correct_file_entry": (correct_file_entry, {"on": LATER}),
    "remove_file_entry": (remove_file_entry, {"on": LATER, "reason": "1,000人に満たない"}),
}


def ready_for(action, department):
    """A file on which the office may take `action`."""
    version = registered_file(department)
    if action != "publish_file_entry":
        published(version)
        changed_file(version, LATER, scope="教職員")
    return version.file


def take(action, file, actor=None):
    service, arguments = STEPS[action]
    return service(file, actor=actor or person(Role.OFFICE), **arguments)


@pytest.mark.parametrize("action", ["publish_file_entry", "correct_file_entry"])
def test_says_no_department_that_is_no_more_on_that_day(action, department, nothing_is_written):
    file = ready_for(action, department)
    (successor,) = reorganize(
        [department], [NewDepartment("支援課", department.parent)], on=LATER, actor=SYSTEM, reason="改正"
    )
    with nothing_is_written(SectionGone) as refusal:
        take(action, file)
    assert "さきに「名称を改める」で名称を改めてください" in str(refusal.value)
    newest = file.versions.order_by("-pk").first()
    renamed = rename_file_section(
        newest,
        department=successor,
        on=date(2026, 4, 2),
        section_name="",
        organ_name="",
        reason="改正",
        actor=SYSTEM,
    )
    service, arguments = STEPS[action]
    entry = service(file, actor=SYSTEM, **arguments | {"on": date(2026, 4, 2)})
    assert entry.version == renamed


def test_of_a_day_before_the_reorganisation_is_published_as_it_was(department):
    version = registered_file(department)
    reorganize([department], [NewDepartment("支援課", department.parent)], on=LATER, actor=SYSTEM, reason="改正")
    assert published(version, on=date(2026, 3, 31)).version == version


def test_is_published_with_the_version_in_force_on_that_day(department):
    version = registered_file(department)
    entry = take("publish_file_entry", version.file)
    assert (entry.version, entry.register, entry.published_on) == (version, "act", LATER)
    assert entry in PublicEntry.objects.as_of(LATER)
    assert entry not in PublicEntry.objects.as_of(date(2026, 3, 31))


def test_says_from_the_correction_on_what_is_in_force_then(department):
    file = ready_for("correct_file_entry", department)
    entry = take("correct_file_entry", file)
    assert (entry.version.scope, entry.corrected_on, entry.published_on) == ("教職員", LATER, STARTS)


def test_ends_on_the_day_of_the_removal(department):
    entry = take("remove_file_entry", ready_for("remove_file_entry", department))
    assert entry in PublicEntry.objects.as_of(date(2026, 3, 31))
    assert entry not in PublicEntry.objects.as_of(LATER)
    assert entry.history.latest().history_change_reason == "1,000人に満たない"


def test_clicked_twice_is_published_once_and_never_in_two_registers(department, nothing_is_written):
    file = registered_file(department).file
    assert take("publish_file_entry", file) == take("publish_file_entry", file)
    with nothing_is_written(ValidationError):
        publish_file_entry(file, register="ordinance", on=LATER, actor=SYSTEM)


def test_a_draft_is_not_published(department, nothing_is_written):
    file, office = file_draft(department).file, person(Role.OFFICE)
    with nothing_is_written(NotInForce):
        take("publish_file_entry", file, office)


@pytest.mark.parametrize("action", ["correct_file_entry", "remove_file_entry"])
def test_needs_an_open_entry(action, department, nothing_is_written):
    file, office = registered_file(department).file, person(Role.OFFICE)
    with nothing_is_written(NotPublished):
        take(action, file, office)


def test_an_entry_that_says_what_is_in_force_has_nothing_to_correct(department, nothing_is_written):
    file, office = published(registered_file(department)).file, person(Role.OFFICE)
    with nothing_is_written(NothingToCorrect):
        take("correct_file_entry", file, office)


def test_is_not_removed_without_a_reason_or_before_it_was_published(department, nothing_is_written):
    file = published(registered_file(department), on=LATER).file
    with nothing_is_written(ReasonRequired):
        remove_file_entry(file, on=LATER, reason=" ", actor=SYSTEM)
    with nothing_is_written(ValidationError):
        remove_file_entry(file, on=STARTS, reason="消除", actor=SYSTEM)


@pytest.mark.parametrize("action", STEPS)
@pytest.mark.parametrize("who", all_but("情報公開課"))
def test_is_denied_to_everybody_else(who, action, department, nothing_is_written):
    file, actor = ready_for(action, department), somebody(who, department)
    with nothing_is_written(NotPermitted):
        take(action, file, actor)


@pytest.mark.parametrize("action", STEPS)
def test_changes_nothing_when_the_history_cannot_be_written(action, department, history_breaks):
    file, office = ready_for(action, department), person(Role.OFFICE)
    with history_breaks():
        take(action, file, office)


@pytest.mark.parametrize("action", STEPS)
def test_page_writes_it_down_and_is_closed_to_the_department(action, department, sign_in, layouts):
    file = ready_for(action, department)
    url, sent = reverse(action, args=[file.pk]), {"register": "act", "on": "R8.4.1", "reason": "理由"}
    assert sign_in(person(Role.CLERK, department)).get(url).status_code == 403
    client = sign_in(person(Role.OFFICE))
    assert client.post(url, {}).status_code == 422
    assert client.post(url, sent).status_code == 303
    assert file.public_entries.get().history.latest().action == action


@pytest.mark.parametrize(("persons", "register"), [("1,000人", "act"), ("999人", "ordinance"), ("不明", "act")])
def test_page_offers_the_register_that_the_rule_names(persons, register, department, sign_in):
    policy(publishes_small=True)
    file = counted(registered_file(department), persons).file
    form = sign_in(person(Role.OFFICE)).get(reverse("publish_file_entry", args=[file.pk])).context["form"]
    assert form["register"].value() == register


@pytest.mark.parametrize("field", ["removed_on", "corrected_on"])
def test_the_database_refuses_an_end_before_the_beginning_and_two_open_entries(field, department):
    entry = published(registered_file(department), on=LATER)
    setattr(entry, field, STARTS)
    with pytest.raises(IntegrityError), transaction.atomic():
        entry.save_as(SYSTEM, action="correct_file_entry")
    twin = PublicEntry(file=entry.file, version=entry.version, register="act", published_on=LATER)
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save_as(SYSTEM, action="publish_file_entry")


def tomorrow():
    return timezone.localdate() + timedelta(days=1)


@pytest.mark.parametrize("action", STEPS)
def test_what_is_written_down_has_happened(action, department, nothing_is_written):
    file = ready_for(action, department)
    service, arguments = STEPS[action]
    with nothing_is_written(ValidationError) as refusal:
        service(file, actor=SYSTEM, **arguments | {"on": tomorrow()})
    assert "きょうより先の日です" in refusal.value.message_dict["on"][0]
    assert service(file, actor=SYSTEM, **arguments | {"on": timezone.localdate()})


@pytest.mark.parametrize("action", STEPS)
def test_page_refuses_a_day_ahead_beside_its_field_and_keeps_what_was_typed(action, department, sign_in, layouts):
    file = ready_for(action, department)
    sent = {"register": "act", "on": "R99.11.15", "reason": "押しまちがい"}
    answer = sign_in(person(Role.OFFICE)).post(reverse(action, args=[file.pk]), sent)
    assert answer.status_code == 422
    assert "きょうより先の日です" in answer.context["form"].errors["on"][0]
    assert "R99.11.15" in answer.content.decode()


def assembly_section():
    organ = OrganFactory(name="議会", is_assembly=True)
    return DepartmentFactory(name="議事課", parent=DivisionFactory(name="議会事務局", parent=organ))


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: registered_file(is_withheld=True, withholding_reason="捜査に支障"), "掲載しないこととしたファイル"),
        (lambda: registered_file(assembly_section()), "議会のファイルです"),
        (lambda: registered_file(on=date(2020, 4, 1)), "個人情報ファイル簿の制度はまだありません"),
    ],
)
@pytest.mark.parametrize("register", ["act", "ordinance"])
def test_what_can_never_be_right_is_refused_whatever_is_confirmed(make, words, register, nothing_is_written):
    policy(publishes_small=True)
    version = counted(make(), "5,000人", date(2020, 4, 1))
    day = LATER if version.valid_from == STARTS else date(2023, 3, 31)
    with nothing_is_written(MustNotBePublished) as refusal:
        publish_file_entry(version.file, register=register, on=day, confirmed=True, reason="区の判断", actor=SYSTEM)
    assert words in str(refusal.value)


@pytest.mark.parametrize(
    ("persons", "values", "small", "register"),
    [
        ("999人", {}, False, "act"),
        ("999人", {}, True, "act"),
        ("1,000人", {}, True, "ordinance"),
        ("5,000人", {"exclusions": ["personnel"]}, False, "act"),
        ("5,000人", {"exclusions": ["personnel"]}, True, "ordinance"),
    ],
)
def test_against_the_rule_somebody_confirms_it_and_says_why(
    persons, values, small, register, department, nothing_is_written
):
    policy(publishes_small=small)
    file = counted(registered_file(department, **values), persons).file
    sent = {"register": register, "on": LATER, "actor": SYSTEM}
    with nothing_is_written(AgainstRule):
        publish_file_entry(file, **sent, reason="区の判断")
    with nothing_is_written(ReasonRequired):
        publish_file_entry(file, **sent, confirmed=True, reason=" ")
    entry = publish_file_entry(file, **sent, confirmed=True, reason="区の判断")
    assert entry.history.get().history_change_reason == "区の判断"


@pytest.mark.parametrize(
    ("persons", "register"), [("1,000人", "act"), ("999人", "ordinance"), ("不明", "act"), ("不明", "ordinance")]
)
def test_as_the_rule_says_nothing_is_to_be_confirmed(persons, register, department):
    policy(publishes_small=True)
    file = counted(registered_file(department), persons).file
    assert publish_file_entry(file, register=register, on=LATER, actor=SYSTEM).register == register


@pytest.mark.parametrize("small", [None, False])
def test_the_register_of_small_files_needs_the_wards_policy(small, department, nothing_is_written):
    if small is not None:
        policy(publishes_small=small)
    policy(publishes_small=True, valid_from=date(2026, 4, 2)) if small is None else None
    file = counted(registered_file(department), "999人").file
    with nothing_is_written(OrdinanceRegisterClosed) as refusal:
        publish_file_entry(file, register="ordinance", on=LATER, confirmed=True, reason="区の判断", actor=SYSTEM)
    assert "「個人情報ファイルの方針」に、根拠と適用開始日を登録してください" in str(refusal.value)


def test_page_shows_what_the_rule_says_and_asks_for_a_confirmation_with_its_reason(department, sign_in, layouts):
    file = counted(registered_file(department), "999人").file
    client, url = sign_in(person(Role.OFFICE)), reverse("publish_file_entry", args=[file.pk])
    page = client.get(url).content.decode()
    assert "掲載は不要" in page
    assert "本人の数が1,000人に満たない" in page
    sent = {"register": "act", "on": "R8.4.1"}
    answer = client.post(url, sent)
    assert answer.status_code == 422
    assert "確認の印と理由を記入してください" in answer.content.decode()
    assert client.post(url, sent | {"confirmed": "on", "reason": "区の判断"}).status_code == 303
    assert file.public_entries.get().history.get().history_change_reason == "区の判断"


def test_a_file_that_must_not_be_published_is_not_corrected_but_removed(department, nothing_is_written):
    version = registered_file(department)
    published(version)
    changed_file(version, LATER, is_withheld=True, withholding_reason="捜査に支障")
    with nothing_is_written(MustNotBePublished):
        correct_file_entry(version.file, on=LATER, actor=SYSTEM)
    assert take("remove_file_entry", version.file).removed_on == LATER


def test_a_removal_written_for_a_later_day_has_not_happened_and_can_be_written_anew(department, nothing_is_written):
    entry = entry_of_old(registered_file(department), removed_on=date(2099, 11, 15))
    with nothing_is_written(ValidationError):
        publish_file_entry(entry.file, register="act", on=LATER, actor=SYSTEM)
    assert take("remove_file_entry", entry.file).removed_on == LATER
