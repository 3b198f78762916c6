"""What production refuses to run with, one clear line each.

What the settings alone tell is a system check, so that every command says it. What the database tells (a demo password
that still works) stops only the serving: the commands must go on working, for with them the password is changed.
"""

import contextlib
import hashlib
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
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
    """The names of the active users who can still sign in with the password that the demo ward's papers print.

    Trying one hash takes a fifth of a second on purpose; so what was tried in vain is remembered beside the data, and a
    start tries only the passwords that are new since the last one.
    """
    from django.contrib.auth import get_user_model
    from django.contrib.auth.hashers import check_password, is_password_usable

    from organization.demo import DEMO_PASSWORD

    users = defaultdict(list)
    for name, encoded in get_user_model().objects.filter(is_active=True).values_list("username", "password"):
        users[encoded].append(name)
    memory = Path(settings.VAR_DIR) / "tried-passwords"
    tried = set(memory.read_text().split()) if memory.exists() else set()
    safe, unsafe = [], []
    for encoded, names in users.items():
        digest = hashlib.sha256(f"{DEMO_PASSWORD} {encoded}".encode()).hexdigest()
        if digest not in tried and is_password_usable(encoded) and check_password(DEMO_PASSWORD, encoded):
            unsafe += names
        else:
            safe.append(digest)
    with contextlib.suppress(OSError):  # a folder that may not be written to only makes the next start slower
        memory.write_text("\n".join(safe))
    return sorted(unsafe)


def installation_refusals() -> Iterator[str]:
    """The message of each thing in the database and among the collected files with which production must not serve."""
    from django.db import DatabaseError

    if not (Path(settings.STATIC_ROOT) / "staticfiles.json").exists():
        yield "画面の部品がありません。bin/manage collectstatic を実行してください。"
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
        refusals = list(installation_refusals())
        close_connections()
    if refusals:
        print("\n".join(f"起動できません: {line}" for line in refusals), file=sys.stderr, flush=True)
        raise SystemExit(GUNICORN_HALTS)
