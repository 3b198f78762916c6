from django.apps import AppConfig


class HistoryConfig(AppConfig):
    """履歴: the append-only trail of every register."""

    name = "history"
    verbose_name = "履歴"

    def ready(self) -> None:
        from history import signals  # noqa: F401  (connects the receivers)
