"""見本の区の審議体: what the sources say of the bodies, and nothing that they do not."""

from datetime import date

import pytest

from councils.models import Appointment, Body, BodyRule, Minutes, MinutesStatus, Outcome, Quorum, Restart, Term
from records.demo import load_ward
from records.states import Status

pytestmark = pytest.mark.django_db


@pytest.fixture
def nerima():
    load_ward("nerima")


def test_the_roster_of_the_seventh_term_has_the_23_members_of_the_minutes(nerima):
    roster = Appointment.objects.as_of(date(2013, 1, 17)).select_related("member")
    names = [row.member.surname + row.member.bracketed for row in roster]
    assert len(names) == 23
    assert names[1] == "柴\ufa11"
    assert {"こうらい", "中村（三）", "中村（弘）", "松村", "今井", "小室"} <= set(names)


def test_what_no_source_says_of_the_term_stays_empty(nerima):
    term = Term.objects.get()
    assert (term.number, term.starts_on, term.ends_on) == (7, None, None)
    assert not Appointment.objects.exclude(category="").exists()
    assert not Appointment.objects.exclude(offices=None).exists()


def test_what_is_assumed_is_said_to_be_assumed(nerima):
    for rule in BodyRule.objects.all():
        assert rule.basis.startswith("仮定：")


def test_the_wards_have_their_own_bodies(nerima):
    assert list(Body.objects.values_list("name", flat=True)) == [
        "練馬区情報公開および個人情報保護運営審議会",
        "特定個人情報保護評価等実施委員会",
    ]


def test_shinjuku_has_an_internal_meeting_counted_by_the_fiscal_year():
    load_ward("shinjuku")
    rule = BodyRule.objects.select_related("body").get()
    assert rule.body.name == "個人情報保護管理運営会議"
    assert (rule.session_restart, rule.quorum, rule.report_word) == (Restart.FISCAL_YEAR, Quorum.NONE, "了承")


def test_the_meeting_of_2013_names_the_wards_own_files_without_deciding_them_again(nerima):
    minutes = Minutes.objects.select_related("meeting").get()
    assert (minutes.status, minutes.utterances.count()) == (MinutesStatus.PUBLISHED, 126)
    items = minutes.meeting.items.exclude(consultation=None).order_by("consultation__number")
    assert [item.proposal.title for item in items] == [item.title for item in items]
    assert not Outcome.objects.filter(moved_file=True).exists()
    assert [item.proposal.status for item in items] == [Status.DRAFT, Status.DECIDED, Status.DECIDED]
    papers = [item.papers.get().paper for item in items]
    assert [paper.layout_code for paper in papers] == ["paper-linkage", "paper-outsourcing", "paper-outsourcing-change"]
