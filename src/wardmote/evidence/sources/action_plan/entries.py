"""One entry of a plan's file, read key by key: what cannot be used becomes a fault with its place, never a crash."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from wardmote.evidence.model.errors import Fault, UnreadableInputError
from wardmote.evidence.sources.cells import show_text
from wardmote.evidence.targets.sizes import LARGEST, is_sensible

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
MOST_FAULTS = 10_000  # of one file
_DECIMAL_COMMA = re.compile(r"[+-]?\d{1,12},(?!\d{3}\b)\d{1,9}%?|[+-]?\d{1,3}(?:\.\d{3})+,\d{1,9}%?|[+-]?0,\d{1,9}%?")
_NO_NUMBER = re.compile(r"[+-]?(?:nan|inf|infinity)", re.IGNORECASE)
_LONGEST_TEXT = 20_000  # of a partner's narrative; what is longer is no account of a quarter


def clean_words(text: str) -> str:
    """A text without signs that no screen shows, lines kept apart.

    >>> clean_words(' on\\x07 track ')
    'on track'
    """
    return _drop_signs(text).strip()[:_LONGEST_TEXT]


def _drop_signs(text: str) -> str:
    shown = text.encode("utf-8", "replace").decode("utf-8")  # half a surrogate pair cannot be written anywhere
    return _CONTROL.sub("", shown)


def clean_signs(held: Any) -> Any:
    """Plain values without signs that no screen shows, in keys and words; everything else stays as it is."""
    if isinstance(held, dict):
        return {_drop_signs(str(key)): clean_signs(inner) for key, inner in held.items()}
    if isinstance(held, list):
        return [clean_signs(inner) for inner in held]
    return _drop_signs(held) if isinstance(held, str) else held


class FaultList(list[Fault]):
    """Faults, but no more of them than anybody could mend: a file that has more is no plan."""

    def append(self, fault: Fault, /) -> None:
        """Add one. Raises UnreadableInputError where it is one too many."""
        if len(self) >= MOST_FAULTS:
            raise UnreadableInputError(
                f"this file has more than {MOST_FAULTS:,} faults, of which the last is: {fault.found}",
                where=fault.where, expected="an action plan",
            )  # fmt: skip
        super().append(fault)


@dataclass(slots=True)
class Faults:
    """What is wrong with a file, gathered in the order found."""

    found: list[Fault] = field(default_factory=FaultList)

    def add(self, found: str, where: str, *, expected: str = "", to_do: str = "", code: str = "") -> None:
        """Something that cost a row."""
        self.found.append(Fault(found, where, expected, to_do, "error", 1, code))

    def warn(self, found: str, where: str, *, expected: str = "", to_do: str = "", code: str = "") -> None:
        """Something that cost nothing but should be read."""
        self.found.append(Fault(found, where, expected, to_do, "warning", 0, code))

    @property
    def errors_count(self) -> int:
        return sum(f.severity == "error" for f in self.found)


@dataclass(frozen=True, slots=True)
class Entry:
    """A JSON object with its place in the file; `asked` gathers the keys that were looked at."""

    body: Mapping[str, object]
    place: str
    faults: Faults
    asked: set[str] = field(default_factory=set)

    def get(self, key: str) -> object:
        self.asked.add(key)
        return self.body.get(key)

    def where(self, key: str) -> str:
        return f"{self.place}, key '{key}'"

    def refuse(self, key: str, expected: str, *, code: str = "shape") -> None:
        self.faults.add(f"'{show_text(str(self.body.get(key)))}' cannot be used", self.where(key),
                        expected=expected, code=code)  # fmt: skip

    def refuse_number(self, key: str) -> None:
        slip = explain_slip(str(self.body.get(key)))
        self.faults.add(slip.found, self.where(key), expected=slip.expected, to_do=slip.to_do, code="number")

    def size(self, key: str, *, needed: bool = False, most: float = LARGEST) -> float | None:
        """A number that counts or measures, so that it is nought or more, and at most `most`."""
        found = self.number(key, needed=needed)
        if found is not None and not 0 <= found <= most:
            self.refuse(key, f"a number from 0 to {most:,.0f}", code="number")
        return found

    def text(self, key: str) -> str:
        """The words under a key; a number is taken as written; '' for nothing."""
        value = self.get(key)
        if value is None:
            return ""
        if isinstance(value, str):
            return clean_words(value)
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            return write_plainly(value)
        self.refuse(key, "words")
        return ""

    def number(self, key: str, *, needed: bool = False) -> float | None:
        """The number under a key; None for null and, unless `needed`, for nothing."""
        value = self.get(key)
        if value is None and not needed:
            return None
        found = to_number(value)
        if found is None:
            self.refuse_number(key)
        return found

    def day(self, key: str) -> date | None:
        """The day under a key; None for nothing, with a fault for what the calendar does not have."""
        value = self.get(key)
        if value is None:
            return None
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.refuse(key, "a day as 2015-03-31", code="date")
            return None

    def choice(self, key: str, known: Mapping[str, str], default: str = "") -> str:
        """Which of the known words stands under the key? `known` maps the file's words to ours."""
        word = self.text(key)
        if not word and default:
            return default
        if word not in known:
            self.refuse(key, "one of " + ", ".join(known), code="unknown_word")
            return default
        return known[word]

    def entry(self, key: str) -> "Entry | None":
        """The object under a key; a fault where something else stands there."""
        value = self.get(key)
        if isinstance(value, dict):
            return Entry(value, self.where(key), self.faults)
        if value is not None:
            self.refuse(key, "an object")
        return None

    def entries(self, key: str) -> "list[Entry]":
        """The objects of the list under a key; what is no object is a fault and is left out."""
        value = self.get(key)
        if value is not None and not isinstance(value, list):
            self.refuse(key, "a list of objects")
        items = value if isinstance(value, list) else []
        found = [Entry(v, f"{self.where(key)}[{i}]", self.faults) for i, v in enumerate(items) if isinstance(v, dict)]
        if len(found) < len(items):
            self.faults.add("entries of the list are no objects", self.where(key), expected="objects", code="shape")
        return found

    def leftovers(self, skipped: Collection[str] = ()) -> dict[str, str]:
        """The keys that nobody asked for, in words: they are kept beside the row, for people."""
        rest = {k: v for k, v in self.body.items() if k not in self.asked and k not in skipped}
        return {clean_words(k): write_plainly(v) for k, v in rest.items() if v is not None}


