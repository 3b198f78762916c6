"""The production settings: what they refuse to run with, and that the ward is served when nothing is wrong."""

import http.client
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from django.conf import settings

from nerima_privacy.settings import checks
from tests.setup.ports import free_port

# Each of these starts several Python processes, so each runs once: on the ward's engine what reaches its database.
once = pytest.mark.only_on("sqlite")
on_the_wards_engine = pytest.mark.only_on("postgresql")

SECRET_KEY = "pD4s8-vK2w_qZ7mX1cN6bL9rT3yH5gF0jU-aEoIiWx_RtYuMnB"
GIVEN_FROM_OUTSIDE = {"SECRET_KEY", "DEBUG", "ALLOWED_HOSTS", "DATABASE_URL", "VAR_DIR", "DJANGO_SETTINGS_MODULE"}
HTTPS = {"Host": "ward.example", "X-Forwarded-Proto": "https"}


def production(**variables: str) -> dict[str, str]:
    """The environment of a production process in which only `variables` are set."""
    machine = {name: value for name, value in os.environ.items() if name not in GIVEN_FROM_OUTSIDE}
    return {**machine, "DJANGO_SETTINGS_MODULE": "nerima_privacy.settings.production", **variables}


def run(*arguments: str, environment: dict[str, str]) -> subprocess.CompletedProcess:
    """A Python program of the environment, to its end."""
    call = [sys.executable, *arguments]
    return subprocess.run(call, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=False)


WARM_PARENT = ("-c", "bin/gunicorn.conf.py")  # loads the application before it forks


def gunicorn(port: int, options: Sequence[str] = WARM_PARENT) -> list[str]:
    return ["-m", "gunicorn", "-b", f"127.0.0.1:{port}", *options, "nerima_privacy.wsgi"]


def refusal(environment: dict[str, str], options: Sequence[str] = WARM_PARENT) -> list[str]:
    """The lines with which gunicorn refuses to start."""
    done = run(*gunicorn(free_port(), options), environment=environment)
    assert done.returncode == 3, done.stderr
    return [line for line in done.stderr.splitlines() if "[ERROR]" not in line]  # gunicorn's own word that it gives up


@contextmanager
def served(environment: dict[str, str]) -> Iterator[http.client.HTTPConnection]:
    """A connection to gunicorn, once it answers."""
    port = free_port()
    process = subprocess.Popen([sys.executable, *gunicorn(port)], cwd=settings.BASE_DIR, env=environment)
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        until = time.monotonic() + 30
        while connection.sock is None:
            assert process.poll() is None, "gunicorn ended"
            assert time.monotonic() < until, "gunicorn did not answer"
            try:
                connection.connect()
            except ConnectionRefusedError:
                time.sleep(0.1)
        yield connection
    finally:
        connection.close()
        process.terminate()
        process.wait(timeout=60)


@pytest.fixture
def safe(settings):
    """Settings with which production runs."""
    settings.SECRET_KEY = SECRET_KEY
    settings.DEBUG = False
    settings.ALLOWED_HOSTS = ["ward.example"]
    settings.DATABASE_IS_CHOSEN = True
    return settings


def test_safe_settings_are_not_refused(safe):
    assert list(checks.settings_refusals()) == []


@pytest.mark.parametrize(
    ("setting", "value", "named"),
    [
        ("SECRET_KEY", checks.NO_SECRET_KEY, "secret_key"),
        ("SECRET_KEY", SECRET_KEY[:49], "secret_key"),
        ("SECRET_KEY", "ab" * 30, "secret_key"),
        ("SECRET_KEY", f"django-insecure-{SECRET_KEY}", "secret_key"),
        ("DEBUG", True, "debug"),
        ("ALLOWED_HOSTS", [], "allowed_hosts"),
        ("ALLOWED_HOSTS", ["ward.example", "*"], "allowed_hosts"),
        ("DATABASE_IS_CHOSEN", False, "database"),
    ],
)
def test_each_unsafe_setting_is_refused_by_name(safe, setting, value, named):
    setattr(safe, setting, value)
    [error] = checks.check_settings()
    assert error.id == f"nerima_privacy.{named}"
    assert setting in error.msg or named == "database"


