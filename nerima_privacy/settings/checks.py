"""What production refuses to run with, one clear line each.

What the settings alone tell is a system check, so that every command says it. What the database tells (a demo password
that still works) stops only the serving: the commands must go on working, for with them the password is changed.
"""

import sys
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.checks import Error

NO_SECRET_KEY = "unset"  # noqa: S105  what stands in for a secret that was not given
SECRET_KEY_LENGTH = 50  # characters, as Django's own generator makes them
GUNICORN_HALTS = 3  # a worker's exit status that makes gunicorn give up instead of trying again


def settings_refusals() -> Iterator[tuple[str, str]]:
    """The (name, message) of each setting with which production must not run."""
    secret = settings.SECRET_KEY
    if secret == NO_SECRET_KEY:
        yield "secret_key", "SECRET_KEY を設定してください。"
    elif len(secret) < SECRET_KEY_LENGTH or len(set(secret)) < 10 or secret.startswith("django-insecure-"):
        yield "secret_key", f"SECRET_KEY は{SECRET_KEY_LENGTH}文字以上の推測できない文字列にしてください。"
    if settings.DEBUG:
        yield "debug", "DEBUG を設定しないでください。本番では使えません。"
    if not settings.ALLOWED_HOSTS or "*" in settings.ALLOWED_HOSTS:
        yield (
            "allowed_hosts",
            "ALLOWED_HOSTS にこのサーバーのホスト名を設定してください（* は使えません）。",
        )
    if not settings.DATABASE_IS_CHOSEN:
        yield "database", "DATABASE_URL（PostgreSQL）、または SQLite を置く VAR_DIR を設定してください。"


def check_settings(**kwargs: Any) -> list[Error]:
    """設定の検査: Django's form of `settings_refusals`, for every command."""
    return [Error(message, id=f"nerima_privacy.{name}") for name, message in settings_refusals()]


def users_with_demo_password() -> list[str]:
    """The names of the active users who can still sign in with the password that the demo ward's papers print."""
    from django.contrib.auth import get_user_model
    from django.contrib.auth.hashers import check_password, is_password_usable

    from organization.demo import DEMO_PASSWORD

    users = get_user_model().objects.filter(is_active=True).values_list("username", "password")
    return [
        name for name, password in users if is_password_usable(password) and check_password(DEMO_PASSWORD, password)
    ]


def database_refusals() -> Iterator[str]:
    """The message of each thing in the database with which production must not serve."""
    from django.db import DatabaseError

    try:
        names = users_with_demo_password()
    except DatabaseError as error:
        reason = str(error).strip().splitlines()[0]
        yield f"データベースを使えません。接続先を確かめ、bin/manage migrate を実行してください（{reason}）。"
        return
    if names:
        yield f"見本のパスワードで入れる利用者がいます。パスワードを変えるか無効にしてください: {'、'.join(names)}"


def close_connections() -> None:
    """Leave no connection and no pool behind: gunicorn forks after this, and two processes cannot share one."""
    from django.db import connections

    connections.close_all()
    for connection in connections.all(initialized_only=True):
        if hasattr(connection, "close_pool"):
            connection.close_pool()


def refuse_unsafe_start() -> None:
    """起動の検査: print what is wrong and end the process; do nothing where the settings do not ask for it."""
    if not getattr(settings, "REFUSE_UNSAFE_START", False):
        return
    refusals = [message for _, message in settings_refusals()]
    if not refusals:
        refusals = list(database_refusals())
        close_connections()
    if refusals:
        print("\n".join(f"起動できません: {line}" for line in refusals), file=sys.stderr, flush=True)
        raise SystemExit(GUNICORN_HALTS)
