"""審議会の一覧: the files of the lists are what the pages show, and neither costs more with more rows."""

import uuid
from datetime import date, time, timedelta

import pytest
from django.urls import reverse

from councils.models import Meeting
from councils.services.follow_ups import create_followup
from councils.services.meetings import close_meeting
from history.writing import SYSTEM
from home.bench.pages import rows_a_page
from home.bench.timing import statements
from home.bench.visitors import Visitor
from organization.models import Role
from tests.councils.factories import TermFactory, an_amendment, meeting_of
from tests.councils.sittings import sitting, told
from tests.home.test_exports import exported, shown
from tests.organization.factories import person

pytestmark = pytest.mark.django_db
LISTS = ["meeting_list", "member_list", "followup_list", "amendment_list"]
LIST = 7


@pytest.fixture
def secretary():
    return Visitor(person(Role.SECRETARIAT))


def more(term, number):
    """A meeting with a member, an item, a task and an amendment."""
    meeting = sitting(members=1, present=0, term=term, held_on=date(2013, 1, 17) + timedelta(days=number))
    told(meeting, title=f"監査{number}")
    create_followup(meeting, kind="promise", task=f"検討{number}", token=uuid.uuid4(), actor=SYSTEM)
    an_amendment(title=f"改正{number}")
    return meeting


def test_the_files_of_the_lists_are_what_their_pages_show(secretary):
    term = TermFactory()
    for number in range(3):
        more(term, number)
    for name in LISTS:
        page = shown(secretary, reverse(name))
        assert len(page) == 4
        for kind in ("csv-utf8", "xlsx"):
            assert exported(secretary, reverse(name), kind) == page


def test_lists_and_their_files_ask_as_much_for_many_rows_as_for_few(secretary):
    term = TermFactory()
    more(term, 0)
    urls = [f"{reverse(name)}{query}" for name in LISTS for query in ("", "?export=csv-utf8")]
    few = {url: statements(lambda url=url: secretary.get(url)) for url in urls}
    for number in range(1, 12):
        more(term, number)
    with rows_a_page(5):
        assert {url: statements(lambda url=url: secretary.get(url)) for url in urls} == few
    assert {url: count for url, count in few.items() if count > LIST} == {}


def test_pages_of_a_meeting_ask_as_much_with_many_members_as_with_few(secretary):
    counts = []
    for members in (2, 20):
        meeting = sitting(members=members, present=members)
        urls = [reverse(name, args=[meeting.pk]) for name in ("view_meeting", "meeting_attendance", "run_meeting")]
        counts.append([statements(lambda url=url: secretary.get(url)) for url in urls])
    few, many = counts
    assert few == many


def test_meetings_are_filtered_by_term_and_year(secretary):
    first, second = TermFactory(number=6), TermFactory(number=7)
    old, new = meeting_of(first, held_on=date(2011, 3, 31)), meeting_of(second, held_on=date(2011, 4, 1))
    pages = {
        query: [meeting for meeting, _ in secretary.get(f"{reverse('meeting_list')}?{query}").context["rows"]]
        for query in (f"term={first.pk}", "year=2011", "year=2010", "year=1999", "term=x")
    }
    assert list(pages.values()) == [[old], [new], [old], [new, old], [new, old]]
    words = secretary.get(f"{reverse('meeting_list')}?year=2011").content.decode()
    assert "平成23年度" in words
    assert "条件をすべて消す" in words


def test_the_form_of_a_new_meeting_says_which_one_would_be_next_and_asks_for_the_ground_of_a_closed_one(client):
    meeting = meeting_of(TermFactory(number=7), number=7)
    client.force_login(person(Role.SECRETARIAT))
    page = reverse("create_meeting")
    form = client.get(page).context["form"]
    assert "第7期第8回" in form["number"].help_text
    given = {
        "body": meeting.body_id, "term": meeting.term_id, "number": "", "held_on": "R8.12.1", "starts_at": "",
        "place": "", "is_closed": "on", "closed_ground": "", "token": str(form["token"].value()),
    }  # fmt: skip
    refused = client.post(page, given)
    assert (refused.status_code, "その理由が必要です" in refused.content.decode()) == (422, True)
    assert client.post(page, given | {"closed_ground": "個人が識別されるため"}).status_code == 303
    made = Meeting.objects.latest("pk")
    assert (made.number, made.is_public, made.closed_ground) == (8, False, "個人が識別されるため")


def test_what_is_missing_is_no_longer_asked_once_the_meeting_is_over(client):
    client.force_login(person(Role.SECRETARIAT))
    meeting = sitting(members=1)
    pages = [reverse(name, args=[meeting.pk]) for name in ("view_meeting", "view_agenda")]
    assert all("そろっているか" in client.get(page).content.decode() for page in pages)
    close_meeting(meeting, starts_at=time(10), ends_at=time(11), actor=SYSTEM)
    assert not any("そろっているか" in client.get(page).content.decode() for page in pages)
