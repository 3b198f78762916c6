"""For bin/serve and bin/manage on one's own machine: DEBUG off, secret and data in var/."""

import secrets

from nerima_privacy.settings import env
from nerima_privacy.settings.base import *  # noqa: F403
from nerima_privacy.settings.base import EMAIL_HOST, VAR_DIR

DEBUG = env.flag("DEBUG", False)
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]")

_secret_file = VAR_DIR / "secret-key"
if not _secret_file.exists():
    VAR_DIR.mkdir(parents=True, exist_ok=True)
    _secret_file.write_text(secrets.token_urlsafe(50))
    _secret_file.chmod(0o600)
SECRET_KEY = _secret_file.read_text()

if not EMAIL_HOST:
    # Nothing leaves this machine; what would have been sent can be read here.
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = VAR_DIR / "mail"
SITE_ADDRESS = env.text("SITE_ADDRESS", f"http://127.0.0.1:{env.text('PORT', '8000')}")
