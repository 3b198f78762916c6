"""What tests/conftest.py promises to every test."""

import os
import subprocess
import sys
from pathlib import Path

import hypothesis
import pytest
from django.conf import settings
from django.db import connection
from playwright.sync_api import Browser, BrowserContext


def run_pytest(folder: Path, source: str, **environment: str) -> subprocess.CompletedProcess:
    """A pytest run of one file with this suite's fixtures."""
    test = folder / "test_example.py"
    test.write_text(source)
    call = [
        sys.executable,
        "-m",
        "pytest",
        "-c",
        str(settings.BASE_DIR / "pyproject.toml"),
        "-p",
        "tests.conftest",
        test,
    ]
    return subprocess.run(
        call, cwd=settings.BASE_DIR, env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )


@pytest.mark.django_db
@pytest.mark.only_on("sqlite")
def test_the_database_on_sqlite_is_a_file_that_other_connections_can_open():
    assert Path(connection.settings_dict["NAME"]).is_file()
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode")
        assert cursor.fetchone() == ("wal",)


@pytest.mark.django_db
@pytest.mark.only_on("postgresql")
def test_the_database_on_postgresql_is_reached_through_a_private_socket():
    assert connection.vendor == "postgresql"
    assert Path(connection.settings_dict["HOST"]).is_dir()


def test_hypothesis_runs_are_the_same_every_time():
    profile = hypothesis.settings()
    assert profile.derandomize
    assert profile.deadline is None


def test_a_skipped_test_fails_in_ci(tmp_path):
    source = "import pytest\ndef test_one():\n    pytest.skip('no reason')\n"
    assert run_pytest(tmp_path, source, CI="true").returncode == 1
    assert run_pytest(tmp_path, source, CI="").returncode == 0


def test_a_missing_browser_fails_instead_of_skipping(tmp_path):
    source = "def test_one(page):\n    pass\n"
    done = run_pytest(tmp_path, source, CHROMIUM="/nowhere/chromium", CI="")
    assert done.returncode == 1
    assert "/nowhere/chromium がありません" in done.stdout


def test_on_postgresql_only_what_asks_the_database_is_tried_again(tmp_path):
    source = (
        "import pytest\ndef test_reckons():\n    assert 1 + 1 == 2\n"
        "@pytest.mark.django_db\ndef test_asks():\n    pass\ndef test_asks_too(db):\n    pass\n"
        '@pytest.mark.only_on("postgresql")\ndef test_of_postgresql():\n    pass\n'
    )
    options = {"PYTEST_ADDOPTS": "--collect-only -q"}
    tried = run_pytest(tmp_path, source, DATABASE_URL="postgresql://nobody@/nowhere", **options).stdout
    assert "test_reckons" not in tried
    assert all(f"::{name}" in tried for name in ["test_asks", "test_asks_too", "test_of_postgresql"])
    tried = run_pytest(tmp_path, source, DATABASE_URL="", **options).stdout
    assert all(f"::{name}" in tried for name in ["test_reckons", "test_asks", "test_asks_too"])
    assert "test_of_postgresql" not in tried


@pytest.mark.e2e
def test_the_browser_speaks_japanese_on_a_notebooks_screen(browser: Browser, browser_context: BrowserContext):
    page = browser_context.new_page()
    assert browser.version
    assert page.evaluate("navigator.language") == "ja-JP"
    assert page.evaluate("[innerWidth, innerHeight]") == [1366, 768]
