"""見本の区: the six 記録票 of January 2022 exactly as printed, and nothing invented that is not marked."""

import json
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.urls import reverse

from file_register.defaults import organ_name
from file_register.models import PersonalFileVersion
from history.models import TrackedWrites
from history.writing import SYSTEM
from organization import demo
from organization.models import Department, Role, User
from records.models import LinkageVersion, OutOfPurposeUseVersion, OutsourcingVersion, Proposal
from records.services.remarks import remarks
from records.services.settling import decide_proposal
from records.sheets.values import linkage_values, out_of_purpose_values
from records.states import Status
from registry.models import Activity, ActivityVersion
from registry.statistics import registration_status
from tests.history.test_trail import models
from tests.printing.forms import PAPERS
from tests.printing.papers import fold, text_of
from tests.printing.test_source_sheets import BOXES, expected
from tests.wards import standing_ward

pytestmark = pytest.mark.django_db
# The businesses of the records that give the survey its rows (records.demo_surveys).
MADE_FOR_THE_SURVEY = [
    *("健康診査", "保健相談", "栄養指導", "結核健診", "感染症対策", "精神保健"),
    *("特別区民税申告", "課税資料", "地域型保育", "保育施設整備", "教育相談"),
]
SAMPLE_DECISION = "見本：決定した電算結合記録票"


@pytest.fixture(scope="module")
def ward(django_db_setup, django_db_blocker):
    """The demo ward of Nerima."""
    with standing_ward("nerima", django_db_blocker):
        yield


def real_linkages():
    return LinkageVersion.objects.exclude(proposal__title__startswith="見本").order_by("pk")


def real_uses():
    return OutOfPurposeUseVersion.objects.exclude(proposal__title__startswith="見本").order_by("pk")


def records_of_the_papers():
    """The six, each by the name of its paper."""
    by_business = {record.activity_name: record for record in real_linkages()}
    uses = {record.activity_name: record for record in real_uses()}
    return {
        "linkage-resident-tax": by_business["特別区民税・都民税に関する業務"],
        "linkage-light-vehicle-tax": by_business["軽自動車税に関する業務"],
        "linkage-health-insurance": by_business["国民健康保険に関する業務"],
        "linkage-nursery": by_business["認可保育所、地域型保育事業等に関する業務"],
        "out-of-purpose-school": uses["児童生徒指導上の課題対応に関する業務"],
        "out-of-purpose-maternal-health": uses["母子保健に関する業務"],
    }


def test_holds_six_records_in_four_files_all_accepted_and_one_decided_sample(ward):
    files = {len(proposal.records()): proposal for proposal in Proposal.objects.filter(department__name="収納課")}
    assert set(files) == {3}
    of_2022 = Proposal.objects.exclude(title__startswith="見本").filter(form_date__year=2022)
    assert of_2022.count() == 4
    assert len(records_of_the_papers()) == 6
    assert {record.status for record in records_of_the_papers().values()} == {Status.ACCEPTED}
    samples = Proposal.objects.filter(title__startswith="見本")
    assert {p.status for p in samples.exclude(title__contains="の目的外利用・外部提供")} == {Status.DECIDED}
    assert {p.status for p in samples.filter(title__contains="の目的外利用・外部提供")} == {Status.REPORTED}


@pytest.mark.parametrize("name", PAPERS)
def test_a_record_holds_the_words_of_its_paper(ward, name):
    code, printed = PAPERS[name]
    values = linkage_values if code == "linkage-record" else out_of_purpose_values
    stored = values(records_of_the_papers()[name])
    assert {key: stored[key] for key in printed} == {
        key: str(value) if isinstance(value, int) else value for key, value in printed.items()
    }


@pytest.mark.parametrize("name", PAPERS)
def test_a_record_prints_through_the_command_what_the_wards_paper_says(ward, name, tmp_path):
    record, out = records_of_the_papers()[name], tmp_path / "sheet.pdf"
    call_command("print_sheet", PAPERS[name][0], str(record.pk), out=out)
    text = text_of(out.read_bytes())
    assert BOXES.sub("", fold(text)) == expected(name)
    assert text.count("\f") == 1


