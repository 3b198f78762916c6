"""The one place where SQLite and PostgreSQL differ in their settings."""

from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def sqlite(path: Path) -> dict:
    """The embedded database. IMMEDIATE takes the write lock at the start, so that no writer is told "locked" midway."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,
            "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;",
        },
    }


def postgresql(url: str, *, pool: bool) -> dict:
    """A `postgresql://user:password@host:port/name?option=…` URL; `host=/folder` in the query is a socket's folder."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgresql", "postgres"} or not parts.path.strip("/"):
        raise ImproperlyConfigured(
            "DATABASE_URL は postgresql://利用者:パスワード@ホスト:ポート/データベース名 の形です。"
        )
    options: dict = dict(parse_qsl(parts.query))
    host = options.pop("host", parts.hostname or "")
    if pool:
        options["pool"] = {"min_size": 1, "max_size": 8, "timeout": 30}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": parts.port or "",
        "OPTIONS": options,
    }
