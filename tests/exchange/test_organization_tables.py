"""組織と利用者の取込み: new ones come in; what a reorganisation or a hand-over does is left to their pages."""

from datetime import date

import pytest
from tablib import Dataset

from exchange import registers
from exchange.drafts import Outcome
from history.writing import SYSTEM
from organization.errors import LastAdministrator
from organization.models import Assignment, Department, Role, User
from tests.organization.factories import DepartmentFactory, UserFactory, person

pytestmark = pytest.mark.django_db
TODAY = date(2024, 4, 1)


def check(code, *rows):
    headers = list(dict.fromkeys(heading for row in rows for heading in row))
    table = Dataset(headers=headers)
    for row in rows:
        table.append([row.get(heading, "") for heading in headers])
    resource = registers.get(code).resource()
    return resource, resource.check(table, range(2, 2 + len(rows)), today=TODAY).drafts


def write(code, *rows):
    resource, drafts = check(code, *rows)
    assert [fault for draft in drafts for fault in draft.faults] == []
    resource.write([draft for draft in drafts if draft.outcome != Outcome.SAME], actor=SYSTEM, reason="表.csv")
    return drafts


def messages(code, *rows):
    return {fault.column: fault.message for fault in check(code, *rows)[1][-1].faults}


def unit(kind, name, parent="", **more):
    return {"段階": kind, "名称": name, "上位の組織": parent} | more


def charge(username, name, department="", role="", **more):
    return {"利用者名": username, "氏名・表示名": name, "所属": department, "役割": role} | more


def test_departments_come_in_whatever_the_order_of_their_rows(section):
    write(
        "departments",
        unit("課", "福祉課", "福祉部"),
        unit("部", "福祉部", "議会"),
        unit("実施機関", "議会", 議会="該当"),
    )
    new = Department.objects.get(name="福祉課")
    assert [row.name for row in new.lineage] == ["福祉課", "福祉部", "議会"]
    assert new.lineage[-1].is_assembly
    assert new.history.get().history_change_reason == "表.csv"


def test_the_same_departments_again_change_nothing(section):
    rows = [unit("部", "福祉部", "区長"), unit("課", "福祉課", "福祉部")]
    write("departments", *rows)
    assert [draft.outcome for draft in check("departments", *rows)[1]] == [Outcome.SAME] * 2


def test_the_department_above_may_be_written_out(section):
    assert check("departments", unit("課", "収納課", "区長 区民部"))[1][0].outcome == Outcome.SAME


def test_a_standing_department_moves_under_a_new_one_of_the_same_file(section):
    moved = unit("課", "収納課", "福祉部", 管理番号=str(section.pk))
    write("departments", moved, unit("部", "福祉部", "区長"))
    assert [row.name for row in Department.objects.get(pk=section.pk).lineage] == ["収納課", "福祉部", "区長"]
    assert Department.objects.filter(name="収納課").count() == 1


def test_a_name_that_two_departments_of_file_and_register_bear_must_be_written_out(section):
    twice = [unit("実施機関", "議会"), unit("部", "重複部", "区長"), unit("部", "重複部", "議会")]
    words = messages("departments", *twice, unit("課", "新課", "重複部"))["上位の組織"]
    assert "「重複部」は登録とファイルに2つあります" in words
    assert "「区長 重複部」、「議会 重複部」" in words
    assert messages("departments", *twice, unit("課", "新課", "議会重複部")) == {}
    again = [unit("実施機関", "議会"), unit("部", "区民部", "議会")]
    assert (
        "「区長 区民部」、「議会 区民部」"
        in messages("departments", *again, unit("課", "新課", "区民部"))["上位の組織"]
    )
    write("departments", *again, unit("課", "新課", "区長 区民部"))
    assert Department.objects.get(name="新課").parent == section.parent


@pytest.mark.parametrize("kind", ["課", "部"])
def test_nothing_stands_under_a_section(section, kind):
    new = [unit("課", "上課", "区民部"), unit(kind, "下", "上課")]
    assert messages("departments", *new)["上位の組織"] == (
        "「上課」は課です。上位の組織には、実施機関または部を書いてください。"
    )
    empty = DepartmentFactory(kind="division", name="福祉部", parent=section.parent.parent)
    turned = [unit("課", "福祉部", "区民部", 管理番号=str(empty.pk)), unit(kind, "下", "福祉部")]
    assert "「福祉部」は課です" in messages("departments", *turned)["上位の組織"]


