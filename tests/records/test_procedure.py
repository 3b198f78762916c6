"""案件の歩み as a machine: whatever anybody tries in whatever order, file, sheets and validity stay in step."""

from datetime import date

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from history.errors import DomainError
from organization.models import Role, User
from records.kinds import KINDS, kind_of
from records.models import Paper, Proposal
from records.services import amending, drafting, papers, scheduling, settling, steps, undoing
from records.services.papers import PaperEntry
from records.states import SETTLED, UNDECIDED, WAITING, Route, Status
from tests.organization.factories import person
from tests.records.cast import REASON
from tests.records.factories import COUNCIL_DATE, FOR_COUNCIL, SUBMITTED_ON, VALUES, add_sheet, draft, section, token
from tests.records.paper_factories import layout, paper_draft, texts_of

# What may follow upon what (architecture §1); "draft" after itself is an edit.
FOLLOWS = {
    "draft": {"draft", "awaiting_head", "submitted", "withdrawn"},
    "awaiting_head": {"awaiting_head", "submitted", "draft", "withdrawn"},
    "submitted": {"submitted", "accepted", "notified", "draft", "withdrawn"},
    "accepted": {"accepted", "scheduled", "decided", "reported", "rejected", "withdrawn"},
    "scheduled": {"scheduled", "accepted", "decided", "reported", "rejected", "withdrawn"},
    # A decision that was entered wrongly is taken back to where the file waited.
    "decided": {"decided", "accepted", "scheduled"},
    "reported": {"reported", "accepted", "scheduled"},
    "rejected": {"rejected", "accepted", "scheduled"},
    # A route that was taken by mistake.
    "notified": {"notified", "submitted"},
    "withdrawn": {"withdrawn"},
}
SETTLED_BY = {"decided": Route.CONSULTATION, "reported": Route.REPORT, "notified": Route.NOTIFICATION}
UNDER_THE_ACT = date(2023, 4, 3)
ACTORS = ["clerk", "head", "provider", "office", "stranger"]
CHANGED = {
    "linkage": {"changed_on": "令和5年4月1日"},
    "out-of-purpose": {
        "applied_on": "令和4年2月1日", "period_from": "令和4年2月1日", "period_to": "令和4年3月31日",
    },
    "outsourcing": {"continues_from": "令和5年4月"},
    "provision": {"period_from": "令和4年5月1日", "period_to": "令和5年3月31日"},
}  # fmt: skip


def steps_of_a_file(proposal, actor):
    """Every step that somebody may try on a file."""
    return {
        "request_approval": lambda: steps.request_approval(proposal, actor=actor),
        "approve": lambda: steps.approve_proposal(proposal, actor=actor, on=SUBMITTED_ON),
        # Filed under the Act, a linkage and an outsourcing are notified: nothing more comes after the acceptance.
        "approve under the Act": lambda: steps.approve_proposal(proposal, actor=actor, on=UNDER_THE_ACT),
        "submit": lambda: steps.submit_proposal(proposal, actor=actor, on=SUBMITTED_ON),
        "send_back": lambda: steps.send_back_proposal(proposal, reason=REASON, actor=actor),
        "return": lambda: steps.return_proposal(proposal, reason=REASON, actor=actor),
        "accept": lambda: settling.accept_proposal(proposal, actor=actor),
        "decide": lambda: settling.decide_proposal(
            proposal, council_date=COUNCIL_DATE, consultation_number="5", actor=actor
        ),
        "report": lambda: settling.report_proposal(proposal, on=COUNCIL_DATE, actor=actor),
        "schedule": lambda: scheduling.schedule_proposal(proposal, actor=actor),
        "unschedule": lambda: scheduling.unschedule_proposal(proposal, actor=actor),
        "reject": lambda: settling.reject_proposal(
            proposal, council_date=COUNCIL_DATE, consultation_number="5", reason=REASON, actor=actor
        ),
        "undo": lambda: undoing.undo_decision(proposal, reason=REASON, actor=actor),
        "withdraw": lambda: steps.withdraw_proposal(proposal, reason=REASON, actor=actor),
    }


STEPS = list(steps_of_a_file(None, None))


