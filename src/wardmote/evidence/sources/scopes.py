"""Which part of the country is a row about? By it two regional files stand beside each other in the store.

A later load takes the place of an earlier one for the same scope alone: Kent's new estimates replace Kent's old ones
and leave Essex' as they are.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping

#: 'Medway 015A' and 'Medway 015': small areas are named after their district.
_NAMED_AFTER = re.compile(r"(\S.*?) \d{3}[A-Z]?")


def find_scopes(
    codes: Iterable[str], *, districts: Mapping[str, str] = {}, names: Mapping[str, str] = {}
) -> dict[str, str]:
    """To which scope does each area's row belong?

    Parameters: the areas' `codes`; of those for which the file says it, their `districts` (code or name) and `names`.

    Returns for each code its district where the file gives one; else the district that a small area's name begins with;
    else one mark for all remaining areas together, which is the same for the same areas and no others. So a file that
    says nothing of districts is replaced by a newer file about the same areas, and by no other.

    >>> find_scopes(['E01016016'], districts={'E01016016': 'E06000035'})
    {'E01016016': 'E06000035'}
    >>> find_scopes(['E01016016'], names={'E01016016': 'Medway 015A'})
    {'E01016016': 'Medway'}
    >>> find_scopes(['E05002249'], names={'E05002249': 'Chatham Central'})
    {'E05002249': 'areas 661db1f250a6754f'}
    """
    all_codes = list(dict.fromkeys(codes))
    scopes = {c: districts.get(c) or find_district_in_name(names.get(c, "")) for c in all_codes}
    unnamed = sorted(c for c in all_codes if not scopes[c])
    mark = f"areas {hashlib.sha256(' '.join(unnamed).encode()).hexdigest()[:16]}"
    return scopes | dict.fromkeys(unnamed, mark)


def find_district_in_name(name: str) -> str:
    """The district after which a small area is named, '' where the name is not of that form.

    >>> find_district_in_name('Folkestone and Hythe 001A'), find_district_in_name('River')
    ('Folkestone and Hythe', '')
    """
    match = _NAMED_AFTER.fullmatch(name.strip())
    return match[1] if match else ""
