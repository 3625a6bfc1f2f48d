"""Marks that lead to one person: a vehicle's registration mark, a unique pupil number."""

import re
from collections.abc import Sequence

_FIRST, _LAST = "[A-HJ-PR-Y]", "[A-HJ-PR-Z]"
_AGE = r"(?:0[2-9]|[12]\d|5[1-9]|[67]\d)"
_MONTHS = "JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC"
#: A mark of today as it is written on the plate; 'FY22 APR' is a month.
_PLATE = re.compile(rf"(?<![A-Z\d]){_FIRST}{{2}}{_AGE} (?!{_MONTHS}){_LAST}{{3}}(?![A-Z\d])")
_RUN_TOGETHER = re.compile(rf"{_FIRST}{{2}}{_AGE} ?(?!{_MONTHS}){_LAST}{{3}}", re.IGNORECASE)
#: Marks from before 2001, which look like many a reference: they are believed below a heading of vehicles alone.
_OF_OLD = re.compile(r"[A-Y]\d{1,3} ?[A-Z]{3}|[A-Z]{3} ?\d{1,3}[A-Y]", re.IGNORECASE)
_OF_VEHICLES = re.compile(r"\b(vehicles?|car|van|registration|reg|vrm|vrn|plate)\b")
_PUPIL = re.compile(r"[A-HJ-NP-RT-Z]\d{11}[\dA-HJ-NP-RT-Z]", re.IGNORECASE)
_PUPIL_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
_NEARLY_ALL = 0.8


def find_registration_marks(texts: Sequence[tuple[int, str]], heading: str) -> list[int]:
    """Lines with a vehicle's registration mark. `heading` is the column's, in small words.

    >>> find_registration_marks([(2, 'AB12 CDE'), (3, 'FY22 APR')], 'note')
    [2]
    >>> find_registration_marks([(2, 'R123 ABC'), (3, 'ab12cde'), (4, 'Car')], 'vehicle')
    [2, 3]
    """
    if _OF_VEHICLES.search(heading):
        alike = (_RUN_TOGETHER.fullmatch, _OF_OLD.fullmatch, _PLATE.search)
        return [n for n, text in texts if any(match(text) for match in alike)]
    plates = [n for n, text in texts if _PLATE.search(text)]
    whole = [n for n, text in texts if _RUN_TOGETHER.fullmatch(text)]
    return plates or (whole if 2 * len(whole) > len(texts) else [])


def find_pupil_numbers(texts: Sequence[tuple[int, str]], heading: str) -> list[int]:
    """Lines with a unique pupil number: all that look like one under a heading of pupils, else where the check letter
    is that of nearly every one."""
    alike = [(n, text.upper()) for n, text in texts if _PUPIL.fullmatch(text)]
    if re.search(r"\b(upn|pupil|student|learner)\b", heading):
        return [n for n, _ in alike]
    valid = [n for n, text in alike if _passes_pupil_check(text)]
    return valid if alike and len(valid) >= _NEARLY_ALL * len(alike) else []


def _passes_pupil_check(text: str) -> bool:
    """Modulo 23 with weights 2 to 13 over what follows the letter (Department for Education, UPN guide).

    >>> _passes_pupil_check('H801200001001'), _passes_pupil_check('A801200001001')
    (True, False)
    """
    values = [int(c) if c.isdigit() else _PUPIL_LETTERS.index(c) for c in text[1:]]
    total = sum(value * weight for value, weight in zip(values, range(2, 14), strict=True))
    return _PUPIL_LETTERS[total % 23] == text[0]
