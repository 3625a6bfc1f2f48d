"""One-time links: the link itself is known to who got it, the database keeps its digest."""

import hashlib
import secrets


def make_secret() -> str:
    """A fresh secret of 256 bits for a link."""
    return secrets.token_urlsafe(32)


def digest_secret(secret: str) -> str:
    """What is kept of a link. The secret is random and long, so a plain digest gives nothing away."""
    return hashlib.sha256(secret.encode()).hexdigest()
