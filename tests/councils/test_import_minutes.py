"""会議要録の取込み: the 要録 of 2013-01-17 becomes a meeting, its roster, agenda, papers, outcomes and utterances."""

import json
import re
from datetime import date, time
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from councils import agenda
from councils.importing import UnknownBody, UnreadableDay, plan_of
from councils.models import Chairing, Extent, Meeting, MeetingStatus, Method, Minutes, Result
from councils.quorum import has_quorum, members_present
from councils.reading.minutes import NotMinutes, parse
from councils.services.importing import CannotImport, UnknownMembers, import_minutes, keep_file
from history.writing import SYSTEM
from tests.councils.factories import AppointmentFactory, BodyFactory, BodyRuleFactory, MemberFactory, TermFactory

pytestmark = pytest.mark.django_db

SOURCE = (Path(settings.BASE_DIR) / "fixtures" / "demo" / "minutes-2013-01-17.txt").read_text()
NAME = "練馬区情報公開および個人情報保護運営審議会"


def seventh_term():
    return TermFactory(body=BodyRuleFactory(body=BodyFactory(name=NAME)).body, number=7)


def kept(text=SOURCE, encoding="utf-8"):
    return keep_file("要録.txt", text.encode(encoding), actor=SYSTEM)


def taken_over(text=SOURCE, **options):
    return import_minutes(kept(text), actor=SYSTEM, add_members=True, **options)


def squeezed(text):
    return re.sub(r"\s", "", text)


def test_headings_and_utterances_together_are_the_text_of_the_file():
    read = parse(SOURCE)
    said = "".join(f"（{one.speaker}）{one.text}" for one in read.said)
    start = SOURCE.index("６ 発言内容") + len("６ 発言内容")
    assert squeezed(SOURCE[start:]).startswith(squeezed(said))
    assert squeezed(said).endswith("本日の審議会はこれで終了いたします。")
    assert squeezed(read.title + "１日時" + read.when + "２場所" + read.place) in squeezed(SOURCE)


def test_nineteen_of_23_members_were_present_with_their_exact_names():
    seventh_term()
    meeting = taken_over().meeting
    came = [
        f"{row.appointment.member.surname}{row.appointment.member.bracketed}"
        for row in meeting.attendances.filter(came=True)
    ]
    absent = [str(row.appointment.member) for row in meeting.attendances.filter(came=False)]
    assert came == [
        "内田", "柴\ufa11", "廣田", "中里", "岡澤", "太巻", "浅見", "飴谷", "荻本", "加賀美", "中村（三）", "西川",
        "松島", "小泉", "吉田", "菊地", "有馬", "藤井", "こうらい",
    ]  # fmt: skip
    assert absent == ["松村", "今井", "中村（弘）", "小室"]
    assert members_present(meeting, None) == 19
    assert has_quorum(meeting, None)


def test_the_meeting_stands_as_the_file_says():
    seventh_term()
    meeting = taken_over().meeting
    assert (str(meeting), meeting.held_on) == ("第7期第7回審議会", date(2013, 1, 17))
    assert (meeting.starts_at, meeting.ends_at, meeting.place) == (time(10), time(12, 5), "練馬区役所本庁舎5階 庁議室")
    assert (meeting.observers, meeting.status) == (1, MeetingStatus.CLOSED)
    assert list(meeting.ward_attendees.values_list("title", flat=True)) == [
        "総務部長", "情報公開課長", "情報政策課長", "保育課長", "戸籍住民課長", "税務課長", "高齢社会対策課長",
        "光が丘総合福祉事務所長",
    ]  # fmt: skip


def test_the_agenda_has_its_blocks_numbers_and_papers_in_their_two_orders():
    seventh_term()
    meeting = taken_over().meeting
    read = [
        (part.numeral, part.block.heading, line.number, line.consultation_mark, [paper.label for paper in line.papers])
        for part in agenda.read(meeting)
        for line in part.lines
    ]
    assert read == [
        ("Ⅰ", "報告", "（１）", "", ["資料6"]),
        ("Ⅱ", "諮問", "（１）", "【諮問第８号】", ["資料1"]),
        ("Ⅱ", "諮問", "（２）", "【諮問第９号】", ["資料2"]),
        ("Ⅱ", "諮問", "（３）", "【諮問第１０号】", ["資料3"]),
        ("Ⅲ", "報告", "（２）", "", ["資料4"]),
        ("Ⅲ", "報告", "（３）", "", ["資料5"]),
    ]
    assert meeting.papers.get(on_desk=True).number == 6


def test_the_ninth_and_tenth_consultation_were_voted_on_together():
    seventh_term()
    meeting = taken_over().meeting
    outcomes = {item.consultation.number: item.outcome for item in meeting.items.exclude(consultation=None)}
    assert (outcomes[8].result, outcomes[8].phrase) == (Result.APPROVED, "原案通り承認")
    assert outcomes[8].vote.method == Method.NONE
    assert outcomes[9].vote == outcomes[10].vote
    assert (outcomes[9].vote.extent, outcomes[9].vote.against) == (Extent.MAJORITY, 1)
    assert outcomes[9].vote.in_favour is None  # 「多数」 is no number
    assert {outcome.result for outcome in (outcomes[9], outcomes[10])} == {Result.BY_MAJORITY}


