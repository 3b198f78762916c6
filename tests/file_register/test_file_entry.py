"""個人情報ファイル簿（単票）: the 18 headings in order, what is kept out, and the PDF."""

import io
import json
import re
from datetime import date

import pytest
from django.core.management import call_command
from django.urls import reverse

from file_register import sheets as file_entry
from file_register.models import PersonalFileVersion
from file_register.services import abolish_personal_file
from history.writing import SYSTEM
from organization.models import Role
from printing import output, sheets
from tests.file_register.factories import VALUES, file_draft, registered_file
from tests.organization.factories import person
from tests.printing.forms import LAYOUTS, fragment
from tests.printing.papers import text_of

pytestmark = pytest.mark.django_db
# domain §3.2: the standard form's items 1–12 with 8', then 13–18.
HEADINGS = [
    "個人情報ファイルの名称",
    "行政機関等の名称",
    "個人情報ファイルが利用に供される事務をつかさどる組織の名称",
    "個人情報ファイルの利用目的",
    "記録項目",
    "記録範囲",
    "記録情報の収集方法",
    "要配慮個人情報が含まれるときは、その旨",
    "条例要配慮個人情報が含まれるときは、その旨",
    "記録情報の経常的提供先",
    "開示請求等を受理する組織の名称及び所在地",
    "訂正及び利用停止に関する他の法令の規定による特別の手続等",
    "個人情報ファイルの種別",
    "行政機関等匿名加工情報の提案の募集をする個人情報ファイルである旨",
    "行政機関等匿名加工情報の提案を受ける組織の名称及び所在地",
    "行政機関等匿名加工情報の概要",
    "作成された行政機関等匿名加工情報に関する提案を受ける組織の名称及び所在地",
    "作成された行政機関等匿名加工情報に関する提案をすることができる期間",
    "備考",
]


def folded(text):
    return "".join(text.split())


def printed(version):
    sheet = sheets.get(file_entry.CODE)
    return folded(text_of(output.print_rows(sheet, [version], today=date(2026, 4, 1))))


def values_of(**changed):
    return file_entry.values(file_entry_version(**changed))


def file_entry_version(**changed):
    return PersonalFileVersion(**VALUES | changed)


def test_the_headings_stand_in_the_order_of_the_standard_form_on_screen_and_paper(layouts, department):
    html = fragment(file_entry.CODE, values_of())
    assert [folded(re.sub("<[^>]+>", "", cell)) for cell in re.findall(r"<th[^>]*>(.*?)</th>", html, re.S)] == HEADINGS
    paper = printed(registered_file(department))
    places = [paper.index(heading) for heading in HEADINGS[:1]]
    for heading in HEADINGS[1:]:
        places.append(paper.index(heading, places[-1] + 1))
    assert len(places) == 19


def test_every_item_is_printed_in_its_own_box():
    written = {name: f"〔{name}の内容〕" for name in file_entry.ROWS if isinstance(VALUES.get(name), str)}
    written.pop("kind")
    html = fragment(file_entry.CODE, values_of(**written))
    for name, text in written.items():
        assert re.search(rf'data-field="{name}"[^>]*><div class="text">{re.escape(text)}', html), name


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"kind": "computer", "has_manual_twin": True}, "☑法第60条第2項第1号 ☑有 □無 □法第60条第2項第2号"),
        ({"kind": "computer", "has_manual_twin": False}, "☑法第60条第2項第1号 □有 ☑無 □法第60条第2項第2号"),
        ({"kind": "manual", "has_manual_twin": True}, "□法第60条第2項第1号 □有 □無 ☑法第60条第2項第2号"),
        ({"kind": "", "has_manual_twin": None}, "□法第60条第2項第1号 □有 □無 □法第60条第2項第2号"),
    ],
)
def test_the_kind_and_the_manual_file_beside_it_are_ticked(values, expected):
    text = folded(re.sub("<[^>]+>", "", fragment(file_entry.CODE, values_of(**values))))
    at = [text.index(piece) for piece in expected.split()]
    assert at == sorted(at)


def test_what_paragraph_three_keeps_out_is_nowhere_on_the_published_sheet():
    hidden = {"items": "秘密の項目", "collection_method": "秘密の方法", "recipients": "秘密の提供先"}
    values = values_of(**hidden, withheld_parts=list(hidden), published_items="1氏名", withholding_reason="秘密の理由")
    html = fragment(file_entry.CODE, values)
    assert "秘密" not in html
    assert "1氏名" in html


def test_fits_on_one_page_and_is_listed_and_written_by_the_command(layouts, department, tmp_path):
    version = registered_file(department)
    listed = io.StringIO()
    call_command("print_sheet", "--list", file_entry.CODE, stdout=listed)
    name = f"{VALUES['section_name']} {VALUES['name']}"
    assert json.loads(listed.getvalue()) == [{"code": file_entry.CODE, "id": version.pk, "title": name}]
    out = tmp_path / "entry.pdf"
    call_command("print_sheet", file_entry.CODE, str(version.pk), "--out", str(out), stdout=listed)
    assert text_of(out.read_bytes()).count("\f") == 1


def test_a_version_from_before_the_law_prints_in_the_first_layout_if_it_lasted(layouts, department):
    lasting = registered_file(department, on=date(2020, 4, 1))
    assert "単票" in printed(lasting)
    ended = registered_file(department, on=date(2020, 4, 1))
    abolish_personal_file(ended, on=date(2023, 4, 1), reason="事業の終了", actor=SYSTEM)
    assert list(sheets.get(file_entry.CODE).queryset()) == [lasting]


def test_page_prints_it_for_all_staff_but_a_draft_for_its_department(layouts, department, sign_in):
    version, draft = registered_file(department), file_draft(department)
    stranger = sign_in(person(Role.CLERK))
    answer = stranger.get(reverse("print_file_entry", args=[version.pk]))
    assert (answer["Content-Type"], answer.content[:4]) == ("application/pdf", b"%PDF")
    assert stranger.get(reverse("print_file_entry", args=[draft.pk])).status_code == 404
    assert sign_in(person(Role.CLERK, department)).get(reverse("print_file_entry", args=[draft.pk])).status_code == 200


def test_page_asks_first_when_a_character_has_no_shape(layouts, department, sign_in):
    version = registered_file(department, remarks="\U0001f600")
    url = reverse("print_file_entry", args=[version.pk])
    client = sign_in(person(Role.CLERK, department))
    assert client.get(url).status_code == 422
    assert client.get(url, {"allow_missing": "1"}).content[:4] == b"%PDF"


def test_page_of_a_registration_that_ended_before_the_law_says_that_there_is_none(layouts, department, sign_in):
    version = registered_file(department, on=date(2020, 4, 1))
    version = abolish_personal_file(version, on=date(2023, 4, 1), reason="事業の終了", actor=SYSTEM)
    answer = sign_in(person(Role.CLERK, department)).get(reverse("print_file_entry", args=[version.pk]))
    assert "単票はありません" in answer.content.decode()


def test_the_layout_begins_with_the_law():
    assert LAYOUTS[file_entry.CODE]["valid_from"] == file_entry.FIRST_DAY == date(2023, 4, 1)
