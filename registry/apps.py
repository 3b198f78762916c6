from django.apps import AppConfig


class RegistryConfig(AppConfig):
    """業務登録: the registry of businesses that handle personal information."""

    name = "registry"
    verbose_name = "業務登録"

    def ready(self) -> None:
        from registry.impact_subjects import register_subjects
        from registry.moving import register_shares
        from registry.resources import register_resource
        from registry.scans import SCANS
        from registry.search import register_documents
        from registry.sheets import register_sheets

        register_shares()
        register_sheets()
        register_resource()
        register_subjects()
        register_documents()
        SCANS.register()
