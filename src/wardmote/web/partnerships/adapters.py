"""How the sign-in library is told our rules: nobody signs up by themselves, and every e-mail is one of ours."""

import base64
import hashlib
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.account.models import EmailAddress
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.http import HttpRequest

from wardmote.web.foundation.clock import read_now
from wardmote.web.foundation.outbox import queue_message
from wardmote.web.foundation.writes import writing
from wardmote.web.partnerships.invited_by_service import accept_open_invitations
from wardmote.web.partnerships.models import Person
from wardmote.web.partnerships.network import find_network_address
from wardmote.web.partnerships.second_step import Missing, find_missing, has_second_step, needs_second_step
from wardmote.web.partnerships.sign_in_log import record_unknown_reset

_MAILS = {
    "account/email/password_reset_key": "password_reset",
    "account/email/password_changed": "sign_in_changed",
    "account/email/password_reset": "sign_in_changed",
    "account/email/password_set": "sign_in_changed",
    "mfa/email/totp_activated": "sign_in_changed",
    "mfa/email/totp_deactivated": "sign_in_changed",
    "mfa/email/webauthn_added": "sign_in_changed",
    "mfa/email/webauthn_removed": "sign_in_changed",
    "mfa/email/recovery_codes_generated": "sign_in_changed",
    "socialaccount/email/account_connected": "sign_in_changed",
    "socialaccount/email/account_disconnected": "sign_in_changed",
}
_SAID = {
    "account/messages/password_changed.txt": "Your password is changed.",
    "account/messages/password_set.txt": "Your password is set.",
    "mfa/messages/totp_activated.txt": "Codes from your app are now your second step.",
    "mfa/messages/totp_deactivated.txt": "Codes from an app are no longer used.",
    "mfa/messages/webauthn_added.txt": "The passkey is added.",
    "mfa/messages/webauthn_removed.txt": "The passkey is removed.",
    "mfa/messages/recovery_codes_generated.txt": "You have new recovery codes. The old ones no longer work.",
    "usersessions/messages/sessions_logged_out.txt": "All other devices are signed out.",
}


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "The e-mail address or the password is not right",
        "incorrect_password": "The password is not right",
        "enter_current_password": "Enter the password that you have now",
        "too_many_login_attempts": "Too many tries. Wait fifteen minutes, then try again.",
        "account_inactive": "This account is suspended",
    }

    def is_open_for_signup(self, request: object) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """For limits of tries and the list of sessions: the same address that lock-outs go by."""
        return find_network_address(request)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Wrong passwords are counted by axes, see lock_out; the library's own count would lock out who is attacked."""

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Who signed in a few minutes ago need not show again that it is they."""
        records = get_authentication_records(self.request, self.request.user)
        latest = max((float(record["at"]) for record in records), default=0.0)
        return read_now().timestamp() - latest > settings.ACCOUNT_REAUTHENTICATION_TIMEOUT

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Where the second step was never shown in this session, the password once more does not stand for it."""
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        if find_missing(self.request, user) is not Missing.SHOWN:
            return methods
        return [method for method in methods if method["id"] != "reauthenticate"]

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queue our own message; what the library would say of device and person is left out."""
        if template_prefix == "account/email/unknown_account":
            record_unknown_reset(email)  # costs as much as a message, so that the time taken tells nothing
            return
        with writing(by=None, verb="messages.queued"):
            link, secret = _find_link(context)
            queue_message(to=email, template=_MAILS[template_prefix], link=link, link_secret=secret)

    def send_notification_mail(self, template_prefix: str, user: Any, context: Any = None, email: Any = None) -> None:
        """Tell somebody that how they sign in was changed, and nothing more."""
        self.send_mail(template_prefix, user.email, {})

    def add_message(
        self, request: Any, level: int, message_template: str | None = None, *args: Any, **kwargs: Any
    ) -> None:
        """Say it in our words; what we have no words for is not said."""
        message = kwargs.pop("message", None) or _SAID.get(message_template or "")
        if message:
            super().add_message(request, level, message=message)


def _find_link(context: dict[str, Any]) -> tuple[str, str]:
    """The path of the link in a message, its secret apart."""
    path = urlsplit(context.get("password_reset_url", "")).path
    if not path:
        return "", ""
    start, _, secret = path.rstrip("/").rpartition("/")
    return f"{start}/{{secret}}/", secret


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """A service signs in only who has an account here, or an invitation, for an e-mail that the service vouches for."""

    def is_open_for_signup(self, request: object, sociallogin: object) -> bool:
        return False

    def can_authenticate_by_email(self, login: Any, email: str) -> bool:
        return is_vouched_for(login, email)

    def pre_social_login(self, request: Any, sociallogin: Any) -> None:
        """Let an open invitation count as an account; know the address of an account as proven."""
        for address in sociallogin.email_addresses:
            if address.verified and is_vouched_for(sociallogin, address.email):
                self._let_in(request, sociallogin, address.email)
                return

    def _let_in(self, request: Any, sociallogin: Any, email: str) -> None:
        name = str(_read_claims(sociallogin).get("name") or "")[:150]
        person = accept_open_invitations(email=email, name=name)
        if person is None:
            return
        # Whoever has an account here got it by a link to its address: the library need not doubt it.
        EmailAddress.objects.get_or_create(user=person, email=person.email, verified=True, primary=True)
        if not sociallogin.is_existing:
            sociallogin.connect(request, person)


def is_vouched_for(login: Any, email: str) -> bool:
    """The service states that the address is proven, and answers for its domain."""
    service = login.provider.app.settings
    domain = email.rpartition("@")[2].lower()
    return domain in service["domains"] and (service.get("vouches_for_emails", False) or _states_verified(login))


def _states_verified(login: Any) -> bool:
    """Whether the claim is truly there: a library would take the text "false" for true."""
    attribute = login.provider.app.settings.get("attribute_mapping", {}).get("email_verified", "email_verified")
    stated = _read_claims(login).get(attribute)
    stated = stated[0] if isinstance(stated, list) and stated else stated
    return stated is True or str(stated).lower() == "true"


def _read_claims(login: Any) -> dict[str, Any]:
    """What the service said of who signs in."""
    data = login.account.extra_data or {}
    claims: dict[str, Any] = data.get("userinfo") or data.get("id_token") or data
    return claims


class SecondStepAdapter(DefaultMFAAdapter):
    """Secrets of codes are kept encrypted; the last second step of who needs one is not taken away."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "The code is not right. Wait for the next one and try again.",
        "cannot_delete_authenticator": "Your partnership asks for a second step: add another one first",
    }

    def encrypt(self, text: str) -> str:
        return _make_cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _make_cipher().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Any) -> bool:
        others = type(authenticator).objects.filter(user=authenticator.user, type__in=("totp", "webauthn"))
        return others.exclude(pk=authenticator.pk).exists() or not needs_second_step(authenticator.user)

    def generate_authenticator_name(self, user: Person, type: Any) -> str:  # noqa: A002 - the library's own name
        return "My passkey" if not has_second_step(user) else "Another passkey"

    def _get_site_name(self) -> str:
        return "wardmote"


def _make_cipher() -> Fernet:
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(settings.SECOND_STEP_KEY).digest()))
