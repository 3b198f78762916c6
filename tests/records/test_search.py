"""案件と記録票の検索: found by number, other side and words, by those who may see them, and written with the rows."""

import pytest
from django.core.management import call_command
from django.urls import reverse

from history.writing import SYSTEM
from home.bench.timing import statements
from organization.models import Role
from records.kinds import KINDS, LINKAGE, OUT_OF_PURPOSE, OUTSOURCING, PROVISION
from records.services import drafting, papers, steps
from records.services.papers import PaperEntry
from search import queries
from search.models import SearchDocument
from tests.file_register.factories import registered_file
from tests.organization.factories import DepartmentFactory, UserFactory, person
from tests.records.cast import NOBODY, OTHERS, OWN, REASON, somebody
from tests.records.factories import (
    FOR_COUNCIL,
    carry_on,
    change_of,
    decided,
    draft,
    proposal_in,
    submitted,
    the_record,
)
from tests.records.paper_factories import TEXTS, layout, paper_draft
from tests.registry.factories import registered_activity

pytestmark = pytest.mark.django_db
SECRET = "秘密語句"
ALL = list(KINDS.values())
SEE = {
    "draft": {*OWN, "情報公開課", "監査"},
    "awaiting_head": {*OWN, "情報公開課", "監査"},
    "submitted": {*OWN, "情報公開課", "監査"},
}


def found(text, user=SYSTEM, kinds=None):
    """(kind, identity or version) of what is found, without the files that carry them."""
    kinds = kinds or list(KINDS)
    return [(hit.kind, hit.version or hit.identity) for hit in queries.find(text, actor=user, kinds=kinds).hits]


def in_force(kind, **values):
    return the_record(decided(kind, **(FOR_COUNCIL if kind.has_grounds else {}) | values))


WORDS = {
    LINKAGE: ["預金調査", "NTTデータ", "江東区豊洲", "口座の有無", "特別区民税", "収納課長", "諮問第5号"],
    OUT_OF_PURPOSE: ["児童生徒指導", "調査の対象者", "指導に関する", "区立中学校", "教育支援センター所長"],
    OUTSOURCING: ["軽自動車税事務等委託", "申告書等", "民間事業者", "窓口の利便性", "特記事項"],
    PROVISION: ["見守り協議会", "見守りに関する", "目的のほかに", "高齢社会対策課長"],
}


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.code)
def test_a_record_in_force_is_found_by_its_number_its_other_side_and_its_words(kind):
    registered_activity(number_as_printed="1309-14")
    record = in_force(kind, activity_number="1309-14")
    key = getattr(record, f"{kind.identity}_id")
    for text in (*WORDS[kind], "1309-14", "（１３０９－１４）"):
        assert found(text) == [(kind.code, key)], text


def test_rows_are_words_too():
    rows = [{"name": "見本データ株式会社", "work": "入力", "permitted_on": ""}]
    record = in_force(OUTSOURCING, subcontracts=rows)
    assert found("見本データ株式会社") == [("outsourcing", record.outsourcing_id)]


def test_an_old_version_is_found_and_what_holds_is_shown(client):
    record = in_force(LINKAGE, partner_name="旧データ株式会社")
    changed = change_of(record, changed_on="令和5年4月1日", partner_name="新データ株式会社")
    carry_on(changed, "decided")
    assert found("旧データ") == [("linkage", record.linkage_id)]
    client.force_login(person(Role.CLERK))
    (result,) = client.get(reverse("search"), {"q": "旧データ"}).context["results"]
    assert (result.shown.title, result.shown.state_words) == (
        "特別区民税・都民税に関する業務（新データ株式会社）",
        "有効",
    )
    assert result.shown.url == reverse("view_linkageversion", args=[the_record(changed).pk])
    assert (result.passages[0].is_former, result.kind) == (True, "電算結合")


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.code)
@pytest.mark.parametrize("status", ["draft", "awaiting_head", "submitted"])
def test_what_is_under_way_is_found_by_those_who_see_the_file(kind, status):
    proposal = proposal_in(status, kind, purpose=SECRET)
    record = the_record(proposal)
    for who in (*OWN, *OTHERS, NOBODY):
        user = somebody(who, proposal.department)
        sees = who in SEE[status]
        assert found(SECRET, user) == ([(kind.code, record.pk)] if sees else []), who
    assert found(SECRET, None) == []


def test_the_providing_department_finds_it_from_the_submission_on():
    early, late = (proposal_in(status, OUT_OF_PURPOSE, purpose=SECRET) for status in ("draft", "submitted"))
    providers = [person(Role.CLERK, the_record(one).providing_department) for one in (early, late)]
    assert [len(found(SECRET, user)) for user in providers] == [0, 1]


