"""bin/serve from an empty folder to a ward that answers."""

import os
import re
import resource
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from email import message_from_bytes
from pathlib import Path

import pytest
from django.conf import settings

from organization import demo
from tests.setup.ports import free_port

# On PostgreSQL the served ward is tested with the production settings: once is enough here.
pytestmark = pytest.mark.only_on("sqlite")

SERVE = str(settings.BASE_DIR / "bin/serve")


def environment(folder: Path, port: int) -> dict[str, str]:
    """Of a shell in which somebody calls bin/serve; `folder` is given so as to leave the project's own data alone."""
    machine = {name: value for name, value in os.environ.items() if name not in {"DJANGO_SETTINGS_MODULE", "DEBUG"}}
    return {**machine, "VAR_DIR": str(folder), "PORT": str(port)}


@contextmanager
def served(folder: Path, end: signal.Signals = signal.SIGINT) -> Iterator[tuple[str, str]]:
    """What bin/serve says until it names the address, and that address; ended by Ctrl-C or another signal."""
    process = subprocess.Popen(
        [SERVE], env=environment(folder, free_port()), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    said = ""
    for line in process.stdout:
        said += line
        if address := re.search(r"http://127\.0\.0\.1:\d+/", line):
            break
    else:
        pytest.fail(f"bin/serve ended: {said}")
    try:
        yield said, address[0]
    finally:
        process.send_signal(end)
        process.communicate(timeout=60)
    assert process.returncode == (-end if end == signal.SIGKILL else 0)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where bin/serve keeps its data."""
    return tmp_path_factory.mktemp("var")


@pytest.fixture(scope="module")
def first_start(folder: Path) -> str:
    """What bin/serve says on a machine that has no data yet, having answered a browser."""
    with served(folder) as (said, address), urllib.request.urlopen(address) as page:
        assert page.status == 200
        assert "ログイン" in page.read().decode()
        return said


def test_the_first_start_loads_the_demo_ward_and_says_who_can_sign_in(first_start):
    assert "見本データを取り込みました。" in first_start
    assert demo.DEMO_PASSWORD in first_start
    for account in demo.read_ward("nerima")["accounts"]:
        assert account["username"] in first_start


def test_a_second_start_loads_nothing_and_costs_less_than_five_seconds(first_start, folder):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with served(folder) as (said, address):
        assert "取り込みました" not in said
        assert urllib.request.urlopen(address).status == 200
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    # Processor time of all its processes: on a quiet machine no less than what one waits.
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 5.0


def processes_of(folder: Path) -> list[int]:
    """Every process that was started for `folder`."""
    found = []
    for entry in Path("/proc").iterdir():
        with suppress(OSError):  # it may end while we look
            if entry.name.isdigit() and f"VAR_DIR={folder}".encode() in (entry / "environ").read_bytes().split(b"\0"):
                found.append(int(entry.name))
    return found


def worker_of(folder: Path) -> int:
    """The process that does the long work: in the session of its keeper, which leads it."""
    (worker,) = [pid for pid in processes_of(folder) if os.getsid(pid) not in {pid, os.getsid(0)}]
    return worker


def eventually(look: Callable[[], object]) -> object:
    """What `look` answers as soon as it is something; fails after half a minute."""
    until = time.monotonic() + 30
    while not (found := look()):
        assert time.monotonic() < until
        time.sleep(0.1)
    return found


def letters(folder: Path) -> str:
    """The bodies of what was mailed; on one's own machine a letter is a file."""
    mailed = [message_from_bytes(path.read_bytes()) for path in (folder / "mail").glob("*")]
    return "".join(letter.get_payload(decode=True).decode() for letter in mailed)


def in_ward(folder: Path, program: str) -> str:
    """What a program says that uses the served ward's database."""
    done = subprocess.run(
        [sys.executable, settings.BASE_DIR / "manage.py", "shell", "-v0", "-c", program],
        env=environment(folder, 0),
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


TELL = """
from history.writing import SYSTEM
from notices.services import tell
from organization.models import User
user = User.objects.get(username="kokai-tanto")
user.email = "kokai@example.jp"
user.save_as(SYSTEM, action="edit_organization")
tell(user, "{text}")
"""


PRINT_SOME = """
from django.utils import timezone
from exchange.batches import start
from organization.models import User
from registry.models import ActivityVersion
from registry.sheets import BATCH
user = User.objects.get(username="kokai-tanto")
pks = list(ActivityVersion.objects.values_list("pk", flat=True)[:12])
print(start(BATCH, pks, missing="geta", owner=user, today=timezone.localdate()).pk)
"""


def state_of_job(folder: Path, job: str) -> str:
    """What the served ward's database says of a job."""
    with closing(sqlite3.connect(folder / "ward.sqlite3")) as ward:
        return ward.execute("SELECT state FROM notices_job WHERE id = ?", [job]).fetchone()[0]


def test_the_served_ward_does_a_job_to_its_end(first_start, folder):
    with served(folder):
        job = in_ward(folder, PRINT_SOME)
        eventually(lambda: state_of_job(folder, job) not in {"waiting", "running"})
    assert state_of_job(folder, job) == "done"
    assert [path for path in (folder / "files").rglob("*") if path.is_file()]


def test_the_worker_beside_the_server_is_started_again_when_it_dies_and_ends_with_the_server(first_start, folder):
    with served(folder):
        in_ward(folder, TELL.format(text="the first letter"))
        eventually(lambda: "the first letter" in letters(folder))
        os.kill(worker_of(folder), signal.SIGKILL)
        in_ward(folder, TELL.format(text="the second letter"))
        eventually(lambda: "the second letter" in letters(folder))
    assert processes_of(folder) == []


def test_a_server_that_is_killed_leaves_no_worker_behind(first_start, folder):
    with served(folder, end=signal.SIGKILL):
        eventually(lambda: worker_of(folder))
    eventually(lambda: not processes_of(folder))


def test_a_port_that_is_taken_is_named(folder):
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]
        done = subprocess.run([SERVE], env=environment(folder, port), capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith(f"ポート {port} は使われています。")
