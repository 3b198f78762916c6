"""影響一覧: who uses the data of a business, a file, a department or a partner on a day; on the screen and on paper."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from history.writing import SYSTEM
from organization.models import Role
from organization.reorganizing import NewDepartment, reorganize
from printing.layouts import seed_layouts
from records.kinds import LINKAGE, OUTSOURCING, PROVISION
from registry import impact, impact_paper
from registry.impact import Entry, Group, Source
from registry.models import ActivityVersion
from registry.services import abolish_activity
from tests.file_register.factories import registered_file
from tests.organization.factories import DivisionFactory, person
from tests.printing.papers import text_of
from tests.records.factories import FOR_COUNCIL, decided, draft, reported, section, the_record
from tests.registry.factories import activity_draft, registered_activity

pytestmark = pytest.mark.django_db
IN_FORCE, ENDED, FILES_ON, LINKED_ON = date(2022, 3, 31), date(2022, 4, 1), date(2023, 4, 1), date(2022, 6, 30)


@pytest.fixture
def ward():
    """A 課 whose business lets a school's business use its data, is linked by computer, and has a file."""
    schools = section("区立中学校")
    support = section("学校教育支援センター")
    providing = registered_activity(schools, number_as_printed="1303-02", name="指導に関する業務").activity
    using = registered_activity(support, number_as_printed="1309-14").activity
    use = the_record(
        reported(
            department=support, activity_number="1309-14", providing_number="1303-02", providing_department=schools
        )
    )
    linkage = the_record(decided(LINKAGE, department=schools, activity_number="1303-02"))
    file = registered_file(
        schools, name="指導要録ファイル", activities=[providing, using], recipients="東京都教育委員会"
    ).file
    draft(LINKAGE, department=schools, activity_number="1303-02")
    return {
        "providing": providing, "using": using, "use": use, "linkage": linkage, "file": file, "schools": schools,
    }  # fmt: skip


@pytest.fixture
def reader():
    return person(Role.OFFICE)


def found(user, kind, pk, day):
    """{code: entries} of the kinds with a line."""
    report = impact.report(user, impact.subject(user, kind, pk, day), day)
    return {section.group.code: section.entries for section in report.sections if section.total}


def figures(user, kind, pk, day):
    return {code: len(entries) for code, entries in found(user, kind, pk, day).items()}


def test_of_a_business_names_those_who_use_its_data_while_they_do(ward, reader):
    assert figures(reader, "activity", ward["providing"].pk, IN_FORCE) == {"uses-providing": 1}
    assert figures(reader, "activity", ward["providing"].pk, ENDED) == {}
    assert figures(reader, "activity", ward["providing"].pk, LINKED_ON) == {"linkages": 1}
    (entry,) = found(reader, "activity", ward["providing"].pk, IN_FORCE)["uses-providing"]
    assert entry == Entry(
        group="uses-providing",
        who="教育振興部 学校教育支援センター",
        business="1309-14　児童生徒指導上の課題対応に関する業務",
        source="1303-02　指導に関する業務",
        source_place="教育振興部 区立中学校",
        data="戸籍等事項",
        period="令和3年11月30日から令和4年3月31日まで",
        url=ward["use"].get_absolute_url(),
    )


def test_of_a_business_says_too_whose_data_it_uses_itself(ward, reader):
    assert figures(reader, "activity", ward["using"].pk, IN_FORCE) == {"uses-using": 1}


def test_of_a_business_names_its_files_with_all_who_use_them_and_their_recipients(ward, reader):
    sections = found(reader, "activity", ward["using"].pk, FILES_ON)
    (file,) = sections["files"]
    assert (file.source, file.business.count("、")) == ("指導要録ファイル", 1)
    assert [entry.who for entry in sections["recipients"]] == ["東京都教育委員会"]


def test_of_a_file_names_the_businesses_that_use_it_and_what_these_pass_on(ward, reader):
    sections = found(reader, "file", ward["file"].pk, FILES_ON)
    assert [(entry.who, entry.business) for entry in sections["file-businesses"]] == [
        ("区民部 区立中学校", "1303-02　指導に関する業務"),
        ("区民部 学校教育支援センター", "1309-14　児童生徒指導上の課題対応に関する業務"),
    ]
    assert {code: len(entries) for code, entries in sections.items()} == {
        "file-businesses": 2, "linkages": 1, "recipients": 1,
    }  # fmt: skip
    assert figures(reader, "file", ward["file"].pk, date(2023, 3, 31)) == {}


