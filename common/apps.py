"""共通: what every other app may use; no table of its own."""

from django.apps import AppConfig


class CommonConfig(AppConfig):
    name = "common"
    verbose_name = "共通"
