from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """取込みと書出し: registers from and to files, previewed before anything is written."""

    name = "exchange"
    verbose_name = "取込みと書出し"

    def ready(self) -> None:
        from common.tables.limits import MAX_BYTES
        from exchange import applying, registers, services
        from exchange.department_table import DepartmentResource
        from exchange.user_table import UserResource
        from files import purposes
        from files.kinds import TABLES
        from notices import jobs

        # Both are the administrator's own: whoever edits them page by page may bring them in as a table.
        registers.register(
            registers.Register("departments", "組織", DepartmentResource, "department_list", also="edit_organization")
        )
        registers.register(registers.Register("users", "利用者", UserResource, "people_list", also="edit_organization"))
        jobs.register(services.CHECK, applying.work_check, repeatable=True)
        jobs.register(services.APPLY, applying.work_apply)
        # Kept for good: the history of every row that came in names the file.
        purposes.register(purposes.Purpose(services.PURPOSE, "台帳の取込み", TABLES, MAX_BYTES, services.may_read))
