"""How e-mail leaves: an SMTP server by its address; without one, messages are written into a folder of the home.

What is for people of the sample is written into the folder always.
"""

from typing import Any
from urllib.parse import unquote, urlsplit

from wardmote.evidence.model.errors import UsageError
from wardmote.web.project.configuration import Configuration

_PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}


def describe_mail(configuration: Configuration) -> dict[str, Any]:
    """Django's setting of the default mailer."""
    if not configuration.mail_url:
        return {
            "BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "OPTIONS": {"file_path": str(configuration.home / "mail")},
        }
    parts = urlsplit(configuration.mail_url)
    if parts.scheme not in _PORTS or not parts.hostname:
        raise UsageError(
            "the mail server's address cannot be read", expected="smtp+tls://user:password@host:587",
            to_do="Set WARDMOTE_MAIL, or leave it out to have messages written into the folder mail",
        )  # fmt: skip
    return {
        "BACKEND": "wardmote.web.project.sample_mail.SparingBackend",
        "OPTIONS": {
            "folder": str(configuration.home / "mail"),
            "host": parts.hostname,
            "port": parts.port or _PORTS[parts.scheme],
            "username": unquote(parts.username or ""),
            "password": unquote(parts.password or ""),
            "use_tls": parts.scheme == "smtp+tls",
            "use_ssl": parts.scheme == "smtps",
            "timeout": 20,
        },
    }
