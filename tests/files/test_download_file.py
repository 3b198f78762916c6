"""ファイルを開く: to whom the purpose says, shown where it is harmless, handed over where it is not."""

import pikepdf
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from files import services
from files.kinds import FileType
from history.writing import SYSTEM
from organization.models import Role
from tests.files.conftest import SAMPLES, pdf
from tests.organization.factories import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader():
    """Whom the purpose of the test lets read."""
    return person(Role.CLERK)


def opened(user, stored, query=""):
    client = Client()
    client.force_login(user)
    return client.get(reverse("download_file", args=[stored.pk]) + query)


def stored(purpose, kind, reader, content=None, name="業務登録票"):
    code = purpose(readers=[reader]).code
    return services.store(name, content or SAMPLES[kind], actor=SYSTEM, purpose=code)


@pytest.mark.parametrize(
    ("kind", "media", "way"),
    [
        (FileType.PDF, "application/pdf", "inline"),
        (FileType.PNG, "image/png", "inline"),
        (FileType.JPEG, "image/jpeg", "inline"),
        (FileType.CSV, "text/csv", "attachment"),
        (FileType.XLSX, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "attachment"),
    ],
)
def test_each_kind_goes_out_as_what_it_is_and_the_browser_guesses_nothing(purpose, reader, kind, media, way):
    answer = opened(reader, stored(purpose, kind, reader))
    assert b"".join(answer.streaming_content) == SAMPLES[kind]
    assert answer.headers["Content-Type"] == media
    assert answer.headers["Content-Disposition"].startswith(way)
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer.headers["Cache-Control"]
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_it_keeps_its_japanese_name(purpose, reader):
    answer = opened(reader, stored(purpose, FileType.PDF, reader, name='票"1".pdf'), "?download=1")
    assert answer.headers["Content-Disposition"] == "attachment; filename*=utf-8''%E7%A5%A8%221%22.pdf"


def test_a_pdf_that_would_do_something_is_never_shown(purpose, reader):
    def change(made):
        made.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")

    answer = opened(reader, stored(purpose, FileType.PDF, reader, pdf(change)))
    assert answer.headers["Content-Disposition"].startswith("attachment")


def test_for_everybody_else_it_does_not_exist(purpose, reader):
    kept = stored(purpose, FileType.PDF, reader)
    for role in (Role.CLERK, Role.OFFICE, Role.ADMIN):
        assert opened(person(role), kept).status_code == 404
    assert Client().get(reverse("download_file", args=[kept.pk])).status_code == 302
    assert opened(reader, kept).status_code == 200


def test_a_discarded_file_says_so(purpose, reader):
    kept = stored(purpose, FileType.PDF, reader)
    kept.discarded_at = timezone.now()
    kept.save_as(SYSTEM, action="discard_file")
    answer = opened(reader, kept)
    assert answer.status_code == 409
    assert "廃棄されています" in answer.content.decode()
