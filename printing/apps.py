from django.apps import AppConfig


class PrintingConfig(AppConfig):
    """様式の印刷: sheet definitions, dated layouts, HTML to PDF."""

    name = "printing"
    verbose_name = "様式の印刷"

    def ready(self) -> None:
        from history import actions
        from printing import checks, layouts  # noqa: F401  (checks registers itself)

        for code, label in layouts.ACTIONS.items():
            actions.register(code, label)
