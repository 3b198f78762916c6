"""組織と時間: 「区民生活事業本部区民部税務課」 (2013) is 「区民部収納課」 (2022); printed names stay, work goes on."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from history.writing import SYSTEM
from organization import rules
from organization.models import Department, Role, User
from organization.reorganizing import NewDepartment, reorganize
from organization.staffing import hand_over
from records import buffering
from records.models import EditBuffer
from records.services import amending, drafting, steps
from records.services.errors import WrittenByAnother
from registry.services import register_activity
from tests.organization.factories import DepartmentFactory, DivisionFactory, UserFactory, person
from tests.records.factories import LINKAGE as KIND
from tests.records.factories import add_sheet, decided, draft, submitted, the_record, token
from tests.registry.factories import registered_activity, submitted_activity, submitted_change_of

pytestmark = pytest.mark.django_db
OLD_NAME = "区民生活事業本部区民部税務課"
ON = date(2018, 4, 1)
REASON = "組織規則の改正による"


@pytest.fixture
def tax():
    """税務課, under 「区民生活事業本部区民部」 as the minutes of 2013 print it."""
    return DepartmentFactory(name="税務課", parent=DivisionFactory(name="区民生活事業本部区民部"))


def renamed(tax, on=ON):
    """収納課 under 「区民部」: first the 部 is renamed, then its 課."""
    division, organ = tax.parent, tax.parent.parent
    reorganize([division], [NewDepartment("区民部", organ)], on=on, actor=SYSTEM, reason=REASON)
    again = Department.objects.sections().as_of(on).get(name="税務課")
    later = on.replace(month=7)
    (collection,) = reorganize([again], [NewDepartment("収納課", again.parent)], on=later, actor=SYSTEM, reason=REASON)
    return collection


def test_the_printed_name_stays_and_the_clerk_of_today_sees_and_continues_the_old_record(tax, layouts):
    old = the_record(decided(department=tax, department_name=OLD_NAME, responsible="税務課長"))
    collection = renamed(tax)
    clerk = person(Role.CLERK, collection)
    assert collection.full_name == "区民部 収納課"
    assert rules.may_on(clerk, "view_proposal", old.proposal)
    proposal = amending.revise_record(old, title="変更", reason="相手方の変更", token=token(), actor=clerk)
    change = the_record(proposal)
    assert (proposal.department, change.department_name) == (collection, "区民部 収納課")
    old.refresh_from_db()
    assert (old.department_name, old.responsible, old.proposal.department) == (OLD_NAME, "税務課長", tax)
    page = Client()
    page.force_login(clerk)
    assert OLD_NAME in page.get(old.get_absolute_url()).content.decode()


def test_open_files_go_on_where_they_stand(tax):
    proposal = draft(department=tax)
    collection = renamed(tax)
    steps.request_approval(proposal, actor=person(Role.CLERK, collection))
    proposal = steps.approve_proposal(proposal, actor=person(Role.HEAD, collection))
    assert (proposal.status, proposal.department) == ("submitted", tax)


def test_a_department_of_the_same_division_is_not_let_in(tax):
    proposal = submitted(department=tax)
    collection = renamed(tax)
    stranger = person(Role.CLERK, DepartmentFactory(name="戸籍住民課", parent=collection.parent))
    assert not rules.may_on(stranger, "view_proposal", proposal)


def test_after_a_split_a_change_is_filed_by_the_department_of_who_files_it(tax):
    old = the_record(decided(department=tax))
    parts = [NewDepartment(name, tax.parent) for name in ("収納課", "納税課")]
    _, second = reorganize([tax], parts, on=ON, actor=SYSTEM, reason=REASON)
    clerk = person(Role.CLERK, second)
    proposal = amending.revise_record(old, title="変更", reason="変更", token=token(), actor=clerk)
    assert proposal.department == second


def test_a_business_of_the_past_and_of_today_and_its_change_under_way(tax):
    version = registered_activity(tax, on=date(2013, 4, 1))
    under_way = submitted_change_of(version, name="新しい名称")
    collection = renamed(tax)
    assert version.activity.versions.as_of(date(2013, 4, 1)).get().department == tax
    moved = version.activity.versions.as_of(date(2018, 7, 1)).get()
    registered = register_activity(under_way, on=date(2022, 4, 1), actor=SYSTEM)
    assert (moved.department, registered.department) == (collection, collection)
    assert registered.replaces == moved
    for day in (date(2018, 3, 31), ON, date(2018, 7, 1), date(2022, 3, 31), date(2022, 4, 1)):
        assert version.activity.versions.as_of(day).count() == 1


def test_a_new_business_submitted_before_is_registered_under_the_successor(tax):
    waiting = submitted_activity(tax)
    collection = renamed(tax)
    assert register_activity(waiting, on=date(2022, 4, 1), actor=SYSTEM).department == collection


def test_a_version_that_starts_later_changes_its_department_in_place(tax):
    version = registered_activity(tax, on=date(2013, 4, 1))
    later = register_activity(submitted_change_of(version), on=date(2022, 4, 1), actor=SYSTEM)
    collection = renamed(tax)
    later.refresh_from_db()
    assert (later.department, later.replaces.department) == (collection, collection)
    assert version.activity.versions.count() == 4  # 2013, April and July 2018, 2022


def test_the_draft_of_who_left_is_the_successors_to_submit_and_says_who_wrote_it(tax):
    leaving, coming, today = person(Role.HEAD, tax), UserFactory(), timezone.localdate()
    proposal = drafting.create_proposal(title="引き継ぐ案件", department=tax, token=token(), actor=leaving)
    add_sheet(proposal, KIND)
    hand_over(leaving, successor=coming, on=today, actor=SYSTEM, reason="異動")
    coming = User.objects.get(pk=coming.pk)
    page = Client()
    page.force_login(coming)
    assert "引き継ぐ案件" in page.get(reverse("home")).content.decode()
    sent = steps.submit_proposal(proposal, actor=coming)
    assert (sent.status, sent.written_by) == ("submitted", leaving)


def test_a_head_who_took_nothing_over_does_not_submit_anothers_draft(tax):
    proposal = drafting.create_proposal(
        title="別の人の案件", department=tax, token=token(), actor=person(Role.HEAD, tax)
    )
    with pytest.raises(WrittenByAnother):
        steps.submit_proposal(proposal, actor=person(Role.HEAD, tax))


def test_what_was_typed_and_not_saved_is_found_by_the_successor_and_gone_with_the_save(tax):
    leaving, coming, today = person(Role.CLERK, tax), UserFactory(), timezone.localdate()
    record = the_record(draft(department=tax))
    EditBuffer.objects.create(
        user=leaving,
        target=f"linkage:{record.pk}",
        data={"purpose": ["書きかけ"]},
        base_lock=record.lock,
        saved_at=timezone.now(),
    )
    assert buffering.find(User.objects.get(pk=coming.pk), record) is None
    hand_over(leaving, successor=coming, on=today, actor=SYSTEM, reason="異動")
    coming = User.objects.get(pk=coming.pk)
    assert buffering.find(coming, record).data == {"purpose": ["書きかけ"]}
    buffering.forget(coming, record)
    assert not EditBuffer.objects.exists()


def test_the_hand_over_shows_the_drafts_and_what_was_not_saved(tax):
    leaving = person(Role.CLERK, tax)
    drafting.create_proposal(title="下書きの件名", department=tax, token=token(), actor=leaving)
    client = Client()
    client.force_login(person(Role.ADMIN))
    data = {"user": leaving.pk, "on": "R9.4.1", "reason": "異動", "step": "preview"}
    page = client.post(reverse("hand_over"), data).content.decode()
    assert "下書きの案件" in page
    assert "下書きの件名" not in page  # the administrator does not read drafts
