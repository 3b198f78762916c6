from django.apps import AppConfig


class FileRegisterConfig(AppConfig):
    """個人情報ファイル: the files of personal information that the ward holds, and which of them are published."""

    name = "file_register"
    verbose_name = "個人情報ファイル"

    def ready(self) -> None:
        from file_register.impact import register_impact
        from file_register.links import register_links
        from file_register.resources import register_resource
        from file_register.scans import SCANS
        from file_register.search import register_documents
        from file_register.shares import register_shares
        from file_register.sheets import register_sheets

        register_sheets()
        register_shares()
        register_links()
        register_resource()
        register_impact()
        register_documents()
        SCANS.register()
