"""照会: who asks and answers whom on a file, who sees it, who is told; the file itself stays as it is."""

import pytest
from django.test import Client
from django.urls import reverse

from history.errors import DomainError
from notices.models import Notice
from organization import rules
from organization.models import Role
from organization.rules import NotPermitted
from records.kinds import LINKAGE, OUT_OF_PURPOSE
from records.models import Inquiry, InquiryEntry, Party, Proposal
from records.services import inquiries, settling, steps
from records.services.inquiries import InquiryClosed, NotAParty, NotOfThisFile, NotTheAsker, Participant
from records.services.locks import file_version
from records.states import Status
from tests.organization.factories import person
from tests.records.cast import NOBODY, OTHERS, OWN, REASON, somebody, states_but
from tests.records.factories import draft, proposal_in, provider_of, submitted, the_record, token
from tests.records.paper_factories import paper_draft

pytestmark = pytest.mark.django_db

DEPARTMENT, OFFICE, IT = (Participant(party) for party in (Party.DEPARTMENT, Party.OFFICE, Party.IT))
PEOPLE = [*OWN, *OTHERS, NOBODY]


def ask(proposal, actor, asked=DEPARTMENT, text="口座の有無は、どの範囲ですか。", **values):
    return inquiries.ask_inquiry(
        proposal, asked=asked, text=text, actor=actor, token=values.pop("token", token()), **values
    )


def told(user):
    return [(notice.text, notice.url) for notice in Notice.objects.filter(user=user).order_by("pk")]


def outcome(call):
    try:
        call()
    except DomainError as refusal:
        return type(refusal)
    return None


@pytest.fixture
def file():
    return submitted(OUT_OF_PURPOSE)


@pytest.fixture
def office():
    return person(Role.OFFICE)


def test_a_question_and_its_answer_leave_the_file_as_it_is_and_reach_the_people_asked(file, office):
    clerk, head = person(Role.CLERK, file.department), person(Role.HEAD, file.department)
    stranger = person(Role.CLERK)
    before = Proposal.objects.filter(pk=file.pk).values().get()
    inquiry = ask(file, office, record=the_record(file), place="目的")
    assert (inquiry.state, inquiry.waits_for, inquiry.asked_words) == ("open", "department", file.department.full_name)
    (line,) = told(clerk)
    assert line == told(head)[0]
    assert line[0].startswith("照会があります：案件「収納課の案件」")
    assert line[1] == inquiry.get_absolute_url()
    assert told(stranger) == told(office) == []
    inquiry = inquiries.answer_inquiry(inquiry, text="課税年度の分です。", token=token(), actor=clerk)
    assert (inquiry.state, inquiry.waits_for) == ("answered", "")
    assert told(office)[0][0].startswith("照会に回答がありました")
    assert [(entry.kind, entry.text) for entry in inquiry.entries.all()] == [
        ("question", "口座の有無は、どの範囲ですか。"),
        ("answer", "課税年度の分です。"),
    ]
    assert Proposal.objects.filter(pk=file.pk).values().get() == before


def test_who_wrote_stands_as_it_read_then_and_in_the_trail(file, office):
    inquiry = ask(file, office)
    entry = InquiryEntry.objects.get(inquiry=inquiry)
    assert entry.writer.endswith(office.name)
    assert (inquiry.history.get().action, inquiry.history.get().actor_name) == ("ask_inquiry", office.name)


def test_the_asker_asks_again_and_ends_it_and_then_a_new_question_is_needed(file, office):
    clerk = person(Role.CLERK, file.department)
    inquiry = inquiries.answer_inquiry(ask(file, office), text="はい", token=token(), actor=clerk)
    inquiry = inquiries.ask_again(inquiry, text="何年分ですか。", token=token(), actor=person(Role.OFFICE))
    assert inquiry.waits_for == "department"
    for step in (
        lambda: inquiries.close_inquiry(inquiry, actor=clerk),
        lambda: inquiries.ask_again(inquiry, text="なぜ", token=token(), actor=clerk),
    ):
        assert outcome(step) is NotTheAsker
    assert inquiries.close_inquiry(inquiry, actor=person(Role.OFFICE)).state == "closed"
    assert outcome(lambda: inquiries.answer_inquiry(inquiry, text="遅れて", token=token(), actor=clerk)) is NotPermitted
    assert outcome(lambda: inquiries.ask_again(inquiry, text="また", token=token(), actor=office)) is InquiryClosed


