"""権限表: a person's grants are the union of today's charges; out of sight is 404, out of reach is refused."""

from datetime import timedelta

import pytest
from django.http import Http404
from django.utils import timezone

from councils.models import AmendmentStage, FollowUpStatus, MeetingStatus, MinutesStatus
from exchange.models import RunState
from history import actions
from history.writing import SYSTEM
from organization import rules
from organization.models import Role, User
from organization.permissions import PUBLIC_PAGES, RULES, Scope
from organization.services import succeed
from records.models import Party, Proposal, SurveyStatus
from records.services import steps
from records.states import Status
from tests.organization.factories import AssignmentFactory, DepartmentFactory, UserFactory, person
from tests.records.factories import awaiting_head, draft, submitted

pytestmark = pytest.mark.django_db


def today(days=0):
    return timezone.localdate() + timedelta(days=days)


def test_a_misspelt_action_is_an_error_of_the_programme_never_a_refusal():
    with pytest.raises(KeyError):
        rules.may(SYSTEM, "aprove_proposal")


@pytest.mark.parametrize(
    ("first", "end", "holds"),
    [
        (None, None, True),
        (0, None, True),
        (1, None, False),
        (-30, 1, True),
        (-30, 0, False),
    ],
)
def test_a_charge_counts_on_its_days_only(first, end, holds):
    proposal, user = draft(), UserFactory()
    AssignmentFactory(
        user=user,
        department=proposal.department,
        role=Role.CLERK,
        valid_from=None if first is None else today(first),
        valid_to=None if end is None else today(end),
    )
    assert rules.may_on(user, "edit_proposal", proposal) == holds


def test_two_charges_add_up():
    proposal = draft()
    user = person(Role.AUDITOR)
    assert not rules.may_on(User.objects.get(pk=user.pk), "edit_proposal", proposal)
    AssignmentFactory(user=user, department=proposal.department, role=Role.CLERK)
    both = User.objects.get(pk=user.pk)
    assert rules.may_on(both, "edit_proposal", proposal)
    assert both.roles_today == {Role.AUDITOR, Role.CLERK}


def test_a_row_out_of_sight_does_not_exist():
    proposal, stranger = draft(), person(Role.CLERK)
    with pytest.raises(Http404):
        rules.find(Proposal.objects.all(), stranger, "view_proposal", pk=proposal.pk)
    with pytest.raises(Http404):
        rules.find(Proposal.objects.all(), stranger, "edit_proposal", pk=proposal.pk)


def test_a_row_in_sight_but_out_of_reach_is_refused_by_name():
    proposal = submitted()
    clerk = person(Role.CLERK, proposal.department)
    assert rules.find(Proposal.objects.all(), clerk, "view_proposal", pk=proposal.pk) == proposal
    with pytest.raises(rules.NotPermitted, match="「案件の編集」はできません"):
        rules.find(Proposal.objects.all(), clerk, "edit_proposal", pk=proposal.pk)


def test_a_person_who_was_made_inactive_may_do_nothing():
    proposal = draft()
    clerk = person(Role.CLERK, proposal.department)
    clerk.is_active = False
    clerk.save_as(SYSTEM, action="edit_organization", reason="退職")
    assert not rules.may_on(User.objects.get(pk=clerk.pk), "edit_proposal", proposal)


def test_the_successors_clerk_acts_on_what_the_old_department_wrote():
    proposal = draft()
    new = DepartmentFactory(name="納税課")
    clerk = person(Role.CLERK, new)
    assert not rules.may_on(clerk, "edit_proposal", proposal)
    succeed([proposal.department], [new], on=today(), actor=SYSTEM, reason="組織改正")
    assert rules.may_on(User.objects.get(pk=clerk.pk), "edit_proposal", proposal)


def test_every_action_of_the_table_has_its_japanese_name_in_the_trail():
    assert {code: actions.label(code) for code in RULES} == {code: rule.label for code, rule in RULES.items()}
    assert not PUBLIC_PAGES & set(RULES)


def test_the_states_that_the_table_names_are_those_of_the_documents():
    known = {
        *Status,
        *RunState,
        *SurveyStatus,
        *Party,
        *MeetingStatus,
        *MinutesStatus,
        *FollowUpStatus,
        *AmendmentStage,
        "registered",
    }
    named = {state for rule in RULES.values() for grant in rule.grants.values() for state in grant.states or ()}
    assert named <= known


