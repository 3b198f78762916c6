"""正誤: an obvious slip is mended without a new 諮問, seen as such, and disturbs no mark of the next 変更."""

import pytest
from django.urls import reverse

from history.writing import SYSTEM
from home.bench.forms import form_data
from organization.models import Role
from organization.rules import NotPermitted
from printing import sheets
from records.kinds import KINDS, LINKAGE, OUTSOURCING
from records.models import Paper, PaperSection, ProtectiveMeasure
from records.papers.composing import compose
from records.papers.sheets import paper_values
from records.services import papers, steps
from records.services.amending import correct_record
from records.services.errata import NotASlip, NothingToCorrect, merged
from records.services.paper_errata import correct_paper
from tests.organization.factories import person
from tests.records.cast import REASON, all_but, somebody, states_but
from tests.records.factories import FOR_COUNCIL, SUBMITTED_ON, carry_on, change_of, decided, draft, the_record, token
from tests.records.paper_factories import TEXTS, layout, paper_draft, texts_of
from tests.registry.factories import registered_activity

pytestmark = pytest.mark.django_db
EVIDENCE = "令和4年2月1日の会議録15ページ"
GROUND = {"issued_by": "", "number": "", "dated": "", "subject": "通知", "article": "", "force": ""}
# For each kind, boxes that identify and boxes that say what the council was asked.
TICKS = {"grounds", "kinds", "use_forms"}
ASKED = {"items", "provided_items", "received_items", "partner_name", "grounds", "kinds", "purpose", "linked_on"}
ASKED |= {"period_from", "period_to", "continues_from", "applied_on", "ground_law", "subcontracts", "volume", "work"}


def mend(record, *, actor=None, evidence="", **values):
    actor = actor or person(Role.OFFICE)
    return correct_record(record, values=values, reason=REASON, evidence=evidence, lock=record.lock, actor=actor)


@pytest.mark.parametrize("kind", list(KINDS.values()), ids=list(KINDS))
def test_what_the_council_was_asked_is_no_slip_of_any_kind(kind):
    assert kind.slips <= set(kind.editable)
    assert not kind.slips & ASKED
    assert {"activity_number", "responsible"} <= kind.slips


@pytest.mark.parametrize(
    "values",
    [
        {"provided_items": "氏名、住所、電話番号"},
        {"partner_name": "別の会社"},
        {"linked_on": "令和4年7月1日"},
        {"purpose": "別の目的"},
        {"ground_documents": [GROUND]},
    ],
)  # fmt: skip
def test_items_partner_period_and_basis_need_the_document_that_shows_the_decision(values, nothing_is_written):
    record, office = the_record(decided()), person(Role.OFFICE)
    with nothing_is_written(NotASlip) as refusal:
        mend(record, actor=office, responsible="収納課長", **values)
    (name,) = values
    assert refusal.value.labels == [str(record._meta.get_field(name).verbose_name)]
    assert (
        mend(record, actor=office, evidence=EVIDENCE, **values)
        .history.latest()
        .history_change_reason.endswith(f"（決定の内容を示す文書：{EVIDENCE}）")
    )


def test_a_number_that_leads_to_another_business_is_no_slip(nothing_is_written):
    proposal, office = decided(), person(Role.OFFICE)
    for number in ("1309-14", "1309-15"):
        registered_activity(department=proposal.department, number_as_printed=number)
    first = mend(the_record(proposal), actor=office, activity_number="1309-14")
    with nothing_is_written(NotASlip):
        mend(first, actor=office, activity_number="1309-15")


def test_a_correction_of_nothing_is_refused_also_when_a_browser_sends_its_own_line_ends(nothing_is_written):
    record, office = the_record(decided(provided_items="氏名\n住所")), person(Role.OFFICE)
    with nothing_is_written(NothingToCorrect):
        mend(record, actor=office, provided_items="氏名\r\n住所")


def test_a_change_under_way_loses_the_slip_too_and_marks_only_what_changes(layouts):
    record = the_record(decided(OUTSOURCING, responsible="税無課長"))
    change = change_of(record, continues_from="令和5年4月", items="住所、氏名、生年月日、性別", partner_name="別の会社")
    mend(record, responsible="税務課長")
    mend(the_record(record.proposal), partner_name="民間の事業者", evidence=EVIDENCE)
    copy = the_record(change)
    assert (copy.responsible, copy.partner_name, copy.items) == ("税務課長", "別の会社", "住所、氏名、生年月日、性別")
    assert copy.history.latest().action == "carry_correction"
    sheet = sheets.get(OUTSOURCING.sheet_code)
    layout_ = sheets.layout_for(sheet, copy, today=record.valid_from)
    shown = sheets.render_fragment(sheet, sheet.values(copy), layout_, sheet.values(the_record(record.proposal)))
    assert "税務課長" in shown
    assert 'chg">税' not in shown


