from django.apps import AppConfig


class HomeConfig(AppConfig):
    """はじめの画面: each role's first page."""

    name = "home"
    verbose_name = "はじめの画面"

    def ready(self) -> None:
        from files.services import discard_old_files
        from history.writing import SYSTEM
        from notices import housekeeping

        housekeeping.register(lambda now: discard_old_files(actor=SYSTEM, at=now))
