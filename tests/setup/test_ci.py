""".ci/run: where it runs the tests, and which exit status it hands on. Tool and bin/test are scripts made here."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

pytestmark = pytest.mark.only_on("sqlite")

NO_BARE_SYSTEM = "exit 3"
BARE_SYSTEM = 'echo bare; exec "$@"'


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project beside which the tool may lie."""
    shutil.copytree(settings.BASE_DIR / ".ci", tmp_path / "project/.ci")
    return tmp_path / "project"


def script(path: Path, body: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(0o755)


def run(project: Path, *, tests: str, tool: str | None) -> subprocess.CompletedProcess:
    """.ci/run with that bin/test, and with that tool or none."""
    script(project / "bin/test", f"echo tests; {tests}")
    if tool:
        script(project.parent / "shared/tools/fresh-machine", tool)
    return subprocess.run([project / ".ci/run"], capture_output=True, text=True, check=False)


def test_without_the_tool_it_runs_the_tests_directly(project):
    done = run(project, tests="exit 5", tool=None)
    assert (done.returncode, done.stdout) == (5, "tests\n")


def test_where_no_bare_system_can_be_made_it_runs_the_tests_directly(project):
    done = run(project, tests="exit 5", tool=NO_BARE_SYSTEM)
    assert done.returncode == 5
    assert done.stdout.count("tests\n") == 1


@pytest.mark.parametrize(("status", "handed_on"), [(0, 0), (1, 1), (3, 1), (5, 5)])
def test_the_tests_run_once_and_their_status_is_handed_on(project, status, handed_on):
    done = run(project, tests=f"exit {status}", tool=BARE_SYSTEM)
    # The tool needs root; anybody else runs the tests directly, where 3 needs no other meaning.
    assert done.returncode == (handed_on if os.geteuid() == 0 else status)
    assert done.stdout.count("tests\n") == 1