@dataclass(frozen=True, slots=True)
class Slip:
    """What stands where a number should, what was expected, and what to write instead. `is_known`: a usual slip."""

    found: str
    expected: str
    to_do: str
    is_known: bool = True


def explain_slip(text: str) -> Slip:
    """What is wrong with these words in a place for a number, and what is to be written instead?

    >>> explain_slip("85,5").to_do
    'Write 85.5'
    >>> explain_slip("=1+1").found
    "'=1+1' is a formula, not its result"
    """
    words, shown = text.strip(), show_text(text)
    if words.startswith("="):
        return Slip(f"'{shown}' is a formula, not its result", "the number itself, such as 85.5",
                    "Write the number that the formula comes to")  # fmt: skip
    if _DECIMAL_COMMA.fullmatch(words):
        plain = words.replace(".", "").replace(",", ".")
        return Slip(f"'{shown}' has a comma as its decimal sign", "a full stop as the decimal sign", f"Write {plain}")
    if _NO_NUMBER.fullmatch(words):
        return Slip(f"'{shown}' is not a number; programs write it where none could be worked out", "a number",
                    "Write the number, or leave the place empty and say why there is none")  # fmt: skip
    return Slip(f"'{shown}' cannot be used", "a number of sensible size", "Write the number alone", is_known=False)


def to_number(value: object) -> float | None:
    """A number of sensible size as a float; None for everything else (true and false are no numbers)."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    try:
        number = float(value)
    except OverflowError:
        return None
    return number if is_sensible(number) else None


def write_plainly(value: object) -> str:
    """Any JSON value in words.

    >>> write_plainly({"day": {"safe": 94}, "all": [1.0, True]})
    'day: safe 94, all: 1, yes'
    """
    if isinstance(value, dict):
        parts = ((clean_words(str(k)), v) for k, v in value.items())
        return ", ".join(f"{k}{':' if isinstance(v, (dict, list)) else ''} {write_plainly(v)}" for k, v in parts)
    if isinstance(value, list):
        return ", ".join(write_plainly(v) for v in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    number = to_number(value)
    return f"{number:.15g}" if number is not None else clean_words(str(value))
