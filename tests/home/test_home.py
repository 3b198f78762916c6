"""はじめの画面: what waits for each role, in a fixed number of statements."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from common.wareki import format_date
from organization.models import Role
from records.kinds import LINKAGE, OUT_OF_PURPOSE, OUTSOURCING, PROVISION
from records.services import steps
from records.services.drafting import edit_proposal
from records.states import Status
from registry.services import return_activity
from tests.organization.factories import person
from tests.records import factories as files
from tests.registry.factories import activity_draft, registered_activity, submitted_activity

pytestmark = pytest.mark.django_db


@pytest.fixture
def department():
    return files.section("収納課")


def opened(user):
    client = Client()
    client.force_login(user)
    return client.get(reverse("home"))


def waiting(user):
    """What stands on the first page of `user`: {code of the group: titles of its rows}."""
    return {group.code: [row.title for row in group.rows] for group in opened(user).context["groups"]}


def titled(title, status, department, **values):
    """A file in `status` with a title of its own."""
    proposal = files.draft(department=department, **values)
    clerk = person(Role.CLERK, department)
    proposal = edit_proposal(proposal, title=title, lock=proposal.lock, actor=clerk)
    if status == Status.DRAFT:
        return proposal
    proposal = steps.request_approval(proposal, actor=clerk)
    return proposal if status == Status.AWAITING_HEAD else files.carry_on(proposal, status)


def test_of_a_clerk_shows_drafts_with_returned_ones_first(department):
    returned = titled("差し戻された案件", Status.AWAITING_HEAD, department)
    steps.send_back_proposal(returned, reason="相手方の誤り", actor=person(Role.HEAD, department))
    titled("新しい下書き", Status.DRAFT, department)
    titled("承認待ち", Status.AWAITING_HEAD, department)
    titled("他課の下書き", Status.DRAFT, files.section("税務課"))
    assert waiting(person(Role.CLERK, department)) == {"drafts": ["差し戻された案件", "新しい下書き"]}


def test_of_a_head_shows_what_waits_for_approval_but_not_the_drafts_of_clerks(department):
    titled("承認待ち", Status.AWAITING_HEAD, department)
    titled("担当の下書き", Status.DRAFT, department)
    titled("他課の承認待ち", Status.AWAITING_HEAD, files.section("税務課"))
    assert waiting(person(Role.HEAD, department)) == {"to_approve": ["承認待ち"]}


def test_of_the_office_shows_submitted_files_oldest_first_and_those_without_a_decision(department):
    for title, day in (("あと", date(2022, 1, 24)), ("さき", date(2021, 12, 20))):
        proposal = titled(title, Status.AWAITING_HEAD, department)
        steps.approve_proposal(proposal, actor=person(Role.HEAD, department), on=day)
    files.accepted()
    files.decided()
    titled("承認待ち", Status.AWAITING_HEAD, department)
    groups = opened(person(Role.OFFICE)).context["groups"]
    assert [group.code for group in groups] == ["to_accept", "to_decide"]
    assert [(row.title, row.day) for row in groups[0].rows] == [("さき", "R3.12.20"), ("あと", "R4.1.24")]
    assert groups[1].total == 1


def test_of_the_office_shows_submitted_businesses_but_not_the_drafts_of_departments(department):
    submitted_activity(department, name="提出した業務")
    activity_draft(department, name="下書きの業務")
    registered_activity(department)
    assert waiting(person(Role.OFFICE)) == {"to_register": ["提出した業務"]}


def test_of_a_department_shows_its_businesses_that_came_back(department):
    version = submitted_activity(department, name="差し戻された業務")
    return_activity(version, reason="対象者が広すぎます。", actor=person(Role.OFFICE))
    (group,) = opened(person(Role.CLERK, department)).context["groups"]
    assert [(row.title, row.state_words) for row in group.rows] == [("差し戻された業務", "差戻し")]


@pytest.mark.parametrize("role", [Role.CLERK, Role.HEAD])
def test_of_the_providing_department_shows_what_it_is_asked_to_confirm_until_it_has_answered(role):
    proposal = files.submitted(OUT_OF_PURPOSE)
    provider = person(role, files.provider_of(proposal))
    assert waiting(provider) == {"confirmations": [proposal.title]}
    steps.confirm_provision(proposal.outofpurposeuseversions.get(), actor=provider)
    assert waiting(provider) == {}


def ending_on(last_day, department, **values):
    """A use in force whose 期間 ends on `last_day`."""
    days = {"period_from": format_date(last_day - timedelta(days=200)), "period_to": format_date(last_day)}
    use = files.UNDER_THE_ACT["out-of-purpose"] | days | values
    return files.accepted_under_the_act(files.draft(OUT_OF_PURPOSE, department=department, **use))


def test_shows_uses_that_end_within_ninety_days_to_their_department_and_the_office(department):
    today = timezone.localdate()
    for days in (-1, 0, 90, 91):
        ending_on(today + timedelta(days=days), department)
    ending_on(today + timedelta(days=5), files.section("税務課"))
    for user, expected in ((person(Role.CLERK, department), [0, 90]), (person(Role.OFFICE), [0, 5, 90])):
        group = opened(user).context["ending"]
        assert ([row.days_left for row in group.rows], group.total) == (expected, len(expected))
    for role in (Role.HEAD, Role.AUDITOR):
        assert opened(person(role, department)).context["ending"] is None


def test_shows_every_kind_of_record_that_ends_and_none_that_goes_on(department):
    last_day = timezone.localdate() + timedelta(days=30)
    period = {"period_from": "令和4年4月1日", "period_to": format_date(last_day), "continues_from": ""}
    files.decided(OUTSOURCING, department=department, **period)
    goes_on = {"continuing_clause": "次年度以降も、同様とする。", "partner_name": "別の会社"}
    files.decided(OUTSOURCING, department=department, **period, **goes_on)
    files.decided(LINKAGE, department=department, linked_until=format_date(last_day))
    files.carry_on(files.submitted(PROVISION, department=department, **period), Status.REPORTED)
    group = opened(person(Role.CLERK, department)).context["ending"]
    assert sorted(row.detail.split("　")[0] for row in group.rows) == ["外部委託", "外部提供", "電算結合"]
    assert all(row.detail.endswith(department.full_name) for row in group.rows)


def test_leaves_out_a_use_that_a_change_already_follows(department):
    last_day = timezone.localdate() + timedelta(days=30)
    record = files.the_record(ending_on(last_day, department))
    longer = format_date(last_day + timedelta(days=365))
    start = format_date(last_day)
    files.accepted_under_the_act(files.change_of(record, period_from=start, period_to=longer))
    group = opened(person(Role.CLERK, department)).context["ending"]
    assert group.rows == []


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.IT, Role.SECRETARIAT, Role.ADMIN])
def test_of_all_others_shows_the_newest_records_in_force(role):
    files.decided()
    files.submitted()
    page = opened(person(role))
    assert [row.title for row in page.context["newest"]] == [files.LINKAGE_VALUES["activity_name"]]
    assert "新しく効力が生じた記録" in page.content.decode()


def test_says_when_nothing_waits(department):
    assert "いま処理を待っているものはありません" in opened(person(Role.HEAD, department)).content.decode()


def test_counts_all_rows_shows_the_first_ten_and_leads_to_the_list_of_all(department):
    for number in range(12):
        activity_draft(department, name=f"業務{number:02}")
    clerk = person(Role.CLERK, department)
    page = opened(clerk)
    (group,) = page.context["groups"]
    assert (len(group.rows), group.total) == (10, 12)
    client = Client()
    client.force_login(clerk)
    assert client.get(group.url).context["list"]["count"] == "下書き 12件"
    assert "残りをふくめてすべて見る（12件）" in page.content.decode()


MOST = {Role.CLERK: 11, Role.HEAD: 10, Role.OFFICE: 11, Role.AUDITOR: 6}


def test_asks_the_same_few_statements_with_five_and_with_fifty_rows(department):
    people = {role: person(role, department) for role in MOST}
    figures = []
    for more in (5, 45):
        for _ in range(more):
            activity_draft(department)
            submitted_activity(department)
            files.submitted(department=department)
        for number in range(2):
            files.draft(department=department)
            files.decided(department=department, activity_name=f"業務{more}の{number}")
            ending_on(timezone.localdate() + timedelta(days=9), department)
        figures.append({role: statements_of(user) for role, user in people.items()})
    assert figures[0] == figures[1]
    assert all(figures[1][role] <= most for role, most in MOST.items())


def statements_of(user):
    client = Client()
    client.force_login(user)
    with CaptureQueriesContext(connection) as statements:
        client.get(reverse("home"))
    return len(statements)
