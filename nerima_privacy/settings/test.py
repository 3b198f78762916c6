"""For the test suite: the real parts, cheaper password hashing, a database of its own."""

from nerima_privacy.settings import databases
from nerima_privacy.settings.base import *  # noqa: F403
from nerima_privacy.settings.base import BASE_DIR, DATABASE_URL, VAR_DIR

DEBUG = False
SECRET_KEY = "for tests only, never served"
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "testserver"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
DATABASES = {
    "default": databases.postgresql(DATABASE_URL, pool=False)
    if DATABASE_URL
    else databases.sqlite(VAR_DIR / "test.sqlite3")
}
# Tests look at pages as they stand in the source tree, without a collected copy.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
STATIC_ROOT = BASE_DIR / "static"
STATICFILES_DIRS = []
