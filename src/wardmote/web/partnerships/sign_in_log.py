"""Every sign-in, sign-out, failed try and change to how somebody signs in goes into the audit trail.

Of a failed try the trail has a keyed digest of the address that was typed, and never the password.
"""

from typing import Any

from allauth.account import signals as account_signals
from allauth.mfa import signals as step_signals
from allauth.mfa.models import Authenticator
from allauth.socialaccount import signals as service_signals
from axes.signals import user_locked_out
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver

from wardmote.web.foundation.writes import writing
from wardmote.web.partnerships.lock_out import digest_email, find_typed_name
from wardmote.web.partnerships.models import Person


def _record(verb: str, person: Any, facts: dict[str, Any] | None = None) -> None:
    known = person if isinstance(person, Person) else None
    with writing(by=known, verb=verb, subject=known, facts=facts):
        pass


@receiver(user_logged_in)
def record_sign_in(sender: Any, request: Any, user: Any, **kwargs: Any) -> None:
    _record("people.signed_in", user)


@receiver(user_logged_out)
def record_sign_out(sender: Any, request: Any, user: Any, **kwargs: Any) -> None:
    _record("people.signed_out", user)


@receiver(user_login_failed)
def record_failed_sign_in(sender: Any, credentials: Any, request: Any = None, **kwargs: Any) -> None:
    _record("people.sign_in_failed", None, {"address_digest": find_typed_name(request, credentials)})


@receiver(user_locked_out)
def record_lock_out(sender: Any, request: Any, username: Any, **kwargs: Any) -> None:
    _record("people.locked_out", None, {"address_digest": str(username)})


@receiver([account_signals.password_changed, account_signals.password_set])
def record_password_change(sender: Any, request: Any, user: Any, **kwargs: Any) -> None:
    _record("people.password_changed", user)


@receiver(account_signals.password_reset)
def record_password_reset(sender: Any, request: Any, user: Any, **kwargs: Any) -> None:
    _record("people.password_reset", user)


@receiver(step_signals.authenticator_added)
def record_step_added(sender: Any, request: Any, user: Any, authenticator: Any, **kwargs: Any) -> None:
    _record("people.second_step_added", user, {"kind": str(authenticator.type)})


@receiver(step_signals.authenticator_removed)
def record_step_removed(sender: Any, request: Any, user: Any, authenticator: Any, **kwargs: Any) -> None:
    _record("people.second_step_removed", user, {"kind": str(authenticator.type)})


@receiver(step_signals.authenticator_used)
def record_recovery_code(sender: Any, request: Any, user: Any, authenticator: Any, **kwargs: Any) -> None:
    """One of the few codes for a lost phone was used: by its owner, or by who found the list."""
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        _record("people.recovery_code_used", user)


@receiver(step_signals.authenticator_reset)
def record_step_reset(sender: Any, request: Any, user: Any, authenticator: Any, **kwargs: Any) -> None:
    _record("people.recovery_codes_made", user)


def record_wrong_code(person: Any, *, is_again: bool, is_refused: bool, kind: str = "code") -> None:
    """A wrong second step, a code or a passkey, at sign-in or `is_again` for something that asks once more who it is.

    `is_refused`: too many were wrong before, so that this one was not even looked at.
    """
    verb = "people.second_step_locked_out" if is_refused else "people.second_step_failed"
    _record(verb, person, {"at": "once_more" if is_again else "sign_in", "kind": kind})


def record_failed_passkey() -> None:
    """A passkey that was to let in alone did not: whose it was, nobody knows."""
    _record("people.sign_in_failed", None, {"kind": "passkey"})


@receiver(service_signals.social_account_added)
def record_service_joined(sender: Any, request: Any, sociallogin: Any, **kwargs: Any) -> None:
    _record("people.service_joined", sociallogin.user, {"service": sociallogin.account.provider})


def record_unknown_reset(email: str) -> None:
    """Somebody asked for a new password for an address that nobody here has."""
    _record("people.reset_asked_for_nobody", None, {"address_digest": digest_email(email)})
