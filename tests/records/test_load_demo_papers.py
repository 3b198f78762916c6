"""見本の区の資料: the papers of the sources through the services, as rows and as prints."""

import pytest
from django.core.management import call_command

from organization import demo
from records.demo import load_ward
from records.models import Attachment, Checklist, Paper, ProtectiveMeasure
from tests.printing.papers import fold, text_of
from tests.records.papers import NERIMA, SHINJUKU
from tests.records.test_source_papers import expected

pytestmark = pytest.mark.django_db
WARDS = {"nerima": NERIMA, "shinjuku": SHINJUKU}


def title_of(item):
    return "\n".join(item["title"])


@pytest.mark.parametrize("ward", demo.WARDS)
def test_every_paper_prints_through_the_command_what_its_source_says(ward, tmp_path):
    load_ward(ward)
    papers = list(Paper.objects.order_by("pk"))
    keys = {(item["layout"], title_of(item)): key for key, item in WARDS[ward].items()}
    assert len(papers) == len(keys)
    for paper in papers:
        out = tmp_path / "paper.pdf"
        call_command("print_sheet", "paper", str(paper.pk), out=out)
        assert fold(text_of(out.read_bytes())) == expected(keys[paper.layout_code, paper.title])
        assert "出典：" in paper.source_note
    if ward == "nerima":
        the_rows_say_what_the_texts_say()
    else:
        the_checklists_are_marked_as_samples(tmp_path)


def the_rows_say_what_the_texts_say():
    collection = ProtectiveMeasure.objects.filter(paper__title__contains="国民健康保険料")
    by_side = [(row.side, row.number) for row in collection]
    assert by_side == [*(("ward", f"({n})") for n in range(1, 5)), *(("partner", f"({n})") for n in range(1, 6))]
    nursery = ProtectiveMeasure.objects.filter(paper__title__startswith="認可保育所")
    assert [row.side for row in nursery] == ["ward"] * 2 + ["partner"] * 4
    assert {row.number for row in nursery} == {""}
    special = Attachment.objects.get(name="個人情報の保護および管理に関する特記事項")
    assert [row.is_omitted for row in special.papers.order_by("pk")] == [False, True]
    policies = Attachment.objects.filter(is_third_party=True)
    assert policies.count() == 5
    assert all(policy.text for policy in policies)


def the_checklists_are_marked_as_samples(tmp_path):
    assert Checklist.objects.count() == 3
    out = tmp_path / "checklist.pdf"
    call_command("print_sheet", "checklist", str(Checklist.objects.first().pk), out=out)
    assert "見本データ" in fold(text_of(out.read_bytes()))
