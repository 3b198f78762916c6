from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """お知らせ: what the application tells people, and the long work that it does in the background."""

    name = "notices"
    verbose_name = "お知らせ"
