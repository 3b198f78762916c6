"""取込みの実行: the look at every row and the writing of all of them, the same at once and in the background."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from common.tables.shapes import Table
from exchange import importing, registers
from exchange.drafts import Draft, Outcome
from exchange.errors import NotConfirmed, NotImported, RegisterChanged
from exchange.models import ImportRow, ImportRun, RunState
from exchange.resources import Step, no_step
from files.services import content_of
from history.errors import DomainError
from history.writing import Actor
from notices.models import Job
from notices.progress import Progress

ACTION = "import_register"
ROWS_A_STATEMENT = 500
# What PostgreSQL and SQLite call a second row under a unique key.
UNIQUE = frozenset({"23505", "SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY"})
BROKEN = "取込みの途中で誤りがあり、何も取り込みませんでした。もう一度、内容を確認してください。"


def check_run(run: ImportRun, *, actor: Actor, today: date, step: Step = no_step) -> ImportRun:
    """確認: write down what each row would do. A file that cannot be read leaves its reason in `message`.

    Raises NotConfirmed for a run that is in already, being written or called off.
    """
    register = registers.get(run.register)
    try:
        table = importing.read(run.file_name, content_of(run.file))
        _, checked = importing.check(register, table, today=today, step=step)
    except DomainError as refusal:
        return _refuse(run, str(refusal), actor)
    with transaction.atomic():
        run = _open(run)
        _keep_rows(run, checked.drafts)
        run.encoding, run.notes, run.checked_on = table.encoding, table.warnings, today
        run.unknown_columns, run.absent_columns = checked.unknown, checked.absent
        for outcome in Outcome:
            setattr(run, outcome.value, checked.count(outcome))
        run.digest, run.message = importing.digest(checked), ""
        run.status = RunState.WRONG if run.wrong else RunState.READY
        return run.save_as(actor, action=ACTION, reason=run.file_name)


def apply_run(run: ImportRun, *, actor: Actor, step: Step = no_step) -> ImportRun:
    """取込み: all rows with their history, or none, against the register that the preview saw.

    Raises NotConfirmed when the run was called off, RegisterChanged when the register is another by now.
    """
    with _released_on_failure(run, actor):
        table = importing.read(run.file_name, content_of(run.file))  # before the transaction: on SQLite all others wait
        with transaction.atomic():
            run = locked(run)
            if run.status != RunState.APPLYING or run.checked_on is None:
                raise NotConfirmed
            _write(run, table, run.checked_on, actor, step)
            run.status, run.applied_at = RunState.APPLIED, timezone.now()
            return run.save_as(actor, action=ACTION, reason=run.file_name)


def _write(run: ImportRun, table: Table, today: date, actor: Actor, step: Step) -> None:
    """A row that was looked at again is half done, and done when it is written: the figures never pass the rows."""
    rows = len(table.rows)
    resource, checked = importing.check(
        registers.get(run.register),
        table,
        today=today,
        locking=True,
        step=lambda done, total: step(done // 2, total),
    )
    if importing.digest(checked) != run.digest:
        raise RegisterChanged
    half = rows // 2
    resource.write(
        checked.written,
        actor=actor,
        reason=run.file_name,
        step=lambda done, total: step(half + (rows - half) * done // total, rows),
    )
    step(rows, rows)


def locked(run: ImportRun) -> ImportRun:
    """The run as it stands, locked: whoever writes it in, calls it off or looks at it anew does so alone."""
    return ImportRun.objects.select_for_update(of=("self",)).select_related("owner", "job", "file").get(pk=run.pk)


def work_check(job: Job, progress: Progress, *, run: int) -> None:
    """背景での確認."""
    found = check_run(ImportRun.objects.get(pk=run), actor=job.owner, today=timezone.localdate(), step=progress.step)
    job.message, job.result_url = found.summary, reverse("view_import", args=[run])


def work_apply(job: Job, progress: Progress, *, run: int) -> None:
    """背景での取込み."""
    job.result_url = reverse("view_import", args=[run])
    found = apply_run(ImportRun.objects.get(pk=run), actor=job.owner, step=progress.step)
    job.message = found.summary


@contextmanager
def _released_on_failure(run: ImportRun, actor: Actor) -> Iterator[None]:
    """Whatever breaks the writing, the register is free again and the file can be looked at anew."""
    try:
        yield
    except NotConfirmed:
        raise
    except Exception as error:
        refusal = _refusal_of(error)
        with transaction.atomic():
            standing = locked(run)
            if standing.status == RunState.APPLYING:
                standing.status, standing.applying_since = RunState.UPLOADED, None
                standing.message = str(refusal) if isinstance(refusal, DomainError) else BROKEN
                standing.save_as(actor, action=ACTION, reason=standing.file_name)
        raise refusal from error


def _refusal_of(error: Exception) -> Exception:
    """What to tell: a domain error for what a person can mend, else the error itself."""
    if isinstance(error, ValidationError):
        return NotImported(error.messages)
    # A row that came in between and no lock could hold: a number given out in this moment.
    return RegisterChanged() if _is_taken(error) else error


def _is_taken(error: Exception) -> bool:
    """Whether a unique key refused a row; no other constraint says that the register has changed."""
    cause = error.__cause__
    codes = {getattr(cause, "sqlstate", None), getattr(cause, "sqlite_errorname", None)}
    return isinstance(error, IntegrityError) and bool(codes & UNIQUE)


def _refuse(run: ImportRun, message: str, actor: Actor) -> ImportRun:
    with transaction.atomic():
        run = _open(run)
        run.found.all().delete()
        run.status, run.message, run.digest = RunState.REFUSED, message, ""
        run.new = run.changed = run.same = run.wrong = 0
        return run.save_as(actor, action=ACTION, reason=run.file_name)


def _open(run: ImportRun) -> ImportRun:
    run = locked(run)
    if not run.can_be_checked:
        raise NotConfirmed
    return run


def _keep_rows(run: ImportRun, drafts: Sequence[Draft]) -> None:
    run.found.all().delete()
    ImportRow.objects.bulk_create([_row(run, draft) for draft in drafts], batch_size=ROWS_A_STATEMENT)


def _row(run: ImportRun, draft: Draft) -> Any:
    return ImportRow(
        run=run,
        line=draft.line,
        outcome=draft.outcome,
        title=draft.title,
        kind=draft.kind,
        changes=[[each.column, each.before, each.after] for each in draft.changes],
        faults=[[each.column, each.value, each.message] for each in draft.faults],
    )
