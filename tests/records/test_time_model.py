"""時の扱い (spike of docs/decisions/0001): in force, believed, changed, returned, corrected, merged, erased."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from history.versions import believed
from history.writing import SYSTEM
from organization.models import Role, User
from organization.services import succeed
from records.kinds import OUT_OF_PURPOSE
from records.models import LinkageVersion, OutOfPurposeUseVersion
from records.services.amending import correct_record, revise_record
from records.services.drafting import create_proposal, edit_record
from records.services.settling import decide_proposal
from records.services.steps import return_proposal
from records.sheets.values import linkage_values
from tests.organization.factories import DepartmentFactory, person
from tests.records.cast import REASON
from tests.records.factories import accepted, carry_on, change_of, decided, draft, submitted, the_record, token

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def written_last(record):
    """The moment of the newest history row of `record`."""
    return record.history.latest().history_date


def test_in_force_on_a_day_is_asked_of_the_versions_dates():
    linkage = the_record(decided(linked_on="令和4年6月"))
    use = the_record(accepted(OUT_OF_PURPOSE))
    assert not LinkageVersion.objects.as_of(date(2022, 5, 31)).exists()
    assert list(LinkageVersion.objects.as_of(date(2022, 6, 1))) == [linkage]
    assert not OutOfPurposeUseVersion.objects.as_of(date(2021, 11, 29)).exists()
    assert list(OutOfPurposeUseVersion.objects.as_of(date(2022, 3, 31))) == [use]
    assert not OutOfPurposeUseVersion.objects.as_of(date(2022, 4, 1)).exists()


def test_the_row_and_the_query_agree_on_every_day_around_a_border():
    use = the_record(accepted(OUT_OF_PURPOSE))
    for border in (use.valid_from, use.valid_to):
        for day in (border - DAY, border, border + DAY):
            assert use.in_force(day) == OutOfPurposeUseVersion.objects.as_of(day).exists()


def test_a_period_that_ends_on_march_31_is_in_that_years_stock():
    use = the_record(accepted(OUT_OF_PURPOSE, period_to="令和4年3月31日"))
    assert use in OutOfPurposeUseVersion.objects.as_of(date(2022, 3, 31))
    assert use.valid_to == date(2022, 4, 1)


def test_what_we_believed_at_a_time_is_asked_of_the_trail():
    proposal = accepted()
    record = the_record(proposal)
    before_decision = written_last(record)
    decide_proposal(proposal, council_date=date(2022, 2, 1), consultation_number="5", actor=SYSTEM)
    after_decision = written_last(the_record(proposal))
    office = person(Role.OFFICE)
    record = the_record(proposal)
    values = {"linked_on": "令和4年7月1日"}
    correct_record(record, values=values, reason=REASON, evidence="資料第3", lock=record.lock, actor=office)
    on = date(2022, 6, 15)
    assert list(believed(LinkageVersion, day=on, at=before_decision)) == []
    assert [row.pk for row in believed(LinkageVersion, day=on, at=after_decision)] == [record.pk]
    assert list(believed(LinkageVersion, day=on, at=timezone.now())) == []
    assert [row.pk for row in believed(LinkageVersion, day=date(2022, 7, 1), at=timezone.now())] == [record.pk]


def test_what_we_believed_gives_the_texts_of_that_time():
    record = the_record(decided())
    then = written_last(record)
    values = {"partner_name": "名称を直した会社"}
    office = person(Role.OFFICE)
    correct_record(record, values=values, reason=REASON, evidence="資料第3", lock=record.lock, actor=office)
    (old,) = believed(LinkageVersion, day=date(2022, 6, 1), at=then)
    assert old.partner_name == "株式会社NTTデータ"
    assert the_record(record.proposal).partner_name == "名称を直した会社"


def test_a_change_leaves_the_old_version_in_force_until_the_new_one_starts():
    old = the_record(decided())
    change = carry_on(change_of(old, changed_on="令和5年4月1日", partner_name="新しい相手方"), "decided")
    new = the_record(change)
    partners = {
        day: [version.partner_name for version in LinkageVersion.objects.as_of(day)]
        for day in (date(2022, 6, 1), date(2023, 3, 31), date(2023, 4, 1))
    }
    assert list(partners.values()) == [["株式会社NTTデータ"], ["株式会社NTTデータ"], ["新しい相手方"]]
    assert new.linkage == old.linkage
    assert (new.council_date.text, new.change_council_date.text) == ("令和4年2月1日", "令和4年2月1日")
    old.refresh_from_db()
    assert old.partner_name == "株式会社NTTデータ"  # the old sheet reprints unchanged
    assert old.change_consultation_number == ""


def test_a_change_decided_before_it_starts_is_known_already_but_not_in_force():
    old = the_record(decided())
    new = the_record(carry_on(change_of(old, changed_on="令和15年4月1日"), "decided"))
    assert new.status == "decided"
    assert list(LinkageVersion.objects.as_of(date(2030, 1, 1))) == [old]


def test_a_returned_file_was_never_in_force_and_keeps_all_that_was_written():
    proposal = submitted()
    return_proposal(proposal, reason=REASON, actor=person(Role.OFFICE))
    record = the_record(proposal)
    edit_record(record, values={"purpose": "直した目的"}, lock=record.lock, actor=SYSTEM)
    record = the_record(carry_on(proposal, "decided"))
    assert (record.status, record.purpose) == ("decided", "直した目的")
    assert [row.purpose for row in record.history.filter(status="submitted").order_by("history_id")] == [
        "預金調査をオンラインで照会する。", "直した目的",
    ]  # fmt: skip
    assert not record.history.filter(valid_from__isnull=False).exclude(status="decided").exists()


def test_after_a_merger_the_successors_clerk_carries_on_and_the_printed_names_stay():
    proposal = draft()
    old = proposal.department
    new = DepartmentFactory(name="納税課")
    succeed([old], [new], on=timezone.localdate(), actor=SYSTEM, reason="組織改正による統合")
    clerk = User.objects.get(pk=person(Role.CLERK, new).pk)
    record = the_record(proposal)
    edited = edit_record(record, values={"purpose": "引き継いだ目的"}, lock=record.lock, actor=clerk)
    assert linkage_values(edited)["department"] == "区民部　収納課"
    assert proposal.department == old
    follow_up = create_proposal(title="承継後の案件", department=new, token=token(), actor=clerk)
    assert follow_up.department == new


def test_after_a_merger_the_successors_clerk_changes_what_the_old_department_has_in_force():
    record = the_record(decided())
    new = DepartmentFactory(name="納税課")
    succeed([record.proposal.department], [new], on=timezone.localdate(), actor=SYSTEM, reason="組織改正による統合")
    clerk = person(Role.CLERK, new)
    change = revise_record(record, title="変更", reason=REASON, token=token(), actor=clerk)
    assert the_record(change).replaces == record
