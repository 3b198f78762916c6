from django.apps import AppConfig


class SearchConfig(AppConfig):
    """検索: one table of folded texts over all registers, the same answers on both databases."""

    name = "search"
    verbose_name = "検索"
