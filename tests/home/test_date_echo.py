"""日付の読み取り: what a date box says of what was typed."""

import pytest
from django.test import Client
from django.urls import reverse

from organization.models import Role
from tests.organization.factories import person

pytestmark = pytest.mark.django_db


def echo(text=None):
    client = Client()
    client.force_login(person(Role.CLERK))
    answer = client.get(reverse("date_echo"), {} if text is None else {"text": text})
    assert answer.status_code == 200
    return answer


@pytest.mark.parametrize(
    ("typed", "understood", "precision"),
    [
        ("R4.6.1", "令和4年6月1日（水）", ""),
        ("４．６．１", "令和4年6月1日（水）", ""),
        ("R4.6", "令和4年6月", "月まで"),
        ("令和3年度", "令和3年度", "年度"),
        ("令和3年4月1日以降継続", "令和3年4月1日（木）以降継続", "以降継続"),
    ],
)
def test_says_what_was_understood_and_how_far_it_is_known(typed, understood, precision):
    answer = echo(typed)
    assert (answer.context["understood"], answer.context["precision"]) == (understood, precision)
    assert understood in answer.content.decode()
    assert (f'class="chip">{precision}<' in answer.content.decode()) == bool(precision)


@pytest.mark.parametrize(
    ("typed", "era"),
    [
        ("4.6.1", "令和"),
        ("3年4月", "令和"),
        ("24年度", "令和"),
        ("R4.6.1", ""),
        ("2022.6.1", ""),
        ("99年", ""),
        ("", ""),
    ],
)
def test_says_which_era_was_taken_where_none_was_typed(typed, era):
    assert (f"元号がないので{era}と読みます" in echo(typed).content.decode()) == bool(era)


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("令和4年2月30日", "令和4年2月30日という日はありません。"),
        ("昭和64年1月8日", "昭和64年1月8日"),
        ("令和0年4月1日", "令和0年"),
        ("平成32年5月1日", "令和2年5月1日"),
        ("あした", "あした"),
        ("1" * 101, "日付は100文字までで書いてください。"),
    ],
)
def test_says_what_is_wrong(typed, message):
    page = echo(typed).content.decode()
    assert message in page
    assert 'class="ng"' in page


@pytest.mark.parametrize("typed", [None, "", "令和　年　月　日"])
def test_says_nothing_of_an_empty_box(typed):
    assert echo(typed).content.decode().strip() == ""


def test_shows_what_was_typed_as_text_and_never_as_markup():
    assert "<script>" not in echo("<script>alert(1)</script>").content.decode()
