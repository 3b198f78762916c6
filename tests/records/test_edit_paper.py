"""資料の手続: what is typed is kept as it prints, rows follow the text, and nobody writes over another."""

import pytest
from django.core.exceptions import ValidationError

from history.errors import StaleEdit
from history.writing import SYSTEM
from organization.models import Role
from organization.rules import NotPermitted
from records.models import MeasureKind, Paper, PaperAttachment, PaperSection
from records.services import drafting, paper_parts, papers, steps
from records.services.authorship import others_wrote
from records.services.locks import StaleStep, file_version, require_version
from records.services.paper_parts import Answer
from records.services.papers import PaperEntry
from tests.organization.factories import person
from tests.records.factories import carry_on, draft, section, token
from tests.records.paper_factories import TEXTS, layout, paper_draft, texts_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("layouts")]


def clerk_of(paper):
    return person(Role.CLERK, paper.proposal.department)


def edited(paper, actor=SYSTEM, lock=None, **entry):
    given = PaperEntry(**{"title": paper.title, **entry})
    return papers.edit_paper(paper, layout=layout(paper.layout_code), entry=given, lock=lock or paper.lock, actor=actor)


def measures_of(paper):
    return [(row.side, row.number, row.wording) for row in paper.measures.in_use()]


def test_a_new_paper_begins_with_what_the_layout_and_the_file_know():
    proposal = draft()
    paper = papers.create_paper(proposal, layout=layout(), token=token(), actor=clerk_of(paper_draft(proposal)))
    texts = texts_of(paper)
    assert paper.title == proposal.title
    assert texts["department"].endswith("収納課")
    assert "練馬区情報セキュリティポリシーを順守し" in texts["protection"]


def test_a_double_click_creates_one_paper():
    proposal, same = draft(), token()
    first, second = (papers.create_paper(proposal, layout=layout(), token=same, actor=SYSTEM) for _ in range(2))
    assert first == second
    assert Paper.objects.count() == 1


def test_what_is_pasted_is_kept_as_it_prints():
    paper = edited(paper_draft(), texts={"outline": "　・\t一\r\n•\t二 \n<script>alert(1)</script>"})
    assert texts_of(paper)["outline"] == "・ 一\n・二\n<script>alert(1)</script>"


def test_saving_writes_only_what_changed():
    paper = paper_draft()
    before = PaperSection.history.count(), Paper.history.count()
    edited(paper, texts=TEXTS)
    assert (PaperSection.history.count(), Paper.history.count()) == before
    edited(paper, texts=TEXTS | {"start": "令和4年7月"})
    assert (PaperSection.history.count(), Paper.history.count()) == (before[0] + 1, before[1] + 1)


def test_measures_are_read_from_the_text_with_side_number_and_kind():
    paper = paper_draft()
    assert measures_of(paper) == [("ward", "(1)", "専用回線で接続する。"), ("partner", "(1)", "操作ログを取得する。")]
    assert [row.category for row in paper.measures.in_use()] == [MeasureKind.ROUTE, MeasureKind.LOG]


def test_a_measure_keeps_the_kind_that_a_person_gave_it_when_it_moves():
    paper = paper_draft()
    first = paper.measures.in_use().first()
    paper = edited(paper, texts=TEXTS, categories={first.pk: MeasureKind.CONTRACT})
    text = TEXTS["protection"].replace("(1) 専用回線", "(1) 鍵を掛ける。\n(2) 専用回線", 1)
    edited(paper, texts={"protection": text})
    kept = paper.measures.in_use().get(wording="専用回線で接続する。")
    assert (kept.pk, kept.number, kept.category) == (first.pk, "(2)", MeasureKind.CONTRACT)


def test_a_measure_taken_out_of_the_text_stays_in_the_trail():
    paper = edited(paper_draft(), texts={"protection": "【区が講じる保護措置】"})
    assert measures_of(paper) == []
    assert paper.measures.count() == 2


