"""個人情報ファイルの取込み: what is its own beside 業務登録: businesses, counts, the end of a file."""

from datetime import date

import pytest
from tablib import Dataset

from exchange import registers
from exchange.drafts import Outcome
from exchange.lives import Life
from file_register.migrating import PUBLISHED, migrate_files
from file_register.models import FileCount, PersonalFile, PersonalFileVersion
from history.writing import SYSTEM
from tests.file_register.factories import counted, published, registered_file
from tests.registry.factories import registered_activity

pytestmark = pytest.mark.django_db
TODAY = date(2024, 4, 1)
NAMED = {"個人情報ファイルの名称": "不登校調査ファイル", "所管課": "学校教育支援センター", "登録年月日": "H25.4.1"}


def check(*rows):
    headers = list(dict.fromkeys(heading for row in rows for heading in row))
    table = Dataset(headers=headers)
    for row in rows:
        table.append([row.get(heading, "") for heading in headers])
    resource = registers.get("files").resource()
    return resource, resource.check(table, range(2, 2 + len(rows)), today=TODAY).drafts


def write(*rows):
    resource, drafts = check(*rows)
    assert [fault for draft in drafts for fault in draft.faults] == []
    resource.write([draft for draft in drafts if draft.outcome != Outcome.SAME], actor=SYSTEM, reason="簿.csv")
    return drafts


def messages(row):
    return {fault.column: fault.message for fault in check(row)[1][0].faults}


def standing(version, **changed):
    state = registers.get("files").resource().export(PersonalFileVersion.objects.filter(pk=version.pk)).dict[0]
    return dict(state) | changed


def test_an_old_file_comes_in_with_its_businesses_counts_and_end(department):
    business = registered_activity(department, number_as_printed="1309-14")
    unnumbered = registered_activity(department, number_as_printed="")
    row = NAMED | {
        "ファイルを利用する業務": f"（１３０９－１４）、#{unnumbered.activity_id}",
        "本人の数": "H30.3.31｜約1,200人｜住民記録から\nR3.3.31｜900人",
        "変更年月日": "R1.5.1",
        "廃止年月日": "R4.4.1",
        "廃止の理由": "調査の終了",
    }
    write(row)
    file = PersonalFile.objects.get()
    assert (file.abolished_on, file.abolition_reason) == (date(2022, 4, 1), "調査の終了")
    first, second = file.versions.order_by("pk")
    assert (first.valid_to, second.valid_from, second.valid_to) == (
        date(2019, 5, 1), date(2019, 5, 1), date(2022, 4, 1),
    )  # fmt: skip
    assert [row.pk for row in second.activities] == [business.activity_id, unnumbered.activity_id]
    counts = file.counts.order_by("counted_on").values_list("counted_on", "text", "lowest", "highest", "note")
    assert list(counts) == [
        (date(2018, 3, 31), "約1,200人", 1150, 1250, "住民記録から"), (date(2021, 3, 31), "900人", 900, 900, ""),
    ]  # fmt: skip
    assert [draft.outcome for draft in check(row)[1]] == [Outcome.SAME]


def test_counts_are_added_and_corrected_but_never_taken_away(department):
    version = registered_file(department)
    counted(version, "1,200人", date(2023, 4, 1))
    write(standing(version, 本人の数="2024-04-01｜1,500人"))
    write(standing(version, 本人の数="2024-04-01｜1,600人"))
    assert list(FileCount.objects.order_by("counted_on").values_list("text", flat=True)) == ["1,200人", "1,600人"]
    assert FileCount.history.count() == 3


def test_a_business_that_is_gone_from_the_row_is_switched_off(department):
    first, second = (registered_activity(department, number_as_printed=number) for number in ("1309-14", "1309-15"))
    version = registered_file(department, activities=[first.activity])
    write(standing(version, ファイルを利用する業務="1309-15"))
    assert [row.number for row in version.activities] == ["1309-15"]
    assert version.activity_links.count() == 2
    assert second.activity_id in {link.activity_id for link in version.activity_links.all()}


def test_a_file_is_ended_by_its_row(department):
    version = registered_file(department)
    write(standing(version, 廃止年月日="R6.4.1", 廃止の理由="終了"))
    version.refresh_from_db()
    assert (version.valid_to, version.file.abolished_on) == (date(2024, 4, 1), date(2024, 4, 1))


@pytest.mark.parametrize(
    ("column", "value", "words"),
    [
        ("ファイルを利用する業務", "1309-14、9999-99", "登録されていない業務です：1309-14、9999-99"),
        ("本人の数", "R5.4.1｜たくさん", "人数として読めません"),
        ("本人の数", "｜1,200人", "調べた日を書いてください"),
        ("本人の数", "R99.3.31｜1,200人", "きょうより先の日です"),
        ("本人の数", "R5.4.1｜1人\n2023-04-01｜2人", "人数が2つあります"),
        ("個人情報ファイルの種別", "紙", "電算処理ファイル"),
        ("ファイルを掲載しない（法第75条第3項）", "掲載しない", "その理由を書いてください"),
        ("記載しない事項（法第75条第3項）", "写真", "「写真」はありません"),
    ],
)
def test_a_wrong_cell_is_told(department, column, value, words):
    found = messages(NAMED | {column: value})
    assert words in " ".join(found.values())


def test_the_service_brings_files_in_at_their_old_dates(department):
    life = Life(
        values={"name": "古いファイル", "department": department},
        registered_on=date(2005, 4, 1),
        extras={"counts": (("2010-03-31", "800人", ""),)},
    )
    migrate_files([life], actor=SYSTEM, reason="移行")
    assert life.newest.is_migrated
    assert life.newest.file.counts.get().highest == 800


def test_words_that_were_published_are_changed_from_a_day_and_never_in_place(department):
    version = published(counted(registered_file(department), "1,200人")).version
    told = messages(standing(version, 記録範囲="別の範囲"))
    assert told == {"変更年月日": PUBLISHED}
    write(standing(version, 記録範囲="別の範囲", 変更年月日="R6.3.1"))
    version.refresh_from_db()
    assert version.scope != "別の範囲"
    assert version.replaced_by.get().scope == "別の範囲"