def test_nobody_but_the_system_loads_sample_data_and_templates():
    for action in ("load_demo", "keep_templates", "seed_sheet_layout"):
        assert set(RULES[action].grants) == {Role.SYSTEM}
    of_the_system = [rule.grants[Role.SYSTEM] for rule in RULES.values() if Role.SYSTEM in rule.grants]
    assert {grant.scope for grant in of_the_system} == {Scope.WARD}


def two_charges(first, second):
    """Somebody with two (role, department) pairs."""
    user = UserFactory(name="兼務の人")
    for role, department in (first, second):
        AssignmentFactory(user=user, department=department, role=role)
    return User.objects.get(pk=user.pk)


def test_each_charge_holds_in_its_own_department_only():
    clerks, heads = awaiting_head(), awaiting_head()
    user = two_charges((Role.CLERK, clerks.department), (Role.HEAD, heads.department))
    assert list(rules.permitted(Proposal.objects.all(), user, "approve_proposal")) == [heads]
    with pytest.raises(rules.NotPermitted):
        steps.approve_proposal(clerks, actor=user)


def test_an_auditors_department_gives_a_clerk_of_another_nothing_to_write():
    proposal = draft()
    user = two_charges((Role.AUDITOR, proposal.department), (Role.CLERK, DepartmentFactory(name="納税課")))
    assert rules.may_on(user, "view_proposal", proposal)
    assert not rules.may_on(user, "edit_proposal", proposal)
    with pytest.raises(rules.NotPermitted):
        rules.require(user, "create_proposal", proposal.department)


def test_of_two_charges_only_the_one_whose_department_it_was_reaches_the_predecessors_rows():
    proposal = awaiting_head()
    new = DepartmentFactory(name="納税課")
    succeed([proposal.department], [new], on=today(), actor=SYSTEM, reason="組織改正")
    clerk_there = two_charges((Role.CLERK, new), (Role.HEAD, DepartmentFactory(name="税務課")))
    head_there = two_charges((Role.HEAD, new), (Role.CLERK, DepartmentFactory(name="住民税課")))
    assert not rules.may_on(clerk_there, "approve_proposal", proposal)
    assert rules.may_on(head_there, "approve_proposal", proposal)


@pytest.mark.parametrize("roles", [(Role.CLERK, Role.HEAD), (Role.HEAD, Role.HEAD)])
def test_the_trail_names_the_charge_that_was_used(roles):
    proposal = awaiting_head(department=DepartmentFactory(name="収納課"))
    other = DepartmentFactory(name="税務課")
    user = two_charges((roles[0], other), (roles[1], proposal.department))
    steps.approve_proposal(proposal, actor=user)
    row = proposal.history.latest()
    assert (row.actor_department, row.actor_role) == ("区民部 収納課", "所管課 課長")


def test_the_trail_names_both_charges_when_both_allow_the_step():
    proposal = draft(department=DepartmentFactory(name="収納課"))
    user = two_charges((Role.CLERK, proposal.department), (Role.HEAD, proposal.department))
    steps.withdraw_proposal(proposal, reason="中止のため", actor=user)
    row = proposal.history.latest()
    assert (row.actor_department, row.actor_role) == ("区民部 収納課", "所管課 担当・所管課 課長")


def test_the_trail_of_reference_data_names_the_charge_that_may_edit_them():
    user = two_charges(
        (Role.CLERK, DepartmentFactory(name="収納課")), (Role.ADMIN, DepartmentFactory(name="情報公開課"))
    )
    added = DepartmentFactory(name="納税課")
    added.save_as(user, action="edit_organization", reason="名称の訂正")
    assert added.history.latest().actor_role == "管理者"


@pytest.mark.parametrize("count", [2, 5])
def test_asking_costs_the_same_for_two_charges_as_for_five(count, django_assert_num_queries):
    proposal, user = draft(), UserFactory()
    AssignmentFactory(user=user, department=proposal.department, role=Role.CLERK)
    for number in range(1, count):
        AssignmentFactory(user=user, department=DepartmentFactory(name=f"第{number}課"), role=Role.CLERK)
    user = User.objects.get(pk=user.pk)
    with django_assert_num_queries(2):  # the charges, the row
        rules.require(user, "edit_proposal", proposal)
