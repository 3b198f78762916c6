"""写し: attached to the versions of both registers by whom the table lets, read by who sees the version."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from file_register.models import PersonalFileScan
from file_register.scans import attach_file_scan, remove_file_scan
from files.errors import FileRefused
from files.kinds import FileType
from files.models import StoredFile
from history.errors import ReasonRequired
from history.writing import SYSTEM
from organization.models import Role
from organization.permissions import RULES
from organization.rules import NotPermitted
from printing.layouts import seed_layouts
from registry.models import ActivityScan
from registry.moving import move_activity
from registry.scans import attach_activity_scan, remove_activity_scan
from tests.file_register import factories as files
from tests.files.conftest import SAMPLES
from tests.organization.factories import DepartmentFactory, person
from tests.registry import factories as activities

pytestmark = pytest.mark.django_db


class Register:
    """One of the two registers, as these tests ask it."""

    def __init__(self, name, model, attach, remove, draft, registered, page):
        self.name, self.model, self.attach, self.remove = name, model, attach, remove
        self.draft, self.registered, self.page = draft, registered, page

    def page_of(self, version):
        return reverse(self.page, args=[getattr(version, f"{self.name}_id")])


ACTIVITIES = Register(
    "activity", ActivityScan, attach_activity_scan, remove_activity_scan,
    activities.activity_draft, activities.registered_activity, "view_activity",
)  # fmt: skip
FILES = Register(
    "file", PersonalFileScan, attach_file_scan, remove_file_scan,
    files.file_draft, files.registered_file, "view_personalfile",
)  # fmt: skip


@pytest.fixture(params=[ACTIVITIES, FILES], ids=["activity", "file"])
def register(request):
    """Each of the registers that carry scans."""
    return request.param


@pytest.fixture(autouse=True)
def layouts():
    """The page of a file shows its sheet."""
    seed_layouts(SYSTEM)


@pytest.fixture
def department():
    return DepartmentFactory()


def attached(register, version, actor=SYSTEM, **changed):
    sent = {"name": "票.pdf", "content": SAMPLES[FileType.PDF], "title": "平成12年の届出"} | changed
    return register.attach(version, actor=actor, **sent)


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def test_the_office_attaches_to_what_is_registered_with_one_history_row_each(register):
    scan = attached(register, register.registered(), person(Role.OFFICE))
    assert (scan.title, scan.file.type, scan.is_removed) == ("平成12年の届出", "pdf", False)
    assert [row.action for row in scan.history.all()] == [f"attach_{register.name}_scan"]
    assert [row.action for row in scan.file.history.all()] == ["store_file"]


@pytest.mark.parametrize("role", [Role.CLERK, Role.HEAD])
def test_a_department_attaches_to_its_own_draft_and_to_nothing_else(register, department, role):
    user = person(role, department)
    assert attached(register, register.draft(department), user).pk
    for version in (register.registered(department), register.draft(DepartmentFactory(name="別課"))):
        with pytest.raises(NotPermitted):
            attached(register, version, user)


@pytest.mark.parametrize("role", [Role.IT, Role.SECRETARIAT, Role.AUDITOR, Role.ADMIN])
def test_others_attach_nothing(register, role):
    with pytest.raises(NotPermitted):
        attached(register, register.registered(), person(role))
    assert not StoredFile.objects.exists()


def test_who_may_attach_may_take_off(register):
    """`Scans.asked` asks once for both."""
    attach, remove = RULES[f"attach_{register.name}_scan"].grants, RULES[f"remove_{register.name}_scan"].grants
    assert {role: grant for role, grant in attach.items() if role != Role.SYSTEM} == remove


def test_a_table_is_no_scan(register):
    with pytest.raises(FileRefused, match="PDF、PNG画像、JPEG画像"):
        attached(register, register.registered(), content=SAMPLES[FileType.CSV])
    assert not register.model.objects.exists()


def test_without_a_title_it_is_called_as_its_file(register):
    assert attached(register, register.registered(), title=" ").title == "票.pdf"


def test_taking_off_needs_a_reason_marks_the_row_and_deletes_nothing(register):
    office = person(Role.OFFICE)
    scan = attached(register, register.registered())
    with pytest.raises(ReasonRequired):
        register.remove(scan, reason=" ", actor=office)
    register.remove(scan, reason="別の業務の票だったため", actor=office)
    scan.refresh_from_db()
    assert scan.is_removed
    assert scan.history.latest().history_change_reason == "別の業務の票だったため"
    assert StoredFile.objects.filter(pk=scan.file_id).exists()


def test_the_history_of_the_entry_tells_what_was_attached_and_taken_off_by_whom_and_why(register):
    office, version = person(Role.OFFICE, name="情報 花子"), register.registered()
    scan = attached(register, version, office)
    register.remove(scan, reason="別の業務の票だったため", actor=office)
    kept = attached(register, register.registered(), office, title="ほかの票")
    name = {"activity": "activity_history", "file": "personal_file_history"}[register.name]
    answer = signed_in(person(Role.CLERK)).get(reverse(name, args=[getattr(version, f"{register.name}_id")]))
    told = [entry for entry in answer.context["entries"] if "写し" in entry.subject]
    assert [(entry.subject.endswith("の写し「平成12年の届出」"), entry.actor_name) for entry in told] == [
        (True, "情報 花子"), (True, "情報 花子"),
    ]  # fmt: skip
    assert told[0].reason == "別の業務の票だったため"
    assert "平成12年の届出" in answer.content.decode()
    assert kept.title not in answer.content.decode()


def test_who_sees_the_version_reads_the_scan_until_it_is_taken_off(register, department):
    office, own, other = person(Role.OFFICE), person(Role.CLERK, department), person(Role.CLERK)
    draft, registered = attached(register, register.draft(department)), attached(register, register.registered())
    readers = {
        scan: [signed_in(user).get(reverse("download_file", args=[scan.file_id])).status_code
               for user in (office, own, other)]
        for scan in (draft, registered)
    }  # fmt: skip
    assert readers == {draft: [200, 200, 404], registered: [200, 200, 200]}
    register.remove(registered, reason="誤り", actor=office)
    assert signed_in(office).get(reverse("download_file", args=[registered.file_id])).status_code == 404


def test_the_page_of_the_entry_lists_it_with_one_statement_for_any_number(register):
    version = register.registered()
    client = signed_in(person(Role.OFFICE))
    attached(register, version, title="はじめの<写し>")
    client.get(register.page_of(version))
    with CaptureQueriesContext(connection) as few:
        page = client.get(register.page_of(version)).content.decode()
    for number in range(5):
        attached(register, version, title=f"写し{number}")
    with CaptureQueriesContext(connection) as many:
        client.get(register.page_of(version))
    assert len(few) == len(many)
    assert "はじめの&lt;写し&gt;" in page
    assert reverse(f"attach_{register.name}_scan", args=[version.pk]) in page


def test_after_a_reorganisation_the_page_still_shows_the_scan_of_the_earlier_version():
    version = ACTIVITIES.registered(DepartmentFactory(name="税務課"))
    scan = attached(ACTIVITIES, version)
    move_activity(version, DepartmentFactory(name="収納課"), on=date(2022, 4, 1), actor=SYSTEM, reason="改正")
    page = signed_in(person(Role.OFFICE)).get(ACTIVITIES.page_of(version)).content.decode()
    assert reverse("download_file", args=[scan.file_id]) in page
    assert "令和3年4月1日からの登録" in page


def test_who_may_not_attach_is_offered_nothing(register):
    version = register.registered()
    scan = attached(register, version)
    page = signed_in(person(Role.AUDITOR)).get(register.page_of(version)).content.decode()
    assert reverse("download_file", args=[scan.file_id]) in page
    assert "/scans/" not in page


def test_the_form_attaches_and_leads_back(register):
    version, client = register.registered(), signed_in(person(Role.OFFICE))
    address = reverse(f"attach_{register.name}_scan", args=[version.pk])
    assert 'enctype="multipart/form-data"' in client.get(address).content.decode()
    sent = SimpleUploadedFile("票.png", SAMPLES[FileType.PNG], "image/png")
    answer = client.post(address, {"file": sent, "title": "届出"})
    assert (answer.status_code, answer.headers["Location"]) == (303, register.page_of(version))
    assert register.model.objects.get().title == "届出"


@pytest.mark.parametrize(
    ("content", "words"), [(b"MZ\x00", "受け付けられる種類ではありません"), (b"", "ファイル"), (None, "付けてください")]
)
def test_the_form_says_beside_the_field_what_is_wrong_and_keeps_the_title(register, content, words):
    version, client = register.registered(), signed_in(person(Role.OFFICE))
    sent = {} if content is None else {"file": SimpleUploadedFile("票.pdf", content)}
    answer = client.post(reverse(f"attach_{register.name}_scan", args=[version.pk]), sent | {"title": "届出の写し"})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert 'value="届出の写し"' in answer.content.decode()
    assert not register.model.objects.exists()


def test_the_form_takes_off_with_a_reason(register):
    version, client = register.registered(), signed_in(person(Role.OFFICE))
    scan = attached(register, version)
    address = reverse(f"remove_{register.name}_scan", args=[scan.pk])
    assert client.post(address, {"reason": ""}).status_code == 422
    assert client.post(address, {"reason": "誤り"}).status_code == 303
    assert client.get(address).status_code == 404  # it is not there any more


def test_who_may_not_take_off_is_refused_on_the_page_too(register):
    scan = attached(register, register.registered())
    address = reverse(f"remove_{register.name}_scan", args=[scan.pk])
    assert signed_in(person(Role.AUDITOR)).post(address, {"reason": "誤り"}).status_code == 403
    scan.refresh_from_db()
    assert not scan.is_removed


def test_a_draft_of_another_department_does_not_exist_for_a_clerk(register, department):
    scan = attached(register, register.draft(department))
    client = signed_in(person(Role.CLERK))
    assert client.get(reverse(f"attach_{register.name}_scan", args=[scan.version_id])).status_code == 404
    assert client.get(reverse(f"remove_{register.name}_scan", args=[scan.pk])).status_code == 404
