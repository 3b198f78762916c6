"""bin/setup on a copy of the scripts, where parts can be taken away without harm. None of it needs a network."""

import os
import resource
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

# The scripts know no database: once is enough.
pytestmark = pytest.mark.only_on("sqlite")

NOTHING_TO_INSTALL = "# no part\n"


@pytest.fixture
def project() -> Iterator[Path]:
    """A project that pins nothing and was never set up, in a folder that every user may write to."""
    with tempfile.TemporaryDirectory() as name:
        copy = Path(name)
        copy.chmod(0o777)
        shutil.copytree(settings.BASE_DIR / "bin", copy / "bin")
        (copy / "requirements.txt").write_text(NOTHING_TO_INSTALL)
        yield copy


@pytest.fixture(scope="module")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The copy of a project that was set up; its environment holds the path of the original, `pristine/../ready`."""
    original = tmp_path_factory.mktemp("setup") / "ready"
    shutil.copytree(settings.BASE_DIR / "bin", original / "bin")
    (original / "requirements.txt").write_text(NOTHING_TO_INSTALL)
    assert run(original).returncode == 0
    return Path(shutil.copytree(original, original.with_name("pristine"), symlinks=True))


@pytest.fixture
def ready(pristine: Path) -> Path:
    """A project that was set up."""
    original = pristine.with_name("ready")
    shutil.rmtree(original)
    return Path(shutil.copytree(pristine, original, symlinks=True))


def run(project: Path, *arguments: str, as_user: bool = False) -> subprocess.CompletedProcess:
    """bin/setup in `project`; `as_user` without root's rights, and where sudo cannot give them."""
    call = [str(project / "bin/setup"), *arguments]
    if as_user:
        change = ["--reuid=nobody", "--regid=nogroup", "--clear-groups"] if os.geteuid() == 0 else []
        call = ["setpriv", "--no-new-privs", *change, *call]
    return subprocess.run(call, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)


def need(project: Path, line: str) -> None:
    """Add a line to the list of system packages of `project`."""
    packages = project / "bin/system-packages.txt"
    packages.write_text(f"{packages.read_text()}{line}\n")


def test_a_second_run_changes_nothing_and_costs_less_than_a_second(ready):
    stamp = ready / "var/setup.stamp"
    made = stamp.stat().st_mtime_ns
    before = resource.getrusage(resource.RUSAGE_CHILDREN)

    second = run(ready)

    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert (second.returncode, second.stdout, second.stderr) == (0, "", "")
    assert stamp.stat().st_mtime_ns == made
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 1.0  # processor time: others work too


def test_a_changed_list_of_parts_is_noticed_and_mended(ready):
    assert run(ready, "--check").returncode == 0
    (ready / "requirements.txt").write_text("# another list\n")
    assert "requirements.txt" in run(ready, "--check").stderr
    assert run(ready).returncode == 0
    assert run(ready, "--check").returncode == 0


def test_a_part_that_vanished_from_the_environment_is_noticed(ready):
    [pip] = ready.glob("var/venv/lib/python3*/site-packages/pip-*.dist-info")
    shutil.rmtree(pip)
    assert run(ready, "--check").returncode == 1


def test_an_environment_whose_python_is_gone_is_made_anew(ready):
    (ready / "var/venv/bin/python").unlink()
    assert run(ready).returncode == 0
    assert run(ready, "--check").returncode == 0


def test_checking_changes_nothing(project):
    assert run(project, "--check").returncode == 1
    assert not (project / "var").exists()


def test_without_root_it_says_the_one_command_to_ask_for_and_stops(project):
    need(project, "no-such-package")
    refused = run(project, as_user=True)
    explanation, command = refused.stderr.splitlines()
    assert refused.returncode == 1
    assert "管理者" in explanation
    assert command == (
        "sudo sh -c 'apt-get -qq update && DEBIAN_FRONTEND=noninteractive"
        " apt-get -qq install --no-install-recommends -y no-such-package'"
    )
    assert not (project / "var/venv").exists()


def test_a_part_with_a_path_is_missing_when_nothing_lies_there(project):
    need(project, "no-such-package /nowhere/*/program")
    need(project, "no-such-package-either /bin/s*")
    assert run(project, "--check").stderr.split()[-1] == "no-such-package"


def test_the_postgresql_package_is_told_to_make_no_cluster_before_it_comes(project):
    packages = project / "bin/system-packages.txt"
    packages.write_text(packages.read_text().replace("/usr/lib/postgresql", "/nowhere"))
    command = run(project, as_user=True).stderr
    assert 0 < command.index("create_main_cluster = false") < command.index("install")


def test_a_browser_given_by_path_is_not_installed(ready, monkeypatch):
    packages = ready / "bin/system-packages.txt"
    packages.write_text(packages.read_text().replace("/usr/bin/chromium", "/nowhere/chromium"))
    monkeypatch.setenv("CHROMIUM", "/opt/browser")
    assert run(ready, "--check").returncode == 0


def test_an_unknown_argument_shows_how_it_is_called(project):
    wrong = run(project, "--chekc")
    assert wrong.returncode == 2
    assert "bin/setup --check" in wrong.stderr
