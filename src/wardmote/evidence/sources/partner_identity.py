"""Would these columns tell who somebody is? Statistical data holds no names, birth dates, full postcodes or contacts.

Columns are judged by their heading and by what stands in them, whether the mapping names them or not: what a partner
should not have sent must not lie in the partnership's folders either. Faults name the column and the kind of thing and
never repeat a value. Names without a title such as Mr cannot be told from other words; headings are what finds them.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from wardmote.evidence.model.errors import Fault
from wardmote.evidence.sources.cells import Cell, clean_text
from wardmote.evidence.sources.sheets import Sheet

_PERSON = (
    r"victim|offender|suspect|perpetrator|client|child|parent|patient|person|caller|complainant|witness|tenant|resident|"
    r"customer|applicant|officer|driver|casualty|contact|informant|nominal|owner|occupier|subject|user"
)
#: A heading that promises something of a person, and what it is called in the message.
_HEADINGS = (
    ("names", re.compile(rf"\b(fore ?name|sur ?name|(first|last|middle|full|family|given|maiden|known as|{_PERSON})"
                         r"(s|'s)? ?names?)\b|^names?$|\balias(es)?\b|\baka\b")),
    ("dates of birth", re.compile(r"\bd ?o ?b\b|\b(date|day|month|year) of birth\b|\bbirth ?(date|day)\b|\bborn\b")),
    ("NHS numbers", re.compile(r"\bnhs ?(no|number|num|id)?\b")),
    ("National Insurance numbers", re.compile(r"\bnational insurance\b|\bni ?(no|number)\b|\bnino\b")),
    ("e-mail addresses", re.compile(r"^e ?mail( address(es)?)?$")),
    ("phone numbers", re.compile(r"\b(phone|telephone|mobile|tel) ?(no|numbers?)\b|^((tele)?phone|mobile|tel)$")),
    ("addresses", re.compile(r"\baddress\b|\baddress ?line\b|\bhouse (no|number|name)\b|\buprn\b")),
)  # fmt: skip

_POSTCODE = r"(?:GIR ?0AA|[A-Z]{1,2}\d[A-Z\d]? ?\d[ABD-HJLNP-UW-Z]{2})"
#: What a text holds, wherever it stands in the cell.
_CONTENTS = (
    ("e-mail addresses", re.compile(r"[\w.+-]+@[\w-]+\.\w[\w.-]*")),
    ("full postcodes", re.compile(rf"(?<![A-Z\d]){_POSTCODE}(?![A-Z\d])")),
    ("full postcodes", re.compile(rf"^{_POSTCODE}$", re.IGNORECASE)),
    ("phone numbers", re.compile(r"(?<![\d.])(?:\+44 ?(?:\(0\) ?)?|0)[1237](?:[ -]?\d){8,9}(?![\d.])")),
    ("National Insurance numbers", re.compile(r"\b[A-CEGHJ-PR-TW-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b")),
    ("names", re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Master)\.? [A-Z][\w'-]+")),
    ("dates of birth", re.compile(r"\b(?:d\.?o\.?b\.?|born)\b\W{0,3}\d", re.IGNORECASE)),
)  # fmt: skip
#: Under a heading that ends in a person ('Attending officer', not 'Officer team') words in capitals are a name.
_OF_PERSON = re.compile(rf"\b({_PERSON})s?$|\b(reported|made|entered|recorded|closed) by$")
_LIKE_A_NAME = re.compile(r"[A-Z][\w'’-]*,? (?:[A-Z][\w'’-]*\.? ){0,2}[A-Z][\w'’-]*")
_TEN_DIGITS = re.compile(r"\d{3}[ -]?\d{3}[ -]?\d{4}")
_NUMERIC_MOBILE = re.compile(r"7\d{9}")
_WRITTEN_DATE = re.compile(r"(?:\d{1,2}[/.-]\d{1,2}[/.-](\d{4})|(\d{4})-\d{1,2}-\d{1,2})(?:[ T].*)?")
#: Dates this much older than the events of a file are birthdays rather than reports.
_YEARS_BEFORE = 10


@dataclass(frozen=True, slots=True)
class _Column:
    """A column's heading and its cells that hold anything, with their lines."""

    label: str
    cells: tuple[tuple[int, Cell], ...]

    @property
    def texts(self) -> list[tuple[int, str]]:
        return [(line, clean_text(cell)) for line, cell in self.cells]


