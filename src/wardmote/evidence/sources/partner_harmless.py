"""What looks like a person in a partner's file and is none: names of bodies, and ids that a computer made up."""

import re
from collections.abc import Iterable, Sequence

from wardmote.evidence.sources.partner_names import begins_with_given_name, holds_given_name

#: The last word of a body's name. None of them is a surname that is met in Britain.
_BODY = re.compile(
    r"\b(?:police|constabulary|council|services?|trust|authority|agency|association|department|team|unit|partnership|"
    r"board|hospitals?|school|university|ambulance|office|nhs|helpline|directorate|commission)$",
    re.IGNORECASE,
)
_KNOWN_BODIES = frozenset({"police scotland", "network rail", "border force", "national highways", "crimestoppers uk"})
_HEXADECIMAL = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{6,64}", re.IGNORECASE)
_LETTER = re.compile(r"[a-f]", re.IGNORECASE)
#: Ids so long may by chance read like a postcode or a National Insurance number.
_ALIKE = frozenset({6, 7, 9})
_LEAST_IDS = 20
_MOST_ALIKE = 0.2


def is_body_name(text: str) -> bool:
    """Is this what a force, a council, a service or another body is called, and nobody's own name?

    >>> [is_body_name(t) for t in ('Kent Police', 'Police Scotland', 'Emma Trust', 'Police Sergeant Smith')]
    [True, True, False, False]
    >>> is_body_name('Mary Jones Council')
    False
    """
    if text.casefold() in _KNOWN_BODIES:
        return True
    return bool(_BODY.search(text)) and not (begins_with_given_name(text) or holds_given_name(text))


def find_opaque_ids(texts: Sequence[str], alike: Iterable[re.Pattern[str]]) -> frozenset[str]:
    """Which cells of a column are ids that a computer made up; none where the column is not one of such ids alone.

    Every cell is hexadecimal and as long as the others, and most hold a letter as well as digits. Cells of digits
    alone are never among them: those may be a phone or an NHS number. Ids as short as a postcode, or as long as a
    National Insurance number, count only among many of which few read so (`alike`: how those are told).

    >>> sorted(find_opaque_ids(['9f86d081884c7d65', '60303ae22b998861'], ()))
    ['60303ae22b998861', '9f86d081884c7d65']
    >>> find_opaque_ids(['ME44TR', 'ME46AB'], ())
    frozenset()
    """
    if not texts or len({len(text) for text in texts}) > 1 or not all(map(_HEXADECIMAL.fullmatch, texts)):
        return frozenset()
    ids = [text for text in texts if _LETTER.search(text) and re.search(r"\d", text)]
    if 2 * len(ids) <= len(texts) or (len(texts[0]) in _ALIKE and not _are_seldom_alike(texts, alike)):
        return frozenset()
    return frozenset(ids)


def _are_seldom_alike(texts: Sequence[str], alike: Iterable[re.Pattern[str]]) -> bool:
    patterns = list(alike)
    found = sum(any(pattern.search(text) for pattern in patterns) for text in texts)
    return len(set(texts)) >= _LEAST_IDS and found <= _MOST_ALIKE * len(texts)
