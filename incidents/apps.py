from django.apps import AppConfig


class IncidentsConfig(AppConfig):
    """事故: 個人情報に係る事務処理ミス, and what the law asks for when data leaked."""

    name = "incidents"
    verbose_name = "事故"

    def ready(self) -> None:
        from incidents.demo import load_incidents
        from incidents.shares import register_shares
        from records.demo import register_part

        register_part(load_incidents)
        register_shares()
