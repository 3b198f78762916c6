"""For the ward's server, behind a proxy that speaks TLS. `docs/operations.md` lists the environment variables.

Nothing here stops the start by itself: `checks` names everything that is wrong at once, one line each.
"""

import os

from django.core.checks import Tags, register

from nerima_privacy.settings import checks, env
from nerima_privacy.settings.base import *  # noqa: F403
from nerima_privacy.settings.base import DATABASE_URL, STORAGES

DEBUG = env.flag("DEBUG", False)
SECRET_KEY = env.text("SECRET_KEY", checks.NO_SECRET_KEY)
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS")
# Without either, base would quietly begin an empty SQLite file in the source tree.
DATABASE_IS_CHOSEN = bool(DATABASE_URL or os.environ.get("VAR_DIR"))

SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS")
SECURE_SSL_REDIRECT = env.flag("SSL_REDIRECT", True)
SECURE_HSTS_SECONDS = env.number("HSTS_SECONDS", 365 * 24 * 60 * 60)
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.flag("HSTS_INCLUDE_SUBDOMAINS", False)
# Only where the proxy itself sets this header and drops the one that a browser may send.
_proxy_header = env.text("PROXY_SSL_HEADER", "")
SECURE_PROXY_SSL_HEADER = (f"HTTP_{_proxy_header.upper().replace('-', '_')}", "https") if _proxy_header else None

STORAGES = {
    **STORAGES,
    # Names that follow from the content, so that browsers may keep the files for good.
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# Read by wsgi: serving is refused, beyond the checks below, while a demo password works.
REFUSE_UNSAFE_START = True
register(checks.check_settings, Tags.security)
