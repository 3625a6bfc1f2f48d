"""Would these columns tell who somebody is? Statistical data holds no names, birth dates, full postcodes or contacts.

Columns are judged by their heading and by what stands in them, whether the mapping names them or not: what a partner
should not have sent must not lie in the partnership's folders either. Faults name the column and the kind of thing and
never repeat a value. Names are found by headings, by titles such as Mr, and by common given names before a surname in
many cells of a column; others cannot be told from the names of places. Streets are no addresses until a number stands
before them.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from wardmote.evidence.model.errors import Fault
from wardmote.evidence.sources.cells import Cell, clean_text
from wardmote.evidence.sources.partner_called import may_name_somebody, names_somebody
from wardmote.evidence.sources.partner_harmless import find_opaque_ids, is_body_name
from wardmote.evidence.sources.partner_marks import find_pupil_numbers, find_registration_marks
from wardmote.evidence.sources.partner_names import holds_given_name
from wardmote.evidence.sources.sheets import Sheet

_PERSON = (
    r"victim|offender|suspect|perpetrator|client|child|parent|patient|person|caller|complainant|witness|tenant|resident|"
    r"customer|applicant|officer|driver|casualty|contact|informant|nominal|owner|occupier|subject|user|pupil|student|"
    r"learner|children|carer|guardian|mother|father|sibling|passenger|rider|cyclist|pedestrian|defendant|accused|detainee|"
    r"employee|teacher|keeper|young people"
)
#: A heading that promises something of a person, and what it is called in the message.
_HEADINGS = (
    ("names", re.compile(rf"\b(fore ?name|sur ?name|(first|last|middle|full|family|given|maiden|known as|{_PERSON})"
                         r"(s|'s)? ?names?)\b|^names?$"
                         rf"|\bnames? of (the |each )?({_PERSON})s?\b|^names? (of )?({_PERSON})s?\b"
                         r"|\balias(es)?\b|\baka\b"
                         r"|\bknown as\b|\b(sur|fore)name\b|^(first|last|middle|maiden)$|\binitials\b")),
    ("dates of birth", re.compile(r"\bd ?o ?b\b|\b(date|day|month|year) of birth\b|\bbirth ?(date|day)\b|\bborn\b")),
    ("NHS numbers", re.compile(r"\bnhs ?(no|number|num|id)?\b")),
    ("National Insurance numbers", re.compile(r"\bnational insurance\b|\bni ?(no|number)\b|\bnino\b")),
    ("e-mail addresses", re.compile(r"^e ?mail( address(es)?)?$")),
    ("phone numbers", re.compile(r"\b(phone|telephone|mobile|tel) ?(no|numbers?)\b|^((tele)?phone|mobile|tel)$")),
    ("pupil numbers", re.compile(r"\bupn\b|\bunique pupil\b|\buln\b")),
    ("vehicle registration marks",
     re.compile(r"\bv ?r ?[mn]$|\bnumber ?plates?\b|\b(registration|reg) (no|numbers?|marks?)\b"
                r"|\b(vehicle|car) reg(istration)?s?$")),
    ("addresses", re.compile(r"\baddress\b|\baddress ?line\b|\bhouse (no|number|name)\b|\buprn\b")),
)  # fmt: skip

_OUTWARD, _INWARD = r"[A-Z]{1,2}\d[A-Z\d]?", r"\d[ABD-HJLNP-UW-Z]{2}"
_POSTCODE = rf"(?:GIR ?0AA|{_OUTWARD}[ .-]{{0,3}}{_INWARD})"
_STREET = (
    r"(?:street|st|road|rd|avenue|ave|lane|ln|drive|close|court|crescent|cres|way|place|terrace|gardens|grove|square|"
    r"walk|hill|rise|row|mews)"
)
#: A number behind the street at the end of the cell. Roads are numbered too, and so are the rooms of a court.
_NUMBERED = r"street|road|rd|avenue|ave|lane|ln|drive|close|court|crescent|cres|terrace|gardens|grove|square|mews"
_BEHIND = r",? (?:no\.? ?)?\d{1,4}[A-Ha-h]?$"
_NO_ADDRESS = (
    r"(?i:(?:.* )?(?:crown|magistrates['’]?|county|youth|family|minor|major|slip|access|service|trunk|main|[abcm]|"
    r"other|class|type) (?:court|road|street|close|lane)\b)"
)
#: What a text holds, wherever it stands in the cell.
_CONTENTS = (
    ("e-mail addresses", re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}\.\w")),
    ("full postcodes", re.compile(rf"(?<![A-Z\d]){_POSTCODE}(?![A-Z\d])")),
    ("full postcodes", re.compile(rf"^{_POSTCODE}$", re.IGNORECASE)),
    ("phone numbers", re.compile(r"(?<![\d.])(?:\+44 ?(?:\(0\) ?)?|0)[1237](?:[ -]?\d){8,9}(?![\d.])")),
    ("National Insurance numbers", re.compile(r"\b[A-CEGHJ-PR-TW-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b")),
    ("addresses", re.compile(rf"(?<![\w/.-])\d{{1,4}}[A-Za-z]?,? (?:[A-Z][\w'’-]{{0,30}}\.? ){{1,3}}(?i:{_STREET})\b")),
    ("addresses", re.compile(rf"^\d{{1,4}}[a-z]?,? (?:[a-z][\w'’-]{{0,30}} ){{1,2}}{_STREET}\b", re.IGNORECASE)),
    ("addresses", re.compile(r"\b(?:flat|apartment|maisonette|bedsit) (?:no\.? ?)?(?:\d{1,4}[a-z]?|[a-z])(?:,? \w|,|$)",
                             re.IGNORECASE)),
    ("addresses", re.compile(rf"(?<![\w.-])(?!{_NO_ADDRESS})(?:[A-Z][\w'’-]{{0,30}}\.? ){{1,3}}"
                             rf"(?i:{_NUMBERED}){_BEHIND}")),
    ("addresses", re.compile(rf"^(?!{_NO_ADDRESS})(?:[a-z][\w'’-]{{0,30}} ){{1,3}}(?:{_NUMBERED}){_BEHIND}",
                             re.IGNORECASE)),
    ("names", re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Master)\.? [A-Z][\w'-]+")),
    ("dates of birth", re.compile(r"\b(?:d\.?o\.?b\.?|born)\b\W{0,3}\d", re.IGNORECASE)),
)  # fmt: skip
#: Under a heading that ends in a person ('Attending officer', not 'Officer team') words in capitals are a name.
_OF_PERSON = re.compile(rf"\b({_PERSON})s?$|\b(reported|made|entered|recorded|closed) by$")
#: One word under a heading that ends so is a surname, unless it is an office such as PCSO.
_OF_STAFF = re.compile(r"\b(officer|case ?worker|worker)$")
_LIKE_A_SURNAME = re.compile(r"[A-Z][a-z]+[\w'’-]*")
_NO_SURNAME = re.compile(r"yes|no|none|unknown|other|male|female|police|council|housing|n/?a", re.IGNORECASE)
_TEN_DIGITS = re.compile(r"(?<![\d.])\d{3}[ .-]?\d{3}[ .-]?\d{4}(?![\d])")
_NUMERIC_MOBILE = re.compile(r"7\d{9}")
_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,6}\.?"
_WRITTEN_DATE = re.compile(
    r"(?:\d{1,2}[/.-]\d{1,2}[/.-](?P<a>\d{4}|\d{2})"
    r"|(?P<b>\d{4})[/.-]\d{1,2}[/.-]\d{1,2}"
    r"|(?P<c>(?:19|20)\d\d)(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
    r"|(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])(?P<d>(?:19|20)\d\d)"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?[ -]?{_MONTH},?[ -]?(?P<e>\d{{4}}|\d{{2}})"
    rf"|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? (?P<f>\d{{4}}))(?:[ T].*)?",
    re.IGNORECASE,
)
#: No longer text is looked at; the row that has one is refused.
LONGEST_CELL = 10_000
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u202a\u202b\u202c\u202d\u202e"))
#: In so many of a column's cells must a given name stand before a surname: a street or firm may be called so too.
_LEAST_SHARE = 0.2
_LONGEST_LABEL = 200
#: Dates this much older than the events of a file are birthdays rather than reports.
_YEARS_BEFORE = 10


@dataclass(frozen=True, slots=True)
class _Column:
    """A column's heading and its cells that hold anything, with their lines."""

    label: str
    cells: tuple[tuple[int, Cell], ...]

    @property
    def texts(self) -> list[tuple[int, str]]:
        return [(line, _read_plain(cell)) for line, cell in self.cells]


