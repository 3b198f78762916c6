"""状況調査への回答: a department fills in its sheet, partly or whole, submits it, and the office may give it back."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction

from common import fiscal_year
from common.wareki import format_date
from history.errors import DomainError
from history.writing import Actor
from organization import rules
from records import surveys
from records.models import SheetStatus, SurveyPolicy, SurveyRow, SurveySheet
from records.services.surveying import lock_survey, tell_returned

ANSWERED = ("persons", "times", "ended_on", "note", "jump_reason")
_NAMED = 5


@dataclass(frozen=True)
class Answer:
    """行の回答, as typed; `lock` is the row's as the person saw it."""

    persons: int | None
    times: int | None
    ended_on: date | None
    note: str
    jump_reason: str
    lock: int

    def values(self) -> dict[str, object]:
        """By the names of the row's fields."""
        return {name: value for name, value in asdict(self).items() if name != "lock"}


class RowNotHere(DomainError):
    """ほかの調査票の行: an answer to a row that is not on this sheet."""

    def __init__(self) -> None:
        super().__init__("この調査票にない行への回答です。画面を開き直して、もう一度記入してください。")


class StaleAnswers(DomainError):
    """回答の競合: somebody answered the same rows differently meanwhile. `rows` are these as they stand now."""

    def __init__(self, rows: list[SurveyRow]) -> None:
        self.rows = rows
        names = "、".join(str(row) for row in rows[:_NAMED])
        super().__init__(
            f"記入しているあいだに、ほかの人が同じ行を保存しました（{names}）。"
            "両方の内容を見くらべて、もう一度保存してください。"
        )


class AnswersRefused(DomainError):
    """回答の誤り: `faults` are (row, field, sentence)."""

    def __init__(self, faults: list[tuple[SurveyRow, str, str]]) -> None:
        self.faults = faults
        super().__init__("／".join(f"{row}：{words}" for row, _, words in faults))


class AnswersMissing(DomainError):
    """未記入の行: the sheet cannot be submitted before each row has its 延べ人数."""

    def __init__(self, rows: list[SurveyRow]) -> None:
        more = f"ほか{len(rows) - _NAMED}行" if len(rows) > _NAMED else ""
        names = "、".join([*(f"{row.kind_label}「{row}」" for row in rows[:_NAMED]), *filter(None, [more])])
        super().__init__(f"延べ人数を記入していない行があります（なければ0）：{names}")


class SurveyIsClosed(DomainError):
    """締切済: the campaign is over; a sheet is neither returned nor answered any more."""

    def __init__(self) -> None:
        super().__init__("この状況調査は締め切られています。")


@dataclass(frozen=True)
class Limits:
    """What an answer is held against: last year's figures, and from which difference a reason is asked."""

    first: date
    last: date
    before: Mapping[surveys.Key, int]
    jump_percent: int | None

    @classmethod
    def of(cls, sheet: SurveySheet, rows: list[SurveyRow]) -> "Limits":
        """Of the sheet's year; the policy is that of the day on which the survey was opened. Two statements."""
        survey = sheet.survey
        policy = SurveyPolicy.objects.as_of(survey.opened_on).first()
        return cls(
            fiscal_year.first_day(survey.fiscal_year),
            fiscal_year.last_day(survey.fiscal_year),
            surveys.last_year(survey, rows),
            policy.jump_percent if policy else None,
        )

    def before_of(self, row: SurveyRow) -> int | None:
        """Last year's 延べ人数 of the row's record."""
        return self.before.get(surveys.key_of_row(row))


def faults(row: SurveyRow, values: Mapping[str, object], limits: Limits) -> Iterator[tuple[str, str]]:
    """(field, sentence) for what does not fit in the answer to one row; the form and the service ask the same."""
    ended_on = values.get("ended_on")
    if isinstance(ended_on, date) and ended_on < row.starts_on:
        yield "ended_on", f"終了した日は、効力の始まった日（{format_date(row.starts_on)}）より前にはできません。"
    elif isinstance(ended_on, date) and not limits.first <= ended_on <= limits.last:
        span = f"{format_date(limits.first)}から{format_date(limits.last)}まで"
        yield "ended_on", f"終了した日は、調査の年度（{span}）の中の日にしてください。"
    persons, before = values.get("persons"), limits.before_of(row)
    jumped = isinstance(persons, int) and surveys.is_jump(persons, before, limits.jump_percent)
    if jumped and not str(values.get("jump_reason") or "").strip():
        yield (
            "jump_reason",
            f"前年度（{before:,}人）から{limits.jump_percent}％をこえて増減しています。理由を一言記入してください。",
        )