def test_of_a_department_holds_what_it_took_over_and_what_is_below_it(ward, reader):
    (after,) = reorganize(
        [ward["schools"]], [NewDepartment("学校課", DivisionFactory(name="教育部"))],
        on=date(2022, 4, 1), actor=SYSTEM, reason="組織改正",
    )  # fmt: skip
    assert figures(reader, "department", ward["schools"].pk, IN_FORCE) == {"uses-providing": 1}
    assert figures(reader, "department", after.pk, LINKED_ON) == {"linkages": 1}
    assert figures(reader, "department", after.parent_id, LINKED_ON) == {"linkages": 1}
    assert figures(reader, "department", after.pk, IN_FORCE) == {}  # it had not taken over yet
    assert figures(reader, "department", after.pk, FILES_ON) == {"linkages": 1, "files": 1, "recipients": 1}


def test_of_a_partner_holds_every_spelling_of_its_name(ward, reader):
    record = ward["linkage"]
    decided(LINKAGE, partner_name="株式会社ＮＴＴデータ", activity_name="別の業務")
    decided(LINKAGE, partner_name="株式会社ほか", activity_name="さらに別の業務")
    subject = impact.subject(reader, "partner", record.pk, LINKED_ON)
    assert figures(reader, "partner", record.pk, LINKED_ON) == {"linkages": 2}
    assert subject.note == "「株式会社ＮＴＴデータ」と記された記録票をふくみます。"
    (entry, _) = found(reader, "partner", record.pk, LINKED_ON)["linkages"]
    assert "提供する：氏名、住所／提供を受ける：口座の有無" in {
        entry.data for entry in found(reader, "partner", record.pk, LINKED_ON)["linkages"]
    }
    assert entry.who in {"株式会社NTTデータ", "株式会社ＮＴＴデータ"}


def test_records_without_a_partner_have_nothing_in_common(ward, reader):
    nameless = the_record(draft(LINKAGE, department=ward["schools"], partner_name=""))
    assert figures(reader, "partner", nameless.pk, LINKED_ON) == {}


def test_what_a_person_may_not_read_is_counted_but_neither_named_nor_linked(ward, sign_in, monkeypatch):
    own, other = section("自課"), section("他課")
    activity_draft(own, name="自課の下書き")
    activity_draft(other, name="他課の秘密の下書き")
    group = Group("drafts", "下書き", "試験のため", frozenset({"activity"}), 99)
    source = Source(
        "drafts",
        (group,),
        lambda subject, day: ActivityVersion.objects.filter(status="draft").order_by("pk"),
        "view_activityversion",
        lambda rows, subject, day: [[Entry("drafts", row.name, "", "", "", "", "/secret/")] for row in rows],
    )
    monkeypatch.setitem(impact._SOURCES, "drafts", source)
    clerk = person(Role.CLERK, own)
    page = sign_in(clerk).get(reverse("view_impact", args=["activity", ward["providing"].pk])).content.decode()
    assert "自課の下書き" in page
    assert "他課の秘密の下書き" not in page
    assert "ほかに1件あります。その内容は、権限のある人だけが見られます。" in page


@pytest.mark.parametrize(("kind", "code"), [(OUTSOURCING, "outsourcings"), (PROVISION, "provisions")])
def test_tells_who_handles_the_data_outside_the_ward(kind, code, ward, reader):
    values = FOR_COUNCIL if kind is PROVISION else {}
    record = the_record(decided(kind, department=ward["schools"], activity_number="1303-02", **values))
    (entry,) = found(reader, "activity", ward["providing"].pk, LINKED_ON)[code]
    assert (entry.who, entry.url) == (record.partner_name, record.get_absolute_url())
    assert code not in found(reader, "activity", ward["using"].pk, LINKED_ON)


def test_page_takes_a_statement_a_kind_within_twelve_and_no_more_with_more_rows(ward, sign_in):
    client = sign_in(person(Role.OFFICE))
    subjects = [
        ("activity", ward["providing"].pk),
        ("file", ward["file"].pk),
        ("department", ward["schools"].pk),
        ("partner", ward["linkage"].pk),
    ]
    urls = [reverse("view_impact", args=[kind, pk]) + "?as_of=R5.4.1" for kind, pk in subjects]
    few = [statements(client, url) for url in urls]
    for number in range(5):
        registered_activity(ward["schools"], number_as_printed=f"1303-1{number}")
        decided(LINKAGE, department=ward["schools"], activity_number=f"1303-1{number}")
        decided(LINKAGE, department=ward["schools"], activity_number="1303-02", partner_name=f"相手方{number}")
        registered_file(ward["schools"], name=f"ファイル{number}", activities=[ward["providing"], ward["using"]])
    assert [statements(client, url) for url in urls] == few
    assert max(few) <= 12  # one for each kind of record, of which there are four