def test_an_attachment_of_another_paper_is_named_and_not_kept_twice():
    department = section("税務課")
    first = paper_draft(draft(department=department), texts={"attachments": "・特記事項\n・仕様書"})
    second = paper_draft(
        draft(department=department),
        texts={"attachments": "・記録票（案）\n※以下資料は、諮問第９号の資料と同一のため省略する。\n・特記事項"},
    )
    shared = second.attachments.in_use().get(is_omitted=True)
    assert shared.attachment.papers.in_use().count() == 2
    assert shared.attachment.proposal == first.proposal
    assert second.attachments.in_use().count() == 2


def test_a_file_of_another_department_lends_no_attachment():
    paper_draft(texts={"attachments": "・特記事項"})
    other = paper_draft(draft(department=section("税務課")), texts={"attachments": "※同一のため省略する。\n・特記事項"})
    assert other.attachments.in_use().get().attachment.proposal == other.proposal


def test_a_copy_shows_what_differs_from_the_paper_it_began_with():
    old = paper_draft()
    copy = papers.create_paper(draft(), layout=layout(), copy_of=old, token=token(), actor=SYSTEM)
    assert (copy.marks_changes, copy.title) == (True, old.title)
    assert texts_of(copy) == texts_of(old)
    assert dict(copy.sections.values_list("key", "baseline_text")) == texts_of(old)


def test_a_stale_edit_is_refused():
    paper = paper_draft()
    edited(paper, texts={"start": "令和4年7月"})
    with pytest.raises(StaleEdit):
        edited(paper, texts={"start": "令和4年8月"}, lock=paper.lock)


@pytest.mark.parametrize("status", ["awaiting_head", "submitted", "accepted", "decided", "withdrawn"])
def test_a_paper_that_has_left_the_department_is_not_written(status):
    paper = paper_draft()
    steps_to(paper, status)
    with pytest.raises(NotPermitted):
        edited(paper, actor=clerk_of(paper), texts={"start": "令和5年"})


def steps_to(paper, status):
    if status == "withdrawn":
        steps.withdraw_proposal(paper.proposal, reason="中止", actor=clerk_of(paper))
    elif status in ("accepted", "decided"):
        carry_on(paper.proposal, status)
    else:
        proposal = steps.request_approval(paper.proposal, actor=SYSTEM)
        if status == "submitted":
            steps.approve_proposal(proposal, actor=SYSTEM)


@pytest.mark.parametrize(
    "write",
    [
        lambda paper, actor: papers.create_paper(paper.proposal, layout=layout(), token=token(), actor=actor),
        lambda paper, actor: edited(paper, actor=actor),
        lambda paper, actor: papers.remove_paper(paper, actor=actor),
    ],
)
def test_other_departments_write_nothing(write):
    paper = paper_draft()
    with pytest.raises(NotPermitted):
        write(paper, person(Role.CLERK))


def test_nothing_remains_of_an_edit_whose_trail_cannot_be_written(history_breaks):
    paper = paper_draft()
    with history_breaks(after=2):
        edited(paper, texts={"start": "令和5年", "partner": "別の会社"})
    assert texts_of(paper)["start"] == TEXTS["start"]


def test_a_step_is_refused_when_a_paper_changed_meanwhile():
    paper = paper_draft()
    version = file_version(paper.proposal)
    edited(paper, texts={"start": "令和5年"})
    with pytest.raises(StaleStep):
        require_version(paper.proposal, version)


def test_a_head_submits_directly_only_what_nobody_else_wrote_a_paper_into():
    department = section("収納課")
    head, clerk = person(Role.HEAD, department), person(Role.CLERK, department)
    proposal = drafting.create_proposal(title="案件", department=department, token=token(), actor=head)
    assert not others_wrote(proposal, head.writer_ids_today)
    papers.create_paper(proposal, layout=layout(), token=token(), actor=clerk)
    assert others_wrote(proposal, head.writer_ids_today)


