from django.apps import AppConfig


class FileRegisterConfig(AppConfig):
    """個人情報ファイル: the files of personal information that the ward holds, and which of them are published."""

    name = "file_register"
    verbose_name = "個人情報ファイル"

    def ready(self) -> None:
        from file_register.links import register_links
        from file_register.scans import SCANS
        from file_register.shares import register_shares
        from file_register.sheets import register_sheets

        register_sheets()
        register_shares()
        register_links()
        SCANS.register()
