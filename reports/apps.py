from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """運用状況: what the ward says of a year, one source of truth for every figure."""

    name = "reports"
    verbose_name = "運用状況"
