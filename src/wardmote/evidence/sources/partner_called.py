"""What a cell holds under a heading that speaks of a person: somebody's name, or a kind of people?

'J. Smith', 'mary jones, john smith' and 'Smith J' are names under 'Pupil'; 'White British', 'Car driver' and 'Not
known' are kinds, and '17' is how many.
"""

import re

from wardmote.evidence.sources.partner_names import begins_with_given_name, holds_given_name

#: How people are sorted and counted; a cell of these words alone names nobody.
_KINDS_OF_PEOPLE = """
a absent abuse academy action active adult adults advice after age aged all alternative and anonymous antisocial
any arab arson asian assault association attending band bangladeshi behaviour bicycle black boy boys british
burglary bus business car care caribbean case cases caucasian cautioned central charged child children chinese
class client clients closed commercial community company complainant consent council court crime criminal
customer cycle cyclist damage dark day days declined disabled domestic driver drivers drug drugs eal east ehc
elderly eligible email employed employee english enhanced entitled entrant estate european every excluded
excluding external family fatal female females first fixed foreign former foster fraud free friend front further
gender girl girls given goods group gypsy harassment hate hgv high homeless homeowner homes hospital household
housing immigrant in indian individual individuals injured injury internal irish juvenile known landlord
language large learner leasehold leaseholder leaver letter level lgv light local lone looked low male males man
meal meals medical medium member members men minor mixed moped motor motorcycle motorcyclist multiple n na named
need needs neighbour new no noise non none north not nuisance occupant of off offence office older on online
open or order organisation other others over owner parent parents park passenger patient pedal pedestrian
pending permanent permanently person persons phone plan plate premium present primary private professional
property protection provided provision public pupil pupils rear recorded redacted referral referred refused
repeat reported resident residential residents retired rider risk road robbery roma same school scottish seat
secondary self sen serious service services several sexual shared shop single site slight society sole south
special staff standard stated step street student students supplied support suspended taxi team teenager
telephone tenant tenants term the theft time to traveller type unclear under unemployed unidentified uninjured
unknown urgent user van vehicle victim victims violence vulnerable wales walk warning web website welsh west
white withheld witness witnesses woman women worker workers year years yes young youth
"""
_KINDS = frozenset(_KINDS_OF_PEOPLE.split())
#: Offices that stand alone or before a name.
_OFFICES = frozenset({"police", "officer", "sergeant", "constable", "inspector", "warden", "pcso", "nurse", "doctor"})
_PARTS = re.compile(r"\s*(?:[/,;&+|\n]|\band\b)\s*")
_WORD = re.compile(r"[^\W\d_][\w'’.-]*")
_SURNAME = r"(?:(?:Mc|Mac|O['’]|[Vv]an |[Dd]e )?[A-Z][a-z'’-]+(?:-[A-Z][a-z]+)?|[A-Z]{3,})"
_INITIALS = r"(?:[A-Z]\.?[ -]?){1,3}"
_INITIALLED = re.compile(rf"{_INITIALS}(?<=[ .]){_SURNAME}|{_SURNAME},? {_INITIALS}")
_LOWER_INITIALLED = re.compile(r"[a-z]\.? [a-z'’-]{3,}")
_SEVERAL_WORDS = re.compile(r"[^\W\d_][\w'’.-]+(?:,? [^\W\d_][\w'’.-]*){1,3}")


def names_somebody(text: str) -> bool:
    """Is this, under a heading that speaks of a person, a name for certain: initials or a given name, and a surname?

    >>> [names_somebody(t) for t in ('J Smith / M Jones / A Patel', 'J. Smith', 'Smith, J', 'mary jones, john smith')]
    [True, True, True, True]
    >>> [names_somebody(t) for t in ('Car driver', 'Graham Road School', '17', 'Year 9', 'P Plate', 'PCSO', 'A B')]
    [False, False, False, False, False, False, False]
    """
    return any(_is_initialled(part) or holds_given_name(part.title()) for part in _part(text))


def may_name_somebody(text: str) -> bool:
    """Could it be a name, as words that sort nobody are under such a heading where most cells are like that?

    >>> [may_name_somebody(t) for t in ('Zofia Kowalska', 'zofia kowalska', 'mary', 'White British', 'Not known', '3')]
    [True, True, True, False, False, False]
    """
    return any(_is_wordy(part) for part in _part(text))


def _part(text: str) -> list[str]:
    """The text, and what stands between its commas and the like: several people in one cell."""
    return [part for part in (text, *_PARTS.split(text)) if part and not any(map(str.isdigit, part))]


def _is_initialled(part: str) -> bool:
    is_like_one = _INITIALLED.fullmatch(part) or _LOWER_INITIALLED.fullmatch(part)
    return bool(is_like_one) and not _KINDS & {word for word in _list_words(part) if len(word) > 1}


def _is_wordy(part: str) -> bool:
    words = _list_words(part)
    is_given_alone = len(words) == 1 and begins_with_given_name(part)
    is_kind = bool(_KINDS & set(words)) or _OFFICES.issuperset(words)
    is_of_words = bool(_SEVERAL_WORDS.fullmatch(part))
    return is_given_alone or (is_of_words and (begins_with_given_name(part) or not is_kind))


def _list_words(part: str) -> list[str]:
    return [word.casefold().strip(".") for word in _WORD.findall(part)]
