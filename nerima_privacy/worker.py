"""The worker of bin/serve: one process beside gunicorn that does the long work, kept alive and ended with it.

Forked, not started: another Python with Django in it takes seconds. A keeper stands between the two, which starts the
worker again when it dies, says so, and ends it when the server ends, even when that was killed.
"""

import os
import signal
import sys
import time
from typing import Any

from django.core.management import call_command

from nerima_privacy.settings.checks import close_connections

GLANCE = 0.3  # seconds between two looks at the worker and at the server
PATIENCE = 20  # seconds that a worker may take to finish what it is doing, before it is killed
PAUSES = (1, 5, 30, 60)  # seconds before each new start of a worker that keeps dying
DIED = "背景処理のプログラムが止まりました（{status}）。{pause}秒後にもう一度動かします。"


class WorkerBeside:
    """The keeper, as the server sees it."""

    def __init__(self) -> None:
        self._pid = 0

    def start(self) -> None:
        """Fork the keeper; before gunicorn forks its own, and without any connection to the database."""
        close_connections()
        server = os.getpid()
        self._pid = os.fork()
        if not self._pid:
            _leave_with(lambda: _keep(server))

    def stop(self, arbiter: Any = None) -> None:
        """End it and wait; gunicorn's hook `on_exit`."""
        try:
            os.kill(self._pid, signal.SIGTERM)
            os.waitpid(self._pid, 0)
        except (ProcessLookupError, ChildProcessError):
            return  # it has ended already, and gunicorn has noticed


def _keep(server: int) -> None:
    """Have a worker for as long as the process `server` is there and nobody says stop."""
    os.setsid()  # Ctrl-C is for the server; the worker is told afterwards, and only once
    told: list[int] = []
    signal.signal(signal.SIGTERM, lambda number, frame: told.append(number))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for start in range(sys.maxsize):
        worker = os.fork()
        if not worker:
            _leave_with(_work)
        while not (ended := os.waitpid(worker, os.WNOHANG))[0]:
            if told or os.getppid() != server:
                _end(worker)
                return
            time.sleep(GLANCE)
        pause = PAUSES[min(start, len(PAUSES) - 1)]
        print(DIED.format(status=os.waitstatus_to_exitcode(ended[1]), pause=pause), file=sys.stderr, flush=True)
        until = time.monotonic() + pause
        while time.monotonic() < until and not told and os.getppid() == server:
            time.sleep(GLANCE)
        if told or os.getppid() != server:
            return


def _work() -> None:
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    call_command("db_worker", reload=False)


def _end(worker: int) -> None:
    """Let the worker finish what it is doing, but not for ever; what is cut off shows as 中断."""
    os.kill(worker, signal.SIGTERM)
    until = time.monotonic() + PATIENCE
    while not os.waitpid(worker, os.WNOHANG)[0]:
        if time.monotonic() > until:
            os.kill(worker, signal.SIGKILL)
            os.waitpid(worker, 0)
            return
        time.sleep(GLANCE)


def _leave_with(call: Any) -> None:
    """In a forked process: do this and nothing of what the process was forked from."""
    status = 1
    try:
        call()
        status = 0
    except SystemExit as leaving:
        status = leaving.code if isinstance(leaving.code, int) else 0
    except BaseException:
        sys.excepthook(*sys.exc_info())
    finally:
        sys.stderr.flush()
        os._exit(status)