def find_identifying(sheet: Sheet, header_index: int, *, event_years: Sequence[int] = ()) -> list[Fault]:
    """Which columns of a table hold what could identify somebody, one fault for each column and kind.

    `event_years` are the years in which the file's events lie, against which other dates are held to be birthdays.
    """
    middle = sorted(event_years)[len(event_years) // 2] if event_years else None
    faults = []
    for position, column in enumerate(_list_columns(sheet, header_index)):
        kinds = _judge(column, middle)
        label = column.label or f"without a heading, number {position + 1}"
        faults += [_describe(sheet, label, kind, *found) for kind, found in kinds.items()]
    return faults


def find_identifying_elsewhere(sheet: Sheet) -> list[Fault]:
    """The same for a sheet that is not read. One contact address in a note is none; two in a column are a list."""
    faults = []
    for position, column in enumerate(_list_columns(sheet, -1)):
        for kind, (line, count) in _judge(column, None).items():
            if count > 1:
                faults.append(_describe(sheet, f"number {position + 1}", kind, line, count))
    return faults


def _list_columns(sheet: Sheet, header_index: int) -> list[_Column]:
    heading = sheet.rows[header_index] if header_index >= 0 else []
    body = list(zip(sheet.lines[header_index + 1 :], sheet.rows[header_index + 1 :], strict=True))
    width = max([len(heading), *(len(row) for _, row in body)], default=0)
    return [
        _Column(
            clean_text(heading[i]) if i < len(heading) else "",
            tuple((line, row[i]) for line, row in body if i < len(row) and clean_text(row[i])),
        )
        for i in range(width)
    ]


def _judge(column: _Column, middle: int | None) -> dict[str, tuple[int, int]]:
    """For each kind of identifying thing: the line of the first and how many there are."""
    found: dict[str, tuple[int, int]] = {}
    if not column.cells:
        return found
    texts = column.texts
    for kind in _judge_heading(column.label):
        found[kind] = (texts[0][0], len(texts))
    for kind, pattern in _CONTENTS:
        _note(found, kind, [line for line, text in texts if pattern.search(text)])
    _note(found, "names", _find_names(column))
    _note(found, "NHS numbers", _find_nhs_numbers(texts))
    _note(found, "phone numbers", _find_numeric_mobiles(column))
    if middle is not None:
        _note(found, "dates of birth", _find_birthdays(column, middle))
    return found


def _note(found: dict[str, tuple[int, int]], kind: str, lines: list[int]) -> None:
    if lines and kind not in found:
        found[kind] = (lines[0], len(lines))


def _judge_heading(label: str) -> list[str]:
    """Kinds that the heading promises."""
    words = _into_words(label)
    return [kind for kind, pattern in _HEADINGS if pattern.search(words)]


def _into_words(label: str) -> str:
    """The heading as small words.

    >>> _into_words('victimSurname'), _into_words('D.O.B.'), _into_words('E-mail_1')
    ('victim surname', 'd o b', 'e mail 1')
    """
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", label)
    return " ".join(re.sub(r"[^a-zA-Z0-9']+", " ", words).lower().split())


def _find_names(column: _Column) -> list[int]:
    """Cells that look like names, under a heading that speaks of a person, when most of them do."""
    if not _OF_PERSON.search(_into_words(column.label)):
        return []
    lines = [line for line, text in column.texts if _LIKE_A_NAME.fullmatch(text)]
    return lines if 2 * len(lines) > len(column.cells) else []


def _find_nhs_numbers(texts: Sequence[tuple[int, str]]) -> list[int]:
    """Lines of ten-digit numbers, when nearly all of them pass the NHS' check digit: one in eleven others would."""
    tens = [(line, re.sub(r"\D", "", text)) for line, text in texts if _TEN_DIGITS.fullmatch(text)]
    valid = [line for line, digits in tens if _passes_nhs_check(digits)]
    return valid if tens and len(valid) >= 0.8 * len(tens) else []


def _passes_nhs_check(digits: str) -> bool:
    """Modulo 11 with weights 10 to 2 over the first nine digits; 11 is written 0 and 10 does not occur.

    >>> _passes_nhs_check('9434765919'), _passes_nhs_check('9434765918')
    (True, False)
    """
    total = sum(int(d) * weight for d, weight in zip(digits[:9], range(10, 1, -1), strict=True))
    return (11 - total % 11) % 11 == int(digits[9])


def _find_numeric_mobiles(column: _Column) -> list[int]:
    """A spreadsheet drops the 0 of a phone number that it takes for a number."""
    lines = [line for line, text in column.texts if _NUMERIC_MOBILE.fullmatch(text)]
    return lines if 2 * len(lines) > len(column.cells) else []


def _find_birthdays(column: _Column, middle: int) -> list[int]:
    dated = [(line, year) for line, cell in column.cells if (year := _year_of(cell)) is not None]
    old = [line for line, year in dated if year <= middle - _YEARS_BEFORE]
    return old if 2 * len(old) > len(column.cells) else []


def _year_of(cell: Cell) -> int | None:
    if isinstance(cell, (date, datetime)):
        return cell.year
    match = _WRITTEN_DATE.fullmatch(clean_text(cell))
    return int(match[1] or match[2]) if match else None


def _describe(sheet: Sheet, label: str, kind: str, line: int, count: int) -> Fault:
    return Fault(
        f"the column '{label}' holds {kind} ({count} cell{'s' if count > 1 else ''}, the first on row {line})",
        where=sheet.where(),
        expected="statistics, in which nobody can be recognised",
        to_do="Ask the partner for a file without it and delete this one; a column that names places and not people "
        "is read under a heading that says so, such as 'Ward name'",
        code="identifying",
    )
