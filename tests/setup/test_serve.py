"""bin/serve from an empty folder to a ward that answers."""

import os
import re
import resource
import signal
import socket
import subprocess
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
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
def served(folder: Path) -> Iterator[tuple[str, str]]:
    """What bin/serve says until it names the address, and that address."""
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
    yield said, address[0]
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=60)
    assert process.returncode == 0


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


def test_a_port_that_is_taken_is_named(folder):
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]
        done = subprocess.run([SERVE], env=environment(folder, port), capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith(f"ポート {port} は使われています。")
