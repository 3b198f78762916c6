#!/usr/bin/env python
"""Runs Django's and the project's commands; `bin/manage` calls it inside the environment."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nerima_privacy.settings.dev")
    execute_from_command_line(sys.argv)
