"""秘密の目じるし: every text that is not public carries a mark, every public page is read, and no mark is in any."""

import re
import subprocess
from datetime import date, timedelta
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import resolve, reverse
from django.utils import timezone

from councils.models import Minutes, Utterance
from file_register.kinds import PublicRegister
from file_register.models import FileCount, FilePolicy, PersonalFileVersion
from history.writing import SYSTEM
from organization.models import Department, Role
from organization.permissions import PUBLISHED
from printing.layouts import seed_layouts
from public.fields import ACTIVITY_FIELDS, FILE_FIELDS
from public.models import PublicPolicy
from registry.models import ActivityStatus, ActivityVersion, CollectingForm
from tests.councils.factories import TermFactory, meeting_of
from tests.organization.factories import DepartmentFactory, DivisionFactory, OrganFactory, person
from tests.public.factories import (
    STARTS,
    Marks,
    activity,
    activity_version,
    collecting_form,
    count,
    file_version,
    personal_file,
    stood,
)

ADDRESS = re.compile(r'href="([^"#]+)"|"url": "([^"]+)"|<link href="([^"]+)"')
PERSONS = 987654
DAYS = ["R5.4.1", "2023-04-01", "2025-01-01", "R99.1.1", "きのう", "1900-01-01"]


class Scene:
    """A ward in which everything that everybody may not read is marked."""

    def __init__(self) -> None:
        self.marks = Marks()
        self.actor = person(Role.OFFICE, self._department(), name=self.marks.hidden())
        self.office = self._department(shown=["name"])
        self.today = timezone.localdate()
        self.keys: dict[str, list] = {"files": [], "activities": []}
        self.minutes: list = []
        self._policies()
        self._activities()
        self._files()
        self._councils()

    def _department(self, shown=()):
        names = [self.marks.fill(Department, *shown) for _ in range(3)]
        organ = OrganFactory(**names[0])
        return DepartmentFactory(parent=DivisionFactory(parent=organ, **names[1]), **names[2])

    def _policies(self):
        fill = self.marks.fill(PublicPolicy, "licence", "contact", "notice")
        fill |= {"licence_url": "https://example.jp/", "request_url": ""}
        self.policy = PublicPolicy(activity_fields=["name", "purpose", "department"], **fill)
        self.policy.save_as(self.actor, action="edit_reference", reason=self.marks.hidden())
        small = FilePolicy(publishes_small=False, **self.marks.fill(FilePolicy))
        small.save_as(self.actor, action="edit_reference", reason=self.marks.hidden())

    def _activity(self, *shown, identity=None, **values):
        identity = identity or activity()
        self.keys["activities"].append(identity.token)
        fill = self.marks.fill(ActivityVersion, *shown) | {"item_kinds": ["health"], "has_deceased": True}
        if not {"abolished_on"} & values.keys():
            fill["abolition_reason"] = ""
        numbers = {"persons_lowest": PERSONS, "persons_highest": PERSONS}
        row = activity_version(identity, self.office, self.actor, self.marks.hidden(), **fill | numbers | values)
        for removed in (False, True):
            collecting_form(row, is_removed=removed, **self.marks.fill(CollectingForm))
        return row

    def _activities(self):
        changed = date(2024, 4, 1)
        # Its former name stands in the list of a former day; its former purpose nowhere.
        before = self._activity("name", valid_to=changed)
        self._activity("name", "purpose", identity=before.activity, replaces=before, valid_from=changed)
        undecided = {"valid_from": None, "registered_on": None}
        self._activity(identity=before.activity, status=ActivityStatus.SUBMITTED, replaces=None, **undecided)
        self._activity(status=ActivityStatus.DRAFT, **undecided)
        self._activity(valid_from=self.today + timedelta(days=1))
        self._activity(valid_to=changed, abolished_on=changed)

    def _version(self, *shown, file=None, **values):
        file = file or personal_file(abolition_reason="")
        self.keys["files"].append(file.token)
        fill = self.marks.fill(PersonalFileVersion, *shown) | values
        row = file_version(file, self.office, self.actor, self.marks.hidden(), **fill)
        if not file.counts.exists():
            count(file, lowest=PERSONS, highest=PERSONS, **self.marks.fill(FileCount))
        return row

    def _files(self):
        columns = {field.key for field in FILE_FIELDS} - {
            "sensitive", "ordinance_sensitive", "kind", "manual_twin", "invites_proposals",
        }  # fmt: skip
        stood(self._version(*columns))
        withheld = ["items", "collection_method", "recipients"]
        # What 法第75条第3項 leaves out: other items are published in place of the true ones.
        hidden = self._version(*columns - set(withheld), "published_items", withheld_parts=withheld)
        stood(hidden)
        self._version(file=hidden.file, status="draft", valid_from=None)
        uncorrected = self._version(*columns)
        stood(uncorrected)
        self._version(file=uncorrected.file, is_withheld=True, exclusions=["personnel"])
        self._version()  # registered, never published
        stood(self._version(), register=PublicRegister.ORDINANCE)
        stood(self._version(), removed_on=date(2024, 4, 1))
        stood(self._version(), on=self.today + timedelta(days=1))

    def _councils(self):
        term = TermFactory()
        self._minutes(term, "title", "when", "place", "members", "ward_side", "observers", status="published")
        self._minutes(term, status="settled")
        self._minutes(term, status="draft")

    def _minutes(self, term, *shown, status):
        seed_layouts(SYSTEM)
        meeting = meeting_of(term, source_note=self.marks.hidden())
        days = {"settled_on": self.today, "published_on": self.today}
        fill = self.marks.fill(Minutes, *shown) | {"status": status, **days}
        row = Minutes(meeting=meeting, **fill).save_as(self.actor, action="begin_minutes", reason=self.marks.hidden())
        said = self.marks.fill(Utterance, *(("speaker", "text") if shown else ()))
        Utterance(minutes=row, position=0, **said).save_as(self.actor, action="add_utterance")
        Utterance(minutes=row, position=1, is_removed=True, **self.marks.fill(Utterance)).save_as(
            self.actor, action="add_utterance"
        )
        self.minutes.append(meeting.token)


