"""業務登録のページ and its 履歴: the version in force on a day, the others beside it, and what may be done next."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from exchange.lives import Entry, Life
from history.writing import SYSTEM
from organization.models import Role
from registry.migrating import ActivityWriter, migrate_activities
from registry.models import ActivityVersion
from registry.moving import move_activity
from registry.services import abolish_activity, register_activity, return_activity
from tests.organization.factories import DepartmentFactory, person
from tests.records.cast import somebody
from tests.registry.factories import (
    activity_draft,
    activity_in,
    change_of,
    registered_activity,
    submitted_change_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def client_of(sign_in, department):
    return lambda who: sign_in(somebody(who, department))


def url(version, name="view_activity"):
    return reverse(name, args=[version.activity_id])


def labels(answer):
    return [button.label for button in answer.context["page"].buttons]


@pytest.fixture
def changed(department):
    """A business whose purpose changed on 2022-04-01."""
    first = registered_activity(department, purpose="はじめの目的", number_as_printed="（1309-14）")
    return register_activity(submitted_change_of(first, purpose="改めた目的"), on=date(2022, 4, 1), actor=SYSTEM)


@pytest.mark.parametrize("page", ["view_activity", "activity_history"])
@pytest.mark.parametrize(
    ("who", "status", "code"),
    [
        ("担当", "draft", 200),
        ("課長", "draft", 200),
        ("情報公開課", "draft", 200),
        ("監査", "draft", 200),
        ("他課の担当", "draft", 404),
        ("他課の課長", "submitted", 404),
        ("管理者", "draft", 404),
        ("他課の担当", "registered", 200),
        ("管理者", "registered", 200),
    ],
)
def test_is_missing_for_who_may_not_see_it(page, who, status, code, department, client_of):
    version = activity_in(status, department)
    assert client_of(who).get(url(version, page)).status_code == code


def test_shows_the_version_in_force_on_the_day_asked_for(changed, client_of):
    client = client_of("他課の担当")
    before = client.get(url(changed), {"as_of": "R4.3.31"}).content.decode()
    after = client.get(url(changed), {"as_of": "R4.4.1"}).content.decode()
    assert "はじめの目的" in before
    assert "改めた目的" not in before
    assert "改めた目的" in after
    assert "はじめの目的" not in after


def test_lists_every_registered_version_with_its_days(changed, client_of):
    page = client_of("担当").get(url(changed)).content.decode()
    assert "令和3年4月1日から令和4年3月31日まで" in page
    assert "令和4年4月1日から" in page


def test_shows_the_lines_of_the_form_in_its_order_and_the_number_as_printed(changed, client_of):
    lines = client_of("担当").get(url(changed)).context["page"].lines
    assert [(line.label, line.text) for line in lines] == [
        ("業務登録番号", "（1309-14）"),
        ("業務の名称", "児童生徒指導上の課題対応に関する業務"),
        ("業務の目的", "改めた目的"),
        ("所管課", "区民部 学校教育支援センター"),
        ("個人情報保護管理責任者", "学校教育支援センター所長"),
        ("対象者（個人の範囲）", "区立小中学校の児童生徒"),
        ("対象者の人数", "約1,200人"),
        ("記録項目の種別", "戸籍等事項、生活状況"),
        ("記録項目", "氏名、住所、生年月日"),
        ("収集の方法", "本人から"),
        ("収集に用いる帳票", ""),
        ("記録の媒体", "文書"),
        ("要注意情報", "なし"),
        ("死者に関する情報", ""),
        ("業務の開始年月日", "平成12年4月1日（土）"),
        ("登録年月日", "令和3年4月1日"),
        ("変更年月日", "令和4年4月1日"),
    ]


def test_the_day_of_registration_is_that_of_the_first_version_and_a_change_stands_beside_it(changed, client_of):
    client = client_of("担当")
    days = [client.get(url(changed), {"as_of": day}).context["page"].lines[15:] for day in ("R3.6.1", "R4.6.1")]
    assert [[(line.label, line.text) for line in lines] for lines in days] == [
        [("登録年月日", "令和3年4月1日")],
        [("登録年月日", "令和3年4月1日"), ("変更年月日", "令和4年4月1日")],
    ]


@pytest.mark.parametrize(
    ("typed", "shown"),
    [("昭和60年ごろ", "昭和60年ごろ"), ("S60頃", "昭和60年頃"), ("S60", "昭和60年"), ("", "")],
)
def test_the_start_of_a_business_is_shown_with_all_that_was_written(typed, shown, department, client_of):
    version = registered_activity(department, started_on=typed)
    lines = client_of("担当").get(url(version)).context["page"].lines
    assert [line.text for line in lines if line.label == "業務の開始年月日"] == [shown]


def test_a_business_that_only_moved_has_no_day_of_change(department, client_of):
    version = registered_activity(department)
    move_activity(version, DepartmentFactory(), on=date(2022, 4, 1), actor=SYSTEM, reason="組織改正")
    lines = client_of("担当").get(url(version)).context["page"].lines[15:]
    assert [(line.label, line.text) for line in lines] == [("登録年月日", "令和3年4月1日")]


def test_shows_a_change_under_way_line_by_line_to_those_who_may_see_it(department, client_of):
    version = registered_activity(department)
    change_of(version, purpose="改めた目的", collected_from=["person", "others"], collection_note="保護者")
    own, other = client_of("担当").get(url(version)), client_of("他課の担当").get(url(version))
    assert [(line.label, line.after) for line in own.context["page"].differences] == [
        ("業務の目的", "改めた目的"),
        ("収集の方法", "本人から、本人以外から（保護者）"),
    ]
    assert other.context["page"].undecided is None
    assert "改めた目的" not in other.content.decode()


def test_compares_a_change_with_what_it_replaces_whatever_day_is_looked_at(changed, client_of):
    change_of(changed, purpose="また改めた目的")
    page = client_of("担当").get(url(changed), {"as_of": "R3.4.1"}).context["page"]
    assert page.shown.purpose == "はじめの目的"
    assert [(line.before, line.after) for line in page.differences] == [("改めた目的", "また改めた目的")]


def test_of_a_day_before_the_registration_shows_the_newest_version_as_not_yet_in_force(changed, client_of):
    page = client_of("担当").get(url(changed), {"as_of": "H31.4.1"}).context["page"]
    assert (page.shown, page.state[1]) == (changed, "効力の始まる前")


def test_warns_while_the_number_is_missing(department, client_of):
    warning = "業務登録番号がまだありません。"
    assert warning in client_of("担当").get(url(activity_draft(department))).content.decode()
    numbered = activity_draft(department, number_as_printed="1309-14")
    assert warning not in client_of("担当").get(url(numbered)).content.decode()


@pytest.mark.parametrize(
    ("who", "status", "expected"),
    [
        ("担当", "draft", ["編集する", "帳票を編集する", "取り下げる", "情報公開課へ提出する"]),
        ("課長", "draft", ["編集する", "帳票を編集する", "取り下げる", "情報公開課へ提出する"]),
        ("情報公開課", "draft", ["編集する", "帳票を編集する", "情報公開課へ提出する"]),
        ("監査", "draft", []),
        ("担当", "submitted", ["取り下げる"]),
        ("情報公開課", "submitted", ["取り下げる", "差し戻す", "登録する"]),
        ("担当", "withdrawn", []),
        ("担当", "registered", ["変更を起案する"]),
        ("情報公開課", "registered", ["変更を起案する", "廃止する"]),
        ("他課の担当", "registered", []),
    ],
)
def test_offers_the_steps_of_the_permission_table(who, status, expected, department, client_of):
    assert labels(client_of(who).get(url(activity_in(status, department)))) == expected


def test_offers_no_second_change_and_no_change_of_what_was_replaced(changed, client_of):
    client = client_of("担当")
    assert labels(client.get(url(changed), {"as_of": "R3.4.1"})) == ["変更を起案する"]
    change_of(changed)
    assert labels(client.get(url(changed))) == ["編集する", "帳票を編集する", "取り下げる", "情報公開課へ提出する"]


def test_shows_the_state_as_returned_with_the_reason(department, client_of):
    version = activity_in("submitted", department)
    return_activity(version, reason="対象者が広すぎます。", actor=person(Role.OFFICE))
    page = client_of("担当").get(url(version))
    assert page.context["page"].state == ("returned", "差戻し")
    assert "対象者が広すぎます。" in page.content.decode()


def test_asks_the_same_statements_however_many_versions(department, client_of):
    client, figures = client_of("担当"), []
    version = registered_activity(department)
    for year in (2022, 2023, 2024, 2025):
        with CaptureQueriesContext(connection) as statements:
            client.get(url(version))
        figures.append(len(statements))
        version = register_activity(submitted_change_of(version), on=date(year, 4, 1), actor=SYSTEM)
    assert len(set(figures)) == 1
    assert figures[0] <= 10


def test_history_tells_every_step_with_its_reason_and_fields(changed, client_of):
    entries = client_of("担当").get(url(changed, "activity_history")).context["entries"]
    assert [entry.action_label for entry in entries][:4] == [
        "業務の登録", "業務の登録", "業務登録の提出", "業務登録の編集",
    ]  # fmt: skip
    (change,) = [change for entry in entries for change in entry.changes if change.label == "業務の目的"]
    assert (change.before, change.after) == ("はじめの目的", "改めた目的")
    assert "内容の変更" in [entry.reason for entry in entries]


def test_history_reads_the_ticked_boxes_by_the_words_of_the_form(department, client_of):
    version = change_of(registered_activity(department), item_kinds=["health"], collected_from=["others"])
    entries = client_of("担当").get(url(version, "activity_history")).context["entries"]
    changes = {change.label: (change.before, change.after) for entry in entries for change in entry.changes}
    assert changes["記録項目の種別"] == ("戸籍等事項、生活状況", "心身健康")
    assert changes["収集の方法"] == ("本人から", "本人以外から")


def test_tells_registration_change_and_abolition_with_day_actor_and_reason_newest_first(department, client_of):
    office = person(Role.OFFICE, name="公開 太郎")
    first = register_activity(
        activity_in("submitted", department), on=date(2021, 4, 1), actor=office, reason="新規事業"
    )
    second = register_activity(submitted_change_of(first), on=date(2022, 4, 1), actor=office)
    abolish_activity(second, on=date(2023, 4, 1), reason="事業の終了のため", actor=office)
    events = client_of("他課の担当").get(url(first)).context["page"].events
    assert [(event.kind, event.day, event.reason) for event in events] == [
        ("廃止", date(2023, 4, 1), "事業の終了のため"),
        ("変更", date(2022, 4, 1), "内容の変更"),
        ("登録", date(2021, 4, 1), "新規事業"),
    ]
    assert all(event.actor.startswith("公開 太郎（") for event in events)


def migrated(department, **life):
    """A business of the old paper register."""
    values = {"name": "移した業務", "department": department}
    lives = [Life(values=values, registered_on=date(2000, 4, 1), **life)]
    migrate_activities(lives, actor=SYSTEM, reason="台帳.csv")
    return lives[0].newest


def test_tells_what_came_in_from_the_paper_register_with_the_name_of_the_file(department, client_of):
    version = migrated(
        department, changed_on=(date(2008, 4, 1),), abolished_on=date(2021, 4, 1), abolition_reason="事業の終了"
    )
    answer = client_of("他課の担当").get(url(version))
    assert [(event.kind, event.day, event.reason) for event in answer.context["page"].events] == [
        ("廃止", date(2021, 4, 1), "台帳.csv"),
        ("変更", date(2008, 4, 1), "台帳.csv"),
        ("移行", date(2000, 4, 1), "台帳.csv"),
    ]
    mark = '<span class="chip" title="紙の台帳から移した登録です">移行</span>'
    assert answer.content.decode().count(mark) == 6  # the heading, three events, two versions


def test_tells_what_an_import_did_to_a_standing_business(department, client_of):
    first = registered_activity(department, on=date(2021, 4, 1))
    for step, life in enumerate([
        {"values": {"media": "電子"}},
        {"values": {"media": "文書"}, "changed_on": (date(2022, 4, 1),)},
        {"abolished_on": date(2023, 4, 1), "abolition_reason": "終了"},
    ]):  # fmt: skip
        versions = list(ActivityVersion.objects.filter(activity=first.activity).order_by("valid_from"))
        days = {"registered_on": versions[0].registered_on, "valid_from": versions[0].valid_from}
        ActivityWriter().write(
            [Life(**days, **life, entry=Entry(first.activity, versions))], actor=SYSTEM, reason=f"{step}.csv"
        )
    page = client_of("担当").get(url(first)).context["page"]
    told = {event.kind: (event.reason, event.is_migrated) for event in page.events}
    assert told == {
        "取込みによる訂正": ("0.csv", False),
        "廃止": ("2.csv", False),
        "変更": ("1.csv", True),
        "登録": ("業務の登録", False),
    }
    assert [event.day for event in page.events if event.kind == "廃止"] == [date(2023, 4, 1)]


def test_what_was_registered_here_bears_no_mark_of_the_paper_register(changed, client_of):
    assert "紙の台帳から移した" not in client_of("担当").get(url(changed)).content.decode()


@pytest.mark.parametrize(("day", "warned"), [("R5.3.31", False), ("R5.4.1", True)])
def test_warns_of_information_on_the_dead_since_the_law_parts_it(day, warned, department, client_of):
    version = registered_activity(department, has_deceased=True)
    page = client_of("担当").get(url(version), {"as_of": day}).content.decode()
    assert ("死者に関する情報は、法の個人情報ではありません（個人情報の保護に関する法律第2条第1項）" in page) is warned


@pytest.mark.parametrize(
    ("typed", "bounds"), [("", (None, None)), ("約1,200人", (1150, 1250)), ("900人以上", (900, None))]
)
def test_keeps_the_number_of_persons_as_typed_with_its_bounds(typed, bounds, department):
    version = activity_draft(department, persons=typed)
    assert (version.persons, version.persons_lowest, version.persons_highest) == (typed, *bounds)
