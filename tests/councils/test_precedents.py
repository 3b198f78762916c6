"""審議会の先例: found by the words of the 要録, by kind, result and year; and what is like a file."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from councils.models import Minutes, Result
from councils.precedents import SAME_KIND, SAME_PARTNER, similar_to
from councils.services.minutes import begin_minutes, send_minutes, settle_minutes
from councils.services.outcomes import settle_items
from councils.services.utterances import add_utterance
from councils.views.precedents import GROUNDS
from history.writing import SYSTEM
from organization.models import Role
from records.demo import load_ward
from records.kinds import LINKAGE, OUT_OF_PURPOSE, OUTSOURCING
from search import writing
from tests.councils.sittings import consulted, sitting
from tests.organization.factories import DepartmentFactory, person
from tests.records.factories import accepted

pytestmark = pytest.mark.django_db


def signed_in(role=Role.CLERK):
    client = Client()
    client.force_login(person(role, DepartmentFactory()))
    return client


def found(client, query):
    return client.get(f"{reverse('precedent_list')}{query}")


def titles(answer):
    return [item.title for item, _, _ in answer.context["rows"]]


def test_a_word_that_was_said_finds_the_consultation_with_its_passage():
    load_ward("nerima")
    writing.rebuild()
    answer = found(signed_in(), "?q=守秘義務")
    assert titles(answer) == [
        "特別区民税・都民税に関する業務に係る外部委託について",
        "軽自動車税に関する業務に係る外部委託の一部変更について",
    ]
    words = answer.content.decode()
    assert "<mark>守秘義務</mark>" in words
    assert "賛成多数で承認（原案通り承認）" in words


def test_kinds_results_and_years_narrow_the_list():
    load_ward("nerima")
    client = signed_in()
    assert len(titles(found(client, ""))) == 6
    assert len(titles(found(client, "?kind=outsourcing"))) == 2
    assert titles(found(client, "?kind=audit")) == ["個人情報保護に関する監査について"]
    assert len(titles(found(client, "?result=by_majority"))) == 2
    assert len(titles(found(client, "?year=2012"))) == 6
    assert titles(found(client, "?year=2013")) == []


def test_what_is_still_being_written_is_not_found():
    meeting = sitting()
    item = consulted(meeting, accepted())
    settle_items(meeting, [item], result="approved", method="none", actor=SYSTEM)
    minutes = begin_minutes(meeting, actor=SYSTEM)
    add_utterance(minutes, speaker="委員", text="ユニコーンについて伺います。", item=item, actor=SYSTEM)
    writing.rebuild()
    client = signed_in()
    assert titles(found(client, "?q=ユニコーン")) == []
    settle_minutes(send_minutes(minutes, actor=SYSTEM), actor=SYSTEM)
    writing.rebuild()
    assert titles(found(client, "?q=ユニコーン")) == [item.title]


def test_a_file_finds_the_consultations_of_its_kind_and_business_with_the_questions_asked_then():
    load_ward("nerima")
    item = Minutes.objects.get().meeting.items.get(consultation__number=10)
    (first, *_) = similar_to(item.proposal)
    assert first.item.consultation.number == 9
    assert SAME_KIND in first.reasons
    assert first.outcome.result == Result.BY_MAJORITY
    assert any("守秘義務" in said.text for said in first.questions)


def test_one_partner_counts_more_than_one_kind():
    like, other = accepted(OUTSOURCING), accepted(OUTSOURCING)
    (record,) = other.records()
    record.partner_name = "ほかの事業者"
    record.save_as(SYSTEM, action="edit_record")
    meeting = sitting()
    for proposal in (other, like):
        item = consulted(meeting, proposal)
        settle_items(meeting, [item], result="approved", method="none", actor=SYSTEM)
    similar = similar_to(accepted(OUTSOURCING))
    assert [one.item.proposal for one in similar] == [like, other]
    assert [one.reasons for one in similar] == [[SAME_PARTNER, SAME_KIND], [SAME_KIND]]
    assert similar_to(accepted(LINKAGE)) == []


def statements(client):
    """How many statements the list asks."""
    with CaptureQueriesContext(connection) as asked:
        found(client, "")
    return len(asked)


def test_the_list_asks_the_same_however_much_is_found():
    meeting, client = sitting(), signed_in()
    for _ in range(2):
        consulted(meeting, accepted())
    few = max(statements(client) for _ in range(2))
    for _ in range(4):
        consulted(meeting, accepted())
    assert statements(client) <= few <= 7


def test_the_ground_and_the_partner_of_the_records_narrow_the_list():
    asked, told = accepted(OUTSOURCING), accepted(OUT_OF_PURPOSE)
    meeting = sitting()
    for proposal in (asked, told):
        consulted(meeting, proposal)
    client = signed_in()
    (partner,) = {record.partner_name for record in asked.records()}
    (ground, *_) = told.records()[0].grounds
    assert titles(found(client, f"?partner={partner}")) == [asked.title]
    assert titles(found(client, "?partner=どこにもない会社")) == []
    assert titles(found(client, f"?ground={ground}")) == [told.title]
    other = next(code for code, _ in GROUNDS if code not in told.records()[0].grounds)
    assert titles(found(client, f"?ground={other}")) == []
    assert len(titles(found(client, "?ground=何か"))) == 2
    assert f'<option value="{partner}">' in found(client, "").content.decode()


def test_the_words_of_a_files_paper_find_the_consultation():
    load_ward("nerima")
    writing.rebuild()
    client = signed_in()
    assert "戸籍に関する業務に係る電子計算組織の結合について" in titles(found(client, "?q=磁気ディスク"))


def test_what_was_said_about_two_consultations_together_belongs_to_both():
    load_ward("nerima")
    writing.rebuild()
    assert len(titles(found(signed_in(), "?q=守秘義務"))) == 2
    item = Minutes.objects.get().meeting.items.get(consultation__number=9)
    (other, *_) = [one for one in similar_to(item.proposal) if one.item.consultation.number == 10]
    assert other.questions