def statements(client, url):
    with CaptureQueriesContext(connection) as counted:
        assert client.get(url).status_code == 200
    return len(counted)


def test_page_shows_the_day_the_figures_lead_to_the_tables_and_the_lines_to_the_records(ward, sign_in):
    client = sign_in(person(Role.CLERK))
    page = client.get(reverse("view_impact", args=["activity", ward["providing"].pk]), {"as_of": "R4.3.31"})
    text = page.content.decode()
    assert 'href="#impact-uses-providing"' in text
    assert 'id="impact-uses-providing"' in text
    assert f'href="{ward["use"].get_absolute_url()}"' in text
    assert "令和4年3月31日（木）に効力のあるもの" in text


@pytest.mark.parametrize("query", ["R3.2.30", "だれか"])
def test_a_day_that_is_none_is_said_beside_its_box(query, ward, sign_in):
    url = reverse("view_impact", args=["activity", ward["providing"].pk])
    page = sign_in(person(Role.CLERK)).get(url, {"as_of": query})
    assert page.context["as_of"].error


@pytest.mark.parametrize(("kind", "pk"), [("activity", 99999), ("nothing", 1), ("partner", 99999), ("file", 99999)])
def test_what_is_not_there_or_out_of_sight_is_not_found(kind, pk, ward, sign_in):
    assert sign_in(person(Role.CLERK)).get(reverse("view_impact", args=[kind, pk])).status_code == 404


def test_a_draft_of_another_department_is_not_found(ward, sign_in):
    hidden = activity_draft(section("他課")).activity
    assert sign_in(person(Role.CLERK)).get(reverse("view_impact", args=["activity", hidden.pk])).status_code == 404


def test_paper_has_the_heading_the_day_the_subject_and_every_line(ward, sign_in):
    url = reverse("print_impact", args=["file", ward["file"].pk, "2023-04-01"])
    answer = sign_in(person(Role.AUDITOR)).get(url)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    text = "".join(text_of(answer.content).split())
    for words in (
        "影響一覧", "個人情報ファイル指導要録ファイル", "令和5年4月1日（土）", "ファイルを利用する業務（2件）",
        "1303-02指導に関する業務", "東京都教育委員会", "株式会社NTTデータ", "目的外利用（させる側）（0件）",
    ):  # fmt: skip
        assert words in text, words


def test_paper_is_asked_about_before_a_character_without_a_shape_is_printed(ward, sign_in):
    file = registered_file(ward["schools"], name="\ue000のファイル").file
    client = sign_in(person(Role.OFFICE))
    url = reverse("print_impact", args=["file", file.pk, "2023-04-01"])
    assert client.get(url).status_code == 422
    assert client.get(url, {"allow_missing": "1"}).status_code == 200


def test_paper_of_a_day_that_is_none_is_not_found(ward, sign_in):
    url = reverse("print_impact", args=["file", ward["file"].pk, "2023-02-30"])
    assert sign_in(person(Role.OFFICE)).get(url).status_code == 404


@pytest.mark.parametrize("step", ["revise_activity", "abolish_activity"])
def test_page_of_a_change_of_a_business_shows_it_before_confirmation(step, ward, sign_in):
    decided(LINKAGE, department=ward["schools"], activity_number="1303-02", partner_name="ほかの相手方")
    version = ward["providing"].versions.get()
    page = sign_in(person(Role.OFFICE)).get(reverse(step, args=[version.pk])).content.decode()
    assert "影響をうけるもの" in page
    assert "電算結合　2件" in page
    assert reverse("view_impact", args=["activity", ward["providing"].pk]) in page


@pytest.mark.parametrize("step", ["revise_personal_file", "abolish_personal_file"])
def test_page_of_a_change_of_a_file_shows_it_before_confirmation(step, ward, sign_in):
    version = ward["file"].versions.get()
    page = sign_in(person(Role.OFFICE)).get(reverse(step, args=[version.pk])).content.decode()
    assert "ファイルを利用する業務　2件" in page
    assert reverse("view_impact", args=["file", ward["file"].pk]) in page