def test_what_is_decided_all_staff_find_and_a_change_under_way_only_its_own():
    record = in_force(LINKAGE)
    change = change_of(record, changed_on="令和5年4月1日", purpose=SECRET)
    stranger, clerk = person(Role.CLERK), person(Role.CLERK, record.proposal.department)
    assert found("預金調査", stranger) == [("linkage", record.linkage_id)]
    assert found(SECRET, stranger) == []
    assert found(SECRET, clerk) == [("linkage", the_record(change).pk)]
    assert found("預金調査", UserFactory()) == []


def test_a_sheet_taken_out_or_withdrawn_is_no_longer_found_and_its_file_is():
    proposal = draft(LINKAGE, purpose=SECRET)
    drafting.remove_record(the_record(proposal), actor=person(Role.CLERK, proposal.department))
    assert found(SECRET) == []
    gone = submitted(LINKAGE, purpose=SECRET)
    steps.withdraw_proposal(gone, reason=REASON, actor=person(Role.OFFICE))
    assert found(SECRET) == []
    assert len(found("収納課の案件", kinds=["proposal"])) == 2


def test_a_number_that_comes_later_is_followed():
    activity = registered_activity(number_as_printed="").activity
    record = in_force(LINKAGE, activity=activity)
    assert found("0701-02") == []
    activity.number = "0701-02"
    activity.save_as(SYSTEM, action="load_demo")
    assert found("0701-02") == [("linkage", record.linkage_id)]


def test_renaming_a_department_is_followed():
    record = in_force(LINKAGE, department_name="課")
    department = record.proposal.department
    department.name = "改名後の課"
    department.save_as(SYSTEM, action="edit_organization")
    assert found("改名後の課") == [("linkage", record.linkage_id)]
    assert found("改名後の課", kinds=["proposal"]) == [("proposal", record.proposal_id)]


@pytest.mark.usefixtures("layouts")
def test_a_file_is_found_by_its_title_its_department_and_the_words_of_its_papers():
    paper = paper_draft(texts={**TEXTS, "outline": f"{SECRET}を送る。"})
    proposal = paper.proposal
    for text in ("収納課の案件", SECRET, "電子計算組織の結合について"):
        assert ("proposal", proposal.pk) in found(text, kinds=["proposal"]), text
    entry = PaperEntry(texts={"outline": "別の文"})
    paper = papers.edit_paper(paper, layout=layout(), entry=entry, lock=paper.lock, actor=SYSTEM)
    assert found(SECRET, kinds=["proposal"]) == []
    assert found("別の文", person(Role.CLERK), ["proposal"]) == []
    assert found("別の文", person(Role.CLERK, proposal.department), ["proposal"]) == [("proposal", proposal.pk)]
    papers.remove_paper(paper, actor=person(Role.CLERK, proposal.department))
    assert found("別の文", kinds=["proposal"]) == []


def test_the_first_words_of_a_paper_are_found_before_anybody_saves_it(layouts):
    proposal = draft()
    papers.create_paper(proposal, layout=layout(), token=proposal.token, actor=SYSTEM)
    assert found("電算結合記録票（案）", kinds=["proposal"]) == [("proposal", proposal.pk)]


def test_one_page_shows_hits_of_all_kinds_within_eight_statements(client, layouts):
    department = DepartmentFactory(name="収納課")
    registered_activity(department, name="税の共通語")
    registered_file(department, name="税の共通語ファイル")
    for kind in ALL:
        in_force(kind, activity_name="税の共通語に関する業務")
        draft(kind, department=department, purpose="税の共通語のため")
    proposal = draft(department=department)
    clerk = person(Role.CLERK, department)
    drafting.edit_proposal(proposal, title="税の共通語の案件", lock=proposal.lock, actor=clerk)
    client.force_login(clerk)
    address = f"{reverse('search')}?q=共通語"
    shown = client.get(address).context["results"]
    assert {result.kind for result in shown} == {
        "業務登録", "個人情報ファイル", "電算結合", "目的外利用", "外部委託", "外部提供", "案件",
    }  # fmt: skip
    assert len(shown) == 11
    assert {result.shown.state for result in shown} == {"in_force", "draft", "ended"}
    for result in shown:
        assert client.get(result.shown.url).status_code == 200
    assert statements(lambda: client.get(address)) <= 8


def test_rebuilding_writes_the_same(layouts):
    for kind in ALL:
        in_force(kind)
        draft(kind)
    paper_draft()
    steps.withdraw_proposal(submitted(), reason=REASON, actor=person(Role.OFFICE))
    before = list(SearchDocument.objects.order_by("pk").values())
    assert {row["kind"] for row in before} == {*KINDS, "proposal"}
    SearchDocument.objects.all().delete()
    call_command("rebuild_search", verbosity=0)
    assert list(SearchDocument.objects.order_by("pk").values()) == before
