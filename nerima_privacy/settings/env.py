"""Typed readers of the environment. A wrong value stops the start with one clear line."""

import os

from django.core.exceptions import ImproperlyConfigured


def text(name: str, default: str | None = None) -> str:
    """The value of `name`, or `default`; without either the start stops."""
    value = os.environ.get(name, default)
    if value is None:
        raise ImproperlyConfigured(f"環境変数 {name} を設定してください。")
    return value


def flag(name: str, default: bool) -> bool:
    """True for 1/true/yes, False for 0/false/no."""
    value = os.environ.get(name)
    if value is None:
        return default
    if value.lower() in {"1", "true", "yes"}:
        return True
    if value.lower() in {"0", "false", "no"}:
        return False
    raise ImproperlyConfigured(f"環境変数 {name} は true か false です（いまの値: {value}）。")


def number(name: str, default: int) -> int:
    """The whole number, not negative, that `name` holds."""
    value = os.environ.get(name, str(default))
    if not value.isdecimal():
        raise ImproperlyConfigured(f"環境変数 {name} は 0 以上の整数です（いまの値: {value}）。")
    return int(value)


def words(name: str, default: str = "") -> list[str]:
    """The comma-separated values of `name`, without blanks."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]
