"""状況調査 for tests: records in force in 令和4年度, and the survey that asks about them."""

from datetime import date
from typing import Any

from history.writing import SYSTEM
from organization.models import Department, Role, User
from records.kinds import OUT_OF_PURPOSE, PROVISION, RecordKind
from records.models import Survey, SurveyPolicy, SurveyRow, SurveySheet
from records.services import answering, surveying
from records.services.answering import Answer
from records.states import Status
from tests.organization.factories import person
from tests.records.factories import UNDER_THE_ACT, accepted_under_the_act, carry_on, draft, section, submitted, token

YEAR = 2022
OPENED_ON = date(2023, 4, 3)
DUE_ON = date(2023, 5, 8)
LAW = {
    "grounds": ["law"],
    "ground_law": "児童福祉法",
    "criterion_article": None,
    "criterion_type": None,
    "applied_on": "",
}
IN_THE_YEAR = {"period_from": "令和4年4月1日", "period_to": "令和5年3月31日"}
CONSENT = LAW | {"grounds": ["consent"], "ground_law": ""}


def record_in_force(kind: RecordKind = OUT_OF_PURPOSE, **values: Any) -> Any:
    """A use or provision in force through 令和4年度, by 法令 unless `values` say otherwise."""
    law = LAW if kind is OUT_OF_PURPOSE else {"grounds": LAW["grounds"], "ground_law": LAW["ground_law"]}
    proposal = carry_on(submitted(kind, **law | IN_THE_YEAR | values), Status.REPORTED)
    (record,) = proposal.records()
    return record


def late_record(department: Department, **values: Any) -> Any:
    """A use of `department` that is accepted after the survey of 令和4年度 began, and in force since its last days."""
    period = {"period_from": "令和5年3月30日", "period_to": "令和6年3月31日"}
    values = UNDER_THE_ACT["out-of-purpose"] | LAW | period | {"activity_name": "あとからの業務"} | values
    proposal = accepted_under_the_act(draft(OUT_OF_PURPOSE, department=department, **values))
    (record,) = proposal.records()
    return record


def policy(percent: int = 50) -> SurveyPolicy:
    """From which jump a reason is asked."""
    row = SurveyPolicy(jump_percent=percent, basis="要綱")
    row.full_clean()
    return row.save_as(SYSTEM, action="edit_reference")


def opened(year: int = YEAR, *, on: date = OPENED_ON, due_on: date = DUE_ON) -> Survey:
    """A survey under way."""
    return surveying.open_survey(year=year, due_on=due_on, token=token(), actor=SYSTEM, on=on)


def survey_of_one(**values: Any) -> tuple[SurveySheet, SurveyRow, User]:
    """A survey about one use: its sheet, its row and a clerk of the department."""
    record = record_in_force(**values)
    sheet = opened().sheets.get()
    return sheet, sheet.rows.get(), person(Role.CLERK, record.proposal.department)


def two_kinds(department: Department | None = None, mark: str = "") -> Department:
    """収納課 with a use, a provision, and one of each by consent; `mark` tells their businesses from others."""
    department = department or section("収納課")
    for kind in (OUT_OF_PURPOSE, PROVISION):
        consent = CONSENT if kind is OUT_OF_PURPOSE else {"grounds": ["consent"], "ground_law": ""}
        record_in_force(kind, department=department, activity_name=f"{kind.short}の業務{mark}")
        record_in_force(kind, department=department, activity_name=f"同意の{kind.short}の業務{mark}", **consent)
    return department


def answer(row: SurveyRow, **given: Any) -> Answer:
    """What stands in the row, but for `given`."""
    values = {name: getattr(row, name) for name in answering.ANSWERED} | {"lock": row.lock}
    return Answer(**values | given)


def answered(sheet: SurveySheet, actor: Any = SYSTEM, **given: Any) -> SurveySheet:
    """The sheet with the same answer in each row that must have one."""
    rows = sheet.rows.filter(in_scope=True, by_consent=False)
    answering.answer_survey(
        sheet, answers={row.pk: answer(row, **{"persons": 10} | given) for row in rows}, actor=actor
    )
    return SurveySheet.objects.get(pk=sheet.pk)


def submitted_sheet(sheet: SurveySheet, **given: Any) -> SurveySheet:
    """Answered and 提出済."""
    return answering.submit_survey(answered(sheet, **given), actor=SYSTEM, on=DUE_ON)
