from django.apps import AppConfig


class FilesConfig(AppConfig):
    """添付: stored files (scans, imported tables), checked when they come in."""

    name = "files"
    verbose_name = "添付"
