"""The one place that asks what time it is."""

from datetime import date, datetime

from django.utils import timezone


def read_now() -> datetime:
    """This moment, with its zone."""
    return timezone.now()


def read_today() -> date:
    """Today, as the people of the partnership see it (Europe/London)."""
    return timezone.localdate()