def test_departments_under_each_other_are_told_before_anything_is_written(section):
    rows = [unit("部", "輪部A", "輪部B"), unit("部", "輪部B", "輪部A"), unit("課", "新課", "輪部A")]
    drafts = check("departments", *rows)[1]
    assert [[fault.message for fault in draft.faults] for draft in drafts] == [
        ["上位の組織が、たがいを指しています。"], ["上位の組織が、たがいを指しています。"], [],
    ]  # fmt: skip
    organ = section.parent.parent
    first, second = (DepartmentFactory(kind="division", name=name, parent=organ) for name in ("福祉部", "環境部"))
    crossed = [
        unit("部", "福祉部", "環境部", 管理番号=str(first.pk)),
        unit("部", "環境部", "福祉部", 管理番号=str(second.pk)),
    ]
    assert messages("departments", *crossed) == {"上位の組織": "上位の組織が、たがいを指しています。"}


def test_a_department_with_people_is_renamed_by_a_reorganisation_only(section):
    row = unit("課", "納税課", "区民部", 管理番号=str(section.pk))
    assert messages("departments", row) == {}  # nothing hangs on it yet
    person(Role.CLERK, section)
    words = "業務や担当のある組織の{}は、「組織改正」の画面で変えてください。"
    assert messages("departments", row) == {"名称": words.format("名称")}
    assert messages("departments", row | {"名称": "収納課", "廃止日": "R6.4.1"}) == {"廃止日": words.format("廃止日")}
    write("departments", row | {"名称": "収納課", "責任者の職名": "収納課長（新）"})
    assert Department.objects.get(pk=section.pk).head_title == "収納課長（新）"


@pytest.mark.parametrize(
    ("row", "column", "words"),
    [
        (unit("課", "新課"), "上位の組織", "実施機関のほかは"),
        (unit("実施機関", "新機関", "区民部"), "上位の組織", "実施機関のほかは"),
        (unit("係", "新係", "収納課"), "段階", "「係」はありません"),
        (unit("課", "新課", "区民ブ"), "上位の組織", "名称の近い組織：「区民部」"),
        (unit("課", "新課", "区民部", 設置日="R4.4.1", 廃止日="R4.4.1"), "廃止日", "設置日より後"),
        (unit("課", "新課", "区民部", 議会="該当"), "議会", "実施機関だけ"),
        (unit("課", "新課", "区民部", 管理番号="999"), "管理番号", "この管理番号の組織はありません"),
    ],
)
def test_a_wrong_department_is_told(section, row, column, words):
    assert words in messages("departments", row)[column]


def test_users_come_in_with_their_charges_and_without_a_password(section):
    person(Role.ADMIN, section)
    rows = [
        charge("hanako", "練馬 花子", "収納課", "所管課 担当", 開始日="R6.4.1"),
        charge("hanako", "練馬 花子", "収納課", "監査"),
        charge("taro", "練馬 太郎"),
    ]
    assert [draft.kind for draft in write("users", *rows)] == ["新しい利用者"] * 3
    user = User.objects.get(username="hanako")
    assert not user.has_usable_password()
    assert [(row.role, row.valid_from) for row in user.assignments.order_by("pk")] == [
        ("clerk", date(2024, 4, 1)), ("auditor", None),
    ]  # fmt: skip
    assert [draft.outcome for draft in check("users", *rows)[1]] == [Outcome.SAME] * 3


def test_a_move_belongs_to_the_hand_over(section):
    row = person(Role.CLERK, section).assignments.get()
    given = charge(row.user.username, row.user.name, "収納課", "所管課 課長", 管理番号=str(row.pk))
    assert messages("users", given) == {"役割": "所属や役割の変更は、「異動・引継ぎ」の画面で行ってください。"}


