"""The organisations' own sign-in services (OIDC, SAML), as settings.toml names them."""

from typing import Any

from wardmote.web.project.configuration import Configuration


def describe_providers(configuration: Configuration) -> dict[str, Any]:
    """The sign-in library's setting of providers: `[[sign_in.oidc]]` and `[[sign_in.saml]]` tables, a provider each."""
    oidc = [_describe_oidc(each) for each in configuration.sign_in.get("oidc", [])]
    saml = [_describe_saml(each) for each in configuration.sign_in.get("saml", [])]
    found: dict[str, Any] = {}
    if oidc:
        found["openid_connect"] = {"APPS": oidc, "OAUTH_PKCE_ENABLED": True}
    if saml:
        found["saml"] = {"APPS": saml}
    return found


def _describe_oidc(each: dict[str, Any]) -> dict[str, Any]:
    return {
        "provider_id": each["id"],
        "name": each["name"],
        "client_id": each["client_id"],
        "secret": each["secret"],
        "settings": {"server_url": each["server"]},
    }


def _describe_saml(each: dict[str, Any]) -> dict[str, Any]:
    return {
        "provider_id": each["id"],
        "name": each["name"],
        "client_id": each["id"],
        "settings": {
            "idp": {"entity_id": each["entity_id"], "metadata_url": each["metadata"]},
            "attribute_mapping": {
                "email": each.get("email_attribute", "urn:oid:0.9.2342.19200300.100.1.3"),
                "uid": each.get("uid_attribute", "urn:oid:0.9.2342.19200300.100.1.1"),
            },
            "advanced": {
                "authn_request_signed": False,
                "want_assertion_signed": True,
                "reject_idp_initiated_sso": True,
            },
        },
    }