def addresses(scene):
    """Every public page by its name, with every key that there is, known to the public or not."""
    registers = ["files", "ordinance-files", "activities"]
    found = [reverse(name) for name in ("public_front", "public_search", "public_open_data", "public_feed")]
    for register in registers:
        found += [
            reverse(name, args=[register])
            for name in ("public_register", "public_register_csv", "public_register_json", "public_schema")
        ]
        found += [f"{reverse('public_register', args=[register])}?as_of={quote(day)}" for day in DAYS]
    found.append(reverse("public_minutes_list"))
    for key in scene.minutes:
        found += [reverse(name, args=[key]) for name in ("public_minutes", "public_minutes_pdf")]
    for kind, keys in scene.keys.items():
        found += [
            reverse(name, args=[kind, key])
            for key in keys
            for name in ("public_entry", "public_entry_json", "public_entry_pdf")
        ]
    return found


def readable(answer):
    """What a person can read of an answer: the text of a PDF, else the content and the headers."""
    if answer["Content-Type"] == "application/pdf":
        run = subprocess.run(["pdftotext", "-raw", "-", "-"], input=answer.content, capture_output=True, check=True)
        return re.sub(r"\s", "", run.stdout.decode()) + repr(answer.headers)
    return answer.content.decode("utf-8-sig") + repr(answer.headers)


def walk(client, scene):
    """{address: text} of everything that the pages lead to, and of every address that there is."""
    waiting, read, statuses = addresses(scene), {}, {}
    while waiting:
        address = waiting.pop().removeprefix("http://testserver")
        if address in read or not address.startswith("/public/"):
            continue
        answer = client.get(address)
        statuses[address] = answer.status_code
        text = readable(answer)
        read[address] = text
        waiting += [next(filter(None, found)).replace("&amp;", "&") for found in ADDRESS.findall(text)]
    assert set(statuses.values()) <= {200, 404, 410}
    return read


@pytest.fixture
def scene(open_ward):
    """Written anew for each test, so that no mark is left over."""
    return Scene()


def seen(marks, read):
    """The marks that somebody can read, each with one address."""
    return {mark: address for address, text in read.items() for mark in marks if mark in text}


@pytest.mark.parametrize("signed_in", [False, True])
def test_nothing_that_is_not_public_is_read_anywhere_and_all_that_is_public_is(scene, signed_in):
    client = Client()
    if signed_in:
        client.force_login(scene.actor)
    read = walk(client, scene)
    assert seen(scene.marks.secret, read) == {}
    assert scene.marks.public - seen(scene.marks.public, read).keys() == set()
    assert seen([str(PERSONS), f"{PERSONS:,}", scene.actor.username], read) == {}
    assert {resolve(address.split("?")[0]).url_name for address in read} == PUBLISHED


def test_the_walk_sees_what_a_policy_opens(scene):
    scene.policy.activity_fields = [field.key for field in ACTIVITY_FIELDS]
    scene.policy.save_as(SYSTEM, action="edit_reference")
    opened = set(seen(scene.marks.secret, walk(Client(), scene)))
    version = ActivityVersion.objects.as_of(scene.today).get(valid_to=None)
    forms = version.forms_in_use
    expected = {getattr(version, name) for name in ("responsible", "subjects", "persons", "items", "media")}
    expected |= {version.collection_note} | {text for form in forms for text in (form.name, form.edition, form.items)}
    assert opened == expected


def test_no_secret_is_found_by_the_search(scene):
    for mark in scene.marks.secret:
        answer = Client().get(reverse("public_search"), {"q": mark})
        assert answer.context["page"].total == 0, mark
    for entry in PersonalFileVersion.objects.filter(published_states__since=STARTS, public_entries__removed_on=None):
        if entry.public_entries.get().register == PublicRegister.ACT:
            assert Client().get(reverse("public_search"), {"q": entry.scope}).context["page"].total == 1


def test_without_a_policy_nothing_of_the_businesses_is_read(scene):
    scene.policy.valid_to = scene.today
    scene.policy.valid_from = scene.today - timedelta(days=1)
    scene.policy.save_as(SYSTEM, action="edit_reference")
    read = walk(Client(), scene)
    names = set(ActivityVersion.objects.values_list("name", flat=True))
    assert seen(names, read) == {}
    assert '"licence": null' in read[reverse("public_register_json", args=["files"])]