def test_the_last_administrator_does_not_go(section):
    row = person(Role.ADMIN, section).assignments.get()
    given = charge(row.user.username, row.user.name, "収納課", "管理者", 管理番号=str(row.pk), 終了日="R6.3.31")
    words = "この日から管理者がいなくなります。先に別の管理者を決めてください。"
    assert messages("users", given) == {"終了日": words}
    given = charge(row.user.username, row.user.name, "収納課", "管理者", 管理番号=str(row.pk), 有効="無効")
    assert messages("users", given) == {"有効": words}
    _, (gone, _new) = check("users", given, charge("nerima09", "練馬 花子", "収納課", "管理者"))
    assert gone.faults == []
    # Whoever writes asks again: an administrator may have gone since.
    resource, (gone,) = check("users", given)
    with pytest.raises(LastAdministrator):
        resource.write([gone], actor=SYSTEM, reason="表.csv")


@pytest.mark.parametrize(
    ("row", "column", "words"),
    [
        (charge("hanako", "花子", "収納課"), "役割", "役割を入力してください"),
        (charge("hanako", "花子", "収納課", "区長"), "役割", "「区長」はありません"),
        (charge("hanako", "", "収納課", "監査"), "氏名・表示名", "空"),
        (charge("は な こ", "花子", "収納課", "監査"), "利用者名", "ユーザー名"),
        (charge("hanako", "花子", "収納課", "監査", 代理する相手="nobody"), "代理する相手", "利用者はいません"),
        (charge("hanako", "花子", "収納課", "監査", 開始日="R6.4.1", 終了日="R6.4.1"), "終了日", "開始日より後"),
    ],
)
def test_a_wrong_user_is_told(section, row, column, words):
    assert words in messages("users", row)[column]


def test_an_empty_cell_leaves_a_person_active_or_not_as_they_are(section):
    person(Role.ADMIN, section)
    gone = UserFactory(username="taro", name="太郎", is_active=False)
    assert check("users", charge("taro", "太郎", 有効=""))[1][0].outcome == Outcome.SAME
    write("users", charge("taro", "太郎", "収納課", "監査", 有効=""), charge("hanako", "花子", 有効=""))
    gone.refresh_from_db()
    assert (gone.is_active, User.objects.get(username="hanako").is_active) == (False, True)
    write("users", charge("taro", "太郎", 有効="有効"))
    gone.refresh_from_db()
    assert gone.is_active


def test_a_name_is_the_one_that_signs_in_and_no_other_by_its_case(section):
    person(Role.ADMIN, section)
    UserFactory(username="taro", name="太郎")
    assert check("users", charge("ｔａｒｏ", "太郎"))[1][0].outcome == Outcome.SAME
    write("users", charge("ｈａｎａｋｏ", "花子"))
    assert User.objects.filter(username="hanako").exists()
    assert "利用者「taro」と、大文字・小文字だけが違います" in messages("users", charge("Taro", "太郎"))["利用者名"]
    both = [charge("jiro", "次郎"), charge("JIRO", "次郎")]
    assert "利用者「jiro」と" in messages("users", *both)["利用者名"]


def test_two_rows_that_call_a_person_differently_are_told(section):
    rows = [charge("hanako", "花子", "収納課", "監査"), charge("hanako", "華子", "収納課", "情報政策課")]
    assert "2行目と、氏名" in messages("users", *rows)["氏名・表示名"]
    UserFactory(username="taro", name="太郎")
    assert (
        "登録されている「太郎」さんと違います"
        in messages("users", charge("taro", "二郎", "収納課", "監査"))["氏名・表示名"]
    )
    assert not Assignment.objects.exists()


def test_a_name_that_another_department_bears_in_the_same_days_is_refused(section):
    ended = DepartmentFactory(
        name="税務課", parent=section.parent, valid_from=date(2000, 4, 1), valid_to=date(2010, 4, 1)
    )
    words = "「区民部」には、同じ期間に「税務課」があります。ちがう名称にしてください。"
    row = unit("課", "税 務課", "区民部")
    assert messages("departments", row | {"設置日": "H17.4.1"}) == {"名称": words}
    assert messages("departments", row | {"設置日": "H22.4.1"}) == {}
    renamed = unit("課", "税務課", "区民部", 管理番号=str(section.pk))
    assert messages("departments", renamed) == {"名称": words}
    assert messages("departments", renamed | {"設置日": str(ended.valid_to)}) == {}
