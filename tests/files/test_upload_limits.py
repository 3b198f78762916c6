"""大きすぎる送信: 413 in words, whatever page it was meant for, and nothing of it kept."""

from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse

from organization.models import Role
from tests.organization.factories import person

pytestmark = pytest.mark.django_db


def test_a_request_over_the_limit_is_refused_before_anybody_reads_it(settings):
    settings.UPLOAD_LIMIT = 1024 * 1024
    sent = BytesIO(b"x" * (2 * 1024 * 1024))
    sent.name = "大.csv"
    answer = Client().post(reverse("login"), {"file": sent})
    assert answer.status_code == 413
    words = answer.content.decode()
    assert "ファイルが大きすぎます（一度に送れるのは、合わせて1MBまで）。" in words
    assert "解像度" not in words  # a table has none


def test_a_request_within_the_limit_goes_on(settings):
    settings.UPLOAD_LIMIT = 1024 * 1024
    sent = BytesIO(b"x" * 1024)
    sent.name = "小.csv"
    assert Client().post(reverse("login"), {"file": sent}).status_code == 200


@pytest.mark.parametrize("setting", ["DATA_UPLOAD_MAX_MEMORY_SIZE", "DATA_UPLOAD_MAX_NUMBER_FIELDS"])
def test_a_form_with_too_much_in_it_is_refused_with_the_same_page(settings, setting):
    setattr(settings, setting, 1)
    client = Client()
    client.force_login(person(Role.CLERK))
    answer = client.post(reverse("password_change"), {"old_password": "x", "new_password1": "y"})
    assert answer.status_code == 413
    assert "送られたものが大きすぎます" in answer.content.decode()
