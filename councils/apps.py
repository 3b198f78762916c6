from django.apps import AppConfig


class CouncilsConfig(AppConfig):
    """審議会: terms, members, meetings, agenda, papers, votes, minutes."""

    name = "councils"
    verbose_name = "審議会"

    def ready(self) -> None:
        from councils import search, search_minutes
        from councils.demo import load_council
        from councils.distributing import register_work
        from councils.keeping import register_purposes
        from councils.mentions import register_mentions
        from councils.packet import register_packet
        from councils.shares import register_shares
        from councils.sheets.agenda import register_agenda
        from councils.sheets.amendment import register_amendment
        from councils.sheets.convocation import register_convocation
        from councils.sheets.meeting_paper import register_meeting_paper
        from councils.sheets.minutes import register_minutes
        from records.demo import register_part

        register_agenda()
        register_amendment()
        register_convocation()
        register_meeting_paper()
        register_minutes()
        register_packet()
        register_purposes()
        search.register_documents()
        search_minutes.register_documents()
        register_mentions()
        register_part(load_council)
        register_shares()
        register_work()