def test_the_page_lists_what_was_wrong_what_is_right_why_when_and_by_whom(client, layouts):
    record = the_record(decided())
    office = person(Role.OFFICE, name="公開 花子")
    mend(record, actor=office, responsible="区民部収納課長（正）")
    client.force_login(person(Role.AUDITOR))
    (erratum,) = client.get(record.get_absolute_url()).context["errata"]
    assert (erratum.field, erratum.wrong, erratum.right) == (
        "個人情報保護管理責任者", "区民部収納課長", "区民部収納課長（正）",
    )  # fmt: skip
    assert (erratum.reason, erratum.who.endswith("公開 花子")) == (REASON, True)
    assert "正誤（決定後の訂正）" in client.get(reverse("proposal_history", args=[record.proposal_id])).text


def test_the_page_keeps_what_was_typed_and_says_what_is_no_slip(client, layouts):
    record = the_record(decided())
    client.force_login(person(Role.OFFICE))
    address = reverse("correct_record", args=[LINKAGE, record.pk])
    form = client.get(address).context["form"]
    typed = {name: form[name].value() or "" for name in form.fields if name not in {"onward_partners", "flow_steps"}}
    typed |= {"ground_documents": [], "provided_items": "氏名、住所、電話番号", "reason": "書き誤り"}
    answer = client.post(address, typed)
    assert (answer.status_code, "氏名、住所、電話番号" in answer.text) == (422, True)
    assert "「提供する管理個人情報」は、審議会に諮った内容です" in answer.text
    assert client.post(address, typed | {"evidence": EVIDENCE}).status_code == 303


# --- 資料


@pytest.fixture
def paper(layouts):
    """A paper of a decided file."""
    proposal = draft()
    paper = paper_draft(proposal)
    carry_on(proposal, "decided")
    paper.refresh_from_db()
    return paper


def mend_paper(paper, *, actor=None, evidence="", **texts):
    title = texts.pop("title", None)
    return correct_paper(
        paper, layout=layout(paper.layout_code), texts=texts, title=title, reason=REASON, evidence=evidence,
        lock=paper.lock, actor=actor or person(Role.OFFICE),
    )  # fmt: skip


def copy_of(paper, **texts):
    """A paper under way that began as a copy of this one, with other words under some headings."""
    copy = papers.create_paper(draft(), layout=layout(), token=token(), actor=SYSTEM, copy_of=paper)
    entry = papers.PaperEntry(title=copy.title, texts=texts, marks_changes=True)
    return papers.edit_paper(copy, layout=layout(), entry=entry, lock=copy.lock, actor=SYSTEM)


def changed_sections(paper):
    return [section.key for section in compose(paper_values(paper), layout().as_mapping()).sections if section.changed]


def test_a_paper_loses_an_obvious_slip_and_shows_no_mark(paper):
    before = compose(paper_values(paper), layout().as_mapping())
    mend_paper(paper, department="区民部　収納課（正）", title="預金照会に係る\n電子計算組織の結合について（正）")
    paper.refresh_from_db()
    assert texts_of(paper)["department"] == "区民部　収納課（正）"
    after = compose(paper_values(paper), layout().as_mapping())
    assert [section.changed for section in after.sections] == [section.changed for section in before.sections]


def test_what_a_paper_asked_the_council_needs_the_document_and_its_measures_follow(paper):
    right = TEXTS["protection"].replace("操作ログを取得する", "操作の記録を取得する")
    office = person(Role.OFFICE)
    with pytest.raises(NotASlip, match="個人情報の保護"):
        mend_paper(paper, actor=office, protection=right)
    mend_paper(paper, actor=office, protection=right, evidence=EVIDENCE)
    wordings = ProtectiveMeasure.objects.filter(paper=paper, is_removed=False).values_list("wording", flat=True)
    assert [words for words in wordings if "操作" in words] == ["操作の記録を取得する。"]


def test_the_lines_of_what_is_attached_are_not_corrected_here(paper):
    with pytest.raises(NothingToCorrect):
        mend_paper(paper, attachments="・別の図", evidence=EVIDENCE)


@pytest.mark.parametrize("who", all_but("情報公開課"))
def test_a_paper_is_corrected_by_nobody_else(paper, who):
    with pytest.raises(NotPermitted):
        mend_paper(paper, actor=somebody(who, paper.proposal.department), department="税務課")


@pytest.mark.parametrize("status", states_but("decided", "reported", "notified"))
def test_a_paper_is_corrected_after_the_decision_alone(layouts, status):
    proposal = draft()
    paper = paper_draft(proposal)
    move_to(proposal, status)
    paper.refresh_from_db()
    with pytest.raises(NotPermitted):
        mend_paper(paper, department="税務課")