def test_a_second_click_writes_nothing_more(file, office):
    first, second = token(), token()
    inquiry = ask(file, office, token=first)
    assert ask(file, office, token=first) == inquiry
    clerk = person(Role.CLERK, file.department)
    for _ in range(2):
        inquiries.answer_inquiry(inquiry, text="はい", token=second, actor=clerk)
    assert (Inquiry.objects.count(), InquiryEntry.objects.count()) == (1, 2)
    assert len(told(office)) == 1


def test_each_role_asks_exactly_whom_it_may(file):
    provider = Participant(Party.PROVIDER, provider_of(file))
    asked_by = {
        "担当": {OFFICE, provider, IT}, "課長": {OFFICE, provider, IT},
        "情報公開課": {DEPARTMENT, provider, IT}, "情報政策課": {DEPARTMENT, OFFICE, provider},
    }  # fmt: skip
    for who in PEOPLE:
        actor = somebody(who, file.department)
        for asked in (DEPARTMENT, OFFICE, IT, provider):
            call = outcome(lambda actor=actor, asked=asked: ask(file, actor, asked))
            expected = None if asked in asked_by.get(who, ()) else NotAParty if who in asked_by else NotPermitted
            assert call is expected, (who, asked.party)
    own = person(Role.CLERK, provider.provider)
    assert outcome(lambda: ask(file, own, DEPARTMENT)) is None
    assert outcome(lambda: ask(file, own, provider)) is NotAParty


def test_each_role_sees_and_answers_exactly_what_concerns_it(file, office):
    provider = Participant(Party.PROVIDER, provider_of(file))
    threads = {party: ask(file, office, party) for party in (DEPARTMENT, provider, IT)}
    to_office = ask(file, person(Role.CLERK, file.department), OFFICE)
    everything = {*threads.values(), to_office}
    sees = {
        "担当": everything, "課長": everything, "情報公開課": everything, "監査": everything,
        "情報政策課": {threads[IT]}, "提供課": everything,
    }  # fmt: skip
    answers = {
        "担当": {threads[DEPARTMENT]}, "課長": {threads[DEPARTMENT]}, "情報公開課": {to_office},
        "情報政策課": {threads[IT]}, "提供課": {threads[provider]},
    }  # fmt: skip
    people = {who: somebody(who, file.department) for who in PEOPLE}
    people["提供課"] = person(Role.HEAD, provider.provider)
    for who, actor in people.items():
        seen = rules.permitted(Inquiry.objects.all(), actor, "view_inquiry")
        assert set(seen) == sees.get(who, set()), who
        assert set(rules.permitted(Inquiry.objects.all(), actor, "answer_inquiry")) == answers.get(who, set()), who


def test_a_draft_is_asked_about_within_its_department_and_the_office_alone():
    proposal = draft(OUT_OF_PURPOSE)
    clerk, provider = person(Role.CLERK, proposal.department), provider_of(proposal)
    assert outcome(lambda: ask(proposal, clerk, OFFICE)) is None
    assert outcome(lambda: ask(proposal, clerk, IT)) is NotAParty
    assert outcome(lambda: ask(proposal, clerk, Participant(Party.PROVIDER, provider))) is NotAParty
    for actor in (person(Role.CLERK, provider), person(Role.IT), person(Role.OFFICE)):
        assert outcome(lambda actor=actor: ask(proposal, actor, DEPARTMENT)) is NotPermitted


def test_of_a_file_that_came_back_the_providing_department_and_it_see_nothing_until_it_is_sent_again(file, office):
    asked = [ask(file, office, IT), ask(file, office, Participant(Party.PROVIDER, provider_of(file)))]
    steps.return_proposal(file, reason=REASON, actor=office)
    for actor in (person(Role.IT), person(Role.CLERK, provider_of(file))):
        for action in ("view_inquiry", "answer_inquiry"):
            assert not rules.permitted(Inquiry.objects.filter(pk__in=[one.pk for one in asked]), actor, action).exists()


@pytest.mark.parametrize("status", states_but("withdrawn"))
def test_the_department_asks_in_every_state_but_of_a_withdrawn_file(status):
    proposal = proposal_in(status)
    assert outcome(lambda: ask(proposal, person(Role.CLERK, proposal.department), OFFICE)) is None


def test_a_withdrawn_file_is_not_asked_about_and_waits_for_nobody(client, file, office):
    ask(file, office)
    clerk = person(Role.CLERK, file.department)
    steps.withdraw_proposal(file, reason=REASON, actor=clerk)
    assert outcome(lambda: ask(file, clerk, OFFICE)) is NotPermitted
    client.force_login(clerk)
    assert [group.code for group in client.get(reverse("home")).context["groups"]] == []


