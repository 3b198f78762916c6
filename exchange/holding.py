"""台帳の確保: which import holds a register, and when one whose process died lets go of it."""

from django.db import connection

from exchange.applying import ACTION, locked
from exchange.errors import ImportUnderWay
from exchange.models import ImportRun, ImportRunQuerySet, RunState
from history.writing import Actor
from notices import jobs
from notices.models import JobState

BROKEN_OFF = (
    "取込みの途中で、処理するプログラムが止まりました。何も取り込まれていません。"
    "もう一度確認するか、取りやめてください。"
)


def is_broken_off(run: ImportRun) -> bool:
    """中断: whether it stands as being written and its job has ended without a word to it."""
    return run.status == RunState.APPLYING and run.job is not None and not is_at_work(run)


def is_at_work(run: ImportRun) -> bool:
    """Whether its job waits, or runs in a process that lives."""
    return run.job is not None and jobs.brought_up_to_date(run.job).is_unfinished


def release(run: ImportRun, *, actor: Actor) -> ImportRun:
    """中断した取込みの解放: `run`, locked, may be looked at again, and its register is free."""
    run.status, run.applying_since, run.message = RunState.UPLOADED, None, BROKEN_OFF
    return run.save_as(actor, action=ACTION, reason=run.file_name)


def refuse_second(run: ImportRun, *, actor: Actor) -> None:
    """Raise ImportUnderWay while another import holds the register; one that broke off is released instead."""
    other = _applying().filter(register=run.register).exclude(pk=run.pk).first()
    if other is None:
        return
    other = locked(other)  # waits while it is being written, and may find it done
    if is_broken_off(other):
        release(other, actor=actor)
    elif other.status == RunState.APPLYING:
        raise ImportUnderWay(other.owner_name, other.applying_since or other.uploaded_at)


def refuse_while_written() -> None:
    """Raise ImportUnderWay where an import keeps every other writer waiting: told at once, not after half a minute."""
    if connection.features.has_select_for_update:
        return  # many may write at once
    for other in _applying().filter(job__state=JobState.RUNNING):
        if not is_broken_off(other):
            raise ImportUnderWay(other.owner_name, other.applying_since or other.uploaded_at, other.register_label)


def _applying() -> ImportRunQuerySet:
    return ImportRun.objects.filter(status=RunState.APPLYING).select_related("owner", "job", "file").order_by("pk")
