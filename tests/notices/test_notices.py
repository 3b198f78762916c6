"""お知らせ: told in the application and by mail, read once, counted in the top bar."""

import smtplib
import socket
from pathlib import Path

import pytest
from django.core import mail
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from history.writing import SYSTEM
from notices.models import Notice
from notices.services import read_notice, tell
from organization.models import Role
from organization.rules import NotPermitted
from tests.organization.factories import person

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def mailed(clerk):
    """A clerk with an address."""
    clerk.email = "shuno@example.jp"
    clerk.full_clean()
    return clerk.save_as(SYSTEM, action="edit_organization")


def test_a_notice_waits_for_its_reader_and_is_counted_on_every_page(clerk, sign_in):
    tell(clerk, "案件が差し戻されました。", "/proposals/1/")
    tell(person(Role.CLERK), "ほかの人へ。")
    page = sign_in(clerk).get(reverse("home")).content.decode()
    assert '<b class="count">1<span class="vh">件 未読</span></b>' in page


def test_the_figure_costs_a_page_no_statement(clerk, sign_in):
    client = sign_in(clerk)
    client.get(reverse("password_change"))
    with CaptureQueriesContext(connection) as none:
        client.get(reverse("password_change"))
    for _ in range(3):
        tell(clerk, "お知らせ。")
    with CaptureQueriesContext(connection) as three:
        assert '<b class="count">3<' in client.get(reverse("password_change")).content.decode()
    assert len(none) == len(three)


def test_opening_it_marks_it_as_read_and_leads_there(clerk, sign_in):
    notice = tell(clerk, "案件が差し戻されました。", reverse("job_list"))
    answer = sign_in(clerk).post(reverse("read_notice", args=[notice.pk]))
    assert (answer.status_code, answer.headers["Location"]) == (303, reverse("job_list"))
    notice.refresh_from_db()
    assert notice.read_at is not None


def test_a_notice_never_leads_out_of_the_application(clerk, sign_in):
    notice = tell(clerk, "偽のお知らせ", "https://example.com/")
    answer = sign_in(clerk).post(reverse("read_notice", args=[notice.pk]))
    assert answer.headers["Location"] == reverse("notice_list")


def test_the_first_reading_counts(clerk):
    notice = tell(clerk, "お知らせ。")
    first = timezone.now()
    read_notice(notice, actor=clerk, at=first)
    assert read_notice(notice, actor=clerk, at=timezone.now()).read_at == first


def test_somebody_elses_notice_does_not_exist(clerk, sign_in):
    notice = tell(clerk, "お知らせ。")
    office = person(Role.OFFICE)
    assert sign_in(office).post(reverse("read_notice", args=[notice.pk])).status_code == 404
    with pytest.raises(NotPermitted):
        read_notice(notice, actor=office, at=timezone.now())
    assert Notice.objects.get().read_at is None


def test_all_of_ones_own_are_read_at_once(clerk, sign_in):
    other = person(Role.CLERK)
    for user in (clerk, clerk, other):
        tell(user, "お知らせ。")
    assert sign_in(clerk).post(reverse("read_all_notices")).status_code == 303
    assert set(Notice.objects.filter(read_at=None).values_list("user", flat=True)) == {other.pk}


def test_the_list_shows_the_newest_first_fifty_a_page_and_asks_a_constant_number_of_statements(clerk, sign_in):
    client = sign_in(clerk)
    tell(clerk, "はじめの知らせ")
    with CaptureQueriesContext(connection) as few:
        client.get(reverse("notice_list"))
    for number in range(60):
        tell(clerk, f"知らせ<{number}>")
    with CaptureQueriesContext(connection) as many:
        page = client.get(reverse("notice_list")).content.decode()
    assert len(few) == len(many) <= 7
    assert page.index("知らせ&lt;59&gt;") < page.index("知らせ&lt;58&gt;")
    assert "はじめの知らせ" not in page
    assert "はじめの知らせ" in client.get(reverse("notice_list"), {"page": 2}).content.decode()


def test_it_goes_out_by_mail_with_the_whole_address(mailed, worker, settings):
    settings.SITE_ADDRESS = "https://privacy.example.jp"
    tell(mailed, "案件が差し戻されました。\n理由をごらんください。", "/proposals/1/")
    assert mail.outbox == []  # not before the step is over, and not by whoever took it
    worker()
    (letter,) = mail.outbox
    assert letter.to == ["shuno@example.jp"]
    assert letter.subject == "［個人情報保護 台帳と審議］案件が差し戻されました。 理由をごらんください。"
    assert letter.body.endswith("https://privacy.example.jp/proposals/1/")


def test_no_mail_goes_to_whom_has_no_address_or_left(clerk, mailed, worker):
    silent = person(Role.CLERK)
    mailed.is_active = False
    for user in (silent, mailed):
        tell(user, "お知らせ。")
    worker()
    assert mail.outbox == []
    assert Notice.objects.count() == 2


def test_nothing_is_told_of_a_step_that_was_undone(mailed, worker):
    with transaction.atomic():
        tell(mailed, "お知らせ。")
        transaction.set_rollback(True)
    worker()
    assert (mail.outbox, Notice.objects.count()) == ([], 0)


def test_a_mail_server_that_is_away_is_logged_and_the_notice_stays(mailed, worker, settings, caplog):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        settings.EMAIL_PORT = taken.getsockname()[1]
    settings.EMAIL_HOST, settings.EMAIL_BACKEND = "127.0.0.1", "django.core.mail.backends.smtp.EmailBackend"
    notice = tell(mailed, "お知らせ。")
    worker()
    assert f"notice {notice.pk} could not be mailed" in caplog.text
    assert Notice.objects.get() == notice


def test_a_letter_is_written_as_a_file_where_there_is_no_mail_server(mailed, worker, settings, tmp_path):
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path
    tell(mailed, "お知らせ。")
    worker()
    (letter,) = Path(tmp_path).iterdir()
    assert "shuno@example.jp" in letter.read_text()


def test_the_refusals_of_a_mail_server_are_those_that_are_caught():
    assert issubclass(smtplib.SMTPException, OSError)
