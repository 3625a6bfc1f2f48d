"""The pages of the sign-in library that are open here, all in our own words; the rest of them answer 404."""

from allauth.account import views as account
from allauth.urls import build_provider_urlpatterns
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, include, path, re_path

from wardmote.web.partnerships.views.account import add_passkey, list_sessions, remove_passkey, start_codes


def answer_nothing(request: HttpRequest, **kwargs: object) -> HttpResponse:
    """Nobody signs up, adds addresses or joins services by themselves."""
    raise Http404


_CLOSED = (
    ("signup/", "account_signup"),
    ("email/", "account_email"),
    ("confirm-email/", "account_email_verification_sent"),
    ("code/", "account_confirm_login_code"),
    ("services/", "socialaccount_connections"),
    ("services/signup/", "socialaccount_signup"),
)

account_urls: list[URLPattern | URLResolver] = [
    *(path(place, answer_nothing, name=name) for place, name in _CLOSED),  # first: what follows has some of them too
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("password/set/", account.password_set, name="account_set_password"),
    path("password/reset/", account.password_reset, name="account_reset_password"),
    path("password/reset/done/", account.password_reset_done, name="account_reset_password_done"),
    path("password/reset/key/done/", account.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("2fa/totp/activate/", start_codes, name="mfa_activate_totp"),
    path("2fa/webauthn/add/", add_passkey, name="mfa_add_webauthn"),
    path("2fa/webauthn/keys/<int:pk>/remove/", remove_passkey, name="mfa_remove_webauthn"),
    path("2fa/", include("allauth.mfa.urls")),
    path("sessions/", list_sessions, name="usersessions_list"),
    path("sessions/", include("allauth.usersessions.urls")),
    path("services/", include("allauth.socialaccount.urls")),
    *build_provider_urlpatterns(),
]
