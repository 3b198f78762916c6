"""点検のページ: the clerk sees what is asked and where to write, answers, and loses nothing that was typed."""

import pytest
from django.urls import reverse

from history.writing import SYSTEM
from home.bench.timing import statements
from organization.models import Role
from records.kinds import LINKAGE, OUTSOURCING
from records.models import CheckAnswer
from records.services import drafting, papers
from records.services.papers import PaperEntry
from tests.organization.factories import person
from tests.records.cast import all_but, somebody
from tests.records.factories import add_sheet, awaiting_head, draft, section, submitted, token
from tests.records.paper_factories import layout, paper_draft

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("layouts")]
WHY = "件数は相手方だけが知っているため"


@pytest.fixture
def paper():
    return paper_draft()


@pytest.fixture
def clerk(paper, client):
    user = person(Role.CLERK, paper.proposal.department)
    client.force_login(user)
    return user


def page_of(client, proposal):
    return client.get(reverse("proposal_checks", args=[proposal.pk]))


def send(client, proposal, code, **typed):
    return client.post(reverse("answer_check", args=[proposal.pk, code]), {"lock": 0, "reason": WHY} | typed)


def test_a_warning_says_what_why_and_where(client, clerk, paper):
    page = page_of(client, paper.proposal)
    assert "対象となる人数または件数が未記入です。概数で構いません（例：約20,000件）。" in page.text
    assert "「バックアップされているデータは何万件くらいあるのでしょうか。」" in page.text
    assert f'href="{reverse("edit_paper", args=[paper.pk])}#id_text_outline"' in page.text
    record = paper.proposal.records()[0]
    assert f'href="/records/linkage/{record.pk}/edit/#id_volume"' in page.text


@pytest.mark.parametrize(("kind", "code"), [(LINKAGE, "paper-linkage"), (OUTSOURCING, "paper-outsourcing")])
def test_the_links_lead_to_a_field_that_is_there(client, kind, code):
    texts = {
        "content": "受託者のシステムを使う。",
        "items": "アレルギー情報",
        "partner": "未定",
        "protection": "なし",
    }
    paper = paper_draft(draft(kind, partner_name="未定"), code=code, texts=texts)
    client.force_login(person(Role.CLERK, paper.proposal.department))
    cards = page_of(client, paper.proposal).context["cards"]
    links = {place.url for card in cards for place in card.places if "#" in place.url}
    assert {url.split("/")[1] for url in links} == {"papers", "records"}
    assert len(links) >= 6
    for address, field in (url.split("#") for url in links):
        assert f'id="{field}"' in client.get(address).text


def test_an_answer_leads_back_to_its_warning_and_is_shown_with_name_and_day(client, clerk, paper):
    answer = send(client, paper.proposal, "K5")
    assert (answer.status_code, answer["Location"][-9:]) == (303, "#check-K5")
    page = page_of(client, paper.proposal).text
    assert f"該当なし：{WHY}" in page
    assert clerk.name in page
    assert CheckAnswer.objects.get().answered_by == clerk


def test_an_answer_without_a_reason_is_refused_at_its_field(client, clerk, paper):
    answer = send(client, paper.proposal, "K5", reason="")
    assert answer.status_code == 422
    assert "該当しない理由を入力してください。" in answer.text
    assert 'href="#K5_reason"' in answer.text
    assert answer.text.count("<details open>") == 1


def test_what_was_typed_stays_when_somebody_else_answered_meanwhile(client, clerk, paper):
    send(client, paper.proposal, "K5", reason="ほかの人の答え")
    answer = send(client, paper.proposal, "K5")
    assert answer.status_code == 422
    assert WHY in answer.text
    assert "ほかの人の答え" in answer.text
    again = answer.context["cards"]
    (form,) = [card.form for card in again if card.result.rule.code == "K5"]
    assert send(client, paper.proposal, "K5", lock=form["lock"].value()).status_code == 303


def test_a_long_reason_is_refused_and_kept(client, clerk, paper):
    answer = send(client, paper.proposal, "K5", reason="長" * 2001)
    assert answer.status_code == 422
    assert "長" * 2001 in answer.text


def test_what_keeps_the_file_back_has_no_form(client, clerk, paper):
    answer = send(client, paper.proposal, "F1")
    assert answer.status_code == 422
    assert "記載を直してください" in answer.text


def test_a_rule_that_there_is_not_is_not_found(client, clerk, paper):
    assert send(client, paper.proposal, "K99").status_code == 404