def test_the_list_of_what_can_be_printed_names_all_ten(ward, capsys):
    call_command("print_sheet", list=True)
    made = [f"見本：{theme}の" for theme in MADE_FOR_THE_SURVEY]
    listed = [row for row in json.loads(capsys.readouterr().out) if row["code"].endswith("-record")]
    rows = [row for row in listed if not any(words in row["title"] for words in made)]
    assert len(listed) == len(rows) + len(made)
    codes = ["linkage-record"] * 5 + ["out-of-purpose-record"] * 2 + ["outsourcing-record"] * 3
    assert [row["code"] for row in rows] == codes
    ids = {(row["code"], row["id"]) for row in rows}
    for name, record in records_of_the_papers().items():
        assert (PAPERS[name][0], record.pk) in ids
    assert "学校教育支援センター 児童生徒指導上の課題対応に関する業務" in rows[5]["title"]


def test_the_leftover_line_of_the_schools_sheet_is_not_stored(ward):
    school = records_of_the_papers()["out-of-purpose-school"]
    assert (school.continues_from.text, school.continues_from.is_blank) == ("", True)


def test_the_two_cases_of_the_criteria_are_in_force_from_their_days(ward):
    papers = records_of_the_papers()
    school, health = papers["out-of-purpose-school"], papers["out-of-purpose-maternal-health"]
    in_force = real_uses().as_of
    assert not in_force(date(2021, 3, 31)).exists()
    assert set(in_force(date(2021, 4, 1))) == {health}
    assert set(in_force(date(2021, 11, 29))) == {health}
    assert set(in_force(date(2021, 11, 30))) == {health, school}
    assert set(in_force(date(2022, 3, 31))) == {health, school}
    assert set(in_force(date(2022, 4, 1))) == {health}


def test_no_linkage_of_the_papers_is_in_force_since_no_source_gives_its_outcome(ward):
    assert not real_linkages().filter(valid_from__isnull=False).exists()
    sample = LinkageVersion.objects.get(proposal__title__startswith=SAMPLE_DECISION)
    assert list(LinkageVersion.objects.as_of(date(2022, 4, 1))) == [sample]
    assert not LinkageVersion.objects.as_of(date(2022, 3, 31)).exists()


def test_the_decided_sample_shows_a_filled_bracket_and_says_what_it_is(ward, tmp_path):
    sample = LinkageVersion.objects.get(proposal__title__startswith=SAMPLE_DECISION)
    call_command("print_sheet", "linkage-record", str(sample.pk), out=tmp_path / "sheet.pdf")
    text = fold(text_of((tmp_path / "sheet.pdf").read_bytes()))
    assert "令和4年4月1日(審議会令和4年2月1日諮問第1号)" in text
    assert "年月日(審議会年月日諮問第号)" in text
    assert "に関する業務(見本)" in text
    marked = "見本データ：提出日、件名、業務の名称、相手方の名称、相手方の住所、審議会の日付、諮問番号"
    assert marked in sample.proposal.source_note


def test_every_accepted_file_of_the_papers_can_be_decided(ward):
    waiting = Proposal.objects.exclude(title__startswith="見本").filter(linkageversions__status=Status.ACCEPTED)
    with transaction.atomic():
        for number, proposal in enumerate(waiting.distinct(), start=900):
            decide_proposal(proposal, council_date=date(2022, 2, 1), consultation_number=str(number), actor=SYSTEM)
            assert Proposal.objects.get(pk=proposal.pk).status == Status.DECIDED
        transaction.set_rollback(True)


def test_there_is_one_person_at_least_for_each_role_and_a_clerk_and_a_head_for_each_department_that_files_or_provides(
    ward,
):
    roles = {role for user in User.objects.all() for role in user.roles_today}
    assert roles == set(Role) - {Role.SYSTEM}
    files = set(Proposal.objects.values_list("department", flat=True))
    provides = set(OutOfPurposeUseVersion.objects.values_list("providing_department", flat=True))
    for department in Department.objects.filter(pk__in=files | provides):
        held = {charge.role for charge in department.assignments.all()}
        assert {Role.CLERK, Role.HEAD} <= held


def test_the_accounts_bear_titles_and_open_with_the_demo_password(ward, client, capsys):
    for user in User.objects.all():
        assert user.name.endswith(("担当", "課長", "所長", "校長", "事務局", "管理者"))
    assert client.login(username="shuno-tanto", password=demo.DEMO_PASSWORD)
    call_command("load_demo", accounts=True)
    table = capsys.readouterr().out
    assert demo.DEMO_PASSWORD in table
    assert all(f"  {user.username}\t{user.name}" in table for user in User.objects.all())


