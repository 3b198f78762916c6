"""What every environment shares."""

import os
from pathlib import Path

from csp.constants import NONE, SELF

from nerima_privacy.settings import databases, env

BASE_DIR = Path(__file__).resolve().parent.parent.parent
VAR_DIR = Path(env.text("VAR_DIR", str(BASE_DIR / "var")))

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "simple_history",
    "csp",
    "django_htmx",
    "import_export",
    "django_tasks",
    "notices",  # before django_tasks_db: its db_worker is that one's with the ward's housekeeping
    "django_tasks_db",
    "common",
    "history",
    "organization",
    "printing",
    "search",
    "files",
    "exchange",
    "registry",
    "file_register",
    "records",
    "incidents",
    "councils",
    "public",
    "reports",
    "home",
    "nerima_privacy.admin_config.WardAdminConfig",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "files.middleware.UploadLimitMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "home.middleware.NoNulMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "organization.middleware.StaffOnlyMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "history.middleware.RequestIdMiddleware",
    "organization.middleware.PermissionTableMiddleware",
    "home.middleware.DomainErrorMiddleware",
]

ROOT_URLCONF = "nerima_privacy.urls"
WSGI_APPLICATION = "nerima_privacy.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "organization.context_processors.shell",
            ],
            "builtins": ["common.templatetags.wording"],
        },
    },
]
FORM_RENDERER = "common.forms.JapaneseRenderer"

DATABASE_URL = os.environ.get("DATABASE_URL", "")
DATABASES = {
    "default": databases.postgresql(DATABASE_URL, pool=True)
    if DATABASE_URL
    else databases.sqlite(VAR_DIR / "ward.sqlite3")
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "organization.User"
AUTHENTICATION_BACKENDS = ["notices.auth.NoticeBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "login"

# Long work waits in the database for `bin/manage db_worker`, which bin/serve starts too.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    # Parts of packets that were printed before: a changed 資料 costs one print (printing.caching).
    "prints": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": VAR_DIR / "prints",
        "TIMEOUT": 14 * 24 * 60 * 60,
        "OPTIONS": {"MAX_ENTRIES": 2000},
    },
}
JOBS_DIR = VAR_DIR / "jobs"  # how far the running ones are; the worker and the pages share this folder

# Notices go out by mail too where a mail server is named; the address stands before the links in them.
EMAIL_HOST = env.text("EMAIL_HOST", "")
EMAIL_PORT = env.number("EMAIL_PORT", 25)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS", False)
EMAIL_TIMEOUT = 10  # seconds
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'dummy'}.EmailBackend"
DEFAULT_FROM_EMAIL = env.text("MAIL_FROM", "nerima-privacy@localhost")
SITE_ADDRESS = env.text("SITE_ADDRESS", "").rstrip("/")

LANGUAGE_CODE = "ja"
TIME_ZONE = "Asia/Tokyo"
USE_I18N = True
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
FIXTURE_DIRS = [BASE_DIR / "fixtures"]

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    # Uploaded and printed files, by the digest of their content; only the application reads them.
    "files": {"BACKEND": "files.storage.DigestStorage", "OPTIONS": {"location": VAR_DIR / "files"}},
}
UPLOAD_LIMIT = 64 * 1024 * 1024  # bytes of a whole request; each purpose of a file has its own, smaller limit
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024  # a form without its files
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
DATA_UPLOAD_MAX_NUMBER_FILES = 20
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024  # what is larger waits in a temporary file
FILE_UPLOAD_PERMISSIONS = 0o600

# The text of a reason has no length limit; this must stand before the first migration of a history table.
SIMPLE_HISTORY_HISTORY_CHANGE_REASON_USE_TEXT_FIELD = True

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_AGE = 60 * 60 * 12
CSRF_FAILURE_VIEW = "home.errors.csrf_failure"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