def test_checklist_answers_are_kept_and_unknown_items_refused():
    paper = paper_draft(code="paper-linkage-sheet", texts={})
    checklist = paper.checklists.get()
    listed = layout(checklist.layout_code)
    given = {"i1": Answer("yes", "LGWANを使う"), "i2": Answer()}
    checklist = paper_parts.edit_checklist(checklist, layout=listed, answers=given, lock=0, actor=SYSTEM)
    assert [(row.item, row.answer, row.note) for row in checklist.answers.all()] == [("i1", "yes", "LGWANを使う")]
    with pytest.raises(ValidationError):
        paper_parts.edit_checklist(checklist, layout=listed, answers={"x": Answer("yes")}, lock=1, actor=SYSTEM)
    with pytest.raises(StaleEdit):
        paper_parts.edit_checklist(checklist, layout=listed, answers={}, lock=0, actor=SYSTEM)


def test_an_attachment_too_long_or_saved_meanwhile_is_refused():
    attachment = paper_draft().attachments.first().attachment
    kept = paper_parts.edit_attachment(attachment, text="図", is_third_party=True, lock=0, actor=SYSTEM)
    assert (kept.text, kept.is_third_party, kept.lock) == ("図", True, 1)
    with pytest.raises(StaleEdit):
        paper_parts.edit_attachment(attachment, text="別", is_third_party=True, lock=0, actor=SYSTEM)


def with_content(paper, name, text="図の説明"):
    row = paper.attachments.in_use().get(attachment__name=name)
    paper_parts.edit_attachment(row.attachment, text=text, is_third_party=False, lock=0, actor=SYSTEM)
    return row


def reworded(paper, lines):
    paper = Paper.objects.get(pk=paper.pk)
    entry = PaperEntry(title=paper.title, texts=texts_of(paper) | {"attachments": lines})
    return papers.edit_paper(paper, layout=layout(), entry=entry, lock=paper.lock, actor=SYSTEM)


def contents(paper):
    rows = paper.attachments.in_use().order_by("position").select_related("attachment")
    return [(row.attachment.name, row.attachment.text) for row in rows]


def test_a_line_that_is_reworded_keeps_what_is_attached_to_it():
    paper = paper_draft(texts={"attachments": "・システム構成図\n・仕様書"})
    with_content(paper, "システム構成図")
    reworded(paper, "・仕様書\n・システム構成図（案）")
    assert contents(paper) == [("仕様書", ""), ("システム構成図（案）", "図の説明")]
    reworded(paper, "・仕様書\n・まったく別の書類")
    assert contents(paper) == [("仕様書", ""), ("まったく別の書類", "")]


def test_a_reworded_line_leaves_the_attachment_of_another_paper_as_it_is():
    first = paper_draft(texts={"attachments": "・システム構成図"})
    with_content(first, "システム構成図")
    copy = papers.create_paper(draft(), layout=layout(), copy_of=first, token=token(), actor=SYSTEM)
    shared = first.attachments.in_use().get().attachment
    PaperAttachment(paper=copy, attachment=shared, position=1).save_as(SYSTEM, action="create_paper")
    reworded(copy, "・システム構成図（変更後）")
    assert contents(first) == [("システム構成図", "図の説明")]
    assert contents(copy) == [("システム構成図（変更後）", "図の説明")]


def test_what_a_copied_paper_shares_can_be_made_its_own_and_then_be_changed():
    first = paper_draft(texts={"attachments": "・仕様書"})
    with_content(first, "仕様書", "平成24年度の仕様書")
    copy = papers.create_paper(draft(), layout=layout(), copy_of=first, token=token(), actor=SYSTEM)
    row = PaperAttachment(paper=copy, attachment=first.attachments.in_use().get().attachment, position=1)
    row.save_as(SYSTEM, action="create_paper")
    own = paper_parts.own_attachment(row, actor=SYSTEM)
    paper_parts.edit_attachment(own, text="令和8年度の仕様書", is_third_party=False, lock=own.lock, actor=SYSTEM)
    assert contents(first) == [("仕様書", "平成24年度の仕様書")]
    assert contents(copy) == [("仕様書", "令和8年度の仕様書")]
    assert paper_parts.own_attachment(copy.attachments.in_use().get(), actor=SYSTEM) == own
