"""見本の状況調査: the two totals of 令和3年度 stand in a source, their split into rows in none.

So the uses and provisions that the split needs are made here and marked as sample data, as every answer is; together
they give the totals of the source (domain §1.10).
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone

from history.writing import SYSTEM
from notices.models import Notice
from notices.services import read_notice
from organization.demo import SAMPLE
from organization.models import Department
from records.kinds import KINDS, OUT_OF_PURPOSE, kind_of
from records.models import SurveyPolicy, SurveySheet
from records.services import answering, drafting, settling, steps, surveying
from records.services.answering import Answer
from registry.demo import MARK
from registry.models import ActivityVersion

Token = Callable[[str, Mapping[str, Any]], UUID]


def load_survey(samples: Mapping[str, Any], departments: Mapping[str, Department], token: Token) -> None:
    """The survey of a demo ward with the records that it asks about, through the same services as everybody's."""
    item = samples.get("survey")
    if item is None:
        return
    for file in item["files"]:
        _load_file(file, item, departments, token)
    policy = SurveyPolicy(**item["policy"])
    policy.full_clean()
    policy.save_as(SYSTEM, action="edit_reference")
    survey = surveying.open_survey(
        year=item["fiscal_year"],
        due_on=date.fromisoformat(item["due_on"]),
        token=token("survey", {"key": str(item["fiscal_year"])}),
        actor=SYSTEM,
        on=date.fromisoformat(item["opened_on"]),
        source_note=item["note"],
    )
    for sheet in survey.sheets.all():
        _answer(sheet, item)
    surveying.close_survey(survey, actor=SYSTEM, on=date.fromisoformat(item["closed_on"]))
    for notice in Notice.objects.all():  # of a survey that has long been over
        read_notice(notice, actor=notice.user, at=timezone.now())


def _load_file(
    file: Mapping[str, Any], item: Mapping[str, Any], departments: Mapping[str, Department], token: Token
) -> None:
    department = departments[file["department"]]
    proposal = drafting.create_proposal(
        title=f"{MARK}{department.name}の目的外利用・外部提供",
        department=department,
        token=token("survey-file", file),
        actor=SYSTEM,
        source_note=f"{SAMPLE}：件名をふくむすべての項目。状況調査の内訳のためにつくったもの",
    )
    for number, record in enumerate(file["records"]):
        kind = KINDS[record["kind"]]
        (sheet,) = drafting.add_records(
            proposal,
            kind=kind,
            activities=[_business(record["activity"])],
            token=token("survey-record", {"key": f"{file['key']}-{number}"}),
            actor=SYSTEM,
        )
        values = _values(record, item, departments) | {"department_name": sheet.department_name}
        drafting.edit_record(sheet, values=values, lock=sheet.lock, actor=SYSTEM)
    steps.request_approval(proposal, actor=SYSTEM)
    steps.approve_proposal(proposal, actor=SYSTEM, on=date.fromisoformat(item["form_date"]))
    for record in proposal.records():
        if kind_of(record) is OUT_OF_PURPOSE:
            steps.confirm_provision(record, actor=SYSTEM)
    settling.accept_proposal(proposal, actor=SYSTEM)
    settling.report_proposal(proposal, on=date.fromisoformat(item["reported_on"]), actor=SYSTEM)


def _business(name: str) -> ActivityVersion:
    return ActivityVersion.objects.select_related("activity").filter(name=name).earliest("pk")


def _values(
    record: Mapping[str, Any], item: Mapping[str, Any], departments: Mapping[str, Department]
) -> dict[str, Any]:
    values: dict[str, Any] = {
        "purpose": f"{MARK}状況調査の内訳のためにつくった記録",
        "period_from": item["period_from"],
        "period_to": item["period_to"],
        "kinds": record["kinds"],
        "grounds": record["grounds"],
        "ground_law": f"{MARK}根拠法令" if "law" in record["grounds"] else "",
    }
    if record["kind"] == OUT_OF_PURPOSE.code:
        providing, provider = _business(record["providing"]), departments[record["providing_department"]]
        return values | {
            "providing_number": providing.activity.number,
            "providing_department": provider,
            "providing_department_name": provider.full_name.replace(" ", drafting.SHEET_SPACE),
            "providing_activity_name": providing.name,
        }
    return values | {
        "partner_name": record["partner_name"],
        "items": f"{MARK}氏名、住所",
        "demanded_measures": f"{MARK}目的のほかに使わないこと",
    }


def _answer(sheet: SurveySheet, item: Mapping[str, Any]) -> None:
    """Consent-based rows stay empty: whether the totals of the source hold them is not known."""
    given = {(made["kind"], made["activity"]): made for file in item["files"] for made in file["records"]}
    given |= {(OUT_OF_PURPOSE.code, made["activity"]): made for made in item["answers"]}
    answers = {}
    for row in sheet.rows.all():
        made = given[OUT_OF_PURPOSE.code if row.use_id else "provision", row.activity_name]
        if made["persons"] is not None:
            answers[row.pk] = Answer(made["persons"], made["times"], None, item["row_note"], "", row.lock)
    answering.answer_survey(sheet, answers=answers, actor=SYSTEM)
    answering.submit_survey(sheet, actor=SYSTEM, on=date.fromisoformat(item["submitted_on"]))
