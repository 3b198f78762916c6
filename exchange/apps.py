from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """取込みと書出し: registers from and to files, previewed before anything is written."""

    name = "exchange"
    verbose_name = "取込みと書出し"
