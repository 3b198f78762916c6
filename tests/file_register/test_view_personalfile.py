"""個人情報ファイルのページ and its 履歴: what is in force on a day, why it is published, and what may be done next."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from file_register.services import abolish_personal_file
from history.writing import SYSTEM
from tests.file_register.factories import change_of, changed_file, counted, file_in, published, registered_file
from tests.records.cast import somebody
from tests.registry.factories import registered_activity

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("layouts")]


@pytest.fixture
def client_of(sign_in, department):
    return lambda who: sign_in(somebody(who, department))


def url(version, name="view_personalfile"):
    return reverse(name, args=[version.file_id])


def labels(answer):
    page = answer.context["page"]
    return [button.label for button in (*page.buttons, *page.public_buttons)]


@pytest.mark.parametrize("page", ["view_personalfile", "personal_file_history"])
@pytest.mark.parametrize(
    ("who", "status", "code"),
    [("担当", "draft", 200), ("情報公開課", "draft", 200), ("監査", "draft", 200), ("他課の担当", "draft", 404),
     ("管理者", "submitted", 404), ("他課の担当", "registered", 200), ("管理者", "registered", 200)],
)  # fmt: skip
def test_is_missing_for_who_may_not_see_it(page, who, status, code, department, client_of):
    assert client_of(who).get(url(file_in(status, department), page)).status_code == code


def test_shows_the_version_in_force_on_the_day_asked_for(department, client_of):
    version = registered_file(department, scope="はじめの範囲")
    changed_file(version, date(2026, 4, 1), scope="改めた範囲")
    client = client_of("他課の担当")
    assert "はじめの範囲" in client.get(url(version), {"as_of": "R8.3.31"}).content.decode()
    assert "はじめの範囲" not in client.get(url(version), {"as_of": "R8.4.1"}).content.decode()


def test_shows_the_ordinances_items_before_the_law_and_the_sheet_since(department, client_of):
    version = registered_file(department, on=date(2020, 4, 1))
    client = client_of("担当")
    old = client.get(url(version), {"as_of": "R5.3.31"})
    assert [line.label for line in old.context["page"].old_lines] == [
        "個人情報ファイルの名称", "利用目的", "記録項目", "記録される個人の範囲",
    ]  # fmt: skip
    assert 'data-sheet="file-entry"' not in old.content.decode()
    assert 'data-sheet="file-entry"' in client.get(url(version), {"as_of": "R5.4.1"}).content.decode()


def test_says_why_with_the_article_and_what_is_to_be_done(department, client_of):
    version = counted(registered_file(department), "1,000人")
    page = client_of("担当").get(url(version)).content.decode()
    assert "本人の数が1,000人以上" in page
    assert "法第75条第1項、法第74条第2項第9号、令第20条第2項" in page
    assert "公表が必要です" in page
    published(version)
    assert "公表が必要です" not in client_of("担当").get(url(version)).content.decode()


def test_compares_a_change_with_what_it_replaces(department, client_of):
    business = registered_activity(department).activity
    version = registered_file(department, has_sensitive=False, activities=[business])
    change_of(version, has_sensitive=True, exclusions=["mailing"])
    differences = client_of("担当").get(url(version)).context["page"].differences
    assert [line.label for line in differences] == ["要配慮個人情報", "掲載しないファイルの事由"]
    assert (differences[0].before, differences[0].after) == ("含まない", "含む")


def test_links_the_businesses_by_number_and_name(department, client_of):
    numbered = registered_activity(department, number_as_printed="1309-14", name="指導の業務").activity
    nameless = registered_activity(department, name="番号のない業務").activity
    version = registered_file(department, activities=[numbered, nameless])
    page = client_of("担当").get(url(version))
    assert [name for _, name in page.context["page"].businesses] == ["1309-14　指導の業務", "番号のない業務"]
    assert reverse("view_activity", args=[numbered.pk]) in page.content.decode()


@pytest.mark.parametrize(
    ("who", "status", "expected"),
    [
        ("担当", "draft", ["編集する", "取り下げる", "情報公開課へ提出する"]),
        ("担当", "submitted", ["取り下げる"]),
        ("担当", "withdrawn", []),
        ("情報公開課", "submitted", ["取り下げる", "差し戻す", "登録する"]),
        ("担当", "registered", ["変更を起案する"]),
        ("情報公開課", "registered", ["廃止する", "変更を起案する", "公表したと記入する"]),
        ("他課の担当", "registered", []),
        ("監査", "registered", []),
    ],
)
def test_offers_each_person_the_steps_that_are_open_to_them(who, status, expected, department, client_of):
    assert labels(client_of(who).get(url(file_in(status, department)))) == expected


def test_offers_correction_and_removal_of_an_open_entry_only(department, client_of):
    version = registered_file(department)
    published(version)
    office = client_of("情報公開課")
    assert labels(office.get(url(version)))[-2:] == ["修正したと記入する", "消除したと記入する"]
    abolish_personal_file(version, on=date(2026, 4, 1), reason="事業の終了", actor=SYSTEM)
    assert labels(office.get(url(version))) == ["消除したと記入する"]


def test_staff_read_what_the_public_register_leaves_out(department, client_of):
    version = registered_file(
        department,
        items="1氏名、2庁内の項目",
        recipients="庁内の提供先",
        withheld_parts=["items", "recipients"],
        published_items="1氏名",
        withholding_reason="支障",
    )
    for who in ("担当", "情報公開課", "監査"):
        answer = client_of(who).get(url(version))
        assert [(line.label, line.text) for line in answer.context["page"].withheld] == [
            ("記録項目（一部を掲載しない）", "1氏名、2庁内の項目"),
            ("記録情報の経常的提供先（掲載しない）", "庁内の提供先"),
        ]
        assert "庁内の提供先" in answer.content.decode()
        assert "庁内の提供先" not in answer.context["page"].fragment


def test_says_nothing_of_items_left_out_where_none_is(department, client_of):
    assert "公表しない事項" not in client_of("監査").get(url(registered_file(department))).content.decode()


def test_history_has_every_write_of_the_file_newest_first(department, client_of):
    version = counted(registered_file(department), "1,000人")
    published(version)
    abolish_personal_file(version, on=date(2026, 4, 1), reason="事業の終了", actor=SYSTEM)
    entries = client_of("担当").get(url(version, "personal_file_history")).context["entries"]
    assert entries[0].action_label == "個人情報ファイルの廃止"
    assert {"個人情報ファイルの起案", "本人の数の記入", "個人情報ファイル簿への掲載"} <= {
        entry.action_label for entry in entries
    }


def test_history_hides_a_draft_of_others(department, client_of):
    version = registered_file(department)
    change_of(version, scope="まだ見せない範囲")
    page = client_of("他課の担当").get(url(version, "personal_file_history")).content.decode()
    assert "まだ見せない範囲" not in page


def test_asks_the_same_statements_however_many_versions_and_counts(department, client_of):
    client, figures = client_of("担当"), []
    version = registered_file(department)
    for year in (2024, 2025, 2026):
        with CaptureQueriesContext(connection) as statements:
            client.get(url(version))
        figures.append(len(statements))
        version = changed_file(version, date(year, 4, 1), scope=f"{year}年の範囲")
        counted(version, "1,000人", date(year, 4, 1))
    assert len(set(figures)) == 1
    assert figures[0] <= 10
