"""Words on their way into XML: partners' files hold control signs that no XML may carry."""

import re

#: Everything that XML 1.0 forbids: control signs but for tab and line ends, lone surrogates, non-characters.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def keep_allowed(text: str) -> str:
    """Return words without the signs that XML forbids.

    >>> keep_allowed("a\\x0bb\\tc")
    'ab\\tc'
    """
    return _FORBIDDEN.sub("", text)


def escape(text: str) -> str:
    """Return words as they are written inside XML."""
    kept = keep_allowed(text)
    return kept.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