def test_the_vice_chair_led_until_the_third_report():
    seventh_term()
    meeting = taken_over().meeting
    led = [
        (row.get_office_display(), row.from_item and row.from_item.title)
        for row in Chairing.objects.filter(meeting=meeting)
    ]
    assert led == [("副会長", None), ("会長", "個人情報保護に関する監査について")]


def test_every_utterance_belongs_to_its_item_and_keeps_its_words():
    seventh_term()
    minutes = taken_over()
    assert minutes.utterances.count() == 126
    slip = minutes.utterances.get(remark__contains="平成25年12月27日")
    assert "平成25年12月27日に保育課長へ報告があった" in slip.text
    assert "資料6では平成24年12月27日です" in slip.remark
    assert slip.item.papers.get().number == 6
    assert minutes.utterances.get(remark__contains="場所名").speaker == "副会長"


def test_papers_without_a_file_here_carry_their_text_date_and_senders():
    seventh_term()
    meeting = taken_over().meeting
    paper = meeting.papers.get(number=4)
    assert (paper.dated, paper.senders) == ("平 成 25年 1月 17日", "福祉部高齢社会対策課\n光が丘総合福祉事務所")
    assert paper.text.startswith("社会福祉法人練馬区社会福祉事業団（以下「事業団」という。）は、")
    assert "資料４" not in paper.text


def test_a_cp932_file_is_read_as_well():
    seventh_term()
    text = SOURCE.replace("柴\ufa11", "柴崎").translate({0x2474: "(1)", 0x2475: "(2)", 0x2476: "(3)"})
    stored = keep_file("要録.txt", text.encode("cp932"), actor=SYSTEM)
    assert import_minutes(stored, actor=SYSTEM, add_members=True).utterances.count() == 126


def test_the_same_file_again_gives_the_first_minutes_back():
    seventh_term()
    first = taken_over()
    assert taken_over() == first
    assert Meeting.objects.count() == 1


def test_the_preview_writes_nothing_and_names_the_members_that_the_roster_lacks():
    term = seventh_term()
    for surname in ("内田", "廣田"):
        AppointmentFactory(term=term, member=MemberFactory(body=term.body, surname=surname))
    plan = plan_of(SOURCE.encode())
    assert len(plan.unknown) == 21
    assert plan.refusals == []
    assert not Meeting.objects.exists()


def test_unknown_members_are_added_only_when_that_was_asked_for():
    seventh_term()
    with pytest.raises(UnknownMembers, match="名簿にない委員がいます（内田、"):
        import_minutes(kept(), actor=SYSTEM)
    assert not Meeting.objects.exists()


def test_a_file_that_is_no_minutes_is_told_what_it_lacks():
    seventh_term()
    with pytest.raises(NotMinutes, match=r"標題.*「日時」の見出し"):
        kept("議事メモ\nあれこれ話した。\n")
    with pytest.raises(NotMinutes, match="「発言内容」の見出し"):
        kept(SOURCE.replace("６ 発言内容", ""))


def test_a_meeting_on_the_thirtieth_of_february_is_refused():
    seventh_term()
    with pytest.raises(UnreadableDay, match="2月30日"):
        kept(SOURCE.replace("平成25年1月17日（木）午前10時", "平成25年2月30日（木）午前10時"))


def test_a_body_that_is_not_registered_is_named():
    with pytest.raises(UnknownBody, match=NAME):
        kept()


def test_a_session_that_is_here_already_and_a_number_in_use_are_refused():
    seventh_term()
    taken_over()
    with pytest.raises(CannotImport, match=r"第7期第7回審議会は、すでに登録されています。.*諮問第8号は、すでに"):
        taken_over(SOURCE.replace("（副会長） 会長は所用のため", "（副会長） 会長は公用のため"))
    assert Minutes.objects.count() == 1


def test_a_term_that_is_not_registered_is_named():
    seventh_term()
    plan = plan_of(SOURCE.replace("第７期第７回練馬区", "第８期第１回練馬区").encode())
    assert plan.refusals[0] == "第8期が登録されていません。基礎データで登録してください。"


def test_a_weekday_that_does_not_fit_and_an_attendance_that_does_not_add_up_are_asked_about():
    seventh_term()
    plan = plan_of(
        SOURCE.replace("1月17日（木）午前", "1月17日（金）午前").replace("２３人中４名", "２４人中４名").encode()
    )
    questions = [doubt.question for doubt in plan.doubts]
    assert "曜日が合いません（木曜日です）。" in questions
    assert "出席者19名と合いません。" in questions


def test_the_command_says_what_it_understood_and_writes_only_when_asked(tmp_path):
    seventh_term()
    file = tmp_path / "要録.txt"
    file.write_text(SOURCE)
    out = StringIO()
    call_command("import_minutes", str(file), "--dry-run", stdout=out)
    told = json.loads(out.getvalue())
    assert (told["held_on"], told["present"], told["absent"]) == ("2013-01-17", 19, 4)
    assert (told["items"], told["papers"], told["utterances"], len(told["doubts"])) == (6, 6, 126, 2)
    assert len(told["unknown_members"]) == 23
    assert not Minutes.objects.exists()
    with pytest.raises(CommandError, match="名簿にない委員がいます"):
        call_command("import_minutes", str(file), stdout=out)
    call_command("import_minutes", str(file), "--add-members", stdout=StringIO())
    assert Minutes.objects.get().utterances.count() == 126
    with pytest.raises(CommandError, match="読めません"):
        call_command("import_minutes", str(tmp_path / "ない.txt"), stdout=out)
