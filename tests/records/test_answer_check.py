"""点検への答え: 「該当なし」 with a reason, kept with who and when, flagged when its text changes, printed nowhere."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from history.errors import StaleEdit
from history.writing import SYSTEM
from organization.models import Role
from organization.rules import NotPermitted
from printing import output, sheets
from records.checks.running import check_file
from records.models import CheckAnswer
from records.services import checks, drafting, papers, steps
from records.services.authorship import others_wrote
from records.services.locks import StaleStep, file_version, require_version
from records.services.papers import PaperEntry
from tests.organization.factories import person
from tests.printing.papers import text_of
from tests.records.cast import all_but, somebody, states_but
from tests.records.factories import SUBMITTED_ON, awaiting_head, draft, proposal_in, section, the_record
from tests.records.paper_factories import TEXTS, layout, paper_draft

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("layouts")]
WHY = "相手方が件数を公表していないため"


def answer(proposal, actor=None, *, rule="K5", reason=WHY, lock=0):
    actor = actor or person(Role.CLERK, proposal.department)
    return checks.answer_check(proposal, rule=rule, reason=reason, lock=lock, actor=actor)


def of_rule(proposal, code="K5"):
    (one,) = [one for one in check_file(proposal).results if one.rule.code == code]
    return one


def write(paper, **texts):
    given = PaperEntry(title=paper.title, texts=texts)
    return papers.edit_paper(
        papers.lock_paper(paper), layout=layout(), entry=given, lock=papers.lock_paper(paper).lock, actor=SYSTEM
    )


@pytest.mark.parametrize("role", [Role.CLERK, Role.HEAD])
def test_keeps_the_reason_with_who_and_when(role):
    proposal = draft()
    somebody_own = person(role, proposal.department)
    given = answer(proposal, somebody_own)
    assert (given.reason, given.answered_by, given.rule) == (WHY, somebody_own, "K5")
    line = given.history.latest()
    assert (line.action, line.history_user_id, line.reason) == ("answer_check", somebody_own.pk, WHY)
    one = of_rule(proposal)
    assert (one.is_answered, one.is_open, one.changed_after) == (True, False, False)


def test_belongs_to_its_file_and_its_rule_alone():
    proposal, other = draft(), draft()
    answer(proposal)
    assert of_rule(other).is_open
    assert of_rule(proposal, "K2").is_open


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_needs_a_reason(reason, nothing_is_written):
    proposal = draft()
    with nothing_is_written(ValidationError):
        answer(proposal, reason=reason)
    assert not CheckAnswer.objects.exists()


@pytest.mark.parametrize("rule", ["F1", "F2", "F3", "F4"])
def test_what_keeps_a_file_back_is_not_answered_away(rule):
    with pytest.raises(checks.NotAnswerable, match="記載を直してください"):
        answer(draft(purpose=""), rule=rule)
    assert not CheckAnswer.objects.exists()


def test_the_head_answers_also_while_the_file_waits_for_approval():
    proposal = awaiting_head()
    answer(proposal, person(Role.HEAD, proposal.department))
    assert of_rule(proposal).is_answered


@pytest.mark.parametrize("status", states_but("draft"))
def test_a_clerk_answers_in_the_draft_alone(status):
    proposal = proposal_in(status)
    with pytest.raises(NotPermitted):
        answer(proposal)
    assert not CheckAnswer.objects.exists()


@pytest.mark.parametrize("who", all_but("担当", "課長"))
def test_is_denied_to_everybody_else(who):
    proposal = draft()
    with pytest.raises(NotPermitted):
        answer(proposal, somebody(who, proposal.department))
    assert not CheckAnswer.objects.exists()


def test_writes_nothing_when_the_history_cannot_be_written(history_breaks):
    proposal = draft()
    clerk = person(Role.CLERK, proposal.department)
    with history_breaks(after=1):
        answer(proposal, clerk)
    assert not CheckAnswer.objects.exists()


def test_a_second_answer_takes_the_place_of_the_first_which_the_trail_keeps():
    proposal = draft()
    first = answer(proposal)
    answer(proposal, lock=first.lock, reason="概数も分からないため")
    assert [row.reason for row in CheckAnswer.history.order_by("history_id")] == [WHY, "概数も分からないため"]
    assert CheckAnswer.objects.get().reason == "概数も分からないため"


def test_nobody_writes_over_an_answer_that_they_have_not_seen():
    proposal = draft()
    answer(proposal)
    with pytest.raises(StaleEdit):
        answer(proposal, lock=0, reason="別の理由")
    assert CheckAnswer.objects.get().reason == WHY


def test_an_answer_taken_back_leaves_the_warning_open_and_can_be_given_again():
    proposal = draft()
    clerk = person(Role.CLERK, proposal.department)
    given = answer(proposal, clerk)
    with pytest.raises(StaleEdit):
        checks.take_back_answer(proposal, rule="K5", lock=given.lock + 1, actor=clerk)
    given = checks.take_back_answer(proposal, rule="K5", lock=given.lock, actor=clerk)
    assert of_rule(proposal).is_open
    assert given.history.latest().action == "take_back_answer"
    answer(proposal, clerk, lock=of_rule(proposal).lock)
    assert of_rule(proposal).is_answered


def test_nothing_that_was_never_given_is_taken_back():
    proposal = draft()
    with pytest.raises(StaleEdit):
        checks.take_back_answer(proposal, rule="K5", lock=0, actor=person(Role.CLERK, proposal.department))


def test_an_answer_is_flagged_when_the_text_that_it_is_about_changes():
    paper = paper_draft()
    proposal = paper.proposal
    answer(proposal, rule="K2")
    write(paper, **TEXTS | {"current": "調査票を持参している。", "start": "令和4年7月"})
    assert not of_rule(proposal, "K2").changed_after  # not about the measures
    write(paper, **TEXTS | {"protection": f"{TEXTS['protection']}  "})
    assert not of_rule(proposal, "K2").changed_after  # blanks say nothing
    write(paper, **TEXTS | {"protection": f"{TEXTS['protection']}\n(2) 監視カメラを置く。"})
    one = of_rule(proposal, "K2")
    assert (one.is_answered, one.changed_after) == (True, True)
    answer(proposal, rule="K2", lock=one.lock, reason="あらためて確かめた。")
    assert not of_rule(proposal, "K2").changed_after


def test_an_answer_to_what_the_text_tells_now_is_kept_as_settled():
    paper = paper_draft()
    answer(paper.proposal)
    write(paper, **TEXTS | {"outline": "対象は約300人である。"})
    checked = check_file(paper.proposal)
    assert [one.rule.code for one in checked.settled] == ["K5"]
    assert "K5" not in {one.rule.code for one in checked.found}


def test_warnings_and_their_answers_keep_no_file_back():
    proposal = draft()
    assert check_file(proposal).open
    proposal = steps.request_approval(proposal, actor=SYSTEM)
    assert steps.approve_proposal(proposal, actor=SYSTEM, on=SUBMITTED_ON).status == "submitted"


def test_an_answer_is_part_of_the_file():
    """A step on an older page is refused, and a head cannot submit as his own what somebody else answered."""
    proposal = draft()
    version, head = file_version(proposal), person(Role.HEAD, proposal.department)
    answer(proposal)
    with pytest.raises(StaleStep):
        require_version(proposal, version)
    assert others_wrote(proposal, [head.pk])


def test_an_answer_is_printed_on_no_sheet_and_stands_in_the_history(client):
    paper = paper_draft()
    proposal = paper.proposal
    answer(proposal)
    for code, row in (("paper", paper), ("linkage-record", the_record(proposal))):
        assert WHY not in text_of(output.print_one(sheets.get(code), row, SUBMITTED_ON, True))
    client.force_login(person(Role.OFFICE))
    page = client.get(reverse("proposal_history", args=[proposal.pk])).text
    assert "点検への答え（該当なし）" in page
    assert "点検「人数・件数」への答え" in page


def test_another_department_has_its_own_answers():
    proposal = draft(department=section("税務課"))
    with pytest.raises(NotPermitted):
        answer(proposal, person(Role.CLERK, section("収納課")))
    assert drafting.Proposal.objects.filter(check_answers__isnull=False).count() == 0
