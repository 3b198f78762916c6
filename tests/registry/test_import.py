"""業務登録の取込み: what a row does to a business, and the old entries that come in past the procedure."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tablib import Dataset

from exchange import registers
from exchange.drafts import Outcome
from exchange.lives import COPIED, Life
from history.writing import SYSTEM
from organization.reorganizing import NewDepartment, reorganize
from organization.services import succeed
from registry.migrating import migrate_activities
from registry.models import Activity, ActivityVersion, CollectingForm
from registry.statistics import registration_status
from tests.organization.factories import DepartmentFactory
from tests.registry.factories import abolished_activity, activity_draft, registered_activity, submitted_change_of

pytestmark = pytest.mark.django_db
TODAY = date(2024, 4, 1)
NAMED = {"業務登録番号": "1309-14", "業務の名称": "指導に関する業務", "所管課": "収納課", "登録年月日": "R3.4.1"}


@pytest.fixture
def department():
    return DepartmentFactory(name="収納課")


def check(*rows, encoding=""):
    """The resource and the drafts of rows given by their headings."""
    headers = list(dict.fromkeys(heading for row in rows for heading in row))
    table = Dataset(headers=headers)
    for row in rows:
        table.append([row.get(heading, "") for heading in headers])
    resource = registers.get("registry").resource()
    return resource, resource.check(table, range(2, 2 + len(rows)), today=TODAY, encoding=encoding).drafts


def write(*rows):
    resource, drafts = check(*rows)
    assert [fault for draft in drafts for fault in draft.faults] == []
    resource.write([draft for draft in drafts if draft.outcome != Outcome.SAME], actor=SYSTEM, reason="台帳.csv")
    return drafts


def messages(*rows):
    """column → the messages of the last row."""
    return {fault.column: fault.message for fault in check(*rows)[1][-1].faults}


def standing(version, **changed):
    """A row that says what the register says, but for what is changed."""
    state = registers.get("registry").resource().export(ActivityVersion.objects.filter(pk=version.pk)).dict[0]
    return dict(state) | changed


def periods():
    return list(ActivityVersion.objects.order_by("pk").values_list("name", "valid_from", "valid_to", "registered_on"))


def test_an_old_entry_comes_in_with_the_versions_that_it_had(department):
    old = {
        "登録年月日": "H12.4.1",
        "変更年月日": "H20.4.1、H30.4.1",
        "廃止年月日": "R3.4.1",
        "廃止の理由": "事業の終了",
    }
    (draft,) = write(NAMED | old)
    assert draft.kind == (
        "新規（移行）：区民部 収納課、平成12年4月1日登録、平成20年4月1日変更、平成30年4月1日変更、令和3年4月1日廃止"
    )
    first, second, third = ActivityVersion.objects.order_by("pk")
    assert [(row.valid_from.year, row.valid_to.year) for row in (first, second, third)] == [
        (2000, 2008), (2008, 2018), (2018, 2021),
    ]  # fmt: skip
    assert (second.replaces, third.replaces) == (first, second)
    assert [row.source_note for row in (first, second, third)] == [COPIED, COPIED, ""]
    assert (third.abolished_on, third.abolition_reason) == (date(2021, 4, 1), "事業の終了")
    assert all(row.is_migrated and row.status == "registered" for row in (first, second, third))
    assert {row.history_change_reason for row in ActivityVersion.history.all()} == {"台帳.csv"}
    assert ActivityVersion.history.count() == 3


def test_the_registration_status_counts_an_old_entry_in_its_years(department):
    write(NAMED | {"登録年月日": "H30.4.1", "変更年月日": "R1.10.1", "廃止年月日": "R3.3.31", "廃止の理由": "終了"})
    counted = {year: registration_status(year).total for year in (2018, 2019, 2020)}
    found = {year: (row.start, row.new, row.abolished, row.changed, row.end) for year, row in counted.items()}
    assert found == {2018: (0, 1, 0, 0, 1), 2019: (1, 0, 0, 1, 1), 2020: (1, 0, 1, 0, 0)}


def test_a_later_day_of_change_makes_a_new_version(department):
    version = registered_activity(department, number_as_printed="1309-14", media="文書")
    (draft,) = write(standing(version, 業務の名称="新しい名称", 変更年月日="R5.4.1"))
    assert draft.kind == "変更（令和5年4月1日から新しい版）"
    old, new = ActivityVersion.objects.order_by("pk")
    assert (old.valid_to, new.valid_from, new.replaces) == (date(2023, 4, 1), date(2023, 4, 1), old)
    assert (old.name, new.name, new.media) == (version.name, "新しい名称", "文書")


def test_without_a_day_the_standing_version_is_corrected_in_place(department):
    version = registered_activity(department, number_as_printed="1309-14")
    (draft,) = write(standing(version, 対象者の人数="900〜1,100人"))
    assert draft.kind == "訂正（いまの版を直す）"
    assert [(change.column, change.before, change.after) for change in draft.changes] == [
        ("対象者の人数", "約1,200人", "900〜1,100人")
    ]
    corrected = ActivityVersion.objects.get()
    assert (corrected.persons_lowest, corrected.persons_highest, corrected.lock) == (900, 1100, version.lock + 1)
    kept = list(corrected.history.order_by("history_id").values_list("persons", "action"))
    assert kept[-2:] == [("約1,200人", "register_activity"), ("900〜1,100人", "import_register")]


def test_another_department_without_a_day_is_said_to_reach_back(department):
    version = registered_activity(department, number_as_printed="1309-14")
    DepartmentFactory(name="納税課")
    kinds = [
        check(standing(version, 所管課="納税課", **days))[1][0].kind
        for days in ({}, {"変更年月日": "R5.4.1"}, {"廃止年月日": "R5.4.1", "廃止の理由": "終了"})
    ]
    back = "訂正（さかのぼって所管課が変わります。組織改正や移管は変更年月日を入れてください）"
    assert kinds == [back, "変更（令和5年4月1日から新しい版）", f"廃止（令和5年4月1日）、{back}"]


def test_an_abolition_newly_filled_in_ends_the_business(department):
    version = registered_activity(department, number_as_printed="1309-14")
    assert messages(standing(version, 廃止年月日="R5.4.1")) == {"廃止の理由": "廃止の理由を入力してください。"}
    (draft,) = write(standing(version, 廃止年月日="R5.4.1", 廃止の理由="終了"))
    assert draft.kind == "廃止（令和5年4月1日）"
    ended = ActivityVersion.objects.get()
    assert (ended.valid_to, ended.abolished_on, ended.abolition_reason) == (date(2023, 4, 1), date(2023, 4, 1), "終了")


def test_the_first_days_can_be_corrected_behind_a_change(department):
    write(NAMED | {"変更年月日": "R4.4.1"})
    newest = ActivityVersion.objects.order_by("pk").last()
    write(standing(newest, 登録年月日="R2.4.1", 効力の始まる日="R2.5.1"))
    assert periods()[0][1:] == (date(2020, 5, 1), date(2022, 4, 1), date(2020, 4, 1))
    assert messages(standing(newest, 登録年月日="R2.4.1", 効力の始まる日="R4.4.1")) == {
        "効力の始まる日": "最初の変更より前の日にしてください。"
    }


def test_a_row_equal_to_the_register_writes_nothing(department):
    write(NAMED | {"帳票": "相談票｜1版｜氏名"})
    before = ActivityVersion.history.count()
    (draft,) = write(
        NAMED | {"業務登録番号": "（１３０９－１４）", "帳票": "相談票｜1版｜氏名", "登録年月日": "2021/4/1"}
    )
    assert (draft.outcome, draft.changes) == (Outcome.SAME, [])
    assert ActivityVersion.history.count() == before


def test_a_file_older_than_the_register_is_refused(department):
    version = registered_activity(department, number_as_printed="1309-14")
    older = standing(version)
    write(standing(version, 業務の名称="新しい名称", 変更年月日="R5.4.1"))
    assert "登録には令和5年4月1日の変更があります" in messages(older)["変更年月日"]


def test_what_an_import_cannot_take_back_is_refused(department):
    version = abolished_activity(department, number_as_printed="1309-14")
    assert "廃止は取り消せません" in messages(standing(version, 廃止年月日="", 廃止の理由=""))["廃止年月日"]
    assert "廃止されています" in messages(standing(version, 変更年月日="R6.4.1"))["変更年月日"]


def test_a_business_with_a_change_under_way_is_left_alone(department):
    version = registered_activity(department, number_as_printed="1309-14")
    submitted_change_of(version)
    assert "手続中の変更があります" in messages(standing(version, 業務の名称="新しい名称"))[""]
    assert messages(standing(version)) == {}


def test_keys_that_contradict_each_other_are_named(department):
    first = registered_activity(department, number_as_printed="1309-14")
    second = registered_activity(department, number_as_printed="1309-15")
    row = standing(first, 業務登録番号="1309-15")
    assert f"ほかの業務（管理番号 {second.activity_id}）" in messages(row)["業務登録番号"]
    assert "変えられません" in messages(standing(first, 業務登録番号="1309-16"))["業務登録番号"]
    assert "この管理番号の登録はありません" in messages(NAMED | {"業務登録番号": "", "管理番号": "999"})["管理番号"]
    draft = activity_draft(department)
    assert "登録はありません" in messages(NAMED | {"業務登録番号": "", "管理番号": str(draft.activity_id)})["管理番号"]


def test_a_number_given_out_is_not_handed_to_another_business(department):
    DepartmentFactory(name="福祉課", parent=department.parent)
    standing_one = registered_activity(department, number_as_printed="7001-01", name="徴収の業務")
    other = NAMED | {
        "業務登録番号": "７００１－０１",
        "業務の名称": "福祉の業務",
        "所管課": "福祉課",
        "登録年月日": "R6.3.1",
    }
    words = messages(other)["業務登録番号"]
    assert words.startswith("7001-01 は「徴収の業務」（区民部 収納課）の番号です。番号は、ほかの業務に付けられません。")
    assert messages(other | {"登録年月日": standing_one.registered_on.isoformat()}) == {}  # renamed and moved
    assert messages(other | {"所管課": "収納課", "登録年月日": ""}) == {}  # renamed
    assert messages(other | {"管理番号": str(standing_one.activity_id), "登録年月日": ""}) == {}  # said expressly


def test_the_number_of_an_abolished_business_stays_under_its_name(department):
    version = abolished_activity(department, number_as_printed="7001-01", name="徴収の業務")
    row = standing(version, 管理番号="", 業務の名称="福祉の業務")
    assert messages(row)["業務登録番号"].startswith("7001-01 は「徴収の業務」（区民部 収納課、廃止済）の番号です。")
    assert messages(standing(version, 管理番号="", 業務の目的="徴収のため")) == {}
    assert messages(standing(version, 業務の名称="徴収等の業務")) == {}


def test_an_entry_is_registered_by_the_day_on_which_it_begins(department):
    late = NAMED | {"登録年月日": "R3.4.2", "効力の始まる日": "R3.4.1"}
    assert messages(late) == {"登録年月日": "効力の始まる日（令和3年4月1日）より後の日にはできません。"}
    assert messages(late | {"登録年月日": "R3.4.1"}) == {}
    write(NAMED | {"変更年月日": "R4.4.1"})
    assert (
        "より後の日にはできません" in messages(NAMED | {"登録年月日": "R5.4.1", "変更年月日": "R4.4.1"})["登録年月日"]
    )


def test_nothing_was_registered_after_today(department):
    assert "今日より後の日です" in messages(NAMED | {"登録年月日": "R6.4.2"})["登録年月日"]
    assert messages(NAMED | {"登録年月日": "R6.4.1"}) == {}


def test_a_changed_cell_does_not_write_the_mark_of_a_lost_character(department):
    version = registered_activity(department, number_as_printed="1309-14", name="𠮷田の業務", purpose="〓の目的")

    def faults(encoding, **changed):
        (draft,) = check(standing(version, **changed), encoding=encoding)[1]
        return [(fault.column, fault.message[:16]) for fault in draft.faults]

    assert faults("cp932", 業務の名称="〓田の業務") == []  # the register keeps its character
    ((column, words),) = faults("cp932", 業務の名称="〓田の新しい業務")
    assert (column, words) == ("業務の名称", "置きかえられた文字〓があります。")
    assert faults("cp932", 業務の名称="吉田の新しい業務", 業務の目的="新しい〓の目的") == []
    # Saved again in another encoding it still comes from CP932.
    for encoding in ("utf-8", "utf-8-sig", "xlsx"):
        for name in ("〓田の業務", "〓田の新しい業務"):
            assert faults(encoding, 業務の名称=name) == [("業務の名称", "置きかえられた文字〓があります。")]
        assert faults(encoding, 業務の名称="吉田の業務", 業務の目的="新しい〓の目的") == []


def test_a_business_without_a_number_is_found_by_name_and_department_and_given_one(department):
    version = registered_activity(department, number_as_printed="", name="指導に関する業務")
    row = standing(version, 管理番号="")
    assert check(row)[1][0].outcome == Outcome.SAME
    write(standing(version, 業務登録番号="１３０９－１４"))
    assert Activity.objects.get().number == "1309-14"
    assert ActivityVersion.objects.get().number_as_printed == "１３０９－１４"


def test_two_rows_that_nothing_tells_apart_are_refused(department):
    row = NAMED | {"業務登録番号": ""}
    assert "2行目と同じものです" in messages(row, row)[""]


def test_a_department_that_is_gone_is_answered_with_its_successor(department):
    new = DepartmentFactory(name="納税課", parent=department.parent)
    succeed([department], [new], on=date(2022, 4, 1), actor=SYSTEM, reason="組織改正")
    words = messages(NAMED)["所管課"]
    assert words == "「区民部 収納課」は令和4年3月31日までの組織です。承継した「区民部 納税課」を書いてください。"
    ended = NAMED | {"廃止年月日": "R4.4.1", "廃止の理由": "終了"}
    assert messages(ended) == {}  # it ended with its department
    near = messages(NAMED | {"所管課": "区民部収能課"})["所管課"]
    assert "「区民部 収納課」（廃止。承継：「区民部 納税課」）" in near


def test_a_name_of_two_departments_must_be_written_out(department):
    DepartmentFactory(name="収納課", parent__name="福祉部")
    assert "「区長 区民部 収納課」" in messages(NAMED)["所管課"]
    assert messages(NAMED | {"所管課": "福祉部収納課"}) == {}


@pytest.mark.parametrize(
    ("column", "value", "words"),
    [
        ("登録年月日", "令和3年2月30日", "令和3年2月30日という日はありません。"),
        ("登録年月日", "R3.4", "年月日まで書いてください"),
        ("業務の名称", "", "業務の名称を入力してください。"),
        ("業務登録番号", "13-09", "業務登録番号として読めません"),
        ("対象者の人数", "たくさん", "人数として読めません"),
        ("記録項目の種別", "戸籍等事項、血液型", "「血液型」はありません"),
        ("要注意情報", "たぶん", "「あり」、「なし」または空欄にしてください。"),
        ("変更年月日", "R2.4.1", "令和3年4月1日より後の日にしてください。"),
        ("帳票", "｜1版｜氏名", "帳票の名称がない行があります。"),
        ("出典・注記", "あ" * 201, "200"),
        ("業務の目的", "a\x00b", "U+0000"),
    ],
)
def test_a_wrong_cell_is_told_with_its_column(department, column, value, words):
    found = messages(NAMED | {column: value})
    assert list(found) == [column]
    assert words in found[column]


def test_forms_are_corrected_in_place_and_taken_out_not_deleted(department):
    write(NAMED | {"帳票": "相談票｜1版｜氏名\n申請書"})
    version = ActivityVersion.objects.get()
    write(standing(version, 帳票="相談票｜2版｜氏名、住所"))
    assert [form.line for form in CollectingForm.objects.in_use()] == ["相談票（2版）：氏名、住所"]
    assert CollectingForm.objects.get(is_removed=True).name == "申請書"
    write(standing(version, 変更年月日="R5.4.1"))
    newest = ActivityVersion.objects.order_by("pk").last()
    assert [form.line for form in newest.collecting_forms.in_use()] == ["相談票（2版）：氏名、住所"]


def test_no_row_costs_a_statement_of_its_own(department):
    def counted(rows):
        table = [NAMED | {"業務登録番号": f"{at:04}-{rows % 100:02}", "帳票": "票"} for at in range(rows)]
        with CaptureQueriesContext(connection) as captured:
            write(*table)
        return len(captured)

    few, many = counted(3), counted(90)
    assert many - few < 15  # SQLite takes some thirty rows a statement


def test_the_service_refuses_what_cannot_stand_and_names_the_entry(department):
    right = {"values": {"name": "業務", "department": department}, "registered_on": date(2020, 4, 1)}
    lives = [
        Life(**right, extras={"number": "1309-14"}),
        Life(values={"name": "", "department": department}, registered_on=date(2020, 4, 1)),
        Life(**right, extras={"number": "１３０９－１４"}, abolished_on=date(2020, 4, 1), abolition_reason="終了"),
    ]
    with pytest.raises(ValidationError) as refusal:
        migrate_activities(lives, actor=SYSTEM, reason="移行")
    words = " ".join(refusal.value.messages)
    assert "2件目：このフィールドは空ではいけません。" in words
    assert "3件目：令和2年4月1日より後の日にしてください。" in words
    assert "業務登録番号 1309-14 は、ほかの業務に付いています。" in words
    assert not Activity.objects.exists()


def unnumbered(department, **values):
    return registered_activity(department, name="国民健康保険に関する業務", **values)


def numbered_row(**changed):
    row = {
        "業務登録番号": "5801-01",
        "業務の名称": "国民健康保険に関する業務",
        "所管課": "収納課",
        "登録年月日": "R3.4.1",
    }
    return row | changed


def test_a_new_number_goes_to_the_business_of_that_name_that_waits_for_one(department):
    version = unnumbered(department)
    (draft,) = write(numbered_row())
    assert draft.outcome == Outcome.CHANGED
    assert draft.kind == "変更（登録されている業務に番号 5801-01 を付ける）"
    assert [(change.column, change.before, change.after) for change in draft.changes] == [
        ("業務登録番号", "", "5801-01")
    ]
    assert Activity.objects.get().number == "5801-01"
    version.refresh_from_db()
    assert version.number_as_printed == "5801-01"


def test_what_else_the_row_says_is_corrected_with_the_number(department):
    unnumbered(department)
    (draft,) = write(numbered_row(登録年月日="R2.4.1", 記録の媒体="文書"))
    assert draft.kind == "変更（登録されている業務に番号 5801-01 を付ける）、訂正（いまの版を直す）"
    assert ActivityVersion.objects.get().registered_on == date(2020, 4, 1)


def test_several_businesses_that_wait_for_a_number_are_named(department):
    first, second = unnumbered(department), unnumbered(department)
    assert messages(numbered_row())["業務登録番号"] == (
        "番号のない「国民健康保険に関する業務」が2件登録されています"
        f"（管理番号 {first.activity_id}、{second.activity_id}）。番号を付ける業務の管理番号を書いてください。"
    )
    write(numbered_row(管理番号=str(second.activity_id)))
    assert Activity.objects.get(number="5801-01").pk == second.activity_id
    # The one that is left waits alone.
    assert check(numbered_row(業務登録番号="5801-02"))[1][0].standing.identity.pk == first.activity_id


def test_two_new_numbers_are_not_given_to_one_business(department):
    version = unnumbered(department)
    rows = (numbered_row(), numbered_row(業務登録番号="5801-02"))
    assert "2行目と同じもの" in messages(*rows)[""]
    # Named by its 管理番号 beside it, the first is another business than the second.
    _, (first, second) = check(rows[0] | {"管理番号": str(version.activity_id)}, rows[1] | {"管理番号": ""})
    assert (first.outcome, second.outcome) == (Outcome.CHANGED, Outcome.NEW)


def test_a_number_is_new_where_no_business_waits_for_it(department):
    abolished_activity(department, name="国民健康保険に関する業務")
    unnumbered(DepartmentFactory(name="ほかの課"))
    registered_activity(department, name="国民健康保険に関する業務", number_as_printed="5801-09")
    (draft,) = check(numbered_row())[1]
    assert draft.outcome == Outcome.NEW
    ended = numbered_row(廃止年月日="R4.10.1", 廃止の理由="事業の終了のため")
    assert check(ended)[1][0].kind == "変更（登録されている業務に番号 5801-01 を付ける）"


def test_an_empty_day_of_effect_is_the_day_of_registration_of_a_standing_entry_too(department):
    row = NAMED | {"登録年月日": "H17.3.31", "効力の始まる日": ""}
    write(row)
    (draft,) = write(row | {"登録年月日": "H15.3.31"})
    assert [(change.column, change.after) for change in draft.changes] == [
        ("登録年月日", "2003-03-31"), ("効力の始まる日", "2003-03-31"),
    ]  # fmt: skip
    assert periods() == [("指導に関する業務", date(2003, 3, 31), None, date(2003, 3, 31))]
    assert [registration_status(year).total.new for year in (2002, 2004)] == [1, 0]
    # A file without the column, and a row without any day, leave the day as it is.
    (draft,) = write(NAMED | {"登録年月日": "H14.3.31"})
    assert periods() == [("指導に関する業務", date(2003, 3, 31), None, date(2002, 3, 31))]
    assert check(NAMED | {"登録年月日": "", "効力の始まる日": ""})[1][0].outcome == Outcome.SAME


@pytest.mark.parametrize(
    ("column", "typed", "words"),
    [
        ("登録年月日", "3年4月1日", "令和3年4月1日（木）、平成3年4月1日（月）、昭和3年4月1日（日）"),
        ("登録年月日", "4.6.1", "令和4年6月1日（水）、平成4年6月1日（月）、昭和4年6月1日（土）"),
        ("変更年月日", "R2.4.1、3.4.1", "令和3年4月1日（木）、平成3年4月1日（月）、昭和3年4月1日（日）"),
        ("業務の開始年月日", "12年4月", "令和12年4月、平成12年4月、昭和12年4月"),
    ],
)
def test_a_year_without_its_era_is_refused_with_what_it_may_mean(department, column, typed, words):
    day = typed.rpartition("、")[2]
    expected = f"「{day}」には元号がありません。どれかを書いてください：{words}"
    assert messages(NAMED | {column: typed})[column] == expected


def test_a_year_that_only_one_era_has_and_what_the_register_says_already_may_stand(department):
    version = registered_activity(department, started_on="12年4月1日")
    assert check(standing(version))[1][0].outcome == Outcome.SAME
    assert messages(standing(version, 業務の開始年月日="11年4月1日")).keys() == {"業務の開始年月日"}
    assert messages(NAMED | {"業務の開始年月日": "S63.4.1"}) == {}


def test_the_keys_of_a_row_are_read_in_any_spelling(department):
    version = registered_activity(department, number_as_printed="0701-01")
    for spelling in ("701-1", "第0701-01号", "0701〜01", "業務登録番号0701-01"):
        assert check(standing(version, 業務登録番号=spelling))[1][0].outcome == Outcome.SAME
    wide = str(version.activity_id).translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    (draft,) = check(standing(version, 管理番号=f"　{wide}　", 業務登録番号=""))[1]
    assert draft.standing.identity == version.activity


def test_a_business_with_a_reorganisation_to_come_is_changed_on_its_page(department):
    version = registered_activity(department, number_as_printed="1309-14")
    after = NewDepartment("納税課", department.parent)
    reorganize([department], [after], on=date(2024, 5, 1), actor=SYSTEM, reason="組織規則の改正による")
    moved = version.activity.versions.get(moved=True)
    assert check(standing(moved))[1][0].outcome == Outcome.SAME
    assert messages(standing(moved, 記録の媒体="磁気")) == {
        "": "令和6年5月1日の組織改正が先に登録されています。その日までの変更と廃止は、画面で登録してください。"
    }
