from django.apps import AppConfig


class CouncilsConfig(AppConfig):
    """審議会: terms, members, meetings, agenda, papers, votes, minutes."""

    name = "councils"
    verbose_name = "審議会"

    def ready(self) -> None:
        from councils.mentions import register_mentions
        from councils.shares import register_shares
        from councils.sheets.agenda import register_agenda

        register_agenda()
        register_mentions()
        register_shares()
