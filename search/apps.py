from django.apps import AppConfig


class SearchConfig(AppConfig):
    """検索: one table of folded texts over all registers, the same answers on both databases."""

    name = "search"
    verbose_name = "検索"

    def ready(self) -> None:
        from history.signals import rows_written
        from search.writing import renew_after

        rows_written.connect(renew_after, dispatch_uid="search")