def test_page_of_another_step_shows_none(ward, sign_in):
    version = activity_draft(ward["schools"])
    page = sign_in(person(Role.OFFICE)).get(reverse("submit_activity", args=[version.pk])).content.decode()
    assert "影響をうけるもの" not in page


def test_page_of_a_reorganisation_shows_it_before_confirmation(ward, sign_in):
    department = ward["schools"]
    sent = {
        "before": [department.pk], "name_1": "学校課", "parent_1": department.parent_id,
        "on": "R5.5.1", "reason": "組織改正", "step": "preview",
    }  # fmt: skip
    page = sign_in(person(Role.ADMIN)).post(reverse("reorganize"), sent).content.decode()
    assert "影響をうけるもの" in page
    assert "電算結合　1件" in page
    assert reverse("view_impact", args=["department", department.pk]) in page


def test_pages_of_business_file_department_and_record_lead_to_it(ward, sign_in):
    seed_layouts(SYSTEM)
    client = sign_in(person(Role.OFFICE))
    asked = {
        reverse("view_activity", args=[ward["using"].pk]): ("activity", ward["using"].pk),
        reverse("view_personalfile", args=[ward["file"].pk]): ("file", ward["file"].pk),
        reverse("view_department", args=[ward["schools"].pk]): ("department", ward["schools"].pk),
        ward["linkage"].get_absolute_url(): ("partner", ward["linkage"].pk),
    }
    for url, subject in asked.items():
        assert reverse("view_impact", args=subject) in client.get(url).content.decode()


def test_counts_only_what_others_use_and_shows_what_it_uses_itself_apart(ward, sign_in, reader):
    report = impact.report(reader, impact.subject(reader, "activity", ward["using"].pk, IN_FORCE), IN_FORCE)
    assert report.total == 0
    assert [(section.label, section.total) for section in report.others if section.total] == [
        ("この業務が利用しているほかの業務の情報", 1)
    ]
    page = sign_in(reader).get(reverse("view_impact", args=["activity", ward["using"].pk]), {"as_of": "R4.3.31"})
    text = page.content.decode()
    assert 'の情報を利用しているもの</h2><span class="chip">0件</span>' in text
    assert "この業務が利用しているほかの業務の情報</h2>" in text
    assert "確かめてから進めてください" not in str(impact_paper.notice(report))
    assert "利用しているものは、登録されていません" in str(impact_paper.notice(report))


def test_a_file_that_only_its_own_business_uses_is_no_use_by_another(reader):
    own = section("収納課")
    business = registered_activity(own).activity
    registered_file(own, name="収納ファイル", activities=[business], recipients="")
    for kind, pk in (("activity", business.pk), ("department", own.pk)):
        assert figures(reader, kind, pk, FILES_ON) == {"own-files": 1}
        assert impact.report(reader, impact.subject(reader, kind, pk, FILES_ON), FILES_ON).total == 0


def test_a_business_without_a_registration_on_that_day_uses_no_file(reader):
    own = section("収納課")
    held = registered_activity(own).activity
    ended = registered_activity(own, number_as_printed="0701-77", name="終わった業務")
    file = registered_file(own, name="収納ファイル", activities=[held, ended.activity], recipients="")
    assert figures(reader, "file", file.file_id, FILES_ON) == {"file-businesses": 2}
    assert figures(reader, "activity", held.pk, FILES_ON) == {"files": 1}
    abolish_activity(ended, on=FILES_ON, reason="業務の終了", actor=SYSTEM)
    assert figures(reader, "file", file.file_id, FILES_ON) == {"file-businesses": 1}
    assert figures(reader, "activity", held.pk, FILES_ON) == {"own-files": 1}


def test_the_link_says_the_thing_and_a_partner_exchanges(ward, sign_in, reader):
    client = sign_in(reader)
    page = client.get(reverse("view_impact", args=["activity", ward["providing"].pk]), {"as_of": "R4.3.31"})
    record = ward["use"].get_absolute_url()
    assert f'<a href="{record}">1309-14　児童生徒指導上の課題対応に関する業務</a>' in page.content.decode()
    page = client.get(reverse("view_impact", args=["partner", ward["linkage"].pk]), {"as_of": "R4.6.30"})
    text = page.content.decode()
    assert "株式会社NTTデータとやり取りしているもの</h2>" in text
    assert f'<a href="{ward["linkage"].get_absolute_url()}">1303-02' in text
