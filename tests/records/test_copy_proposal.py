"""前回の案件から: records and papers of an earlier file as a new draft, without what belongs to its procedure."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from history.errors import ReasonRequired
from organization.models import Role
from organization.rules import NotPermitted
from records.kinds import KINDS, LINKAGE, OUT_OF_PURPOSE, OUTSOURCING, PROVISION
from records.models import Attachment, Confirmation, Paper, Proposal
from records.services import copying
from records.services.copying import NothingToChange
from records.services.drafting import remove_record
from records.services.errors import ChangeUnderWay
from records.states import Status
from tests.organization.factories import person
from tests.records.cast import REASON, all_but, somebody
from tests.records.factories import (
    FOR_COUNCIL,
    add_sheet,
    carry_on,
    draft,
    proposal_in,
    section,
    token,
)
from tests.records.paper_factories import paper_draft, texts_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("layouts")]
OPEN_END = {"period_from": "", "period_to": "", "continues_from": "令和4年4月1日"}


@pytest.fixture
def earlier():
    """A decided file with a record of each kind, all in force, and a paper."""
    proposal = draft(LINKAGE, linked_on="令和4年4月1日")
    add_sheet(proposal, OUTSOURCING, contract_number="契約第5号", contract_from="令和4年4月1日")
    add_sheet(proposal, OUT_OF_PURPOSE, **FOR_COUNCIL | OPEN_END)
    add_sheet(proposal, PROVISION, grounds=["council"], **OPEN_END)
    paper_draft(proposal)
    return carry_on(proposal, Status.DECIDED)


def call(proposal, actor=None, **changed):
    actor = actor or person(Role.CLERK, proposal.department)
    given = {"title": "ことしの案件", "department": proposal.department, "as_change": False, "token": token()}
    return copying.copy_proposal(proposal, actor=actor, **given | changed)


def test_new_records_hold_the_words_of_the_old_ones_and_none_of_their_days_numbers_or_contract(earlier):
    old, new = earlier.records(), call(earlier).records()
    assert [type(record) for record in new] == [type(record) for record in old]
    for before, after in zip(old, new, strict=True):
        kind = next(kind for kind in KINDS.values() if isinstance(after, kind.model))
        assert getattr(after, f"{kind.identity}_id") != getattr(before, f"{kind.identity}_id")
        assert (after.purpose, after.responsible, after.activity_name) == (
            before.purpose,
            before.responsible,
            before.activity_name,
        )
        assert (after.replaces, after.status, after.valid_from, after.consultation_number) == (None, "draft", None, "")
        assert after.council_date.is_blank
    linkage, use, outsourcing, provision = sorted(new, key=lambda record: list(KINDS).index(_code(record)))
    assert linkage.linked_on.is_blank
    assert (use.continues_from.is_blank, use.confirmation) == (True, Confirmation.PENDING)
    assert (outsourcing.contract_number, outsourcing.contract_from.is_blank) == ("", True)
    assert provision.partner_name == "見守り協議会"


def _code(record):
    return next(kind.code for kind in KINDS.values() if isinstance(record, kind.model))


def test_the_new_file_is_a_draft_of_its_writer_and_says_from_where_it_comes(earlier):
    clerk = person(Role.CLERK, earlier.department)
    copy = call(earlier, clerk)
    assert (copy.status, copy.form_date, copy.written_by, copy.return_reason) == ("draft", None, clerk, "")
    assert copy.source_note == f"写しもと：{earlier.title}"


def test_papers_bring_their_texts_and_measures_and_refer_to_the_same_attachments(earlier):
    (old,) = earlier.papers.in_use()
    (new,) = call(earlier).papers.in_use()
    assert (new.title, new.copied_from, new.marks_changes) == (old.title, old, False)
    assert texts_of(new) == texts_of(old)
    wordings = [[measure.wording for measure in paper.measures.in_use()] for paper in (old, new)]
    assert wordings[0] == wordings[1] != []
    attached = [[row.attachment for row in paper.attachments.in_use()] for paper in (old, new)]
    assert attached[0] == attached[1] != []
    assert Attachment.objects.count() == len(attached[0])


def test_as_a_change_what_is_in_force_gets_a_new_version_and_the_paper_shows_what_changes(earlier):
    copy = call(earlier, as_change=True, reason=REASON)
    assert [record.replaces for record in copy.records()] == earlier.records()
    assert {record.in_force(date(2022, 6, 1)) for record in earlier.records()} == {True}
    (paper,) = copy.papers.in_use()
    assert paper.marks_changes
    with pytest.raises(ChangeUnderWay):
        call(earlier, as_change=True, reason=REASON)


def test_as_a_change_an_ended_record_becomes_a_new_one():
    proposal = draft(OUT_OF_PURPOSE, **FOR_COUNCIL | OPEN_END)
    add_sheet(proposal, PROVISION, grounds=["council"])
    proposal = carry_on(proposal, Status.DECIDED)
    use, provision = call(proposal, as_change=True, reason=REASON).records()
    assert (use.is_change, provision.is_change) == (True, False)


def test_as_a_change_without_anything_in_force_is_refused(nothing_is_written):
    proposal = proposal_in(Status.DECIDED, PROVISION)
    clerk = person(Role.CLERK, proposal.department)
    with nothing_is_written(NothingToChange):
        call(proposal, clerk, as_change=True, reason=REASON)


def test_a_change_needs_a_reason(earlier, nothing_is_written):
    clerk = person(Role.CLERK, earlier.department)
    with nothing_is_written(ReasonRequired):
        call(earlier, clerk, as_change=True)


def test_sheets_taken_out_are_left_behind():
    proposal = draft(LINKAGE)
    clerk = person(Role.CLERK, proposal.department)
    remove_record(add_sheet(proposal, OUTSOURCING), actor=clerk)
    assert [type(record) for record in call(proposal, clerk).records()] == [LINKAGE.model]


def test_the_same_token_gives_the_first_copy_back(earlier):
    clerk, key = person(Role.CLERK, earlier.department), token()
    assert call(earlier, clerk, token=key) == call(earlier, clerk, token=key)
    assert (Proposal.objects.count(), Paper.objects.count()) == (2, 2)


@pytest.mark.parametrize("status", list(Status))
def test_works_from_every_state(status):
    proposal = proposal_in(status)
    assert call(proposal).status == "draft"


@pytest.mark.parametrize("who", all_but("担当", "課長"))
def test_is_denied_to_everybody_else(who, earlier, nothing_is_written):
    actor = somebody(who, earlier.department)
    with nothing_is_written(NotPermitted):
        call(earlier, actor)


def test_a_clerk_copies_into_no_department_but_their_own(earlier, nothing_is_written):
    clerk, other = person(Role.CLERK, earlier.department), section("別の課")
    with nothing_is_written(NotPermitted):
        call(earlier, clerk, department=other)


def test_copies_all_or_nothing(earlier, history_breaks):
    clerk = person(Role.CLERK, earlier.department)
    with history_breaks(after=8):
        call(earlier, clerk)


def test_the_page_says_what_is_copied_and_keeps_what_was_typed(earlier):
    client = Client()
    client.force_login(person(Role.CLERK, earlier.department))
    url = reverse("copy_proposal", args=[earlier.pk])
    for name, arguments in (("create_proposal", []), ("view_proposal", [earlier.pk])):
        assert url in client.get(reverse(name, args=arguments)).content.decode()
    page = client.get(url).content.decode()
    for words in ("記録票 4枚の内容", "添付資料（ファイルは写さず", "審議会の日付、諮問番号、決定、報告"):
        assert words in page
    data = {"title": "残る件名", "department": earlier.department.pk, "as_change": "change", "token": token()}
    refused = client.post(url, data)
    assert refused.status_code == 422
    assert "変更の理由を入力してください" in refused.content.decode()
    assert "残る件名" in refused.content.decode()
    done = client.post(url, data | {"reason": REASON})
    assert done.status_code == 303
    assert "下書きをつくりました" in client.get(done.headers["Location"]).content.decode()


def test_the_office_which_writes_no_files_is_offered_no_copy(earlier):
    client = Client()
    client.force_login(person(Role.OFFICE))
    assert "写して新しい案件をつくる" not in client.get(reverse("view_proposal", args=[earlier.pk])).content.decode()
    assert client.get(reverse("copy_proposal", args=[earlier.pk])).status_code == 403
