"""Error pages: they say what happened and what to do, in Japanese, and ask no database.

None of these tests may use the database: pytest-django refuses every query here.
"""

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.views import defaults

CODES = ["400", "403", "403_csrf", "404", "413", "500", "503"]


@pytest.mark.parametrize("code", CODES)
def test_a_page_says_what_to_do_and_leads_home(code):
    html = render_to_string(f"{code}.html")
    assert "どうすればよいか" in html
    assert '<a class="btn btn-p" href="/">はじめの画面へ</a>' in html
    assert '<html lang="ja">' in html


@pytest.mark.parametrize("code", CODES)
def test_a_page_needs_neither_session_nor_navigation(code):
    html = render_to_string(f"{code}.html", request=RequestFactory().get("/nowhere/"))
    assert "主なメニュー" not in html


def test_a_failure_of_the_server_answers_with_the_page():
    answer = defaults.server_error(RequestFactory().get("/"))
    assert answer.status_code == 500
    assert "処理の途中で止まりました" in answer.content.decode()


def test_a_refusal_gives_its_own_reason_without_markup():
    html = render_to_string("403.html", {"message": "課長だけが<b>承認</b>できます。"})
    assert "課長だけが&lt;b&gt;承認&lt;/b&gt;できます。" in html


def test_a_refusal_without_a_reason_names_the_role():
    assert "あなたの役割では、この操作ができません。" in render_to_string("403.html")


def test_a_page_not_found_names_all_who_see_the_drafts_of_a_department():
    assert "その課と情報公開課・監査だけが見られます" in render_to_string("404.html")
