"""bin/with-postgresql: a cluster of its own for one command, and nothing of it left afterwards."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings

# It starts a cluster beside whichever database the suite runs on: once is enough.
pytestmark = pytest.mark.only_on("sqlite")

SCRIPT = str(settings.BASE_DIR / "bin/with-postgresql")
SHOW_URL_AND_WAIT = ["sh", "-c", "echo $DATABASE_URL; exec sleep 60"]
SAY_WHEN_INTERRUPTED = """
import os, time
try:
    print(os.environ["DATABASE_URL"], flush=True)
    time.sleep(60)
except KeyboardInterrupt:
    print("stopped")
"""


def cluster_of(url: str) -> Path:
    """The cluster's folder, which is its socket's folder too."""
    return Path(url.strip().partition("?host=")[2])


@pytest.fixture
def running():
    """The script with a command that waits, and the folder of its cluster."""
    process = subprocess.Popen([SCRIPT, *SHOW_URL_AND_WAIT], stdout=subprocess.PIPE, text=True)
    yield process, cluster_of(process.stdout.readline())
    process.terminate()
    process.wait()
    process.stdout.close()


def wait_until(holds) -> None:
    """Return when `holds()` is true; fail after ten seconds."""
    until = time.monotonic() + 10
    while not holds():
        assert time.monotonic() < until, "waited ten seconds in vain"
        time.sleep(0.05)


def is_alive(pid: int) -> bool:
    """Whether a process of that number runs (a dead one that nobody waited for does not)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def server_pid(cluster: Path) -> int:
    return int((cluster / "data/postmaster.pid").read_text().splitlines()[0])


def test_the_command_gets_a_database_that_listens_on_no_network():
    ask = (
        "import os, psycopg; c = psycopg.connect(os.environ['DATABASE_URL']);"
        "print(*c.execute(\"select current_setting('listen_addresses') = '', current_setting('fsync')\").fetchone())"
    )
    done = subprocess.run([SCRIPT, sys.executable, "-c", ask], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True", "off"]


def test_the_commands_exit_status_is_passed_on_and_the_cluster_is_gone():
    done = subprocess.run(
        [SCRIPT, "sh", "-c", "echo $DATABASE_URL; exit 7"], capture_output=True, text=True, check=False
    )
    cluster = cluster_of(done.stdout)
    assert done.returncode == 7
    assert cluster.is_absolute()
    assert not cluster.exists()


def test_nobody_else_can_enter_the_cluster(running):
    _, cluster = running
    assert cluster.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_stopped_run_leaves_no_cluster_and_no_command(running, number):
    process, cluster = running
    server = server_pid(cluster)
    process.send_signal(number)
    assert process.wait(timeout=10) == 143
    assert not cluster.exists()
    assert not is_alive(server)


def test_even_a_killed_run_leaves_nothing(running):
    process, cluster = running
    server = server_pid(cluster)
    process.kill()
    process.wait()
    wait_until(lambda: not is_alive(server) and not cluster.exists())


def test_ctrl_c_reaches_the_command_and_the_cluster_is_removed():
    command = [SCRIPT, sys.executable, "-c", SAY_WHEN_INTERRUPTED]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True)
    cluster = cluster_of(process.stdout.readline())
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does
    rest, _ = process.communicate(timeout=10)
    assert rest == "stopped\n"
    assert process.returncode == 130
    assert not cluster.exists()
