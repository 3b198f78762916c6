from django.apps import AppConfig


class CouncilsConfig(AppConfig):
    """審議会: terms, members, meetings, agenda, papers, votes, minutes."""

    name = "councils"
    verbose_name = "審議会"