def test_every_row_stands_in_the_trail_written_by_the_system(ward):
    for model in models():
        if issubclass(model, TrackedWrites):
            histories = model.history.all()
            assert set(histories.values_list("actor_name", flat=True)) <= {"システム"}, model
            assert set(model.objects.values_list("pk", flat=True)) <= set(histories.values_list("id", flat=True)), model
    request_ids = set(Proposal.history.values_list("request_id", flat=True))
    assert len(request_ids) == 1
    assert len(request_ids.pop()) == 32


def test_a_business_without_a_number_in_the_sources_has_none(ward):
    made = ActivityVersion.objects.filter(is_migrated=True)
    numbers = {activity.number for activity in Activity.objects.exclude(number=None).exclude(versions__in=made)}
    assert numbers == {"0102-01", "0701-01", "0703-15", "1303-02", "1309-14"}
    without = ActivityVersion.objects.filter(activity__number=None).values_list("name", flat=True)
    assert set(real_linkages().values_list("activity_name", flat=True)) <= set(without)


def test_the_outsourcings_of_2013_follow_each_other_as_their_papers_say(ward):
    certificates, first, changed = OutsourcingVersion.objects.order_by("pk")
    assert (certificates.consultation_number, certificates.valid_from) == ("9", date(2013, 4, 1))
    assert (first.consultation_number, first.valid_from, first.valid_to) == ("26", date(2012, 4, 1), date(2013, 4, 1))
    assert (changed.replaces, changed.consultation_number, changed.valid_from) == (first, "10", date(2013, 4, 1))
    assert "＜追加する業務＞" in changed.work
    assert "出典にない事項：業務登録番号、契約、委託の終わり" in changed.proposal.source_note
    assert "見本データ：" in first.proposal.source_note


def test_the_second_ground_of_the_stillbirth_case_is_dated_after_its_application(ward):
    (words,) = remarks(records_of_the_papers()["out-of-purpose-maternal-health"])
    assert "令和3年6月25日" in words
    assert remarks(records_of_the_papers()["out-of-purpose-school"]) == []


@pytest.mark.parametrize(("day", "businesses", "files"), [(date(2022, 3, 31), 498, 287), (date(1999, 12, 31), 0, 0)])
def test_the_registers_hold_on_a_day_what_the_annual_report_counts(ward, day, businesses, files):
    assert ActivityVersion.objects.as_of(day).count() == businesses
    assert PersonalFileVersion.objects.as_of(day).count() == files


def test_the_lists_of_march_31_say_498_and_287(ward, client):
    client.force_login(User.objects.get(username="kansa"))
    for page, words in (("activity_list", "有効 498件"), ("personal_file_list", "有効 287件")):
        assert words in client.get(reverse(page), {"as_of": "R4.3.31"}).content.decode()


def test_every_entry_made_from_word_lists_says_so_in_its_name_and_in_its_note(ward):
    migrated = [
        *ActivityVersion.objects.filter(is_migrated=True),
        *PersonalFileVersion.objects.filter(is_migrated=True),
    ]
    assert len(migrated) > 750
    assert all(version.name.startswith("見本：") and version.source_note for version in migrated)
    papers = ActivityVersion.objects.filter(is_migrated=False)
    assert [version.name for version in papers if version.name.startswith("見本：")] == []


def test_the_yearly_movement_of_the_demo_ward_ends_at_498(ward):
    status = registration_status(2021).total
    assert (status.start + status.new - status.abolished, status.end) == (498, 498)
    assert min(status.new, status.abolished, status.changed) > 0


def test_every_file_names_its_organ_as_the_form_of_a_new_file_does(ward):
    versions = list(PersonalFileVersion.objects.select_related("department__parent__parent"))
    assert len(versions) > 1
    assert all(version.organ_name == organ_name(version.department) for version in versions)


def test_a_second_loading_is_refused_and_if_empty_does_nothing(ward):
    before = {model: model.history.count() for model in models() if issubclass(model, TrackedWrites)}
    with pytest.raises(CommandError):
        call_command("load_demo")
    call_command("load_demo", if_empty=True)
    assert {model: model.history.count() for model in before} == before