@once
def test_every_command_says_all_that_is_wrong_without_a_traceback():
    done = run("manage.py", "check", environment=production(DEBUG="true"))
    assert done.returncode == 1
    assert done.stderr.count("(nerima_privacy.") == 4
    assert "Traceback" not in done.stderr


@once
@pytest.mark.parametrize("options", [WARM_PARENT, ("--workers=1", "--log-level=error")], ids=["parent", "worker"])
def test_gunicorn_refuses_all_that_is_wrong_at_once_one_line_each(options):
    lines = refusal(production(DEBUG="true"), options)
    assert len(lines) == 4
    assert all(line.startswith("起動できません: ") for line in lines)


@once
def test_a_value_that_cannot_be_read_is_refused_in_one_line():
    assert refusal(production(DEBUG="maybe")) == [
        "起動できません: 環境変数 DEBUG は true か false です（いまの値: maybe）。"
    ]


@once
def test_a_command_too_names_a_value_that_cannot_be_read_in_one_line():
    done = run("manage.py", "check", environment=production(DEBUG="maybe"))
    assert done.returncode == 1
    assert done.stderr == "設定を読めません: 環境変数 DEBUG は true か false です（いまの値: maybe）。\n"


@once
def test_a_server_without_tables_and_collected_files_is_refused_with_the_commands_to_run(tmp_path):
    lines = refusal(production(SECRET_KEY=SECRET_KEY, ALLOWED_HOSTS="ward.example", VAR_DIR=str(tmp_path)))
    assert len(lines) == 2
    assert "bin/manage collectstatic" in lines[0]
    assert "bin/manage migrate" in lines[1]


@pytest.fixture(scope="module")
def demo_ward(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """A production environment whose database, beside the one of the tests, holds the demo ward."""
    variables = {
        "SECRET_KEY": SECRET_KEY,
        "ALLOWED_HOSTS": "ward.example",
        "VAR_DIR": str(tmp_path_factory.mktemp("var")),
        "PROXY_SSL_HEADER": "X-Forwarded-Proto",
    }
    url = os.environ["DATABASE_URL"]
    name = f"production_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    variables["DATABASE_URL"] = url.replace("@/ward?", f"@/{name}?")
    environment = production(**variables)
    for command in (["migrate", "--verbosity=0"], ["load_demo"], ["collectstatic", "--noinput", "--verbosity=0"]):
        done = run("manage.py", *command, environment=environment)
        assert done.returncode == 0, done.stderr
    return environment


CHANGE_PASSWORDS = """
from organization.models import User
for user in User.objects.all():
    user.set_password("another-password-than-the-papers-print")
    user.save(update_fields=["password"])
"""


@on_the_wards_engine
def test_a_demo_password_stops_the_serving_until_it_is_changed(demo_ward):
    [line] = refusal(demo_ward)
    assert "見本のパスワード" in line
    assert run("manage.py", "check", environment=demo_ward).returncode == 0
    changed = run("manage.py", "shell", "-c", CHANGE_PASSWORDS, environment=demo_ward)
    assert changed.returncode == 0, changed.stderr

    with served(demo_ward) as ward:
        ward.request("GET", "/login/", headers={"Host": "ward.example"})
        redirected = ward.getresponse()
        redirected.read()
        assert (redirected.status, redirected.headers["Location"]) == (301, "https://ward.example/login/")

        ward.request("GET", "/login/", headers=HTTPS)
        page = ward.getresponse()
        page.read()
        assert page.status == 200
        assert page.headers["Strict-Transport-Security"] == "max-age=31536000"
        assert "Secure" in page.headers["Set-Cookie"]

        ward.request("GET", "/login/", headers={**HTTPS, "Host": "elsewhere.example"})
        stranger = ward.getresponse()
        stranger.read()
        assert stranger.status == 400


@on_the_wards_engine
def test_collected_files_carry_names_that_follow_from_their_content(demo_ward):
    static = Path(demo_ward["VAR_DIR"]) / "static"
    assert (static / "staticfiles.json").is_file()
