"""The application as gunicorn serves it."""

import os
import sys

import django
from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

from nerima_privacy.settings.checks import GUNICORN_HALTS, refuse_unsafe_start

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nerima_privacy.settings.production")

try:
    django.setup()
except ImproperlyConfigured as wrong:
    print(f"起動できません: {wrong}", file=sys.stderr, flush=True)
    raise SystemExit(GUNICORN_HALTS) from None
refuse_unsafe_start()
application = get_wsgi_application()
