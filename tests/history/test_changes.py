"""変更の記録: the trail as a person reads it, field by field in Japanese labels."""

import pytest

from history.changes import Change, entries
from history.writing import SYSTEM
from organization.models import Role
from records.kinds import OUT_OF_PURPOSE
from records.services.drafting import edit_record
from records.services.steps import request_approval, return_proposal
from tests.organization.factories import DepartmentFactory, DivisionFactory, person
from tests.records.cast import REASON
from tests.records.factories import draft, section, submitted, the_record

pytestmark = pytest.mark.django_db


def last_changes(row):
    """The fields of the newest write."""
    return entries([row])[0].changes


def test_names_who_did_what_and_why_newest_first():
    proposal = submitted()
    office = person(Role.OFFICE, DepartmentFactory(name="情報公開課"), name="情報公開課 担当")
    return_proposal(proposal, reason=REASON, actor=office)
    newest, *older = entries([proposal])
    assert (newest.actor_name, newest.actor_department, newest.actor_role) == (
        "情報公開課 担当", "区民部 情報公開課", "情報公開課",
    )  # fmt: skip
    assert (newest.action_label, newest.reason, newest.subject) == ("差戻し", REASON, "案件")
    assert [entry.action_label for entry in older] == ["課長承認", "課長の確認に出す", "案件の起案"]
    assert newest.when >= older[0].when >= older[-1].when


def test_the_first_write_of_a_row_lists_no_changes():
    assert entries([draft()])[-1].changes == []


def test_a_choice_is_read_by_its_label_and_the_lock_is_not_read_at_all():
    proposal = draft()
    request_approval(proposal, actor=SYSTEM)
    assert last_changes(proposal) == [Change("状態", "下書き", "課長承認待ち")]


def test_a_foreign_key_is_read_by_the_name_behind_it():
    old, new = DivisionFactory(name="総務部"), DivisionFactory(name="企画部")
    department = DepartmentFactory(name="情報政策課", parent=old)
    department.parent = new
    department.save_as(SYSTEM, action="edit_organization")
    assert last_changes(department) == [Change("上位の組織", "総務部", "企画部")]


def test_dates_lists_and_empty_values_are_read_as_on_the_sheet():
    proposal = draft(OUT_OF_PURPOSE)
    record, provider = the_record(proposal), section("小学校")
    values = {"period_to": "令和4年9月末", "kinds": ["family_register", "health"], "providing_department": provider}
    edit_record(record, values=values | {"criterion_type": None}, lock=record.lock, actor=SYSTEM)
    changes = {change.label: (change.before, change.after) for change in last_changes(the_record(proposal))}
    assert changes["利用期間の末日"] == ("令和4年3月31日", "令和4年9月末")
    assert changes["提供する課"] == ("区民部 区立中学校", "区民部 小学校")
    assert changes["類型"] == ("1", "")
    assert changes["記録の種別"] == ("戸籍等事項", "戸籍等事項、心身健康")


def test_the_names_behind_foreign_keys_are_asked_once(django_assert_max_num_queries):
    department = DepartmentFactory(parent=DivisionFactory(name="総務部"))
    others = [DivisionFactory(name="企画部"), department.parent]
    for turn in range(6):
        department.parent = others[turn % 2]
        department.save_as(SYSTEM, action="edit_organization")
    with django_assert_max_num_queries(1 + 2):
        assert len(entries([department])) == 7
