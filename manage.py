#!/usr/bin/env python
"""Runs Django's and the project's commands; `bin/manage` calls it inside the environment."""

import os
import sys

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nerima_privacy.settings.dev")
    try:
        _ = settings.INSTALLED_APPS  # loads the settings, which read the environment
    except ImproperlyConfigured as wrong:
        sys.exit(f"設定を読めません: {wrong}")
    execute_from_command_line(sys.argv)
