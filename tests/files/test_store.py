"""ファイルの保管: kept by digest, read back whole, discarded when their time is over."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from files import services
from files.errors import ContentChanged, Discarded, WrongType
from files.kinds import FileType
from files.models import StoredFile
from files.storage import digest_of, place_of
from files.storage import store as storage
from history.writing import SYSTEM
from organization.models import Role
from organization.rules import NotPermitted
from tests.files.conftest import SAMPLES, pdf
from tests.organization.factories import UserFactory, person

pytestmark = pytest.mark.django_db(transaction=True)


def lies_at(stored):
    return Path(settings.STORAGES["files"]["OPTIONS"]["location"]) / place_of(stored.digest)


def test_a_file_is_kept_with_what_it_is_and_one_history_row(purpose):
    clerk, content = person(Role.CLERK), SAMPLES[FileType.PDF]
    stored = services.store("業務登録票.pdf", content, actor=clerk, purpose=purpose().code)
    assert (stored.name, stored.type, stored.size, stored.owner) == ("業務登録票.pdf", "pdf", len(content), clerk)
    assert stored.digest == digest_of(content)
    assert services.content_of(stored) == content
    assert stored.history.get().action_label == "ファイルの保管"


def test_the_same_content_lies_there_once_and_only_its_user_may_read_it(purpose):
    code = purpose().code
    first, second = (services.store(name, SAMPLES[FileType.PNG], actor=SYSTEM, purpose=code) for name in ("a", "b"))
    assert first.pk != second.pk
    assert lies_at(first) == lies_at(second)
    assert lies_at(first).stat().st_mode & 0o077 == 0
    assert [path.name for path in lies_at(first).parent.iterdir()] == [first.digest]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("C:\\\\Users\\\\練馬\\\\票.pdf", "票.pdf"),
        ("../../etc/passwd", "passwd"),
        ("票\r\nSet-Cookie: x.pdf", "票Set-Cookie: x.pdf"),
        ("票\u202efdp.exe", "票fdp.exe"),
        ("", "名称のないファイル"),
        ("長" * 300 + ".pdf", "長" * 251 + ".pdf"),
    ],
)
def test_a_name_is_a_name_and_no_path(typed, kept):
    assert services.plain_name(typed) == kept


def test_a_refused_file_leaves_nothing(purpose):
    with pytest.raises(WrongType):
        services.store("票.pdf", b"MZ\x00", actor=SYSTEM, purpose=purpose(FileType.PDF).code)
    assert not StoredFile.objects.exists()
    assert not storage().exists(place_of(digest_of(b"MZ\x00")))


def test_a_purpose_that_nobody_registered_is_a_fault():
    with pytest.raises(KeyError):
        services.store("票.pdf", SAMPLES[FileType.PDF], actor=SYSTEM, purpose="no-such-purpose")


def test_somebody_without_a_charge_stores_nothing(purpose):
    with pytest.raises(NotPermitted):
        services.store("票.pdf", SAMPLES[FileType.PDF], actor=UserFactory(), purpose=purpose().code)


def test_a_content_that_was_changed_or_lost_is_not_handed_out(purpose):
    content = pdf(lambda made: made.add_blank_page())
    stored = services.store("票.pdf", content, actor=SYSTEM, purpose=purpose().code)
    lies_at(stored).write_bytes(b"%PDF-1.4 something else")
    with pytest.raises(ContentChanged):
        services.content_of(stored)
    lies_at(stored).unlink()
    with pytest.raises(ContentChanged):
        services.content_of(stored)


def test_what_was_half_written_is_not_there(purpose, monkeypatch):
    def breaks(*arguments):
        raise OSError("the disk is full")

    monkeypatch.setattr("files.storage.os.replace", breaks)
    content = pdf(lambda made: [made.add_blank_page() for _ in range(3)])
    with pytest.raises(OSError, match="full"):
        services.store("票.pdf", content, actor=SYSTEM, purpose=purpose().code)
    assert not StoredFile.objects.exists()
    folder = Path(settings.STORAGES["files"]["OPTIONS"]["location"]) / place_of(digest_of(content))
    assert list(folder.parent.iterdir()) == []


def test_what_is_kept_for_some_days_goes_afterwards_and_says_so(purpose):
    passing, kept = purpose(keep_days=30, code="passing").code, purpose(code="kept").code
    old = services.store(
        "印刷.pdf", pdf(lambda made: made.add_blank_page(page_size=(99, 99))), actor=SYSTEM, purpose=passing
    )
    stays = services.store("写し.png", SAMPLES[FileType.PNG], actor=SYSTEM, purpose=kept)
    assert services.discard_old_files(actor=SYSTEM, at=timezone.now() + timedelta(days=29)) == 0
    assert services.discard_old_files(actor=SYSTEM, at=timezone.now() + timedelta(days=31)) == 1
    old.refresh_from_db()
    with pytest.raises(Discarded):
        services.content_of(old)
    assert not lies_at(old).exists()
    assert services.content_of(stays) == SAMPLES[FileType.PNG]
    assert old.history.count() == 2


def test_a_content_that_another_row_still_needs_stays(purpose):
    passing, kept = purpose(keep_days=30, code="passing").code, purpose(code="kept").code
    content = pdf(lambda made: made.add_blank_page(page_size=(77, 77)))
    services.store("印刷.pdf", content, actor=SYSTEM, purpose=passing)
    stays = services.store("写し.pdf", content, actor=SYSTEM, purpose=kept)
    services.discard_old_files(actor=SYSTEM, at=timezone.now() + timedelta(days=31))
    assert services.content_of(stays) == content