def test_a_question_speaks_of_what_is_in_its_own_file(file, office):
    other = the_record(submitted(LINKAGE))
    assert outcome(lambda: ask(file, office, record=other)) is NotOfThisFile
    assert not Inquiry.objects.exists()


def test_a_question_makes_a_page_of_a_step_stale_and_keeps_nothing_back(file, office):
    version = file_version(file)
    ask(file, office)
    assert file_version(file) != version
    steps.confirm_provision(file.outofpurposeuseversions.get(), actor=person(Role.CLERK, provider_of(file)))
    assert settling.accept_proposal(file, actor=office).status == Status.ACCEPTED
    assert inquiries.open_inquiries(file) == 1


@pytest.fixture
def signed_in():
    def client_of(user):
        client = Client()
        client.force_login(user)
        return client

    return client_of


def test_the_pages_lead_from_the_question_to_its_end(signed_in, layouts):
    proposal = draft(LINKAGE)
    paper = paper_draft(proposal)
    proposal = steps.request_approval(proposal, actor=person(Role.CLERK, proposal.department))
    proposal = steps.approve_proposal(proposal, actor=person(Role.HEAD, proposal.department))
    office, clerk = signed_in(person(Role.OFFICE)), signed_in(person(Role.CLERK, proposal.department))
    address = reverse("ask_inquiry", args=[proposal.pk])
    assert address in office.get(reverse("view_proposal", args=[proposal.pk])).text
    form = office.get(address).context["form"]
    assert [code for code, _ in form.fields["asked"].choices] == ["department", "it"]
    typed = {
        "asked": "department", "about": f"paper/{paper.pk}/items", "text": "範囲は。",
        "token": form["token"].value(),
    }  # fmt: skip
    refused = office.post(address, typed | {"asked": ""})
    assert (refused.status_code, "範囲は。" in refused.text) == (422, True)
    answer = office.post(address, typed)
    inquiry = Inquiry.objects.get()
    assert (answer.status_code, answer.headers["Location"]) == (303, inquiry.get_absolute_url())
    assert (inquiry.paper, inquiry.place) == (paper, "システム内で管理する個人情報")
    for page in (reverse("view_proposal", args=[proposal.pk]), reverse("home"), inquiry.get_absolute_url()):
        assert "範囲は。" in clerk.get(page).text
    accept = reverse("accept_proposal", args=[proposal.pk])
    assert "回答のない照会が1件あります" in office.get(accept).text
    reply = reverse("answer_inquiry", args=[inquiry.pk])
    typed = {"text": "課税年度の分です。", "token": clerk.get(reply).context["form"]["token"].value()}
    assert clerk.post(reply, typed | {"text": ""}).status_code == 422
    assert clerk.post(reply, typed).status_code == 303
    late = clerk.post(reply, {"text": "もう一人の回答", "token": token()})
    assert (late.status_code, "もう一人の回答" in late.text) == (422, True)
    assert "回答のない照会" not in office.get(accept).text
    again = reverse("ask_again", args=[inquiry.pk])
    assert again in office.get(inquiry.get_absolute_url()).text
    assert again not in clerk.get(inquiry.get_absolute_url()).text
    assert office.post(again, {"text": "何年分ですか。", "token": token()}).status_code == 303
    assert office.post(reverse("close_inquiry", args=[inquiry.pk])).status_code == 303
    inquiry.refresh_from_db()
    assert (inquiry.state, inquiry.entries.count()) == ("closed", 3)


def test_what_was_typed_stays_when_the_file_came_back_meanwhile(signed_in, file, office):
    client, address = signed_in(office), reverse("ask_inquiry", args=[file.pk])
    typed = {"asked": "department", "about": "", "text": "範囲は。", "token": token()}
    steps.return_proposal(file, reason=REASON, actor=office)
    answer = client.post(address, typed)
    assert (answer.status_code, "範囲は。" in answer.text, "「照会」はできません" in answer.text) == (422, True, True)
    assert client.get(address).status_code == 403
    assert signed_in(person(Role.AUDITOR)).post(address, typed).status_code == 403


def test_it_finds_what_it_is_asked_on_its_first_page_and_nothing_else_of_the_thread_is_anybodys(
    signed_in, file, office
):
    inquiry = ask(file, office, IT, text="暗号の方式は足りていますか。")
    page = signed_in(person(Role.IT)).get(reverse("home"))
    assert [(group.code, group.total) for group in page.context["groups"]] == [("inquiries", 1)]
    for role in (Role.SECRETARIAT, Role.ADMIN, Role.CLERK):
        assert signed_in(person(role)).get(inquiry.get_absolute_url()).status_code in {403, 404}
