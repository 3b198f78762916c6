"""書き込み中のデータベース: SQLite lets one write at a time; who waited in vain is told so, whatever they did."""

import sqlite3

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection
from django.test import Client, RequestFactory
from django.urls import reverse

from exchange.models import ImportRun
from home import errors
from organization.models import Role
from tests.organization.factories import person

WORDS = "いま大きな取込みを書き込んでいます。しばらくして、もう一度お試しください。"


@pytest.mark.only_on("sqlite")  # PostgreSQL lets many write at once
@pytest.mark.django_db(transaction=True)
def test_an_upload_while_another_writes_is_answered_in_words(tmp_path):
    client = Client()
    client.force_login(person(Role.OFFICE))
    connection.cursor().execute("PRAGMA busy_timeout = 100")
    other = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None, uri=True)
    other.execute("BEGIN IMMEDIATE")
    try:
        sent = SimpleUploadedFile("台帳.csv", "業務の名称,所管課,登録年月日\nあ,い,R3.4.1".encode())
        answer = client.post(reverse("import_register", args=["registry"]), {"file": sent})
    finally:
        other.rollback()
        other.close()
        connection.cursor().execute("PRAGMA busy_timeout = 30000")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "60")
    assert WORDS in answer.content.decode()
    assert not ImportRun.objects.exists()


@pytest.mark.parametrize(("words", "status"), [("database is locked", 503), ("no such table: x", 500)])
def test_a_database_that_fails_outside_of_a_page_is_busy_only_when_it_is_locked(words, status):
    try:
        raise OperationalError(words)
    except OperationalError:
        answer = errors.server_error(RequestFactory().get("/"))
    assert answer.status_code == status
