"""公表のページの応答: the same for everybody, no cookie, read only, sent again only when changed, few statements."""

import re
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from organization.models import Role
from tests.file_register.factories import policy, published, registered_file
from tests.organization.factories import person
from tests.public.factories import public_policy
from tests.registry.factories import registered_activity

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
LIST, PAGE = 7, 10


def fill(department, times=1):
    """Entries in all three registers; the keys of the last file and business."""
    for _ in range(times):
        file = published(registered_file(department)).file
        published(registered_file(department), register="ordinance")
        activity = registered_activity(department).activity
    return file, activity


@pytest.fixture
def addresses(department, open_ward):
    """Every kind of public page, with something to show."""
    public_policy()
    policy(publishes_small=True)
    file, activity = fill(department)
    registers = ["files", "ordinance-files", "activities"]
    found = [reverse(name) for name in ("public_front", "public_open_data", "public_feed")]
    found.append(f"{reverse('public_search')}?q=調査")
    for name in ("public_register", "public_register_csv", "public_register_json", "public_schema"):
        found += [reverse(name, args=[register]) for register in registers]
    for name in ("public_entry", "public_entry_json", "public_entry_pdf"):
        found += [reverse(name, args=["files", file.token]), reverse(name, args=["activities", activity.token])]
    return found


def test_are_the_same_for_staff_and_set_or_vary_by_no_cookie(addresses):
    staff = Client()
    staff.force_login(person(Role.OFFICE))
    for address in addresses:
        anybody, somebody = Client().get(address), staff.get(address)
        assert anybody.status_code == 200, address
        assert anybody.content == somebody.content
        for answer in (anybody, somebody):
            assert not answer.cookies
            assert "Cookie" not in answer.headers.get("Vary", "")
            assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_are_read_only(client, addresses):
    for address in addresses:
        for method in (client.post, client.put, client.delete, client.patch):
            assert method(address).status_code == 405
        assert client.head(address).status_code == 200


def test_are_sent_again_only_when_they_have_changed(client, addresses, department):
    for address in addresses:
        first = client.get(address)
        assert "public" in first.headers["Cache-Control"]
        again = client.get(address, headers={"if-none-match": first.headers["ETag"]})
        assert (again.status_code, again.content) == (304, b""), address
    before = client.get(reverse("public_front")).headers["ETag"]
    fill(department)
    assert client.get(reverse("public_front"), headers={"if-none-match": before}).status_code == 200


def test_refuse_a_nul_and_take_any_other_nonsense(client, addresses):
    for address in addresses[:4]:
        assert client.get(address.split("?")[0], {"q": "a\0b"}).status_code == 400
        nonsense = {"q": "%_'\"<script>" * 500, "as_of": "<b>", "organ": "x" * 9000, "page": "-9", "nix": "1"}
        answer = client.get(address.split("?")[0], nonsense)
        assert answer.status_code == 200
        assert "<script>" not in answer.content.decode()


def statements(client, address):
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_ask_as_much_for_many_entries_as_for_few_and_within_the_limits(client, addresses, department):
    few = {address: statements(client, address) for address in addresses}
    fill(department, times=12)
    assert {address: statements(client, address) for address in addresses} == few
    lists = {reverse("public_register", args=[code]) for code in ("files", "ordinance-files", "activities")}
    assert {address: few[address] for address in lists if few[address] > LIST} == {}
    assert {address: count for address, count in few.items() if count > PAGE} == {}


def test_the_feed_is_atom_with_the_newest_first_and_stable_ids(client, addresses):
    answer = client.get(reverse("public_feed"))
    assert answer["Content-Type"].startswith("application/atom+xml")
    feed = ElementTree.fromstring(answer.content)
    entries = feed.findall(f"{ATOM}entry")
    assert len(entries) == 3
    assert feed.find(f"{ATOM}author/{ATOM}name").text == "練馬区"
    days = [entry.find(f"{ATOM}updated").text for entry in entries]
    assert days == sorted(days, reverse=True)
    assert len({entry.find(f"{ATOM}id").text for entry in entries}) == 3
    answer = client.get(reverse("public_feed"), headers={"host": "localhost:8443"})
    again = ElementTree.fromstring(answer.content)
    assert [each.text for each in again.iter(f"{ATOM}id")] == [each.text for each in feed.iter(f"{ATOM}id")]
    assert all(re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", each.text) for each in feed.iter(f"{ATOM}id"))
    for entry in entries:
        link = entry.find(f"{ATOM}link").attrib["href"]
        assert client.get(link.removeprefix("http://testserver")).status_code == 200


def test_a_control_character_does_not_break_the_feed(client, department, open_ward):
    published(registered_file(department, name="相談\x0bファイル"))
    feed = ElementTree.fromstring(client.get(reverse("public_feed")).content)
    assert "相談ファイル" in feed.find(f"{ATOM}entry/{ATOM}title").text


def test_a_name_is_never_markup_in_the_feed(client, department, open_ward):
    published(registered_file(department, name="<script>alert(1)</script>"))
    entry = ElementTree.fromstring(client.get(reverse("public_feed")).content).find(f"{ATOM}entry")
    assert "<script>" in entry.find(f"{ATOM}title").text
    assert entry.find(f"{ATOM}title").attrib.get("type", "text") == "text"
    assert "<script>" not in entry.find(f"{ATOM}summary").text