def test_an_answer_is_taken_back(client, clerk, paper):
    send(client, paper.proposal, "K5")
    url = reverse("take_back_answer", args=[paper.proposal.pk, "K5"])
    assert client.post(url, {"lock": "x"}).status_code == 303
    assert f"該当なし：{WHY}" in page_of(client, paper.proposal).text
    assert client.post(url, {"lock": 1}).status_code == 303
    assert f"該当なし：{WHY}" not in page_of(client, paper.proposal).text


@pytest.mark.parametrize("who", all_but("担当", "課長"))
def test_nobody_else_answers(client, paper, who):
    client.force_login(somebody(who, paper.proposal.department))
    assert send(client, paper.proposal, "K5").status_code in (403, 404)
    assert not CheckAnswer.objects.exists()


def test_the_office_reads_warnings_and_answers_without_a_form(client, clerk):
    proposal = submitted()
    client.force_login(person(Role.OFFICE))
    page = page_of(client, proposal)
    assert "対象となる人数または件数が未記入です。" in page.text
    assert "<textarea" not in page.text
    assert "/edit/" not in page.text


def test_another_department_does_not_see_them(client, paper):
    client.force_login(person(Role.CLERK))
    assert page_of(client, paper.proposal).status_code == 404


@pytest.mark.parametrize(
    ("step", "make", "role"),
    [
        ("request_approval", draft, Role.CLERK),
        ("approve_proposal", awaiting_head, Role.HEAD),
        ("accept_proposal", submitted, Role.OFFICE),
        ("return_proposal", submitted, Role.OFFICE),
    ],
)
def test_the_steps_show_them_too(client, step, make, role):
    proposal = make()
    client.force_login(person(role, proposal.department))
    page = client.get(reverse(step, args=[proposal.pk])).text
    assert "対象となる人数または件数が未記入です。" in page
    assert reverse("proposal_checks", args=[proposal.pk]) in page


def test_a_withdrawal_shows_none(client):
    proposal = draft()
    client.force_login(person(Role.CLERK, proposal.department))
    assert "人数または件数" not in client.get(reverse("withdraw_proposal", args=[proposal.pk])).text


def test_the_file_links_to_its_checks_and_asks_for_their_number(client, clerk, paper):
    url = reverse("proposal_checks", args=[paper.proposal.pk])
    page = client.get(reverse("view_proposal", args=[paper.proposal.pk])).text
    assert f'href="{url}"' in page
    assert f'hx-get="{url}?number=1"' in page
    before = client.get(f"{url}?number=1").text
    open_now = len(page_of(client, paper.proposal).context["checks"].open)
    assert f"{open_now}件 注意" in before
    send(client, paper.proposal, "K5")
    assert f"{open_now - 1}件 注意" in client.get(f"{url}?number=1").text


def test_items_with_a_mark_or_in_one_list_alone_are_listed(client, clerk):
    proposal = draft(provided_items="氏名、住所、備考", received_items="きょうだい名")
    client.force_login(person(Role.CLERK, proposal.department))
    page = page_of(client, proposal).text
    assert "自由記載" in page
    assert "本人以外の人" in page


def test_more_papers_ask_no_more(client, clerk, paper):
    url = reverse("proposal_checks", args=[paper.proposal.pk])
    few = statements(lambda: client.get(url))
    paper_draft(paper.proposal)
    paper_draft(paper.proposal)
    assert statements(lambda: client.get(url)) == few


def test_a_further_sheet_asks_only_what_its_contradictions_need(client, clerk, paper):
    url = reverse("proposal_checks", args=[paper.proposal.pk])
    few = statements(lambda: client.get(url))
    add_sheet(paper.proposal, LINKAGE)
    assert statements(lambda: client.get(url)) <= few + 6  # names of business and partner are compared in any spelling


def test_a_file_without_a_sheet_is_led_to_add_one(client):
    department = section("収納課")
    clerk = person(Role.CLERK, department)
    proposal = drafting.create_proposal(title="空の案件", department=department, token=token(), actor=clerk)
    client.force_login(clerk)
    assert reverse("add_record", args=[proposal.pk]) in page_of(client, proposal).text


def test_a_heading_is_called_as_this_paper_calls_it(client, clerk, paper):
    """The layout of 2013 said 「送受信する項目」; that of 2022 offers two wordings."""
    assert "「システム内で管理する個人情報」" in page_of(client, paper.proposal).text
    chosen = PaperEntry(title=paper.title, texts={}, choices={"items": 1})
    papers.edit_paper(paper, layout=layout(), entry=chosen, lock=paper.lock, actor=SYSTEM)
    assert "（または送受信する個人情報）」" in page_of(client, paper.proposal).text
