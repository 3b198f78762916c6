"""取込みの手続: upload, look, confirm, call off. The page and the command go through the same functions."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from common.tables.shapes import Table
from exchange import importing, registers
from exchange.applying import ACTION, apply_run, check_run, locked
from exchange.errors import NotConfirmed
from exchange.holding import is_broken_off, refuse_second, refuse_while_written, release
from exchange.models import ImportRun, RunState
from exchange.registers import Register
from files.errors import FileRefused
from files.models import StoredFile
from files.services import content_of, require_acceptable, store
from history.writing import Actor
from notices import jobs
from organization import rules
from organization.models import User

CHECK, APPLY = "check_import", "apply_import"
PURPOSE = "import"  # of the stored file
# Up to so many rows a person waits for the answer; more go into the background, with a progress bar.
ROWS_AT_ONCE = 500
# An Excel book says how many rows it has only when it is read: so long ones go into the background by their size.
BYTES_AT_ONCE = 100_000


def require(actor: Actor, register: Register) -> None:
    """Raise NotPermitted unless `actor` may bring files into `register`."""
    rules.require_action(actor, ACTION)
    if register.also:
        rules.require_action(actor, register.also)


def read(name: str, content: bytes) -> Table:
    """The table of a file that an import would take; nothing is kept. Raises Unreadable, FileRefused."""
    table = importing.read(name, content)
    require_acceptable(name, content, purpose=PURPOSE)
    return table


def begin_import(register: Register, *, name: str, content: bytes, actor: Actor) -> ImportRun:
    """取込みの受付: keep the file; `look` comes next.

    Raises NotPermitted, ImportUnderWay, FileRefused, or Unreadable where common.tables has better words for it.
    """
    require(actor, register)
    refuse_while_written()
    with transaction.atomic():
        return _keep(register, name, content, actor)


def _keep(register: Register, name: str, content: bytes, actor: Actor) -> ImportRun:
    try:
        stored = store(name, content, actor=actor, purpose=PURPOSE)
    except FileRefused as refusal:
        importing.read(name, content)
        raise refusal
    owner = actor if isinstance(actor, User) else None
    run = ImportRun(register=register.code, owner=owner, file=stored)
    run.full_clean()
    return run.save_as(actor, action=ACTION, reason=run.file_name)


def may_read(user: User, stored: StoredFile) -> bool:
    """Whether the person may bring files into the register that `stored` was meant for."""
    runs = ImportRun.objects.filter(file=stored).values_list("register", flat=True)
    return any(may_import(user, registers.get(code)) for code in runs)


def may_import(user: Actor, register: Register) -> bool:
    """Whether the person may bring files into `register`."""
    return rules.may(user, ACTION) and (not register.also or rules.may(user, register.also))


def look(run: ImportRun, *, actor: User) -> ImportRun:
    """確認: at once, or in the background where the file is long; then the run has a job that is not done.

    Raises NotPermitted, NotConfirmed for one that is in already or called off.
    """
    require(actor, registers.get(run.register))
    with transaction.atomic():
        run = locked(run)
        rules.require(actor, "check_import", run)
        if is_broken_off(run):
            run = release(run, actor=actor)
        elif not run.can_be_checked:
            raise NotConfirmed
    if not _is_long(run.file_name, content_of(run.file)):
        return check_run(run, actor=actor, today=timezone.localdate())
    with transaction.atomic():
        run = locked(run)
        if not run.can_be_checked:
            raise NotConfirmed
        title = f"{run.register_label}の取込みの確認（{run.file_name}）"
        run.job = jobs.start(CHECK, title=title, owner=actor, arguments={"run": run.pk})
        return run.save_as(actor, action=ACTION, reason=run.file_name)


def confirm_import(run: ImportRun, *, actor: User) -> ImportRun:
    """取込みの確定: write what the preview showed; at once, or in the background where the rows are many.

    Raises NotPermitted, NotConfirmed, ImportUnderWay, RegisterChanged.
    """
    run = claim(run, actor=actor, in_background=run.rows > ROWS_AT_ONCE)
    return run if run.job is not None else apply_run(run, actor=actor)


@transaction.atomic
def claim(run: ImportRun, *, actor: Actor, in_background: bool = False) -> ImportRun:
    """台帳の確保: no other file comes into the register until this one is in, or called off.

    Raises NotPermitted, NotConfirmed for a file that would change nothing, ImportUnderWay.
    """
    require(actor, registers.get(run.register))
    run = locked(run)
    rules.require(actor, "confirm_import", run)
    if not run.new + run.changed:
        raise NotConfirmed
    refuse_second(run, actor=actor)
    run.status, run.applying_since, run.message, run.job = RunState.APPLYING, timezone.now(), "", None
    if isinstance(actor, User):
        run.owner = actor
        if in_background:
            title = f"{run.register_label}の取込み（{run.file_name}）"
            run.job = jobs.start(APPLY, title=title, owner=actor, arguments={"run": run.pk})
    try:
        with transaction.atomic():
            return run.save_as(actor, action=ACTION, reason=run.file_name)
    except IntegrityError as error:  # somebody was quicker by a hair
        refuse_second(run, actor=actor)
        raise NotConfirmed from error


@transaction.atomic
def cancel_import(run: ImportRun, *, actor: Actor) -> ImportRun:
    """取込みの取りやめ, also of one whose process died. Raises NotPermitted once it is in."""
    require(actor, registers.get(run.register))
    run = locked(run)  # waits while it is being written, and then finds it done
    rules.require(actor, "cancel_import", run)
    run.status = RunState.CANCELLED
    return run.save_as(actor, action="cancel_import")


def _is_long(name: str, content: bytes) -> bool:
    if name.lower().endswith(".xlsx"):
        return len(content) > BYTES_AT_ONCE
    return max(content.count(b"\n"), content.count(b"\r")) > ROWS_AT_ONCE
