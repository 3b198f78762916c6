"""書き出し: a text that Excel cannot hold."""

from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory

from common import exporting
from common.exporting import Column


def test_a_text_too_long_for_excel_is_told_with_its_place_and_csv_offered():
    request = RequestFactory().get("/", {"q": "税", "export": "xlsx"})
    request.user = AnonymousUser()
    rows = ["短い", "長" * 32_768]
    export = exporting.of("業務登録", [Column("内容", str)], rows, date(2022, 3, 31))
    answer = exporting.answer(request, export, None)
    assert answer.status_code == 422
    assert "3行目の「内容」は32,768字あり" in answer.content.decode()
    assert 'href="?q=%E7%A8%8E&amp;export=csv-utf8"' in answer.content.decode()