@transaction.atomic
def answer_survey(sheet: SurveySheet, *, answers: Mapping[int, Answer], actor: Actor) -> int:
    """状況調査の回答: save the rows that the person changed; answers how many.

    A row that somebody else changed meanwhile and this person did not touch keeps what the other wrote. Raises
    RowNotHere, AnswersRefused, StaleAnswers; then nothing is written.
    """
    sheet = lock_sheet(sheet)
    rules.require(actor, "answer_survey", sheet)
    rows = {row.pk: row for row in sheet.rows.filter(pk__in=answers, in_scope=True)}
    if set(answers) - set(rows):
        raise RowNotHere
    changed = [row for pk, row in rows.items() if _values(row) != answers[pk].values()]
    changed = [row for row in changed if not _was_left_alone(row, answers[row.pk])]
    limits = Limits.of(sheet, changed)
    wrong = [(row, *fault) for row in changed for fault in faults(row, answers[row.pk].values(), limits)]
    if wrong:
        raise AnswersRefused(wrong)
    if stale := [row for row in changed if answers[row.pk].lock != row.lock]:
        raise StaleAnswers(stale)
    for row in changed:
        for name, value in answers[row.pk].values().items():
            setattr(row, name, value)
        row.lock += 1
        row.full_clean()
        row.save_as(actor, action="answer_survey")
    return len(changed)


def _was_left_alone(row: SurveyRow, answer: Answer) -> bool:
    """Whether the answer is what the person was shown: the trail has the row as it stood under their lock."""
    if answer.lock == row.lock:
        return False
    seen = SurveyRow.history.filter(id=row.pk, lock=answer.lock).order_by("-history_id").first()
    return seen is not None and _values(seen) == answer.values()


def _values(row: SurveyRow) -> dict[str, object]:
    return {name: getattr(row, name) for name in ANSWERED}


@transaction.atomic
def submit_survey(sheet: SurveySheet, *, actor: Actor, on: date) -> SurveySheet:
    """状況調査票の提出: by the department itself, as 業務登録 is; no source asks for the head's approval.

    Raises AnswersMissing. Rows by 本人の同意 alone may stay empty.
    """
    sheet = lock_sheet(sheet)
    rules.require(actor, "submit_survey", sheet)
    missing = list(sheet.rows.filter(in_scope=True, by_consent=False, persons__isnull=True))
    if missing:
        raise AnswersMissing(missing)
    sheet.status, sheet.submitted_on, sheet.return_reason = SheetStatus.SUBMITTED, on, ""
    sheet.full_clean()
    return sheet.save_as(actor, action="submit_survey")


@transaction.atomic
def return_survey(sheet: SurveySheet, *, reason: str, actor: Actor, on: date) -> SurveySheet:
    """状況調査票の返却: the office gives a submitted sheet back with the reason; the department is told.

    Raises SurveyIsClosed.
    """
    sheet = lock_sheet(sheet)
    rules.require(actor, "return_survey", sheet)
    if sheet.survey.closed_on is not None:
        raise SurveyIsClosed
    sheet.status, sheet.submitted_on, sheet.return_reason = SheetStatus.DRAFT, None, reason
    sheet.full_clean()
    sheet.save_as(actor, action="return_survey", reason=reason)
    tell_returned(sheet, reason, on)
    return sheet


def lock_sheet(sheet: SurveySheet) -> SurveySheet:
    """The sheet as it stands now, its survey locked with it, so that no answer crosses the closing."""
    lock_survey(sheet.survey)
    rows = SurveySheet.objects.select_for_update(of=("self",)).select_related("survey", "department__parent")
    return rows.get(pk=sheet.pk)
