from django.contrib.admin.apps import AdminConfig


class WardAdminConfig(AdminConfig):
    """Puts the ward's admin site in the place of the default one."""

    default_site = "nerima_privacy.admin_site.WardAdminSite"
