"""Django's settings, made from the installation's configuration."""

from datetime import timedelta
from email.utils import parseaddr

from django.utils.csp import CSP

from wardmote.web.project.configuration import read_configuration, read_key
from wardmote.web.project.databases import describe_database
from wardmote.web.project.logs import describe_logging
from wardmote.web.project.mail import describe_mail
from wardmote.web.project.sign_in import describe_providers

CONFIGURATION = read_configuration()

SECRET_KEY = read_key(CONFIGURATION, "session").decode()
AUDIT_KEY = read_key(CONFIGURATION, "audit")
SECOND_STEP_KEY = read_key(CONFIGURATION, "second_step")
DEBUG = False
ALLOWED_HOSTS = list(CONFIGURATION.hosts)
SITE_URL = CONFIGURATION.url
CSRF_TRUSTED_ORIGINS = [CONFIGURATION.url]

INSTALLED_APPS = [
    "wardmote.web.foundation",
    "wardmote.web.partnerships",
    "wardmote.web.observatory",
    "wardmote.web.plans",
    "wardmote.web.returns",
    "wardmote.web.governance",
    "wardmote.web.project",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.socialaccount.providers.saml",
    "axes",
    "rules",
    "django_htmx",
    "django_tasks_db",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "wardmote.web.foundation.typed_text.clean_what_is_typed",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "wardmote.web.partnerships.middleware.keep_private",
    "wardmote.web.partnerships.middleware.ask_second_step",
    "wardmote.web.partnerships.middleware.note_seen",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "wardmote.web.project.urls"
WSGI_APPLICATION = "wardmote.web.project.wsgi.application"
DATABASES = {"default": describe_database(CONFIGURATION)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
STORE = CONFIGURATION.store
STORES = CONFIGURATION.stores  # of partnerships that keep their evidence to themselves
SAMPLE_STORES = CONFIGURATION.home / "sample-stores"
FILES = CONFIGURATION.files
UPLOADS = CONFIGURATION.home / "uploads"  # files of loads that are under way
INCOMING = CONFIGURATION.home / "incoming"  # files that an operator laid there to be loaded, by partnership

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": True,
        "OPTIONS": {
            "environment": "wardmote.web.foundation.design.environment.make_environment",
            "context_processors": [
                "django.contrib.messages.context_processors.messages",
                "wardmote.web.project.navigation.describe_navigation",
                "wardmote.web.partnerships.account_pages.offer_words",
            ],
        },
    },
    {  # only for pages of the sign-in library that have none of ours
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    },
]
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"

# ---- people and sign-in ---------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "partnerships.Person"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "rules.permissions.ObjectPermissionBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # only who was invited by e-mail has an account
ACCOUNT_ADAPTER = "wardmote.web.partnerships.adapters.AccountAdapter"
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = True  # for a working day, see SESSION_COOKIE_AGE
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_FORMS = {
    "login": "wardmote.web.partnerships.sign_in_forms.SignInForm",
    "reauthenticate": "wardmote.web.partnerships.sign_in_forms.SignInAgainForm",
    "change_password": "wardmote.web.partnerships.sign_in_forms.NewPasswordForm",
    "set_password": "wardmote.web.partnerships.sign_in_forms.FirstPasswordForm",
    "reset_password": "wardmote.web.partnerships.sign_in_forms.ForgottenPasswordForm",
    "reset_password_from_key": "wardmote.web.partnerships.sign_in_forms.ResetPasswordForm",
}
MFA_FORMS = {
    "authenticate": "wardmote.web.partnerships.sign_in_forms.SecondStepForm",
    "reauthenticate": "wardmote.web.partnerships.sign_in_forms.SecondStepAgainForm",
    "activate_totp": "wardmote.web.partnerships.sign_in_forms.StartCodesForm",
    "add_webauthn": "wardmote.web.partnerships.sign_in_forms.AddPasskeyForm",
    "authenticate_webauthn": "wardmote.web.partnerships.sign_in_forms.PasskeyStepForm",
    "reauthenticate_webauthn": "wardmote.web.partnerships.sign_in_forms.PasskeyAgainForm",
    "login_webauthn": "wardmote.web.partnerships.sign_in_forms.PasskeyAloneForm",
    "edit_webauthn": "wardmote.web.partnerships.sign_in_forms.RenamePasskeyForm",
}
# A whole council signs in from one address at nine o'clock; wrong passwords are counted by axes, for each person.
# What is left of "login_failed" are wrong second steps: for each account, from wherever they are typed.
ACCOUNT_RATE_LIMITS = {"login": "600/m/ip", "login_failed": "5/15m/key"}
SOCIALACCOUNT_ADAPTER = "wardmote.web.partnerships.adapters.SocialAccountAdapter"
SOCIALACCOUNT_PROVIDERS = describe_providers(CONFIGURATION)
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
# By a link: a form that is answered by a redirect to another site is refused by browsers under our form-action rule.
SOCIALACCOUNT_LOGIN_ON_GET = True
MFA_ADAPTER = "wardmote.web.partnerships.adapters.SecondStepAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "wardmote"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not CONFIGURATION.is_secure
USERSESSIONS_TRACK_ACTIVITY = False  # a write at every look would cost more than it tells
AXES_HANDLER = "wardmote.web.partnerships.slowing.SlowingHandler"
AXES_FAILURE_LIMIT = 5
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # or an attacker could keep somebody locked out for ever
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_FORM_FIELD = "login"
AXES_USERNAME_CALLABLE = "wardmote.web.partnerships.lock_out.find_typed_name"
AXES_SENSITIVE_PARAMETERS = ["login", "email", "csrfmiddlewaretoken", "code", "credential"]
AXES_DISABLE_ACCESS_LOG = True  # it would keep addresses in clear; sign-ins are in the audit trail
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "wardmote.web.partnerships.lock_out.answer_lock_out"
AXES_VERBOSE = False
AXES_CLIENT_IP_CALLABLE = "wardmote.web.partnerships.network.find_network_address"
TRUSTED_PROXIES = CONFIGURATION.proxies
SESSION_COOKIE_AGE = 12 * 60 * 60  # a working day; then sign in again
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = CONFIGURATION.is_secure
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_NAME = "wardmote_session"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "wardmote.web.project.views.refuse_forged"

# ---- what browsers are told -----------------------------------------------------------------------------------------
SECURE_CSP = {
    "default-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "style-src": [CSP.SELF],
    "script-src": [CSP.SELF],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
    "form-action": [CSP.SELF],
}
SECURE_HSTS_SECONDS = 31536000 if CONFIGURATION.is_secure else 0
SECURE_SSL_REDIRECT = False  # the proxy in front does it
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if CONFIGURATION.is_secure else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "wardmote.web.foundation.uploads.HomeUploadHandler",
]
DATA_UPLOAD_MAX_NUMBER_FILES = 1000  # a form that takes fewer says so itself

STATIC_URL = "/static/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},  # files are kept by foundation.files
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600

# ---- words, time, mail, logs ----------------------------------------------------------------------------------------
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = True
DEFAULT_FROM_EMAIL = CONFIGURATION.mail_from
SERVER_EMAIL = parseaddr(CONFIGURATION.mail_from)[1]
MAILERS = {"default": describe_mail(CONFIGURATION)}
# One-time codes that were used and counts of tries: every process must know them, or a code is good once in each.
# The database refuses the second of two at the same moment, which files in a folder would not.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "foundation_shared_cache",
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    }
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
LOGGING = describe_logging()
SILENCED_SYSTEM_CHECKS = [
    "security.W008",  # the proxy redirects to https
    "axes.W003",
]
