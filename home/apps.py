from django.apps import AppConfig


class HomeConfig(AppConfig):
    """はじめの画面: each role's first page."""

    name = "home"
    verbose_name = "はじめの画面"
