from django.apps import AppConfig


class OrganizationConfig(AppConfig):
    """組織: departments, users, who may do what."""

    name = "organization"
    verbose_name = "組織と利用者"

    def ready(self) -> None:
        from history import actions
        from organization.rules import RULES

        for code, rule in RULES.items():
            actions.register(code, rule.label, needs_reason=rule.needs_reason)

        from organization.shares import register_shares

        register_shares()