def _read_plain(cell: Cell) -> str:
    """The cell's text without signs that nobody sees and in plain letters, no longer than what is looked at."""
    if isinstance(cell, str):
        cell = cell[: 2 * LONGEST_CELL]
    text = clean_text(cell)[:LONGEST_CELL]
    return text if text.isascii() else clean_text(unicodedata.normalize("NFKC", text.translate(_INVISIBLE)))


def find_identifying(sheet: Sheet, header_index: int, *, event_years: Sequence[int] = ()) -> list[Fault]:
    """Which columns of a table hold what could identify somebody, one fault for each column and kind.

    `event_years` are the years in which the file's events lie, against which other dates are held to be birthdays.
    """
    middle = sorted(event_years)[len(event_years) // 2] if event_years else None
    faults = []
    columns = _list_columns(sheet, header_index)
    for position, column in enumerate(columns):
        label = column.label or f"without a heading, number {position + 1}"
        if kind := _find_in_heading(column.label):
            label = f"number {position + 1}"  # what stands in the heading must not be repeated
            faults.append(_describe(sheet, label, f"{kind} in its heading", sheet.lines[header_index], 1))
        kinds = _judge(column, middle)
        if position + 1 < len(columns):
            _note(kinds, "the first half of full postcodes", _find_split_postcodes(column, columns[position + 1]))
        faults += [_describe(sheet, label, kind, *found) for kind, found in kinds.items()]
    return faults


def _find_in_heading(label: str) -> str:
    """Which kind of identifying thing is the heading itself? '' for none."""
    text = _read_plain(label)
    found = next((kind for kind, pattern in _CONTENTS if pattern.search(text)), "")
    return found or ("names" if holds_given_name(text) else "")


def _find_split_postcodes(left: _Column, right: _Column) -> list[int]:
    """Lines on which two neighbours are the halves of a postcode, when most of the left's are."""
    halves = {line for line, text in right.texts if re.fullmatch(_INWARD, text, re.IGNORECASE)}
    lines = [n for n, text in left.texts if n in halves and re.fullmatch(_OUTWARD, text, re.IGNORECASE)]
    return lines if 2 * len(lines) > len(left.cells) else []


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
            clean_text(heading[i])[:_LONGEST_LABEL] if i < len(heading) else "",
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
    ids = find_opaque_ids([text for _, text in texts], [pattern for _, pattern in _CONTENTS])
    read = [(line, text) for line, text in texts if text not in ids]
    for kind, pattern in _CONTENTS:
        _note(found, kind, [line for line, text in read if pattern.search(text)])
    _note(found, "names", _find_names(column))
    _note(found, "NHS numbers", _find_nhs_numbers(read))
    words = _into_words(column.label)
    _note(found, "pupil numbers", find_pupil_numbers(read, words))
    _note(found, "vehicle registration marks", find_registration_marks(read, words))
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
    """Cells that name somebody under a heading that speaks of a person: any one; what may be a name, where most may.

    Where every one of those is what a body is called, the column tells which body it was, and no person.
    """
    words, texts = _into_words(column.label), column.texts
    given = [line for line, text in texts if holds_given_name(text)]
    if len(given) > _LEAST_SHARE * len(texts):
        return given
    named = [(line, text) for line, text in texts if _is_named(text, words)]
    persons = [(line, text) for line, text in named if not is_body_name(text)]
    if 2 * len(named) > len(texts) and persons:
        return [line for line, _ in named]
    return [line for line, text in persons if _OF_PERSON.search(words) and names_somebody(text)]


def _is_named(text: str, heading: str) -> bool:
    if _OF_PERSON.search(heading) and (names_somebody(text) or may_name_somebody(text) or is_body_name(text)):
        return True
    is_surname = _LIKE_A_SURNAME.fullmatch(text) and not _NO_SURNAME.fullmatch(text)
    return bool(_OF_STAFF.search(heading) and is_surname)


def _find_nhs_numbers(texts: Sequence[tuple[int, str]]) -> list[int]:
    """Lines of ten-digit numbers, when nearly all of them pass the NHS' check digit: one in eleven others would."""
    tens = [(line, re.sub(r"\D", "", m[0])) for line, text in texts for m in _TEN_DIGITS.finditer(text)]
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
    dated = [(line, year) for line, cell in column.cells if (year := _year_of(cell, middle)) is not None]
    old = [line for line, year in dated if year <= middle - _YEARS_BEFORE]
    return old if 2 * len(old) > len(column.cells) else []


def _year_of(cell: Cell, middle: int) -> int | None:
    """The year of a date however it is written; one of two figures lies in the hundred years before the events."""
    if isinstance(cell, (date, datetime)):
        return cell.year
    match = _WRITTEN_DATE.fullmatch(_read_plain(cell))
    if match is None:
        return None
    year = next(g for g in match.groups() if g)
    return int(year) if len(year) == 4 else middle - (middle - int(year)) % 100


def _describe(sheet: Sheet, label: str, kind: str, line: int, count: int) -> Fault:
    return Fault(
        f"the column '{label}' holds {kind} ({count} cell{'s' if count > 1 else ''}, the first on row {line})",
        where=sheet.where(),
        expected="statistics, in which nobody can be recognised",
        to_do="Ask the partner for a file without it and delete this one; a column that names places and not people "
        "is read under a heading that says so, such as 'Ward name'",
        code="identifying",
    )
