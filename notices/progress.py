"""処理の進みぐあい: how far running work is, in a small file that is locked for as long as the work lives.

Not in the database: work that writes all or nothing holds one transaction from end to end, so its own rows would show
nothing before the end, and on SQLite no other connection could write them. The lock is the proof of life: the system
takes it away with the process, however that ends. Worker and pages must see the same folder (`JOBS_DIR`).
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

_WIDTH = 10  # digits of each number; one write of fixed length is never seen half


class Standing(NamedTuple):
    """How far the work is, and whether its process lives."""

    done: int
    total: int
    alive: bool


class Progress:
    """What the work reports: how far it is, and which items it had to leave."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self.done = self.total = 0
        self.failures: list[dict[str, str]] = []
        self.step(0, 0)

    def step(self, done: int, total: int) -> None:
        """`done` of `total` items are dealt with. ValueError for more than all."""
        if not 0 <= done <= total:
            raise ValueError(f"{done} of {total}")
        self.done, self.total = done, total
        os.pwrite(self._descriptor, f"{done:>{_WIDTH}} {total:>{_WIDTH}}".encode("ascii"), 0)

    def fail(self, item: str, reason: str) -> None:
        """Note that `item` (in words) was left out, and why; the work goes on with the rest."""
        self.failures.append({"item": item, "reason": reason})


@contextmanager
def alive(job_pk: int) -> Iterator[Progress]:
    """The progress of a job, readable by others until the block or the process ends."""
    path = _path(job_pk)
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield Progress(descriptor)
        path.unlink(missing_ok=True)
    finally:
        os.close(descriptor)


def standing(job_pk: int) -> Standing:
    """How far a job is; `alive` False and nothing done where no process works on it."""
    try:
        descriptor = os.open(_path(job_pk), os.O_RDONLY)
    except FileNotFoundError:
        return Standing(0, 0, alive=False)
    try:
        done, total = (os.pread(descriptor, 2 * _WIDTH + 1, 0).split() or [b"0", b"0"])[:2]
        return Standing(int(done), int(total), alive=_is_locked(descriptor))
    finally:
        os.close(descriptor)


def forget(job_pk: int) -> None:
    """Remove what a process that died has left."""
    _path(job_pk).unlink(missing_ok=True)


def _is_locked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    return False


def _path(job_pk: int) -> Path:
    return Path(settings.JOBS_DIR) / str(job_pk)
