"""The forms of sign-in in our own words."""

from typing import Any, ClassVar

from allauth.account.forms import (
    ChangePasswordForm,
    LoginForm,
    ReauthenticateForm,
    ResetPasswordKeyForm,
    SetPasswordForm,
)
from allauth.account.forms import ResetPasswordForm as LibraryForgottenPasswordForm
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as LibrarySecondStepAgainForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal.auth import TOTP
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django.core.exceptions import ValidationError

from wardmote.web.foundation.writes import writing
from wardmote.web.partnerships.sign_in_log import record_failed_passkey, record_wrong_code

PASSWORD_HINT = (
    "At least 12 characters. Three or four words that do not belong together are easy to keep in mind. "
    "Passwords that many people use are refused."
)
_CODE = "Code from your app, or one of your recovery codes"


class InOurWords:
    """Labels and hints of a form that the sign-in library made."""

    LABELS: ClassVar[dict[str, str]] = {}
    HINTS: ClassVar[dict[str, str]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields  # type: ignore[attr-defined]
        for name, field in fields.items():
            field.label = self.LABELS.get(name, field.label)
            field.help_text = self.HINTS.get(name, "")
            for attribute in ("placeholder", "autofocus"):
                field.widget.attrs.pop(attribute, None)


class SignInForm(InOurWords, LoginForm):
    LABELS: ClassVar = {"login": "E-mail address", "password": "Password"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs["autocomplete"] = "username"


class SignInAgainForm(InOurWords, ReauthenticateForm):
    LABELS: ClassVar = {"password": "Your password"}


class NewPasswordForm(InOurWords, ChangePasswordForm):
    LABELS: ClassVar = {
        "oldpassword": "Your password now", "password1": "New password", "password2": "New password, once more",
    }  # fmt: skip
    HINTS: ClassVar = {"password1": PASSWORD_HINT}


class FirstPasswordForm(InOurWords, SetPasswordForm):
    LABELS: ClassVar = {"password1": "Password", "password2": "Password, once more"}
    HINTS: ClassVar = {"password1": PASSWORD_HINT}


class ForgottenPasswordForm(InOurWords, LibraryForgottenPasswordForm):
    LABELS: ClassVar = {"email": "Your e-mail address"}


class ResetPasswordForm(InOurWords, ResetPasswordKeyForm):
    LABELS: ClassVar = {"password1": "New password", "password2": "New password, once more"}
    HINTS: ClassVar = {"password1": PASSWORD_HINT}


class CountedCode:
    """A code of an app or a recovery code: the library limits the tries for each account, and we write each down."""

    user: Any
    IS_AGAIN = False

    def clean_code(self) -> str:
        try:
            code: str = super().clean_code()  # type: ignore[misc]
        except ValidationError as error:
            record_wrong_code(self.user, is_again=self.IS_AGAIN, is_refused=error.code == "too_many_login_attempts")
            raise
        return code


class SecondStepForm(CountedCode, InOurWords, AuthenticateForm):
    LABELS: ClassVar = {"code": _CODE}


class SecondStepAgainForm(CountedCode, InOurWords, LibrarySecondStepAgainForm):
    IS_AGAIN = True
    LABELS: ClassVar = {"code": _CODE}


class CountedPasskey:
    """A passkey that did not fit is written down as a wrong code is; whose it was to be is known only after a password.

    By a passkey alone somebody says who they are themselves, so such a try is of nobody.
    """

    user: Any
    IS_AGAIN = False

    def clean_credential(self) -> Any:
        try:
            return super().clean_credential()  # type: ignore[misc]
        except ValidationError as error:
            if self.user is None:
                record_failed_passkey()
            else:
                is_refused = error.code == "too_many_login_attempts"
                record_wrong_code(self.user, is_again=self.IS_AGAIN, is_refused=is_refused, kind="passkey")
            raise


class PasskeyStepForm(CountedPasskey, AuthenticateWebAuthnForm):
    """A passkey after the password."""


class PasskeyAgainForm(CountedPasskey, ReauthenticateWebAuthnForm):
    IS_AGAIN = True


class PasskeyAloneForm(CountedPasskey, LoginWebAuthnForm):
    """A passkey in place of the password."""


class StartCodesForm(InOurWords, ActivateTOTPForm):
    LABELS: ClassVar = {"code": "The code that your app shows now"}

    def clean_code(self) -> str:
        """The code counts once: whoever saw it cannot sign in with it for the rest of its half minute."""
        code: str = super().clean_code()
        TOTP(Authenticator(user=self.user))._mark_code_used(code)
        return code


class AddPasskeyForm(InOurWords, AddWebAuthnForm):
    LABELS: ClassVar = {
        "name": "Name of this passkey", "passwordless": "Sign in with this passkey alone, without a password",
    }  # fmt: skip
    HINTS: ClassVar = {
        "name": "So that you can tell it from others, for example “work laptop”",
        "passwordless": "Your device then asks for your fingerprint, face or PIN.",
    }


class RenamePasskeyForm(InOurWords, EditWebAuthnForm):
    LABELS: ClassVar = {"name": "Name of this passkey"}

    def save(self) -> Any:
        person: Any = self.instance.user
        with writing(by=person, verb="people.passkey_renamed", subject=person):
            return super().save()
