from django.apps import AppConfig


class PublicConfig(AppConfig):
    """公表: what everybody may read of the registers, without signing in."""

    name = "public"
    verbose_name = "公表"

    def ready(self) -> None:
        from public.demo import load_policies
        from public.documents import register_documents
        from records.demo import register_part

        register_documents()
        register_part(load_policies)
