"""Whole plans in and out: what the pages show is what the command line says of the exported file."""

from datetime import date

import pytest

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 21)