def move_to(proposal, status):
    if status == "withdrawn":
        steps.withdraw_proposal(proposal, reason=REASON, actor=person(Role.CLERK, proposal.department))
    if status in {"awaiting_head", "submitted", "accepted"}:
        proposal = steps.request_approval(proposal, actor=SYSTEM)
    if status in {"submitted", "accepted"}:
        proposal = steps.approve_proposal(proposal, actor=SYSTEM, on=SUBMITTED_ON)
    if status == "accepted":
        carry_on(proposal, "accepted")


def test_a_copy_under_way_gets_the_right_words_and_marks_what_it_marked_before(paper):
    copy = copy_of(paper, partner="別の会社", protection=TEXTS["protection"].replace("専用回線", "閉域網"))
    assert changed_sections(copy) == ["partner", "protection"]
    right = TEXTS["protection"].replace("操作ログを取得する", "操作の記録を取得する")
    corrected = mend_paper(paper, protection=right, items="【区が送信する項目】\n氏名、現住所", evidence=EVIDENCE)
    assert corrected.left == []
    copy.refresh_from_db()
    assert texts_of(copy)["items"].endswith("氏名、現住所")
    assert "閉域網で接続する" in texts_of(copy)["protection"]
    assert "操作の記録を取得する" in texts_of(copy)["protection"]
    assert changed_sections(Paper.objects.get(pk=copy.pk)) == ["partner", "protection"]
    measures = ProtectiveMeasure.objects.filter(paper=copy, is_removed=False).values_list("wording", flat=True)
    assert "操作の記録を取得する。" in measures


def test_a_copy_rewritten_just_there_is_left_alone_and_named(paper):
    copy = copy_of(paper, start="令和5年4月")
    before = {section.key: (section.text, section.baseline_text) for section in copy.sections.all()}
    corrected = mend_paper(paper, start="令和4年6月1日", evidence=EVIDENCE)
    assert corrected.left == [copy]
    copy = Paper.objects.get(pk=copy.pk)
    assert {section.key: (section.text, section.baseline_text) for section in copy.sections.all()} == before


@pytest.mark.parametrize(
    ("text", "wrong", "right", "expected"),
    [
        ("あ\nい\nう", "あ\nい\nう", "あ\nイ\nう", "あ\nイ\nう"),
        ("あ\nい\nえ", "あ\nい\nう", "あ\nイ\nう", "あ\nイ\nえ"),
        ("あ\nう", "あ\nい\nう", "あ\nイ\nう", None),
        ("い\nい", "い", "イ", None),
        ("あ\nう", "あ\nい", "あ\nか\nい", "あ\nか\nう"),
        ("い\n末", "い", "頭\nい", "頭\nい\n末"),
        ("あ\nい\n末", "あ\nい", "あ", "あ\n末"),
    ],
)
def test_a_slip_is_carried_into_other_words_line_by_line(text, wrong, right, expected):
    assert merged(text, wrong, right) == expected


def test_the_pages_correct_a_paper_and_list_it(client, paper):
    client.force_login(person(Role.OFFICE))
    address = reverse("correct_paper", args=[paper.pk])
    assert address in client.get(paper.get_absolute_url()).text
    form = client.get(address).context["form"]
    assert "text_attachments" not in form.fields
    typed = {name: form[name].value() or "" for name in form.fields}
    changed = {"text_items": "【区が送信する項目】\r\n氏名、現住所", "reason": "書き誤り"}
    refused = client.post(address, typed | changed)
    assert (refused.status_code, "氏名、現住所" in refused.text) == (422, True)
    assert client.post(address, typed | changed | {"evidence": EVIDENCE}).status_code == 303
    (erratum,) = client.get(paper.get_absolute_url()).context["errata"]
    assert (erratum.field, erratum.wrong, erratum.right) == (
        "システム内で管理する個人情報", "氏名、住所", "氏名、現住所",
    )  # fmt: skip
    stale = client.post(address, typed | changed | {"evidence": EVIDENCE})
    assert (stale.status_code, "氏名、現住所" in stale.text) == (422, True)
    assert PaperSection.objects.get(paper=paper, key="items").history.latest().action == "correct_paper"


@pytest.mark.parametrize("kind", list(KINDS.values()), ids=list(KINDS))
def test_a_form_sent_back_as_it_was_opened_corrects_nothing(client, layouts, kind):
    values = FOR_COUNCIL if kind.has_grounds else {}
    record = the_record(decided(kind, ground_documents=[GROUND], **values))
    client.force_login(person(Role.OFFICE))
    opened = form_data(record) | {"reason": "書き誤り"}
    rows = {
        name: value
        for name, value in opened.items()
        if isinstance(getattr(record, name, None), list) and name not in TICKS
    }
    typed = {name: value for name, value in opened.items() if name not in rows}
    for name, lines in rows.items():
        typed |= {f"{name}.{cell}": [line[cell] for line in lines] for line in lines[:1] for cell in line}
    answer = client.post(reverse("correct_record", args=[kind, record.pk]), typed)
    assert (answer.status_code, "直したところがありません" in answer.text) == (422, True)
