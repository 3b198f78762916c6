from django.apps import AppConfig


class PublicConfig(AppConfig):
    """公開: the published registers for everybody, without signing in."""

    name = "public"
    verbose_name = "公開"
