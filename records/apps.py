from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """案件と記録票: proposals, the records they carry, and the way to the decision."""

    name = "records"
    verbose_name = "案件と記録票"

    def ready(self) -> None:
        from django.utils import timezone

        from notices import housekeeping
        from records.impact import register_impact
        from records.links import register_links
        from records.offers import register_offers
        from records.papers.attaching import register_attachments
        from records.papers.sheets import register_papers
        from records.search import register_documents
        from records.services.endings import send_reminders
        from records.shares import register_shares
        from records.sheets.registration import register_sheets
        from records.sheets.survey import register_survey_sheet

        register_sheets()
        register_papers()
        register_survey_sheet()
        register_attachments()
        register_shares()
        register_links()
        register_impact()
        register_documents()
        housekeeping.register(lambda now: send_reminders(timezone.localdate(now)))
        register_offers()