class Procedure(RuleBasedStateMachine):
    """One department's files, and everybody who has a hand in them."""

    def __init__(self):
        super().__init__()
        self.before = transaction.savepoint()

    def teardown(self):
        """Each example starts from an empty database."""
        transaction.savepoint_rollback(self.before)

    @initialize(kinds=st.lists(st.sampled_from(sorted(KINDS)), min_size=1, max_size=2), by_council=st.booleans())
    def begin(self, kinds, by_council):
        """A draft of one or two complete sheets, with a paper."""
        self.provider = section("区立中学校")

        def extra(code):
            given = {"providing_department": self.provider} if code == "out-of-purpose" else {}
            return given | (FOR_COUNCIL if by_council and KINDS[code].has_grounds else {})

        first, *more = kinds
        self.proposal = draft(KINDS[first], **extra(first))
        for code in more:
            add_sheet(self.proposal, KINDS[code], **extra(code))
        self.said = {paper_draft(self.proposal).pk: None}
        department = self.proposal.department
        people = {
            "clerk": person(Role.CLERK, department),
            "head": person(Role.HEAD, department),
            "provider": person(Role.CLERK, self.provider),
            "office": person(Role.OFFICE),
            "stranger": person(Role.CLERK),
        }
        self.people = {name: user.pk for name, user in people.items()}
        self.files = [self.proposal.pk]
        self.known = {self.proposal.pk: "draft"}

    def actor(self, who):
        return User.objects.get(pk=self.people[who])

    def file(self, which):
        return Proposal.objects.get(pk=self.files[which % len(self.files)])

    def attempt(self, step):
        """A refusal for people, or the step; anything else is a fault."""
        try:
            step()
        except DomainError:
            return False
        return True

    @rule(which=st.integers(0, 3), who=st.sampled_from(ACTORS), step=st.sampled_from(STEPS))
    def try_a_step(self, which, who, step):
        proposal = self.file(which)
        self.attempt(steps_of_a_file(proposal, self.actor(who))[step])

    @rule(which=st.integers(0, 3), right=st.booleans(), late=st.booleans())
    def carry_forward(self, which, right, late):
        """The step that is due, so that the machine also gets to the end."""
        proposal = self.file(which)
        approve = "approve under the Act" if late else "approve"
        due = {"draft": ("clerk", "request_approval"), "awaiting_head": ("head", approve),
               "submitted": ("office", "accept"), "accepted": ("office", "schedule" if late else "decide"),
               "scheduled": ("office", "decide" if right else "report")}  # fmt: skip
        if proposal.status in due:
            who, step = due[proposal.status]
            self.attempt(steps_of_a_file(proposal, self.actor(who))[step])

    @rule(which=st.integers(0, 3), who=st.sampled_from(ACTORS), route=st.sampled_from(list(Route)))
    def the_office_takes_it_by_a_route(self, which, who, route):
        proposal = self.file(which)
        for use in proposal.outofpurposeuseversions.all():
            self.attempt(lambda use=use: steps.confirm_provision(use, actor=self.actor("provider")))
        routes = dict.fromkeys(proposal.records(), route)
        self.attempt(lambda: settling.accept_proposal(proposal, actor=self.actor(who), routes=routes))

    @rule(which=st.integers(0, 3), who=st.sampled_from(ACTORS), remove=st.booleans())
    def somebody_writes_a_paper(self, which, who, remove):
        for paper in self.file(which).papers.in_use():
            actor, entry = self.actor(who), PaperEntry(title="標題", texts={"outline": f"{paper.lock + 1}回目の文"})
            if remove:
                self.attempt(lambda paper=paper, actor=actor: papers.remove_paper(paper, actor=actor))
            else:
                self.attempt(
                    lambda paper=paper, actor=actor, entry=entry: papers.edit_paper(
                        paper, layout=layout(), entry=entry, lock=paper.lock, actor=actor
                    )
                )

    @rule(which=st.integers(0, 3), who=st.sampled_from(ACTORS))
    def somebody_adds_a_paper(self, which, who):
        proposal = self.file(which)
        if proposal.papers.count() < 3:
            self.attempt(lambda: papers.create_paper(proposal, layout=layout(), token=token(), actor=self.actor(who)))

    @rule(which=st.integers(0, 3), who=st.sampled_from(ACTORS), agree=st.booleans())
    def the_provider_answers(self, which, who, agree):
        for use in self.file(which).outofpurposeuseversions.all():
            if agree:
                self.attempt(lambda use=use: steps.confirm_provision(use, actor=self.actor(who)))
            else:
                self.attempt(lambda use=use: steps.object_to_provision(use, reason=REASON, actor=self.actor(who)))

    @rule(which=st.integers(0, 3), who=st.sampled_from(ACTORS))
    def somebody_edits(self, which, who):
        for record in self.file(which).records():
            code = next(code for code, kind in KINDS.items() if isinstance(record, kind.model))
            purpose = {"purpose": VALUES[code]["purpose"] + "（訂正）"}
            self.attempt(
                lambda r=record, v=purpose: drafting.edit_record(r, values=v, lock=r.lock, actor=self.actor(who))
            )

    @rule(which=st.integers(0, 3), who=st.sampled_from(ACTORS))
    def somebody_removes_the_first_sheet(self, which, who):
        for record in self.file(which).records()[:1]:
            self.attempt(lambda record=record: drafting.remove_record(record, actor=self.actor(who)))

    @rule(which=st.integers(0, 3), who=st.sampled_from(["clerk", "office"]))
    def somebody_begins_a_change(self, which, who):
        if len(self.files) >= 4:
            return
        for record in self.file(which).records():
            code = next(code for code, kind in KINDS.items() if isinstance(record, kind.model))
            try:
                change = amending.revise_record(
                    record, title="変更", reason=REASON, token=token(), actor=self.actor(who)
                )
            except DomainError:
                continue
            (version,) = change.records()
            drafting.edit_record(version, values=CHANGED[code], lock=version.lock, actor=self.actor("clerk"))
            self.files.append(change.pk)
            self.known[change.pk] = "draft"

    @rule(which=st.integers(0, 3), who=st.sampled_from(ACTORS))
    def somebody_corrects(self, which, who):
        for record in self.file(which).records():
            values = {"responsible": "訂正した責任者"}
            self.attempt(
                lambda r=record, v=values: amending.correct_record(
                    r, values=v, reason=REASON, lock=r.lock, actor=self.actor(who)
                )
            )

    @invariant()
    def every_state_follows_from_the_last(self):
        for pk, before in getattr(self, "known", {}).items():
            now = Proposal.objects.get(pk=pk).status
            assert now in FOLLOWS[before]
            self.known[pk] = now

    @invariant()
    def the_sheets_are_where_their_file_is(self):
        for pk in getattr(self, "files", []):
            proposal = Proposal.objects.get(pk=pk)
            states = {record.status for record in proposal.records()}
            if proposal.status in WAITING:
                assert states <= {proposal.status, *SETTLED, Status.REJECTED}
                assert proposal.status in states
            elif proposal.status in SETTLED:
                assert states <= {*SETTLED, Status.REJECTED}
                assert (Status.DECIDED in states) == (proposal.status == Status.DECIDED)
            else:
                assert states <= {proposal.status}

    @invariant()
    def only_what_was_decided_or_accepted_by_report_is_in_force(self):
        for kind in KINDS.values():
            for record in kind.model.objects.filter(valid_from__isnull=False):
                by_report = record.status in WAITING and record.route == Route.REPORT
                assert record.status in SETTLED or by_report
            for record in kind.model.objects.filter(status__in=SETTLED):
                assert record.valid_from is not None

    @invariant()
    def a_record_has_one_undecided_version_and_one_in_force_on_any_day(self):
        for kind in KINDS.values():
            for identity in kind.identity_model.objects.all():
                versions = identity.versions.all()
                assert versions.filter(status__in=UNDECIDED, valid_from__isnull=True).count() <= 1
                for day in (date(2022, 1, 1), date(2022, 3, 1), date(2022, 7, 1), date(2023, 4, 1)):
                    assert versions.as_of(day).count() <= 1

    @invariant()
    def every_row_is_one_that_the_tables_allow_and_says_how_it_was_settled(self):
        for pk in getattr(self, "files", []):
            proposal = Proposal.objects.get(pk=pk)
            proposal.full_clean()
            for record in proposal.records():
                record.full_clean()
                change = kind_of(record).change_bracket if record.is_change else None
                number = getattr(record, change[1] if change else "consultation_number")
                if record.status in SETTLED:
                    assert SETTLED_BY[record.status] == record.route
                    assert (number != "") == (record.route == Route.CONSULTATION)
                    assert (record.reported_on is not None) == (record.status == Status.REPORTED)
                else:
                    assert (number != "") == (record.status == Status.REJECTED)
                    assert record.reported_on is None

    @invariant()
    def what_a_paper_said_when_it_left_its_department_it_says_until_it_comes_back(self):
        for paper in Paper.objects.filter(proposal__in=getattr(self, "files", [])):
            now = (paper.title, paper.is_removed, paper.lock, texts_of(paper))
            before = self.said.get(paper.pk)
            if paper.proposal.status != Status.DRAFT:
                assert before in (None, now)
                self.said[paper.pk] = now
            else:
                self.said[paper.pk] = None

    @invariant()
    def every_write_is_in_the_trail(self):
        for pk in getattr(self, "files", []):
            proposal = Proposal.objects.get(pk=pk)
            latest = proposal.history.latest("history_id")
            assert (latest.status, latest.form_date) == (proposal.status, proposal.form_date)


@pytest.mark.django_db
@pytest.mark.usefixtures("layouts")
def test_whatever_is_tried_in_whatever_order_file_sheets_validity_and_trail_stay_in_step():
    run_state_machine_as_test(
        Procedure,
        settings=settings(max_examples=25, stateful_step_count=25, suppress_health_check=list(HealthCheck)),
    )
