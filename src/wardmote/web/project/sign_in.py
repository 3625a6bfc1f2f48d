"""The organisations' own sign-in services (OIDC, SAML), as settings.toml names them."""

from collections.abc import Mapping
from typing import Any

from wardmote.evidence.model.errors import UsageError
from wardmote.web.project.configuration import Configuration

_OIDC_NEEDS = ("id", "name", "client_id", "secret", "server", "domains")
_OIDC_MAY = ("has_second_step",)
_SAML_NEEDS = ("id", "name", "entity_id", "metadata", "domains")
_SAML_MAY = (
    "has_second_step", "email_attribute", "uid_attribute", "email_verified_attribute", "vouches_for_emails",
)  # fmt: skip
_EMAIL = "urn:oid:0.9.2342.19200300.100.1.3"
_UID = "urn:oid:0.9.2342.19200300.100.1.1"
_WHERE = "settings.toml"


def describe_providers(configuration: Configuration) -> dict[str, Any]:
    """The sign-in library's setting of providers: `[[sign_in.oidc]]` and `[[sign_in.saml]]` tables, a provider each.

    Raises UsageError for an entry that lacks something, or that has what means nothing.
    """
    entries = configuration.sign_in
    unknown = sorted(set(entries) - {"oidc", "saml"})
    if unknown:
        raise UsageError(f"'sign_in.{unknown[0]}' is no kind of sign-in service", where=_WHERE, expected="oidc or saml")
    oidc = [_describe_oidc(each) for each in entries.get("oidc", [])]
    saml = [_describe_saml(each) for each in entries.get("saml", [])]
    _check_unique([each["provider_id"] for each in (*oidc, *saml)])
    found: dict[str, Any] = {}
    if oidc:
        found["openid_connect"] = {"APPS": oidc, "OAUTH_PKCE_ENABLED": True}
    if saml:
        found["saml"] = {"APPS": saml}
    return found


def _check_unique(ids: list[str]) -> None:
    twice = sorted({each for each in ids if ids.count(each) > 1})
    if twice:
        raise UsageError(f"two sign-in services have the id '{twice[0]}'", where=_WHERE, to_do="Give each its own")


def _check_entry(each: Mapping[str, Any], kind: str, needs: tuple[str, ...], may: tuple[str, ...]) -> None:
    """All that is wrong with an entry, in one answer."""
    name = each.get("id") or each.get("name") or "without an id"
    missing = [need for need in needs if not each.get(need)]
    unknown = sorted(set(each) - set(needs) - set(may))
    if missing or unknown:
        faults = [f"lacks {', '.join(missing)}"] * bool(missing) + [f"has {', '.join(unknown)}"] * bool(unknown)
        raise UsageError(
            f"the sign-in service '{name}' {' and '.join(faults)}", where=f"{_WHERE}, [[sign_in.{kind}]]",
            expected=f"{', '.join(needs)}; may be left out: {', '.join(may)}",
        )  # fmt: skip
    if not isinstance(each["domains"], list) or not all(
        isinstance(one, str) and "@" not in one for one in each["domains"]
    ):
        raise UsageError(
            f"the domains of the sign-in service '{name}' cannot be read", where=f"{_WHERE}, [[sign_in.{kind}]]",
            expected='a list such as domains = ["ashmere.example.org"]',
        )  # fmt: skip


def _describe_common(each: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "domains": [domain.strip().lower() for domain in each["domains"]],
        "has_second_step": each.get("has_second_step") is True,
    }


def _describe_oidc(each: Mapping[str, Any]) -> dict[str, Any]:
    _check_entry(each, "oidc", _OIDC_NEEDS, _OIDC_MAY)
    return {
        "provider_id": each["id"],
        "name": each["name"],
        "client_id": each["client_id"],
        "secret": each["secret"],
        "settings": _describe_common(each) | {"server_url": each["server"]},
    }


def _describe_saml(each: Mapping[str, Any]) -> dict[str, Any]:
    """SAML has no usual way to say that an address is proven: an attribute is named, or the entry vouches for all."""
    _check_entry(each, "saml", _SAML_NEEDS, _SAML_MAY)
    vouches = each.get("vouches_for_emails") is True
    mapping = {"email": each.get("email_attribute", _EMAIL), "uid": each.get("uid_attribute", _UID)}
    if each.get("email_verified_attribute"):
        mapping["email_verified"] = each["email_verified_attribute"]
    return {
        "provider_id": each["id"],
        "name": each["name"],
        "client_id": each["id"],
        "settings": _describe_common(each)
        | {
            "idp": {"entity_id": each["entity_id"], "metadata_url": each["metadata"]},
            "attribute_mapping": mapping,
            "vouches_for_emails": vouches,
            "verified_email": [domain.lower() for domain in each["domains"]] if vouches else False,
            "advanced": {
                "authn_request_signed": False,
                "want_assertion_signed": True,
                "reject_idp_initiated_sso": True,
            },
        },
    }
